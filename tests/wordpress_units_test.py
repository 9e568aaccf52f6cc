#!/usr/bin/env python3
"""The WordPress plugin's unit tests and its coding standards."""
import shutil
import subprocess
import unittest

import project

PLUGIN = project.SOURCE / "plugin" / "wordpress"
TESTS = project.SOURCE / "tests" / "wordpress"


class UnitsTest(unittest.TestCase):
    def run_quietly(self, *command, folder=PLUGIN):
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=200, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_php(self):
        self.run_quietly("phpunit")

    def test_php_style(self):
        self.run_quietly("phpcs")

    def test_javascript(self):
        self.run_quietly("node", "--test", TESTS)

    def test_every_text_has_a_translation(self):
        self.run_quietly(project.SOURCE / "scripts" / "update-wordpress-translations", "--check")

    def test_the_zip_is_built(self):
        self.run_quietly(project.SOURCE / "scripts" / "build-wordpress-plugin", project.BUILD / "rubricator-wordpress.zip")


if __name__ == "__main__":
    for program in ("phpunit", "phpcs", "node", "msgfmt"):
        if not shutil.which(program):
            project.skip(f"no {program}")
    unittest.main()
