#!/usr/bin/env python3
"""The systemd unit: its words are known to systemd, and what it leaves the server is little."""
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

import project

UNIT = project.SOURCE / "packaging" / "systemd" / "rubricator-server.service.in"
MOST_EXPOSURE = 2.0  # systemd's own scale: 0 exposes nothing, 10 everything


def analyze(*arguments):
    done = subprocess.run(["systemd-analyze", *map(str, arguments)], capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout + done.stderr


class UnitFileTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.unit = pathlib.Path(folder.name) / "rubricator-server.service"
        places = {"BINDIR": "/usr/bin", "SYSCONFDIR": "/etc", "DOCDIR": "/usr/share/doc/rubricator"}
        text = re.sub(r"@CMAKE_INSTALL_FULL_(\w+)@", lambda found: places[found[1]], UNIT.read_text("utf-8"))
        self.assertNotIn("@CMAKE", text)
        self.unit.write_text(text.replace("/usr/bin/rubricator-server", str(project.BIN / "rubricator-server")), "utf-8")

    def test_systemd_knows_every_word(self):
        code, said = analyze("verify", "--man=no", self.unit)
        self.assertEqual((code, [line for line in said.splitlines() if "rubricator" in line]), (0, []))

    def test_exposes_little(self):
        code, said = analyze("security", "--offline=true", f"--threshold={int(MOST_EXPOSURE * 10)}", self.unit)
        exposure = re.search(r"Overall exposure level for \S+: ([0-9.]+)", said)
        self.assertTrue(exposure, said)
        print(f"exposure {exposure[1]}")
        self.assertEqual(code, 0, said)
        self.assertLess(float(exposure[1]), MOST_EXPOSURE)


if __name__ == "__main__":
    if shutil.which("systemd-analyze") is None:
        project.skip("systemd-analyze is not installed")
    unittest.main()
