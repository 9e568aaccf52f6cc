#!/usr/bin/env python3
"""rubricator-server from outside: what it says when it cannot start, how it ends, what the end is called."""
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import unittest

from project import BIN, MODEL, ROUTING, RunningServer

SERVER = BIN / "rubricator-server"


def refused(*flags, environment=None):
    """(exit code, the lines of standard error that are not log lines) of a server that does not start."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("RUBRICATOR_")}
    result = subprocess.run([SERVER, "--listen", "127.0.0.1:0", "--http-listen", "", "--model-dir", MODEL, *map(str, flags)],
                            capture_output=True, text=True, timeout=60, env={**clean, **(environment or {})}, check=False)
    return result.returncode, [line for line in result.stderr.splitlines() if not line.startswith("{")]


class RefusalTest(unittest.TestCase):
    def check(self, got, code, *parts):
        self.assertEqual(got[0], code, got)
        self.assertEqual(len(got[1]), 1, got)
        for part in parts:
            self.assertIn(part, got[1][0])

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text, "utf-8")
        return path

    def test_settings(self):
        config = self.write("server.yaml", "log:\n  level: warn\n  colour: red\n")
        self.check(refused("--nonsense"), 64, "--nonsense")
        self.check(refused("--drain-seconds", "soon"), 64, "--drain-seconds: 'soon' is no whole number")
        self.check(refused("--config", config), 78, f"{config}:3: log.colour: there is no such setting")
        self.check(refused(environment={"RUBRICATOR_WORKERS_THREADS": "many"}), 78, "RUBRICATOR_WORKERS_THREADS: 'many'")

    def test_port_in_use(self):
        with socket.create_server(("127.0.0.1", 0)) as busy:
            address = f"127.0.0.1:{busy.getsockname()[1]}"
            self.check(refused("--listen", address), 69, f"cannot listen on {address}: Address already in use")

    def test_routing_file(self):
        rules = self.write("routing.yaml", ROUTING.read_text("utf-8") + "nonsense: 1\n")
        self.check(refused("--routing-file", rules), 78, f"{rules}:", "nonsense")
        self.check(refused("--routing-file", "/nonexistent.yaml"), 78, "/nonexistent.yaml")

    def test_damaged_bundle(self):
        bundle = self.folder / "bundle"
        shutil.copytree(MODEL, bundle)
        rows = bundle / "topics.rows"
        content = bytearray(rows.read_bytes())
        content[len(content) // 2] ^= 1
        rows.write_bytes(content)
        self.check(refused("--model-dir", bundle), 78, "topics.rows")
        rows.unlink()
        self.check(refused("--model-dir", bundle), 78, "topics.rows")
        self.check(refused("--model-dir", self.folder / "none"), 78, "none")


class EndTest(unittest.TestCase):
    def test_ends_with_0_when_told_to(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            server = RunningServer()
            with server:
                server.process.send_signal(number)
                self.assertEqual(server.process.wait(30), 0)
                server.log.seek(0)
                events = [json.loads(line)["event"] for line in server.log]
                self.assertEqual(events, ["listening", "listening", "serving", "draining", "drained"])


if __name__ == "__main__":
    unittest.main()
