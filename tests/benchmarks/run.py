#!/usr/bin/python3
"""scripts/bench's other half: measures, prints both tables and writes the report."""
import argparse
import dataclasses
import os
import pathlib
import platform
import re
import subprocess
import tempfile
import time

import measurements
import programs
import report


@dataclasses.dataclass
class Plan:
    """How long and how often."""
    micro_seconds: float = 0.1  # of each in-process benchmark's repetition
    repetitions: int = 7
    python_seconds: float = 1.0
    rounds: int = 5
    seconds: float = 3.0  # of each run of the load generator
    callers: tuple = (1, 4, 64)


SMOKE = Plan(micro_seconds=0.01, repetitions=1, python_seconds=0.05, rounds=1, seconds=1.5)


def machine():
    cpu = re.search(r"model name\s*:\s*(.*)", pathlib.Path("/proc/cpuinfo").read_text())
    commit = subprocess.run(["git", "-C", programs.ROOT, "rev-parse", "--short", "HEAD"], capture_output=True, text=True,
                            check=False)
    return {
        "date": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()),
        "commit": commit.stdout.strip() or "unknown",
        "cpu": cpu.group(1) if cpu else platform.machine(),
        "processors": os.cpu_count(),
        "load_average_at_start": [round(value, 2) for value in os.getloadavg()],
    }


def measure(plan):
    raw = {"machine": machine()}
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="rubricator-bench-") as name:
        folder = pathlib.Path(name)
        with programs.running(programs.real_server(folder)) as server:
            memory = measurements.memory_row(server)
            first, raw["in_process"] = measurements.in_process_rows(plan)
            first.append(memory)
            with programs.running(programs.echo_server(folder)) as echo:
                second = measurements.floor_rows(plan, server, echo, raw)
            with programs.running(programs.python_server(folder)) as python:
                second += measurements.python_rows(plan, server, python, raw)
        with (programs.running(programs.real_server(folder, "two", "--workers-threads", "2")) as two,
              programs.running(programs.real_server(folder, "one", "--workers-threads", "1")) as one):
            second.append(measurements.worker_row(plan, two, one, raw))
    raw["machine"]["seconds"] = round(time.monotonic() - begun)
    return first, second, raw


def main():
    parser = argparse.ArgumentParser(prog="scripts/bench")
    parser.add_argument("--smoke", action="store_true", help="everything once and briefly, into a temporary folder")
    parser.add_argument("--output", type=pathlib.Path, help="folder of the report; default docs/benchmarks")
    arguments = parser.parse_args()
    output = arguments.output or programs.ROOT / "docs/benchmarks"
    if arguments.smoke and not arguments.output:
        output = pathlib.Path(tempfile.mkdtemp(prefix="rubricator-bench-"))
    first, second, raw = measure(SMOKE if arguments.smoke else Plan())
    print(report.tables(first, second))
    report.write(output, first, second, raw)
    print(f"Written to {output}")


if __name__ == "__main__":
    main()
