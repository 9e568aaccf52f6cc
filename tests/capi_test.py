#!/usr/bin/env python3
"""The C program capi_test, against a live server and inside its own process."""
import subprocess
import unittest

import project


class CApiTest(unittest.TestCase):
    def check(self, target):
        done = subprocess.run([project.BUILD / "tests" / "capi_test", target], capture_output=True, text=True,
                              timeout=120, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(done.stderr, "")

    def test_remote(self):
        with project.RunningServer() as target:
            self.check(target)

    def test_embedded(self):
        self.check(project.EMBEDDED)


if __name__ == "__main__":
    unittest.main()
