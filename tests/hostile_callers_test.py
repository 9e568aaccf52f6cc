#!/usr/bin/env python3
"""Callers that mean harm, or are only broken: whatever they do, another caller is answered, and memory stays bounded.

Every attack is bounded in count; waits have an end. RUBRICATOR_IDLE_STREAMS sets the number of idle streams (nightly: 100000)."""
import os
import pathlib
import select
import socket
import subprocess
import time
import unittest

import h2.config
import h2.connection
import h2.events
import h2.settings

import api_stubs
import project

ARTICLE = project.ARTICLES / "05-refugees-chad-sudan.txt"
STREAM = "/rubricator.v1.ClassificationService/StreamClassifyArticles"
IDLE_STREAMS = int(os.environ.get("RUBRICATOR_IDLE_STREAMS", "5000"))
WAIT_SECONDS = 60


class Connection:
    """One HTTP/2 connection of a caller that says what it wants."""

    def __init__(self, target):
        host, port = target.rsplit(":", 1)
        self.socket = socket.create_connection((host, int(port)), timeout=WAIT_SECONDS)
        self.http = h2.connection.H2Connection(h2.config.H2Configuration(client_side=True, validate_outbound_headers=False))

    def begin(self):
        self.http.initiate_connection()
        self.flush()
        return self

    def flush(self):
        self.socket.sendall(self.http.data_to_send())

    def open_stream(self, path=STREAM, extra=()):
        number = self.http.get_next_available_stream_id()
        self.http.send_headers(number, [(":method", "POST"), (":scheme", "http"), (":path", path), (":authority", "x"),
                                        ("content-type", "application/grpc"), ("te", "trailers"), *extra])
        return number

    def read(self):
        """What came in so far, without waiting."""
        events = []
        while select.select([self.socket], [], [], 0)[0]:
            content = self.socket.recv(1 << 16)
            if not content:
                break
            events += self.http.receive_data(content)
        self.flush()
        return events

    def close(self):
        self.socket.close()


class HostileCallersTest(unittest.TestCase):
    def serve(self, *flags, limit=None):
        server = project.RunningServer(*flags)
        target = server.__enter__()
        self.addCleanup(server.__exit__)
        self.server = server
        if limit is not None:
            subprocess.run(["prlimit", f"--pid={server.process.pid}", f"--nofile={limit}:{limit}"], check=True)
        return target

    def resident_mib(self):
        status = pathlib.Path(f"/proc/{self.server.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def open_descriptors(self):
        return len(os.listdir(f"/proc/{self.server.process.pid}/fd"))

    def assert_others_are_answered(self, target):
        done = project.rubricator("classify", "--target", target, "--timeout", WAIT_SECONDS, ARTICLE)
        self.assertEqual(done.returncode, 0, done.stderr)

    def assert_comes_true(self, condition):
        deadline = time.monotonic() + WAIT_SECONDS
        while not condition():
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.05)

    def test_connections_that_say_nothing(self):
        target = self.serve("--connections-handshake-seconds", "1")
        host, port = target.split(":")
        silent = [socket.create_connection((host, int(port)), timeout=WAIT_SECONDS) for _ in range(300)]
        self.addCleanup(lambda: [each.close() for each in silent])
        self.assert_others_are_answered(target)
        for each in silent:
            while each.recv(4096):  # the server's settings, then its end
                pass

    def test_no_descriptor_left(self):
        target = self.serve(limit=96)
        host, port = target.split(":")
        held = [socket.create_connection((host, int(port)), timeout=WAIT_SECONDS) for _ in range(150)]
        self.assert_comes_true(lambda: self.open_descriptors() >= 96 - 32)
        for each in held:
            each.close()
        self.assert_comes_true(lambda: self.open_descriptors() < 60)
        self.assert_others_are_answered(target)

    def test_idle_streams(self):
        per_connection = 1000
        target = self.serve("--connections-max-streams", str(per_connection), "--admission-max-streams", str(IDLE_STREAMS),
                            "--admission-max-calls-per-caller", str(IDLE_STREAMS + 100), "--log-level", "warn")
        before = self.resident_mib()
        idle = []
        self.addCleanup(lambda: [each.close() for each in idle])
        for _ in range(IDLE_STREAMS // per_connection):
            connection = Connection(target).begin()
            idle.append(connection)
            self.assert_comes_true(lambda: any(isinstance(event, h2.events.RemoteSettingsChanged) for event in connection.read()))
            for _ in range(per_connection):
                connection.open_stream()
            connection.flush()
        # One more is refused as soon as all the others are there.
        more = Connection(target).begin()
        idle.append(more)

        def is_full():
            more.open_stream()
            more.flush()
            return any(isinstance(event, h2.events.StreamEnded) for event in more.read())
        self.assert_comes_true(is_full)
        print(f"{IDLE_STREAMS} idle streams: {(self.resident_mib() - before) * 1024 / IDLE_STREAMS:.1f} KiB each")
        self.assert_others_are_answered(target)

    def test_callers_that_do_not_read(self):
        target = self.serve("--log-level", "warn")
        before = self.resident_mib()
        slow = []
        self.addCleanup(lambda: [each.close() for each in slow])
        request = api_stubs.classification.StreamClassifyArticlesRequest()
        request.article.body = ARTICLE.read_text("utf-8")
        message = request.SerializeToString()
        for _ in range(20):
            connection = Connection(target)
            connection.http.local_settings[h2.settings.SettingCodes.INITIAL_WINDOW_SIZE] = 0
            connection.begin()
            slow.append(connection)
            number = connection.open_stream()
            framed = b"\0" + len(message).to_bytes(4, "big") + message
            while connection.http.local_flow_control_window(number) >= len(framed):
                for start in range(0, len(framed), 16000):
                    connection.http.send_data(number, framed[start:start + 16000])
            connection.flush()
        self.assert_others_are_answered(target)
        self.assertLess(self.resident_mib() - before, 60)


if __name__ == "__main__":
    unittest.main()
