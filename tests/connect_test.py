#!/usr/bin/env python3
"""Connect's own clients against the server: in Node.js, and in a browser from another origin. Skipped without npm."""
import pathlib
import shutil
import subprocess
import tempfile
import unittest

import project

FOLDER = project.SOURCE / "tests" / "connect"
SECONDS = 120


class ConnectTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.descriptors = pathlib.Path(folder.name) / "descriptors"
        protos = sorted((project.SOURCE / "proto" / "rubricator" / "v1").glob("*.proto"))
        subprocess.run(["protoc", "-I", project.SOURCE / "proto", "-I", project.SOURCE / "third_party" / "googleapis",
                        "--include_imports", f"--descriptor_set_out={cls.descriptors}", *protos,
                        "google/rpc/error_details.proto"], check=True)

    def test_node(self):
        server = project.RunningServer()
        with server:
            done = subprocess.run(["node", FOLDER / "node_test.mjs", server.url, self.descriptors], capture_output=True,
                                  text=True, timeout=SECONDS, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(done.stdout.count("ok "), 5, done.stdout)

    @unittest.skipUnless(shutil.which("chromium") or shutil.which("chromium-browser"), "no Chromium")
    def test_browser(self):
        page = subprocess.Popen(["node", FOLDER / "web_test.mjs", self.descriptors], stdin=subprocess.PIPE,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(page.kill)
        origin = page.stdout.readline().strip()
        server = project.RunningServer("--http-allowed-origins", origin)
        with server:
            out, errors = page.communicate(server.url + "\n", timeout=SECONDS)
        self.assertEqual(page.returncode, 0, out + errors)
        self.assertEqual(out.count("ok "), 6, out)


if __name__ == "__main__":
    if not shutil.which("npm") or not shutil.which("protoc"):
        project.skip("no npm or no protoc")
    subprocess.run(["npm", "ci", "--prefix", FOLDER, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
                   stdout=subprocess.DEVNULL, check=True)
    unittest.main()
