#!/usr/bin/env python3
"""report.html in a real browser. Skipped where there is no Chromium or npm."""
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

import archive
import project

FOLDER = project.SOURCE / "tests" / "report"


class ReportTest(unittest.TestCase):
    def test_the_report_of_a_new_bundle(self):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            run = archive.train("--articles", archive.write_jsonl(folder / "a.jsonl", archive.articles(240)), "--out",
                                folder / "bundle", "--report-texts")
            self.assertEqual(run.returncode, 0, run.stderr)
            report = folder / "bundle" / "report.html"
            self.assertLess(report.stat().st_size, 400_000)
            done = subprocess.run(["node", FOLDER / "report_test.mjs", report, os.environ.get("SCREENSHOTS", folder)],
                                  capture_output=True, text=True, timeout=200, check=False)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


if __name__ == "__main__":
    if not shutil.which("chromium") and not shutil.which("chromium-browser"):
        project.skip("no Chromium")
    if not shutil.which("npm"):
        project.skip("no npm")
    subprocess.run(["npm", "ci", "--prefix", FOLDER, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
                   stdout=subprocess.DEVNULL, check=True)
    unittest.main()
