#!/usr/bin/env python3
"""What is installed is enough: programs outside the tree build by pkg-config and by CMake, in C and in C++."""
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

import project

OUTSIDE = project.SOURCE / "tests" / "install"


def run(*command, **options):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=300, check=False,
                          **options)
    assert done.returncode == 0, f"{command} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
    return done.stdout


class InstallTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        root = pathlib.Path(cls.folder.name)
        cls.work, cls.prefix = root / "work", root / "prefix"
        cls.work.mkdir()
        run("cmake", "--install", project.BUILD, "--prefix", cls.prefix)
        [cls.library] = cls.prefix.glob("lib/**/librubricator.so")
        # Debian's library folder is one level down: lib/x86_64-linux-gnu.
        cls.environment = {**os.environ, "PKG_CONFIG_PATH": str(cls.library.parent / "pkgconfig"),
                           "LD_LIBRARY_PATH": str(cls.library.parent)}
        cls.model = cls.prefix / "share" / "rubricator" / "models" / "default"

    def check(self, program):
        said = run(program, f"embedded:{self.model}", env=self.environment)
        self.assertRegex(said, r"KZ.* CN|CN.* KZ")

    def test_everything_is_there(self):
        for name in ("bin/rubricator", "bin/rubricator-server", "include/rubricator/rubricator.h",
                     "include/rubricator/rubricator.hpp", "share/rubricator/models/default/manifest.json",
                     "share/rubricator/examples/routing.yaml"):
            self.assertTrue((self.prefix / name).is_file(), name)
        self.assertEqual(os.readlink(self.library), "librubricator.so.0")

    def test_the_installed_command_works(self):
        said = run(self.prefix / "bin" / "rubricator", "models", "--target", f"embedded:{self.model}")
        self.assertIn("active", said)

    def test_pkg_config_is_enough_for_c(self):
        flags = run("pkg-config", "--cflags", "--libs", "rubricator", env=self.environment).split()
        run("cc", "-std=c11", "-Wall", "-Wextra", "-Werror", "-pedantic", OUTSIDE / "main.c", "-o", self.work / "c", *flags)
        self.check(self.work / "c")

    def test_pkg_config_is_enough_for_cpp(self):
        flags = run("pkg-config", "--cflags", "--libs", "rubricator", env=self.environment).split()
        run("c++", "-std=c++17", "-Wall", "-Wextra", "-Werror", "-pedantic", OUTSIDE / "main.cpp", "-o",
            self.work / "cpp", *flags)
        self.check(self.work / "cpp")

    def test_cmake_finds_the_package(self):
        build = self.work / "build"
        run("cmake", "-S", OUTSIDE, "-B", build, f"-DCMAKE_PREFIX_PATH={self.prefix}")
        run("cmake", "--build", build)
        self.check(build / "outside_c")
        self.check(build / "outside_cpp")

    def test_the_package_can_be_moved(self):
        for text in self.prefix.rglob("*"):
            if text.suffix in (".pc", ".cmake", ".h", ".hpp"):
                self.assertNotIn(str(self.prefix), text.read_text("utf-8"), text)

    def test_only_the_c_abi_is_exported(self):
        symbols = run("nm", "--dynamic", "--defined-only", "--extern-only", self.library).split("\n")
        names = {line.split()[-1].split("@")[0] for line in symbols if line}
        declared = set()
        for header in (self.prefix / "include" / "rubricator").glob("*.h"):
            declared |= set(re.findall(r"\b(rubricator_\w+)\(", re.sub(r"/\*.*?\*/", "", header.read_text(), flags=re.S)))
        self.assertEqual(names - {"RUBRICATOR_0"}, declared)


if __name__ == "__main__":
    unittest.main()
