#!/usr/bin/env python3
"""Runs every example as its README says, against one live server."""
import pathlib
import shutil
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
        cls.url = server.url
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

    def check_other(self, language, *programs):
        for program in programs:
            if shutil.which(program) is None:
                self.skipTest(f"{language} is left out: there is no {program}")
        said = self.say("./run", self.target, cwd=language)
        self.check(said, "Kazakhstan", "China", 'first named as "Kazakhstan"', "stream   meeting: classified", "(field: article")

    def test_go(self):
        self.check_other("go", "go")

    def test_java(self):
        self.check_other("java", "mvn", "javac")

    def test_node(self):
        self.check_other("node", "node", "npm")

    def test_php_over_http(self):
        if shutil.which("php") is None:
            self.skipTest("PHP is left out: there is no php")
        self.check(self.say("./run", self.url, cwd="php"), "Kazakhstan", "China", 'first named as "Kazakhstan"',
                   "batch    meeting: classified", "(field: article")

    def test_php_by_ffi(self):
        if shutil.which("php") is None:
            self.skipTest("PHP is left out: there is no php")
        said = self.say("./run-ffi", self.target, cwd="php")
        self.check(said, "Kazakhstan", "China", "batch    meeting: classified", "(field: article")

    def test_each_says_what_is_wrong(self):
        for language, program in (("python", "python3"), ("go", "go"), ("java", "mvn"), ("node", "npm")):
            with self.subTest(language=language):
                if shutil.which(program) is None:
                    self.skipTest(f"{language} is left out: there is no {program}")
                done = subprocess.run(["./run", "127.0.0.1:1"], cwd=EXAMPLES / language, text=True, capture_output=True,
                                      timeout=LONGEST_SECONDS, check=False)
                self.assertEqual(done.returncode, 1)
                self.assertIn("unavailable", done.stderr.lower())


if __name__ == "__main__":
    unittest.main()
