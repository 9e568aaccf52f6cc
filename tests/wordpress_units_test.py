#!/usr/bin/env python3
"""The WordPress plugin's unit tests and its coding standards."""
import pathlib
import shutil
import subprocess
import tempfile
import unittest

import project
import wordpress_site

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

    def test_javascript_style(self):
        # ESLint reads no file outside the folder of its configuration.
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            shutil.copytree(PLUGIN / "assets", folder / "assets")
            for script in TESTS.glob("*.mjs"):
                shutil.copy(script, folder)
            (folder / "node_modules").symlink_to(TESTS / "node_modules")
            self.run_quietly(TESTS / "node_modules" / ".bin" / "eslint", ".", folder=folder)

    def test_every_text_has_a_translation(self):
        self.run_quietly(project.SOURCE / "scripts" / "update-wordpress-translations", "--check")

    def test_the_zip_is_built(self):
        self.run_quietly(project.SOURCE / "scripts" / "build-wordpress-plugin", project.BUILD / "rubricator-wordpress.zip")


if __name__ == "__main__":
    for program in ("phpunit", "phpcs"):
        if not shutil.which(program):
            project.skip(f"no {program}")
    wordpress_site.install_packages()
    unittest.main()
