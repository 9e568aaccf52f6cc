#!/usr/bin/env python3
"""One table of cases from every language over every transport. usage: conformance_test.py [LANGUAGE ...]"""
import base64
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import project

FOLDER = project.SOURCE / "tests" / "conformance"
# Languages with both transports, and those of librubricator's C ABI, which gives an error's first field, not its details.
TRANSPORTS = {"python": ("grpc", "http"), "go": ("grpc", "http"), "node": ("grpc", "http"), "java": ("grpc", "http"),
              "php": ("grpc", "http"), "cpp": ("grpc",)}
# What a runner needs beside this repository's own packages; a language that is not on the machine is left out, aloud.
NEEDS = {"go": ("go",), "node": ("node", "npm"), "php": ("php",), "java": ("mvn", "javac")}
LONGEST_SECONDS = 300
# The first answer to a case; all others must equal it.
REFERENCE = ("python", "grpc")


def expand(value):
    """Puts files, repeated texts and copies where the case asks for them: conformance/README.md."""
    if isinstance(value, list):
        return [expand(each) for each in value]
    if not isinstance(value, dict):
        return value
    if "$file" in value:
        return (project.SOURCE / value["$file"]).read_text("utf-8")
    if "$repeat" in value:
        text, times = value["$repeat"]
        return text * times
    if "$copies" in value:
        copied, times = value["$copies"]
        return [expand(copied)] * times
    return {key: expand(each) for key, each in value.items()}


def without_defaults(value):
    """Languages differ in whether they write fields that hold their default, and 1 may stand as 1.0."""
    if isinstance(value, dict):
        kept = {key: without_defaults(each) for key, each in value.items()}
        return {key: each for key, each in kept.items() if each not in ("", 0, False, [], None)}
    if isinstance(value, list):
        return [without_defaults(each) for each in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def canonical(answer, *, with_details=True):
    """Answers and errors that mean the same become the same text."""
    answer = without_defaults(answer)
    error = answer.get("error", {"code": ""})
    error["code"] = error["code"].lower()
    if not with_details:
        error["field"] = next(iter(faulty_fields(error)), error.get("field", ""))
        error.pop("details", None)
    for detail in error.get("details", []):
        detail.pop("debug", None)
        detail["type"] = detail["type"].rpartition("/")[2]
        detail["value"] = detail["value"].rstrip("=")
    return json.dumps(answer, sort_keys=True, ensure_ascii=False)


def faulty_fields(error):
    """The fields that the google.rpc.BadRequest of an error names."""
    for detail in error.get("details", []):
        if detail["type"].endswith("google.rpc.BadRequest"):
            text = subprocess.run(
                ["protoc", "-I", project.SOURCE / "third_party/googleapis", "--decode=google.rpc.BadRequest",
                 "google/rpc/error_details.proto"], input=base64.b64decode(detail["value"] + "=="), capture_output=True,
                check=True, timeout=LONGEST_SECONDS).stdout.decode()
            return re.findall(r'^  field: "(.*)"$', text, re.MULTILINE)
    return []


class ConformanceTest(unittest.TestCase):
    languages = [language for language in TRANSPORTS if all(map(shutil.which, NEEDS.get(language, ())))]

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        lines = (FOLDER / "cases.jsonl").read_text("utf-8").rstrip("\n").split("\n")  # cases hold U+2028
        cls.cases = [json.loads(line) for line in lines]
        cls.expanded = pathlib.Path(folder.name) / "cases.jsonl"
        with open(cls.expanded, "w", encoding="utf-8") as out:
            for case in cls.cases:
                request = {"name": case["name"], "method": case["method"], "request": expand(case["request"])}
                out.write(json.dumps(request, ensure_ascii=False) + "\n")
        cls.environment = project.install(pathlib.Path(folder.name) / "prefix")
        server = project.RunningServer()
        target = server.__enter__()
        cls.addresses = {"grpc": target, "http": server.url.removeprefix("http://")}
        cls.addClassCleanup(server.__exit__)

    def run_cases(self, language, transport):
        done = subprocess.run([FOLDER / language / "runner", transport, self.addresses[transport], self.expanded],
                              env=self.environment, capture_output=True, text=True, timeout=LONGEST_SECONDS, check=False)
        self.assertEqual(done.returncode, 0, done.stderr[-2000:])
        return [json.loads(line) for line in done.stdout.splitlines()]

    def failures(self, answers, reference):
        self.assertEqual([answer["name"] for answer in answers], [case["name"] for case in self.cases])
        for case, answer, first in zip(self.cases, answers, reference):
            with_details = "field" not in answer.get("error", {})
            got, want = (canonical(each, with_details=with_details) for each in (answer, first))
            if got != want:
                yield f'{case["name"]}: {got[:600]}, not as the reference: {want[:600]}'

    def check_reference(self, answers):
        for case, answer in zip(self.cases, answers):
            error = answer.get("error", {"code": "ok"})
            got = {"code": error["code"].upper()}
            if "fields" in case["want"]:
                got["fields"] = faulty_fields(error)
            if "outcome" in case["want"]:
                got["outcome"] = answer.get("answer", {}).get("analysis", {}).get("outcome")
            self.assertEqual(got, case["want"], case["name"])

    def test_every_caller_gets_the_same(self):
        self.assertGreaterEqual(len(self.cases), 60)
        self.assertEqual(len({case["name"] for case in self.cases}), len(self.cases))
        reference = self.run_cases(*REFERENCE)
        self.check_reference(reference)
        matrix = {}
        for language in self.languages:
            for transport in TRANSPORTS[language]:
                with self.subTest(language=language, transport=transport):
                    answers = reference if (language, transport) == REFERENCE else self.run_cases(language, transport)
                    wrong = list(self.failures(answers, reference))
                    matrix[language, transport] = f"{len(answers) - len(wrong)}/{len(self.cases)}"
                    self.assertEqual(wrong, [])
        print("\nlanguage   " + "".join(f"{transport:>10}" for transport in self.addresses))
        for language in self.languages:
            print(f"{language:<11}" + "".join(f"{matrix.get((language, t), '-'):>10}" for t in self.addresses))
        for language in sorted(set(TRANSPORTS) - set(self.languages)):
            print(f"{language:<11}  left out: it needs {' and '.join(NEEDS[language])}")


if __name__ == "__main__":
    if sys.argv[1:] and not sys.argv[1].startswith("-"):
        ConformanceTest.languages = sys.argv[1:]
        sys.argv[1:] = []
    unittest.main()
