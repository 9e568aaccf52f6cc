#!/usr/bin/env python3
"""The Debian packages, on a Debian that has nothing else: `scripts/test package`, as root, with a Debian mirror in reach.

A bare Debian is made by debootstrap, the packages are installed by apt, the server answers there as a user without rights;
then that Debian is booted in a container, and systemd starts the sandboxed unit."""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time
import unittest

import project

PACKAGES = project.SOURCE / "build" / "package" / "packages"
ARTICLE = project.ARTICLES / "05-refugees-chad-sudan.txt"
WAIT_SECONDS = 60
# Runs inside the booted container, once everything is up; `set -e` makes the first failure its last line.
CHECK = """
set -eux
systemctl is-active rubricator-server
rubricator classify --target 127.0.0.1:50051 --format json /article.txt
pid=$(systemctl show --property=MainPID --value rubricator-server)
test "$(stat -c %u /proc/$pid)" -ge 61184  # of a dynamic user
grep -E '^(NoNewPrivs|Seccomp|CapEff):' /proc/$pid/status
test "$(stat -c %a /var/lib/private/rubricator)" = 700
systemctl stop rubricator-server
test "$(systemctl show --property=ExecMainStatus --value rubricator-server)" = 0
test "$(systemctl show --property=Result --value rubricator-server)" = success
echo checked
"""
CHECK_UNIT = """
[Unit]
After=rubricator-server.service
SuccessAction=poweroff-force
FailureAction=poweroff-force
[Service]
Type=oneshot
ExecStart=/bin/sh /check.sh
StandardOutput=truncate:/checked
StandardError=inherit
[Install]
WantedBy=multi-user.target
"""


def run(*command, timeout=600, **options):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=timeout, check=False, **options)
    assert done.returncode == 0, f"{command} ended with {done.returncode}:\n{done.stdout[-3000:]}{done.stderr[-3000:]}"
    return done.stdout


def mirror():
    """The site that this machine's own packages come from."""
    return run("apt-get", "indextargets", "--format", "$(SITE)", "Created-By: Packages").split()[0]


class PackageTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.packages = sorted(PACKAGES.glob("*.deb"))
        folder = tempfile.TemporaryDirectory(prefix="rubricator-package-")
        cls.addClassCleanup(folder.cleanup)
        cls.root = pathlib.Path(folder.name) / "debian"
        run("debootstrap", "--variant=minbase", "bookworm", cls.root, mirror(), timeout=1200)
        shutil.copy("/etc/resolv.conf", cls.root / "etc/resolv.conf")
        for package in cls.packages:
            shutil.copy(package, cls.root)
        shutil.copy(ARTICLE, cls.root / "article.txt")

    def inside(self, *command, **options):
        environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
        return run("chroot", self.root, *command, env=environment, **options)

    def test_lintian_has_nothing_to_say(self):
        self.assertEqual([package.name.split("_")[0] for package in self.packages],
                         ["librubricator-dev", "librubricator0", "rubricator"])
        said = run("lintian", "--allow-root", "--fail-on", "error,warning", "--tag-display-limit", "0", *self.packages)
        self.assertEqual(said, "")

    def test_life_of_an_installation(self):
        self.install()
        self.serve_without_rights()
        self.keep_what_the_administrator_wrote()
        self.serve_under_systemd()
        self.leave_nothing()

    def install(self):
        self.inside("apt-get", "install", "-q", "-y", "--no-install-recommends", *(f"/{p.name}" for p in self.packages))
        self.assertIn("active", self.inside("rubricator", "models", "--target",
                                            "embedded:/usr/share/rubricator/models/default"))
        self.assertIn("librubricator.so.0", self.inside("ldconfig", "--print-cache"))

    def serve_without_rights(self):
        port_file = self.root / "tmp/port"
        server = subprocess.Popen(["chroot", "--userspec=65534:65534", self.root, "rubricator-server", "--config",
                                   "/etc/rubricator/server.yaml", "--listen", "127.0.0.1:0", "--http-listen", "127.0.0.1:0",
                                   "--data-dir", "/tmp/rubricator", "--port-file", "/tmp/port"],
                                  stderr=subprocess.DEVNULL)
        try:
            deadline = time.monotonic() + WAIT_SECONDS
            while not port_file.exists() and server.poll() is None and time.monotonic() < deadline:
                time.sleep(0.02)
            said = self.inside("rubricator", "classify", "--target", f"127.0.0.1:{port_file.read_text().strip()}", "/article.txt")
            self.assertRegex(said, r"\bTD\b|Chad")
        finally:
            server.terminate()
        self.assertEqual(server.wait(30), 0)

    def keep_what_the_administrator_wrote(self):
        settings = self.root / "etc/rubricator/server.yaml"
        written = settings.read_text("utf-8") + "log:\n  level: warn\n"
        settings.write_text(written, "utf-8")
        self.inside("apt-get", "install", "-q", "-y", "--reinstall", *(f"/{p.name}" for p in self.packages))
        self.assertEqual(settings.read_text("utf-8"), written)

    def serve_under_systemd(self):
        self.inside("apt-get", "install", "-q", "-y", "--no-install-recommends", "systemd-sysv")
        (self.root / "check.sh").write_text(CHECK)
        (self.root / "etc/systemd/system/check.service").write_text(CHECK_UNIT)
        self.inside("systemctl", "enable", "check.service")
        # A network of its own: nothing listens where others could.
        booted = subprocess.run(["systemd-nspawn", "--quiet", "--boot", "--directory", self.root, "--private-network",
                                 "--register=no", "--keep-unit", "--machine", f"rubricator-{os.getpid()}"],
                                capture_output=True, timeout=300, stdin=subprocess.DEVNULL, check=False)
        checked = self.root / "checked"
        said = checked.read_text("utf-8") if checked.exists() else booted.stdout.decode(errors="replace")[-3000:]
        self.assertRegex(said, r"\nchecked\n", said)
        self.assertRegex(said, r"NoNewPrivs:\s+1")
        self.assertRegex(said, r"Seccomp:\s+2")
        self.assertRegex(said, r"CapEff:\s+0+\n")

    def leave_nothing(self):
        self.inside("apt-get", "purge", "-q", "-y", "rubricator", "librubricator0", "librubricator-dev")
        left = [str(path.relative_to(self.root)) for top in ("etc", "lib", "usr", "var/lib")
                for path in (self.root / top).rglob("*rubricator*") if not path.is_relative_to(self.root / "var/lib/dpkg")]
        self.assertEqual([path for path in left if not re.search(r"apt/", path)], [])


if __name__ == "__main__":
    if os.geteuid() != 0:
        project.skip("only root can make another Debian")
    if not list(PACKAGES.glob("*.deb")):
        project.skip("there are no packages: scripts/package makes them")
    unittest.main()
