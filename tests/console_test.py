#!/usr/bin/env python3
"""The console in a real browser, against a real server. Skipped where there is no Chromium or npm."""
import os
import shutil
import subprocess
import unittest

import project

FOLDER = project.SOURCE / "tests" / "console"
# One after the other: on two cores, two browsers and servers at once only wait for each other.
SUITES = ["pure", "classify", "routing", "safety", "views"]
ENVIRONMENT = {**os.environ, "RUBRICATOR_BUILD_DIR": str(project.BUILD), "RUBRICATOR_MODEL_DIR": str(project.MODEL)}


class ConsoleTest(unittest.TestCase):
    def test_the_types_hold(self):
        done = subprocess.run([FOLDER / "node_modules" / ".bin" / "tsc", "--project", FOLDER], capture_output=True, text=True,
                              timeout=120, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_the_formatter_has_nothing_to_do(self):
        done = subprocess.run([FOLDER / "node_modules" / ".bin" / "prettier", "--config", FOLDER / ".prettierrc.json", "--check",
                               f"{FOLDER}/*.mjs", f"{project.SOURCE}/server/console/*.js"], capture_output=True, text=True,
                              timeout=120, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_every_file_is_served(self):
        console = project.SOURCE / "server" / "console"
        listed = (console / "files.cmake").read_text()
        for file in console.iterdir():
            self.assertTrue(file.name == "files.cmake" or f"  {file.name}" in listed, f"{file.name} is not in files.cmake")

    def test_in_a_browser(self):
        for suite in SUITES:
            with self.subTest(suite):
                done = subprocess.run(["node", "--test", FOLDER / f"{suite}.test.mjs"], capture_output=True, text=True,
                                      timeout=400, env=ENVIRONMENT, check=False)
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


if __name__ == "__main__":
    if not shutil.which("chromium") and not shutil.which("chromium-browser"):
        project.skip("no Chromium")
    if not shutil.which("npm"):
        project.skip("no npm")
    subprocess.run(["npm", "ci", "--prefix", FOLDER, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
                   stdout=subprocess.DEVNULL, check=True)
    unittest.main()
