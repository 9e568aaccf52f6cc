#!/usr/bin/env python3
"""The client packages as their users get them: built, installed into an empty environment, run against a live server."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import project

PLUGIN = project.SOURCE / "plugin"
NODE = PLUGIN / "node"
PYTHON = PLUGIN / "python"
LONGEST_SECONDS = 300


class PackagesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        server = project.RunningServer()
        cls.environment = {**project.install(cls.folder / "prefix"), "RUBRICATOR_TARGET": server.__enter__(),
                           "RUBRICATOR_EMBEDDED": project.EMBEDDED}
        cls.addClassCleanup(server.__exit__)

    def run_in(self, folder, *command):
        done = subprocess.run([str(part) for part in command], cwd=folder, env=self.environment, text=True,
                              capture_output=True, timeout=LONGEST_SECONDS, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def test_versions_are_the_products(self):
        [version] = re.findall(r"project\(\w+ VERSION ([\d.]+)", (project.SOURCE / "CMakeLists.txt").read_text("utf-8"))
        for package in ("node", "editorial", "payload"):
            self.assertIn(f'"version": "{version}"', (PLUGIN / package / "package.json").read_text("utf-8"))
        self.assertIn(f'version = "{version}"', (PYTHON / "pyproject.toml").read_text("utf-8"))

    def pack(self, *workspaces):
        """Builds packages of plugin/ from a copy, by its lock file, and installs them into an empty folder."""
        if shutil.which("node") is None:
            self.skipTest("there is no Node.js")
        built, empty = self.folder / "packages", self.folder / "user"
        shutil.rmtree(built, ignore_errors=True)
        shutil.rmtree(empty, ignore_errors=True)
        copied = built / "plugin"
        for workspace in ("node", "editorial", "payload"):
            shutil.copytree(PLUGIN / workspace, copied / workspace,
                            ignore=shutil.ignore_patterns("node_modules", "dist", "stubs", ".next"))
        for file in ("package.json", "package-lock.json"):
            shutil.copy(PLUGIN / file, copied)
        for room in ("proto", "third_party"):  # stubs are generated from ../../proto
            (built / room).symlink_to(project.SOURCE / room)
        flags = [flag for workspace in workspaces for flag in ("--workspace", workspace)]
        self.run_in(copied, "npm", "ci", "--silent", "--no-audit", "--no-fund", *flags)
        self.run_in(copied, "npm", "run", "--silent", "build", *flags)
        self.run_in(copied, "npm", "pack", "--silent", "--pack-destination", built, *flags)
        empty.mkdir()
        self.run_in(empty, "npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", ".", *built.glob("*.tgz"))
        return empty

    def test_node(self):
        user = self.pack("node", "editorial")
        self.environment["RUBRICATOR_PROVENANCE_CASES"] = str(PLUGIN / "shared" / "provenance_cases.json")
        tests = [*NODE.glob("test/*.test.mjs"), *PLUGIN.glob("editorial/test/*.test.mjs")]
        for test in tests:
            shutil.copy(test, user)
        self.assertIn("# fail 0", self.run_in(user, "node", "--test", *(test.name for test in tests)))

    def test_python(self):
        [library] = (self.folder / "prefix").glob("lib/**/librubricator.so")
        self.environment["RUBRICATOR_LIBRARY"] = str(library)
        venv = self.folder / "venv"
        self.run_in(self.folder, sys.executable, "-m", "venv", venv)
        self.run_in(self.folder, venv / "bin" / "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", self.folder, PYTHON)
        [wheel] = self.folder.glob("*.whl")
        self.run_in(self.folder, venv / "bin" / "pip", "install", "--quiet", "--constraint", PYTHON / "requirements.lock", wheel)
        self.run_in(self.folder, venv / "bin" / "python", PYTHON / "tests" / "client_test.py")


if __name__ == "__main__":
    unittest.main()
