#!/usr/bin/env python3
"""What editors corrected is learned: from a server's store, and from a file of corrections."""
import json
import pathlib
import subprocess
import tempfile
import unittest

import grpc
from google.protobuf import json_format

import api_stubs as api
import archive
from project import RunningServer

COUNT = 240


class CorrectionsTrainingTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        # The archive is wrong about half of the schools: its editors put them under the city hall.
        self.rows = list(archive.articles(COUNT))
        self.wrong = [row for i, row in enumerate(self.rows) if row[3] == ["schools"] and i % 8 == 1]
        wrong = {row[0] for row in self.wrong}
        self.archive = archive.write_jsonl(
            self.folder / "archive.jsonl",
            [(key, title, body, ["city-hall"] if key in wrong else topics) for key, title, body, topics in self.rows])

    def command(self, *arguments):
        run = subprocess.run(archive.command(*map(str, arguments)), capture_output=True, text=True, timeout=200, check=False)
        self.assertEqual(run.returncode, 0, run.stderr)
        return run

    def correct(self, target, rows):
        """The corrections as the server lists them."""
        with grpc.insecure_channel(target) as channel:
            stub = api.correction_grpc.CorrectionServiceStub(channel)
            for key, title, body, topics in rows:
                correction = api.correction.Correction(
                    article=api.article.Article(id=key, title=title, body=body),
                    given=api.correction.LabelSet(topics=["city-hall"]), corrected=api.correction.LabelSet(topics=topics))
                stub.RecordCorrection(api.correction.RecordCorrectionRequest(
                    idempotency_key=f"post-{key}", correction=correction), timeout=30)
            return stub.ListCorrections(api.correction.ListCorrectionsRequest(page_size=1000), timeout=30).corrections

    def macro_f1(self, output):
        line = next(line for line in output.splitlines() if line.startswith("macro-F1") and ("+" in line or "-0" in line))
        return [float(word) for word in line.split()[2:4]]

    def test_from_the_first_model_to_the_next(self):
        before, after, data = self.folder / "before", self.folder / "after", self.folder / "data"
        self.command("train", "--articles", self.archive, "--base", archive.project.MODEL, "--out", before)
        with RunningServer("--data-dir", data, model=before, routing=None) as target:
            self.correct(target, self.wrong)
        store = f"sqlite:{data / 'corrections.db'}"
        run = self.command("train", "--articles", self.archive, "--corrections", store, "--base", archive.project.MODEL,
                           "--out", after)
        count = len(self.wrong)
        self.assertGreater(count, 20)
        self.assertIn(f"corrections: {count} of {count} articles; {count} found in the archive, 0 with their own text, "
                      "0 not found", run.stderr)
        run = self.command("evaluate", "--model", after, "--before", before, "--articles", self.archive, "--corrections",
                           store, "--only-corrected")
        was, now = self.macro_f1(run.stdout)
        self.assertLess(was, 0.8, run.stdout)
        self.assertGreater(now, was + 0.15, run.stdout)

    def test_texts_that_were_kept_need_no_archive(self):
        first = self.folder / "first"
        self.command("train", "--articles", self.archive, "--base", archive.project.MODEL, "--out", first)
        more = [(f"new-{key}", title, body, topics) for key, title, body, topics in archive.articles(40, seed=5) if topics]
        with RunningServer("--corrections-keep-text", "true", model=first, routing=None) as target:
            listed = self.correct(target, more)
        lines = [json_format.MessageToDict(correction) for correction in listed]
        unknown = {**lines[0], "articleSha256": "0" * 64, "article": {"id": "gone"}}
        later = {**lines[0], "corrected": {}}  # the last word on it
        corrections = self.folder / "corrections.jsonl"
        corrections.write_text("".join(json.dumps(line) + "\n" for line in [*lines, unknown, later]), "utf-8")
        run = self.command("train", "--articles", self.archive, "--corrections", corrections, "--base",
                           archive.project.MODEL, "--out", self.folder / "second")
        self.assertIn(f"corrections: {len(more) + 2} of {len(more) + 1} articles; 0 found in the archive, {len(more)} with "
                      "their own text, 1 not found", run.stderr)


if __name__ == "__main__":
    unittest.main()
