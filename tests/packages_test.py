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

NODE = project.SOURCE / "plugin" / "node"
PYTHON = project.SOURCE / "plugin" / "python"
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
        self.assertIn(f'"version": "{version}"', (NODE / "package.json").read_text("utf-8"))
        self.assertIn(f'version = "{version}"', (PYTHON / "pyproject.toml").read_text("utf-8"))

    def test_node(self):
        if shutil.which("node") is None:
            self.skipTest("there is no Node.js")
        built, empty = self.folder / "node", self.folder / "node-user"
        # Stubs are generated from ../../proto, so the package is built two folders below a copy of it.
        shutil.copytree(NODE, built / "plugin" / "node", ignore=shutil.ignore_patterns("node_modules", "dist", "stubs"))
        for room in ("proto", "third_party"):
            (built / room).symlink_to(project.SOURCE / room)
        self.run_in(built / "plugin" / "node", "npm", "ci", "--silent", "--no-audit", "--no-fund")
        self.run_in(built / "plugin" / "node", "npm", "run", "--silent", "build")
        self.run_in(built / "plugin" / "node", "npm", "pack", "--silent", "--pack-destination", built)
        [package] = built.glob("*.tgz")
        empty.mkdir()
        self.run_in(empty, "npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", ".", package)
        shutil.copy(NODE / "test" / "client.test.mjs", empty)
        self.assertIn("# fail 0", self.run_in(empty, "node", "--test", "client.test.mjs"))

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
