#!/usr/bin/env python3
"""The plugin for Payload in a real Payload with SQLite, against a live server. Heavy: docs/operations/nightly.md."""
import os
import subprocess
import unittest

import project

PLUGIN = project.SOURCE / "plugin"
LONGEST_SECONDS = 900


class PayloadTest(unittest.TestCase):
    def test_plugin(self):
        for command in (["npm", "ci", "--silent", "--no-audit", "--no-fund"], ["npm", "run", "--silent", "build", "--workspaces"]):
            subprocess.run(command, cwd=PLUGIN, check=True, timeout=LONGEST_SECONDS)
        with project.RunningServer() as target:
            # Lexical's way of choosing its build by top-level await never settles in Node.js without a condition.
            done = subprocess.run(["node", "--conditions=development", "--test", "test/plugin.test.mjs"], cwd=PLUGIN / "payload",
                                  env={**os.environ, "RUBRICATOR_TARGET": target}, text=True, capture_output=True,
                                  timeout=LONGEST_SECONDS, check=False)
        self.assertEqual(done.returncode, 0, done.stdout[-8000:])


if __name__ == "__main__":
    unittest.main()
