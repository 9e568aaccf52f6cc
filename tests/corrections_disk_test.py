#!/usr/bin/env python3
"""Corrections on a disk that fills up or is read-only: a small file system, mounted where nobody else sees it."""
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

if os.environ.get("RUBRICATOR_OWN_MOUNTS") != "1":
    namespace = ["unshare", "--mount", *(["--map-root-user"] if os.getuid() else [])]
    if subprocess.run([*namespace, "true"], capture_output=True, check=False).returncode != 0:
        print("skipped: no mount namespace may be made here")
        sys.exit(77)
    os.environ["RUBRICATOR_OWN_MOUNTS"] = "1"
    os.execvp("unshare", [*namespace, sys.executable, "-B", *sys.argv])

import grpc  # noqa: E402  pylint: disable=wrong-import-position
from correction_outbox import Outbox, wait_for  # noqa: E402  pylint: disable=wrong-import-position
from corrections_faults_test import classify, record  # noqa: E402  pylint: disable=wrong-import-position
from project import RunningServer  # noqa: E402  pylint: disable=wrong-import-position


def mount(*arguments):
    subprocess.run(["mount", *map(str, arguments)], check=True)


class DiskTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.disk = pathlib.Path(folder.name)
        mount("-t", "tmpfs", "-o", "size=1m", "tmpfs", self.disk)
        self.addCleanup(subprocess.run, ["umount", self.disk], check=True)

    def test_full(self):
        with RunningServer("--data-dir", self.disk / "data") as target:
            outbox = Outbox(persistent=True)
            for megabytes in (2, 3, 4):
                def fill_and_grow():
                    outbox.refusals.clear()
                    wait_for(lambda: grpc.StatusCode.UNAVAILABLE in outbox.refusals)
                    self.assertTrue(classify(target).analysis.topics)
                    mount("-o", f"remount,size={megabytes}m", self.disk)
                    before = len(outbox.acknowledged)
                    wait_for(lambda: len(outbox.acknowledged) > before + 20)
                outbox.run(target, fill_and_grow)
                self.assertIn("full", outbox.refusals[grpc.StatusCode.UNAVAILABLE])
            mount("-o", "remount,size=64m", self.disk)
            outbox.finish(target)
            outbox.check(self, target)
        with RunningServer("--data-dir", self.disk / "data") as target:
            outbox.check(self, target)

    def test_read_only(self):
        mount("-o", "remount,ro", self.disk)
        with RunningServer("--data-dir", self.disk / "data") as target:
            self.assertTrue(classify(target).analysis.topics)
            code, message = record(target, "k")
            self.assertEqual(code, grpc.StatusCode.UNAVAILABLE)
            self.assertIn("corrections.db: Read-only file system", message)
            mount("-o", "remount,rw", self.disk)
            self.assertEqual(record(target, "k")[0], grpc.StatusCode.OK)
        mount("-o", "remount,ro", self.disk)
        with RunningServer("--data-dir", self.disk / "data") as target:
            code, message = record(target, "l")
            self.assertEqual(code, grpc.StatusCode.UNAVAILABLE)
            self.assertIn("Read-only file system", message)
            mount("-o", "remount,rw", self.disk)
            self.assertEqual(record(target, "l")[0], grpc.StatusCode.OK)


if __name__ == "__main__":
    unittest.main()
