"""The programs that are measured: where they are, how they start and end."""
import contextlib
import glob
import json
import os
import pathlib
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = ROOT / "tests/benchmarks"
BIN = pathlib.Path(os.environ.get("RUBRICATOR_BUILD_DIR", ROOT / "build/release")) / "bin"
BUNDLE = ROOT / "models/default"
VISIT = HERE / "articles/visit.html"
START_SECONDS = 60


class Server:
    """A server that writes its port to a file once it answers."""

    def __init__(self, name, command, folder, env=None):
        self.name = name
        self.port_file = folder / f"{name}.port"
        self.log_path = folder / f"{name}.log"
        self.log = open(self.log_path, "wb")
        self.process = subprocess.Popen([str(part) for part in command(self.port_file)], stdout=self.log,
                                        stderr=self.log, env=env)

    def wait(self):
        deadline = time.monotonic() + START_SECONDS
        while not self.port_file.exists():
            if self.process.poll() is not None or time.monotonic() > deadline:
                sys.exit(f"{self.name} did not start:\n{self.log_path.read_text(errors='replace')[-2000:]}")
            time.sleep(0.05)
        self.target = "127.0.0.1:" + self.port_file.read_text().strip()

    def resident_mib(self):
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        raise ValueError("no VmRSS")

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()


@contextlib.contextmanager
def running(server):
    """One server, started and ready; stopped at the end."""
    try:
        server.wait()
        yield server
    finally:
        server.stop()


def real_server(folder, name="server", *flags):
    return Server(name, lambda port: [BIN / "rubricator-server", "--listen", "127.0.0.1:0", "--http-listen", "127.0.0.1:0",
                                      "--model-dir", BUNDLE, "--port-file", port, *flags], folder)


def echo_server(folder):
    return Server("echo", lambda port: [BIN / "echo_server", port], folder)


def python_server(folder):
    stubs = folder / "stubs"
    stubs.mkdir()
    googleapis = ROOT / "third_party/googleapis"
    subprocess.run(["protoc", "-I", ROOT / "proto", "-I", googleapis, f"--python_out={stubs}",
                    f"--grpc_python_out={stubs}", "--plugin=protoc-gen-grpc_python=/usr/bin/grpc_python_plugin",
                    *glob.glob(str(ROOT / "proto/rubricator/v1/*.proto")),
                    *glob.glob(str(googleapis / "google/rpc/*.proto"))], check=True)
    env = {**os.environ, "PYTHONPATH": f"{stubs}:{HERE}", "PYTHONDONTWRITEBYTECODE": "1"}
    return Server("python", lambda port: ["/usr/bin/python3", HERE / "python_server.py", BUNDLE / "topics.ftz", port],
                  folder, env)


def load(server, seconds, **options):
    """One run of the load generator: its JSON line."""
    command = [BIN / "load_generator", server.target, "--seconds", seconds, "--warm-up", min(0.5, seconds)]
    for name, value in options.items():
        command += [f"--{name}"] if value is True else [f"--{name}", value]
    return _json_of(command)


def python_reference(seconds):
    return _json_of(["/usr/bin/python3", HERE / "python_reference.py", BUNDLE / "topics.ftz", VISIT, seconds])


def in_process(pattern, seconds, repetitions):
    """Google Benchmark's median CPU times in microseconds, by benchmark; the repetitions of all are interleaved."""
    answer = _json_of([BIN / "in_process_benchmark", f"--benchmark_filter={pattern}", "--benchmark_format=json",
                       f"--benchmark_min_time={seconds}", f"--benchmark_repetitions={repetitions}",
                       "--benchmark_enable_random_interleaving=true", "--benchmark_report_aggregates_only=true"])
    scale = {"ns": 1e-3, "us": 1.0, "ms": 1e3}
    medians = [run for run in answer["benchmarks"] if run.get("aggregate_name", "median") == "median"]
    return {run["run_name"]: run["cpu_time"] * scale[run["time_unit"]] for run in medians}


def _json_of(command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{done.stdout}{done.stderr}")
    return json.loads(done.stdout)
