"""Where things are, and a server that lives as long as a test needs it. CTest sets the environment."""
import os
import pathlib
import subprocess
import sys
import tempfile
import time

SOURCE = pathlib.Path(__file__).resolve().parent.parent
BUILD = pathlib.Path(os.environ.get("RUBRICATOR_BUILD_DIR", SOURCE / "build" / "release"))
BIN = BUILD / "bin"
RUBRICATOR = BIN / "rubricator"
MODEL = pathlib.Path(os.environ.get("RUBRICATOR_MODEL_DIR", SOURCE / "models" / "default"))
ROUTING = SOURCE / "examples" / "routing.yaml"
ARTICLES = SOURCE / "examples" / "articles"
SHARED = pathlib.Path(os.environ.get("RUBRICATOR_SHARED", SOURCE.parent / "shared"))
EMBEDDED = f"embedded:{MODEL}?routing={ROUTING}"
SKIPPED = 77  # CTest's SKIP_RETURN_CODE
START_SECONDS = 60  # under a sanitizer, on a busy machine


def skip(reason):
    print(f"skipped: {reason}")
    sys.exit(SKIPPED)


def install(prefix):
    """Installs the build under `prefix`; the environment in which pkg-config and the loader find it there."""
    subprocess.run(["cmake", "--install", BUILD, "--prefix", prefix], check=True, timeout=120, stdout=subprocess.DEVNULL)
    [library] = pathlib.Path(prefix).glob("lib/**/librubricator.so")
    return {**os.environ, "PKG_CONFIG_PATH": str(library.parent / "pkgconfig"), "LD_LIBRARY_PATH": str(library.parent)}


class RunningServer:
    """`with RunningServer() as target:` a server with the shipped model, or another, on a free loopback port."""

    def __init__(self, *flags, model=MODEL, routing=ROUTING, environment=None):
        self.flags = ["--model-dir", model, *(["--routing-file", routing] if routing else []), *flags]
        self.environment = {**os.environ, **(environment or {})}

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        port_file, http_port_file = (pathlib.Path(self.folder.name) / name for name in ("port", "http_port"))
        self.log = open(pathlib.Path(self.folder.name) / "log", "w+", encoding="utf-8")
        self.process = subprocess.Popen(
            [BIN / "rubricator-server", "--listen", "127.0.0.1:0", "--http-listen", "127.0.0.1:0",
             "--port-file", port_file, "--http-port-file", http_port_file,
             "--data-dir", pathlib.Path(self.folder.name) / "data", *self.flags],
            stdout=self.log, stderr=self.log, env=self.environment)
        deadline = time.monotonic() + START_SECONDS
        while not (port_file.exists() and http_port_file.exists()):
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.log.seek(0)
                message = self.log.read()
                self.__exit__()
                raise RuntimeError(f"the server did not start: {message}")
            time.sleep(0.02)
        self.target = f"127.0.0.1:{port_file.read_text().strip()}"
        self.url = f"http://127.0.0.1:{http_port_file.read_text().strip()}"
        return self.target

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()
        self.folder.cleanup()


def rubricator(*arguments, stdin=b"", environment=None, timeout=300):
    """Runs the command; the result has returncode, and stdout and stderr as bytes."""
    clean = {k: v for k, v in os.environ.items() if k not in ("RUBRICATOR_TARGET", "RUBRICATOR_TOKEN", "NO_COLOR")}
    return subprocess.run([RUBRICATOR, *map(str, arguments)], input=stdin, capture_output=True, timeout=timeout,
                          env={**clean, **(environment or {})}, check=False)
