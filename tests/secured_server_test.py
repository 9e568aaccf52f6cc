#!/usr/bin/env python3
"""A server with TLS and tokens as an administrator sets it up: the program's own token command, certificates by openssl,
callers over gRPC and HTTPS, and a certificate that is renewed meanwhile."""
import http.client
import json
import pathlib
import socket
import ssl
import subprocess
import tempfile
import time
import unittest

import project

ARTICLE = project.ARTICLES / "05-refugees-chad-sudan.txt"
WAIT_SECONDS = 30


def make_certificate(folder, name):
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1",
                    "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                    "-keyout", folder / f"{name}.key.new", "-out", folder / f"{name}.pem.new"], check=True, capture_output=True)
    for kind in ("key", "pem"):
        (folder / f"{name}.{kind}.new").rename(folder / f"{name}.{kind}")


class SecuredServerTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        make_certificate(self.folder, "server")
        self.flags = ["--tls-cert-file", self.folder / "server.pem", "--tls-key-file", self.folder / "server.key"]

    def token(self, name, scopes):
        done = subprocess.run([project.BIN / "rubricator-server", "token", "--name", name, "--scopes", scopes, "--file",
                               self.folder / "tokens.yaml"], capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def serve(self, *flags):
        server = project.RunningServer(*self.flags, *flags)
        self.addCleanup(server.__exit__)
        return server.__enter__(), int(server.url.rsplit(":", 1)[1])

    def trusting(self, certificate=None):
        context = ssl.create_default_context(cafile=self.folder / "server.pem")
        if certificate is not None:
            context.load_cert_chain(self.folder / f"{certificate}.pem", self.folder / f"{certificate}.key")
        return context

    def https(self, port, path, token=None, context=None):
        connection = http.client.HTTPSConnection("127.0.0.1", port, context=context or self.trusting(), timeout=WAIT_SECONDS)
        self.addCleanup(connection.close)
        headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
        if path.startswith("/rubricator"):
            connection.request("POST", path, "{}", headers)
        else:
            connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read()

    def test_tokens_over_tls(self):
        reader, corrector = self.token("cms", "classify"), self.token("desk", "correct")
        target, port = self.serve("--access-token-file", self.folder / "tokens.yaml")
        for token, code in ((reader, 0), (corrector, 3), ("rub_unknown", 3), ("", 3)):
            done = project.rubricator("classify", "--target", target, "--tls-ca", self.folder / "server.pem", ARTICLE,
                                      environment={"RUBRICATOR_TOKEN": token})
            self.assertEqual(done.returncode == 0, code == 0, done.stderr)
        path = "/rubricator.v1.ModelService/GetModel"
        self.assertEqual(self.https(port, path, reader)[0], 200)
        self.assertEqual(self.https(port, path, corrector)[0], 403)
        status, body = self.https(port, path)
        self.assertEqual((status, json.loads(body)["code"]), (401, "unauthenticated"))
        self.assertEqual(self.https(port, "/readyz")[0], 200)
        with self.assertRaises((http.client.HTTPException, OSError)):
            plain = http.client.HTTPConnection("127.0.0.1", port, timeout=WAIT_SECONDS)
            plain.request("GET", "/readyz")
            plain.getresponse()

    def test_says_the_end(self):
        _, port = self.serve()
        with socket.create_connection(("127.0.0.1", port), timeout=WAIT_SECONDS) as raw:
            with self.trusting().wrap_socket(raw, server_hostname="localhost", suppress_ragged_eofs=False) as secured:
                secured.sendall(b"GET /readyz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                while secured.recv(4096):  # raises when the connection ends without TLS's own end
                    pass

    def test_client_certificates(self):
        make_certificate(self.folder, "client")
        make_certificate(self.folder, "stranger")
        target, port = self.serve("--tls-client-ca-file", self.folder / "client.pem")
        self.assertEqual(self.https(port, "/readyz", context=self.trusting("client"))[0], 200)
        for certificate in ("stranger", None):
            with self.assertRaises((ssl.SSLError, http.client.HTTPException, OSError)):
                self.https(port, "/readyz", context=self.trusting(certificate))
        done = project.rubricator("classify", "--target", target, "--tls-ca", self.folder / "server.pem", "--tls-cert",
                                  self.folder / "client.pem", "--tls-key", self.folder / "client.key", ARTICLE)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_a_renewed_certificate_is_shown_over_https(self):
        _, port = self.serve()

        def shown():
            with socket.create_connection(("127.0.0.1", port), timeout=WAIT_SECONDS) as raw:
                with ssl._create_unverified_context().wrap_socket(raw) as secured:  # pylint: disable=protected-access
                    return ssl.DER_cert_to_PEM_cert(secured.getpeercert(binary_form=True)).strip()
        self.assertEqual(shown(), (self.folder / "server.pem").read_text().strip())
        make_certificate(self.folder, "server")
        deadline = time.monotonic() + WAIT_SECONDS
        while shown() != (self.folder / "server.pem").read_text().strip():
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.05)
        self.assertEqual(self.https(port, "/readyz")[0], 200)

    def test_refuses_what_would_be_open(self):
        done = subprocess.run([project.BIN / "rubricator-server", "--listen", "0.0.0.0:0", "--model-dir", project.MODEL],
                              capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 78)
        self.assertIn("set tls.cert_file or access.token_file", done.stderr)


if __name__ == "__main__":
    unittest.main()
