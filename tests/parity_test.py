#!/usr/bin/env python3
"""A server and the process itself give the same answers, to the byte, on every article of the development set."""
import json
import pathlib
import tempfile
import unittest

import project

DEV = project.SHARED / "data" / "dev.jsonl"


def dated_articles():
    """The articles with the day they were published: a desk's opening hours are not to depend on the test's clock."""
    for line in DEV.read_text("utf-8").splitlines():
        if line.strip():
            article = json.loads(line)
            day = (article.get("date") or "2026-01-01")[:10]
            yield {**article, "published_at": f"{day}T12:00:00Z"}


def classify(path, target, *flags):
    run = project.rubricator("classify", "--target", target, "--format", "jsonl", *flags, path, timeout=900)
    assert run.returncode == 0, f"exit code {run.returncode}: {run.stderr.decode()}"
    assert run.stderr == b"", run.stderr.decode()
    return run.stdout.splitlines()


class ParityTest(unittest.TestCase):
    def compare(self, *flags):
        articles = list(dated_articles())
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "dev.jsonl"
            path.write_text("".join(json.dumps(article) + "\n" for article in articles), "utf-8")
            with project.RunningServer() as target:
                remote = classify(path, target, *flags)
            embedded = classify(path, project.EMBEDDED, *flags)
        self.assertEqual([json.loads(line)["articleId"] for line in remote], [article["id"] for article in articles])
        self.assertEqual(remote, embedded)
        answered = sum(json.loads(line)["outcome"] == "OUTCOME_CLASSIFIED" for line in remote)
        print(f"{len(articles)} articles, {answered} classified, the same {sum(map(len, remote))} bytes both ways")

    def test_labels_are_the_same(self):
        self.compare()

    def test_evidence_is_the_same(self):
        self.compare("--evidence")


if __name__ == "__main__":
    if not DEV.exists():
        project.skip(f"no {DEV}; RUBRICATOR_SHARED names the folder that holds data/dev.jsonl")
    unittest.main()
