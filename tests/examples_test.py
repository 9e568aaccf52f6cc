#!/usr/bin/env python3
"""Runs every example as its README says, against one live server."""
import pathlib
import subprocess
import tempfile
import unittest

import project

EXAMPLES = project.SOURCE / "examples"
LONGEST_SECONDS = 120


class ExamplesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        server = project.RunningServer()
        cls.target = server.__enter__()
        cls.addClassCleanup(server.__exit__)
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        cls.environment = project.install(cls.folder / "prefix")

    def say(self, *command, cwd):
        done = subprocess.run([str(part) for part in command], cwd=EXAMPLES / cwd, env=self.environment, text=True,
                              capture_output=True, timeout=LONGEST_SECONDS, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def check(self, said, *words):
        for word in ("topic ", "country ", "desk ", *words):
            self.assertIn(word, said)

    def test_c(self):
        said = self.say("make", "run", f"TARGET={self.target}", f"OUT={self.folder}/c", cwd="c")
        self.check(said, "Kazakhstan", "China", "batch 0        classified", "batch 1        article")

    def test_cpp(self):
        said = self.say("make", "run", f"TARGET={self.target}", f"OUT={self.folder}/cpp", cwd="cpp")
        self.check(said, "Russia", "Kyrgyzstan", 'field "article', "models")

    def test_python(self):
        said = self.say("./run", self.target, cwd="python")
        self.check(said, "Kazakhstan", "China", "stream   meeting: classified", "INVALID_ARGUMENT", "(field: article")

    def test_python_says_what_is_wrong(self):
        done = subprocess.run(["./run", "127.0.0.1:1"], cwd=EXAMPLES / "python", text=True, capture_output=True,
                              timeout=LONGEST_SECONDS, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("UNAVAILABLE", done.stderr)


if __name__ == "__main__":
    unittest.main()
