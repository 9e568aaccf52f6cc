"""A MariaDB of its own, on a socket in a temporary folder."""
import pathlib
import shutil
import subprocess
import tempfile
import time

START_SECONDS = 120


class MariaDb:
    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        root = pathlib.Path(self.folder.name)
        shutil.chown(root, "nobody")
        self.socket = root / "socket"
        subprocess.run(["mariadb-install-db", "--no-defaults", "--user=nobody", f"--datadir={root / 'data'}",
                        "--auth-root-authentication-method=normal", "--skip-test-db"],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        self.server = subprocess.Popen(
            ["mariadbd", "--no-defaults", "--user=nobody", f"--datadir={root / 'data'}", f"--socket={self.socket}",
             "--skip-networking"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + START_SECONDS
        while self.sql("CREATE DATABASE wordpress").returncode != 0:
            if self.server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("MariaDB does not start")
            time.sleep(0.2)
        return self

    def sql(self, statement):
        return subprocess.run(["mariadb", "--no-defaults", f"--socket={self.socket}", "--user=root", "-e", statement],
                              capture_output=True, text=True, check=False)

    def config(self):
        """For wp-config.php, before the tests' own."""
        return f"define('DB_HOST', 'localhost:{self.socket}'); define('DB_USER', 'root');"

    def __exit__(self, *_):
        self.server.terminate()
        self.server.wait(60)
        self.folder.cleanup()
