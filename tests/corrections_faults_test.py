#!/usr/bin/env python3
"""Corrections while things break around the server: classification goes on, nothing acknowledged is lost."""
import contextlib
import glob
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
import unittest

import grpc

import api_stubs as api
from correction_outbox import Outbox, request, wait_for
from postgres_cluster import PostgresCluster
from project import BIN, RunningServer

LOCKED_SECONDS = 30
ARTICLE = api.article.Article(title="Presidents of Russia and Kyrgyzstan speak of borders",
                              body="They met in Bishkek to speak of trade, border security and a festival of culture.")


def classify(target):
    with grpc.insecure_channel(target) as channel:
        stub = api.classification_grpc.ClassificationServiceStub(channel)
        return stub.ClassifyArticle(api.classification.ClassifyArticleRequest(article=ARTICLE), timeout=10)


def record(target, key):
    """The code of the answer, and its message or the correction."""
    with grpc.insecure_channel(target) as channel:
        try:
            answer = api.correction_grpc.CorrectionServiceStub(channel).RecordCorrection(request(key), timeout=30)
        except grpc.RpcError as error:
            return error.code(), error.details()
    return grpc.StatusCode.OK, answer.correction


class FaultTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.data = self.folder / "data"

    def test_database_locked(self):
        with RunningServer("--data-dir", self.data) as target:
            self.assertEqual(record(target, "first")[0], grpc.StatusCode.OK)
            outbox = Outbox(threads=40, persistent=True)  # more than may wait at once
            with contextlib.closing(sqlite3.connect(self.data / "corrections.db", isolation_level=None)) as outsider:
                def lock():
                    outsider.execute("BEGIN EXCLUSIVE")
                    end = time.monotonic() + LOCKED_SECONDS
                    answered = 0
                    while time.monotonic() < end:
                        self.assertTrue(classify(target).analysis.topics)
                        answered += 1
                    self.assertGreater(answered, LOCKED_SECONDS)
                    before = len(outbox.acknowledged)
                    outsider.execute("ROLLBACK")
                    wait_for(lambda: len(outbox.acknowledged) > before + 40)
                outbox.run(target, lock)
            self.assertIn("locked", outbox.refusals[grpc.StatusCode.UNAVAILABLE])
            outbox.finish(target)
            outbox.check(self, target)

    def test_database_server_gone_and_back(self):
        with PostgresCluster() as cluster, RunningServer("--corrections-store", cluster.url()) as target:
            outbox = Outbox(persistent=True)

            def restart():
                wait_for(lambda: len(outbox.acknowledged) > 20)
                cluster.stop("immediate")
                wait_for(lambda: grpc.StatusCode.UNAVAILABLE in outbox.refusals)
                self.assertTrue(classify(target).analysis.topics)
                cluster.start()
                before = len(outbox.acknowledged)
                wait_for(lambda: len(outbox.acknowledged) > before + 20)
            outbox.run(target, restart)
            outbox.finish(target)
            outbox.check(self, target)
            # Back already: the first call that follows does not suffer from the broken connection.
            cluster.stop()
            cluster.start()
            self.assertEqual(record(target, "after")[0], grpc.StatusCode.OK)

    def test_starts_and_serves_without_its_database(self):
        server = RunningServer("--corrections-store", f"postgresql://nobody@/none?host={self.folder}")
        with server as target:
            self.assertTrue(classify(target).analysis.topics)
            code, message = record(target, "k")
            self.assertEqual(code, grpc.StatusCode.UNAVAILABLE, message)
            wait_for(lambda: "corrections_unavailable" in pathlib.Path(server.log.name).read_text("utf-8"))

    def test_sigterm_under_load(self):
        server = RunningServer("--data-dir", self.data)
        outbox = Outbox()
        with server as target:
            def stop():
                wait_for(lambda: len(outbox.acknowledged) > 50)
                server.process.send_signal(signal.SIGTERM)
                self.assertEqual(server.process.wait(30), 0)
            outbox.run(target, stop)
        with RunningServer("--data-dir", self.data) as target:
            self.assertLessEqual(len(outbox.pending), outbox.threads)
            outbox.finish(target)
            outbox.check(self, target)

    def test_clock_set_back(self):
        library = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")
        if not library or "libasan" in linked_libraries():
            self.skipTest("no libfaketime, or a sanitizer that must be loaded first")
        clock = self.folder / "clock"
        clock.write_text("+0\n")
        faked = {"LD_PRELOAD": library[0], "FAKETIME_TIMESTAMP_FILE": str(clock), "FAKETIME_NO_CACHE": "1",
                 "DONT_FAKE_MONOTONIC": "1"}
        with RunningServer("--data-dir", self.data, "--corrections-retention-days", "7", environment=faked) as target:
            outbox = Outbox(persistent=True)

            def set_back():
                for offset in ("-1h", "-3d", "-400d", "+2d", "+0"):
                    before = len(outbox.acknowledged)
                    wait_for(lambda: len(outbox.acknowledged) > before + 20)
                    clock.write_text(f"{offset}\n")
                    self.assertTrue(classify(target).analysis.topics)
            outbox.run(target, set_back)
            self.assertEqual(outbox.refusals, {})
            outbox.finish(target)
            outbox.check(self, target)


def linked_libraries():
    return subprocess.run(["ldd", BIN / "rubricator-server"], capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    unittest.main()
