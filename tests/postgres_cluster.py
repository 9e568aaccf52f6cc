"""A PostgreSQL cluster that lives as long as a test: Debian's, in a temporary folder, on a socket file only."""
import glob
import os
import pathlib
import pwd
import shutil
import subprocess
import tempfile

USER = "postgres"  # made by the package; PostgreSQL refuses to run as root


class PostgresCluster:
    """`with PostgresCluster() as cluster:` connect by cluster.url("name"); cluster.folder holds the socket."""

    def __init__(self):
        found = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
        if not found:
            raise FileNotFoundError("Debian's postgresql is not installed")
        self.bin = pathlib.Path(found[-1])

    def run(self, program, *arguments):
        as_user = ["setpriv", "--reuid", USER, "--regid", USER, "--clear-groups"] if os.getuid() == 0 else []
        subprocess.run([*as_user, self.bin / program, *map(str, arguments)], check=True, timeout=60, cwd=self.folder,
                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=self.log,
                       env={**os.environ, "LC_ALL": "C.UTF-8"})

    def __enter__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # a socket's path is short
        self.log = open(self.folder / "commands.log", "wb")
        if os.getuid() == 0:
            user = pwd.getpwnam(USER)
            os.chown(self.folder, user.pw_uid, user.pw_gid)
        # Whoever may open the socket is the superuser that the name says: it lies in a folder of the test's own.
        self.run("initdb", "--pgdata", self.folder / "data", "--username", "root", "--auth", "trust",
                 "--encoding", "UTF8", "--no-sync")
        self.folder.chmod(0o711)
        self.start()
        return self

    def start(self):
        self.run("pg_ctl", "start", "--wait", "--pgdata", self.folder / "data", "--log", self.folder / "log",
                 "--options", f"-c listen_addresses= -c unix_socket_directories={self.folder}")

    def stop(self, mode="fast"):
        self.run("pg_ctl", "stop", "--wait", "--pgdata", self.folder / "data", "--mode", mode)

    def url(self, database="postgres"):
        return f"postgresql://root@/{database}?host={self.folder}"

    def __exit__(self, *_):
        if (self.folder / "data" / "postmaster.pid").exists():
            self.stop("immediate")
        self.log.close()
        shutil.rmtree(self.folder)
