#!/usr/bin/env python3
"""rubricator-train as a newsroom meets it: its own archive, Ctrl+C, bad files, a full disk."""
import json
import pathlib
import random
import resource
import signal
import subprocess
import tempfile
import time
import unittest

import archive
import project


class TrainerTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.out = self.folder / "bundle"

    def train(self, *arguments, says="", code=0, **options):
        run = archive.train("--out", self.out, *arguments, **options)
        self.assertEqual(run.returncode, code, run.stderr)
        self.assertIn(says, run.stderr)
        return run

    def jsonl(self, count=240, name="articles.jsonl"):
        return archive.write_jsonl(self.folder / name, archive.articles(count))

    # ---- a taxonomy of one's own, from the archive to the editor ----

    def check_served(self):
        source = random.Random(99)
        want = {"city-hall": "City Hall", "schools": "Schools"}
        with project.RunningServer(model=self.out, routing=None) as target:
            for topic, name in want.items():
                article = self.folder / "new.txt"
                article.write_text("A new headline\n\n" + archive.text([topic], source), "utf-8")
                run = project.rubricator("classify", "--target", target, "--format", "json", article)
                self.assertEqual(run.returncode, 0, run.stderr.decode())
                answer = json.loads(run.stdout)[0]
                self.assertEqual([t["id"] for t in answer["topics"]], [topic])
                self.assertEqual([t["displayName"] for t in answer["topics"]], [name])

    def test_tsv_archive_is_learned_and_served(self):
        table = archive.write_tsv(self.folder / "archive.tsv", archive.articles(240))
        taxonomy = archive.write_taxonomy(self.folder / "taxonomy.json")
        self.train("--articles", table, *archive.TSV_FLAGS, "--taxonomy", taxonomy)
        self.check_served()

    def test_wordpress_archive_is_learned_and_served(self):
        export = archive.write_wordpress(self.folder / "site.xml", archive.articles(240))
        taxonomy = archive.write_taxonomy(self.folder / "taxonomy.json")
        self.train("--articles", export, "--taxonomy", taxonomy)
        self.check_served()

    def test_import_makes_json_lines_of_any_archive(self):
        rows = list(archive.articles(8))
        for path, flags in ((archive.write_tsv(self.folder / "a.tsv", rows), archive.TSV_FLAGS),
                            (archive.write_wordpress(self.folder / "a.xml", rows), ["--language", "en"])):
            out = self.folder / "a.jsonl"
            run = subprocess.run(archive.command("import", path, "--out", out, *flags), capture_output=True, text=True,
                                 check=True)
            self.assertIn("8 articles", run.stdout)
            read = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
            self.assertEqual([(a["id"], a.get("topics", [])) for a in read], [(r[0], r[3]) for r in rows])
            self.assertEqual(read[0]["body"].strip(), rows[0][2])

    def test_inspect_shows_the_bundle_and_an_article(self):
        self.train("--articles", self.jsonl())
        run = subprocess.run(archive.command("inspect", "--model", self.out), capture_output=True, text=True, check=True)
        for word in ("city-hall", "schools", "topics.rows", "report.html", "languages", " en", "mayor"):
            self.assertIn(word, run.stdout)
        article = self.folder / "a.txt"
        article.write_text(archive.text(["schools"], random.Random(4)), "utf-8")
        run = subprocess.run(archive.command("inspect", "--model", self.out, "--text", article), capture_output=True,
                             text=True, check=True)
        self.assertIn("schools", run.stdout)
        self.assertIn("everything else", run.stdout)

    # ---- what is held out is not learned from ----

    def test_held_out_articles_and_their_duplicates_are_left_out(self):
        rows = list(archive.articles(240))
        held_out = archive.write_jsonl(self.folder / "held-out.jsonl",
                                       [("x" + key, title, body, topics) for key, title, body, topics in rows[:40]])
        run = self.train("--articles", self.jsonl(), "--held-out", held_out, says="40 articles left out")
        self.assertIn("held out:", run.stdout)

    # ---- Ctrl+C ----

    def test_a_stopped_run_goes_on_and_gives_the_same_bundle(self):
        articles = self.jsonl(600)
        flags = ["--articles", articles, "--threads", "1", "--bundle-version", "v"]
        slow = [*flags, "--epochs", "60"]
        run = subprocess.Popen(archive.command("train", "--base", project.MODEL, "--out", self.out, *slow),
                               stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        work = self.folder / "bundle.work"
        give_up = time.monotonic() + 120
        while not (work / "fold-0.rows").exists() and time.monotonic() < give_up and run.poll() is None:
            time.sleep(0.01)
        run.send_signal(signal.SIGINT)
        _, error = run.communicate(timeout=120)
        self.assertEqual(run.returncode, 130, error)
        self.assertIn("--resume", error)
        self.assertFalse(self.out.exists())
        self.assertEqual([p.name for p in self.folder.iterdir() if ".new-" in p.name], [])
        self.train(*flags, "--resume", code=1, says="other articles or options")
        kept = (work / "fold-0.rows").stat().st_mtime_ns
        resumed = subprocess.run(archive.command("train", "--base", project.MODEL, "--out", self.out, *slow, "--resume"),
                                 capture_output=True, text=True, timeout=300, check=False)
        self.assertEqual(resumed.returncode, 0, resumed.stderr)
        self.assertGreater(kept, 0)
        self.assertFalse(work.exists())
        other = self.folder / "other"
        subprocess.run(archive.command("train", "--base", project.MODEL, "--out", other, *slow), capture_output=True,
                       timeout=300, check=True)
        self.assertEqual((self.out / "topics.rows").read_bytes(), (other / "topics.rows").read_bytes())

    def test_resume_without_a_stopped_run(self):
        self.train("--articles", self.jsonl(), "--resume", code=1, says="no stopped run to resume")

    # ---- bad input: one clear line, and the old bundle as it was ----

    def test_bad_input_leaves_the_old_bundle_as_it_was(self):
        self.train("--articles", self.jsonl())
        before = archive.files_of(self.out)
        rows = list(archive.articles(240))
        cases = {
            "no labels": ("".join(json.dumps({"lang": "en", "body": r[2]}) + "\n" for r in rows), "0 labels"),
            "one label": ("".join(json.dumps({"lang": "en", "body": r[2], "topics": ["schools"]}) + "\n" for r in rows),
                          "1 labels; at least 2"),
            "one line": (json.dumps({"lang": "en", "body": rows[0][2], "topics": ["schools"]}) + "\n", "schools (1)"),
            "rare labels": ("".join(json.dumps({"lang": "en", "body": r[2], "topics": [f"t{i % 40}"]}) + "\n"
                                    for i, r in enumerate(rows)), "40 labels have fewer than 20 articles: t0 (6)"),
            "label with white space": (json.dumps({"body": "x", "topics": ["city hall"]}) + "\n", "1 bad lines left out"),
            "invalid UTF-8": (b'{"body":"\xff"}\n', "1 bad lines left out"),
            "a line over the limit": ("x" * ((16 << 20) + 100), "bad.jsonl:1: line is over 16777216 bytes"),
            "empty file": ("", "0 labels"),
        }
        for name, (content, message) in cases.items():
            with self.subTest(name):
                bad = self.folder / "bad.jsonl"
                bad.write_bytes(content if isinstance(content, bytes) else content.encode())
                run = self.train("--articles", bad, code=1, says=message)
                self.assertTrue(run.stderr.splitlines()[-1].startswith("rubricator-train: "), run.stderr)
                self.assertEqual(archive.files_of(self.out), before)
        self.assertEqual(sorted(p.name for p in self.folder.iterdir() if "bundle." in p.name and "bad-lines" not in p.name), [])

    def test_bad_lines_are_listed(self):
        articles = self.jsonl()
        with open(articles, "ab") as file:
            file.write(b'{"body":"\xff"}\n{"body":"x","topics":["city hall"]}\n')
        self.train("--articles", articles, says="2 bad lines left out")
        listed = (self.folder / "bundle.bad-lines.tsv").read_text("utf-8").splitlines()
        self.assertIn("articles.jsonl:241\tinvalid UTF-8", listed[0])
        self.assertIn("articles.jsonl:242\ttopics holds a label that is empty or has white space", listed[1])

    def test_a_full_disk_leaves_the_old_bundle_as_it_was(self):
        articles = self.jsonl()
        self.train("--articles", articles)
        before = archive.files_of(self.out)
        for limit in (0, 1000, 40_000, 300_000):
            with self.subTest(limit):
                # Python's own log and pipes are not files; everything that the trainer writes is.
                run = self.train("--articles", articles, code=1, preexec_fn=lambda: resource.setrlimit(
                    resource.RLIMIT_FSIZE, (limit, limit)))
                self.assertIn("File too large", run.stderr)
                self.assertEqual(archive.files_of(self.out), before)
        self.train("--articles", articles, "--resume")  # the last one had finished its folds

    # ---- tune ----

    def test_tune_prints_the_best_flags_and_keeps_its_trials(self):
        command = archive.command("tune", "--articles", self.jsonl(), "--state", self.folder / "trials.json",
                                  "--epochs", "3", "--folds", "2", "--trials")
        first = subprocess.run([*command, "2"], capture_output=True, text=True, timeout=300, check=True).stdout
        second = subprocess.run([*command, "3"], capture_output=True, text=True, timeout=300, check=True).stdout
        self.assertIn("best by macro-F1:\nrubricator-train train --epochs ", second)
        self.assertEqual(first.splitlines()[1:3], second.splitlines()[1:3])


if __name__ == "__main__":
    unittest.main()
