#!/usr/bin/env python3
"""The command as a shell sees it: every exit code, every kind of bad input, and what goes to a terminal."""
import json
import os
import pathlib
import pty
import re
import select
import shutil
import socket
import subprocess
import tempfile
import time
import unicodedata
import unittest

import project
from project import rubricator

ARTICLE = project.ARTICLES / "01-russia-kyrgyzstan-presidents.html"
THIN = project.ARTICLES / "10-too-thin.txt"
OPTIONS = ["--target", project.EMBEDDED]
GOOD_LINE = {"id": "a", "title": "Armenia", "body": "The central bank of Armenia raised its interest rate again."}


def width(text):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def on_a_terminal(arguments, environment=None, columns=100):
    """What the command writes to stdout when that is a terminal, and its exit code."""
    leader, follower = pty.openpty()
    import fcntl, struct, termios
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    clean = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
    process = subprocess.Popen([project.RUBRICATOR, *map(str, arguments)], stdin=subprocess.DEVNULL, stdout=follower,
                               stderr=subprocess.PIPE, env={**clean, "TERM": "xterm", **(environment or {})})
    os.close(follower)
    written = b""
    while True:
        try:
            chunk = os.read(leader, 65536)
        except OSError:  # the other end is closed
            break
        if not chunk:
            break
        written += chunk
    os.close(leader)
    process.stderr.read()
    process.stderr.close()
    return written.decode(), process.wait()


class CliTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def lines(self, name, *rows):
        return self.write(name, "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows))

    def expect(self, code, *arguments, says="", stdin=b"", environment=None):
        run = rubricator(*arguments, stdin=stdin, environment=environment)
        self.assertEqual(run.returncode, code, run.stderr.decode())
        self.assertIn(says, run.stderr.decode())
        if code != 0 and says:
            self.assertTrue(all(line.startswith("rubricator: ") for line in run.stderr.decode().splitlines()))
        return run.stdout.decode()

    # ---- what is printed ----

    def test_table_fits_100_columns_and_names_what_matters(self):
        table = self.expect(0, "classify", *OPTIONS, project.ARTICLES)
        for line in table.splitlines():
            self.assertLessEqual(width(line), 100, line)
            self.assertEqual(line, line.rstrip())
        self.assertNotIn("\033", table)
        for word in ("Title", "Topics", "Countries", "Desk", "ms", "RU KG", "20 articles", "too little text", "model"):
            self.assertIn(word, table)

    def test_evidence_marks_the_words(self):
        view = self.expect(0, "classify", *OPTIONS, "--evidence", ARTICLE)
        self.assertRegex(view, r"\[[^\]]*Кирги[^\]]*\]")
        self.assertNotIn("&nbsp;", view)
        self.assertNotIn("<p>", view)
        for line in view.splitlines():
            self.assertLessEqual(width(line), 100, line)

    def test_jsonl_keeps_the_order_and_ids(self):
        rows = [{**GOOD_LINE, "id": f"n{i}", "extra": {"deep": [1]}} for i in range(200)]
        out = self.expect(0, "classify", *OPTIONS, "--format", "jsonl", self.lines("in.jsonl", *rows))
        answers = [json.loads(line) for line in out.splitlines()]
        self.assertEqual([a["articleId"] for a in answers], [row["id"] for row in rows])
        self.assertIn("topics", answers[0])

    def test_json_is_one_array(self):
        out = self.expect(0, "classify", *OPTIONS, "--format", "json", ARTICLE, THIN)
        self.assertEqual([a["articleId"] for a in json.loads(out)], [str(ARTICLE), str(THIN)])
        nothing = self.expect(0, "classify", *OPTIONS, "--format", "json", "--input-format", "jsonl", "-")
        self.assertEqual(json.loads(nothing), [])

    def test_labels_are_what_the_scorer_reads(self):
        out = self.expect(0, "classify", *OPTIONS, "--format", "labels", ARTICLE, THIN)
        article, thin = (json.loads(line) for line in out.splitlines())
        self.assertEqual(list(article), ["id", "topics", "regions"])
        self.assertEqual(set(article["regions"]), {"RU", "KG"})
        self.assertEqual((thin["topics"], thin["regions"]), ([], []))

    def test_reads_every_input_format(self):
        body = GOOD_LINE["body"] + " The bank of Armenia said that inflation in the country stays high."
        cases = {"text": f"Armenia\n\n{body}\n", "html": f"<h1>Armenia</h1>\n<p>{body}</p>",
                 "json": json.dumps([{"title": "Armenia", "body": body}]),
                 "jsonl": json.dumps({"title": "Armenia", "body": body}) + "\n"}
        for name, content in cases.items():
            with self.subTest(name):
                from_stdin = self.expect(0, "classify", *OPTIONS, "--format", "labels", "-", stdin=content.encode())
                path = self.write(f"article.{'txt' if name == 'text' else name}", content)
                from_file = self.expect(0, "classify", *OPTIONS, "--format", "labels", path)
                self.assertEqual(json.loads(from_stdin)["regions"], ["AM"])
                self.assertEqual(json.loads(from_file)["regions"], ["AM"])

    def test_a_title_cannot_drive_the_terminal(self):
        row = {**GOOD_LINE, "title": "\x1b[31mred\x07\u202e\r\n" + GOOD_LINE["title"]}
        table = self.expect(0, "classify", *OPTIONS, self.lines("in.jsonl", row))
        self.assertFalse(set("\x1b\x07\u202e\r") & set(table))

    def test_colours_only_where_they_are_wanted(self):
        command = ["classify", *OPTIONS, ARTICLE]
        self.assertIn("\033[", on_a_terminal(command)[0])
        self.assertNotIn("\033[", on_a_terminal(command, {"NO_COLOR": "1"})[0])
        self.assertNotIn("\033[", on_a_terminal(command, {"TERM": "dumb"})[0])
        plain = re.sub(r"\033\[[0-9;]*m", "", on_a_terminal(command, columns=120)[0])
        self.assertTrue(any(width(line.rstrip()) == 120 for line in plain.splitlines()))

    def test_progress_shows_on_a_terminal(self):
        leader, follower = pty.openpty()
        process = subprocess.Popen([project.RUBRICATOR, "classify", *OPTIONS, "--format", "labels", "-"],
                                   stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=follower)
        os.close(follower)
        seen, give_up = b"", time.monotonic() + 60
        while b"articles" not in seen and time.monotonic() < give_up:
            process.stdin.write((json.dumps(GOOD_LINE) + "\n").encode())
            process.stdin.flush()
            if select.select([leader], [], [], 0.01)[0]:
                seen += os.read(leader, 4096)
        process.stdin.close()
        self.assertEqual(process.wait(60), 0)
        os.close(leader)
        self.assertRegex(seen.decode(), r"\d+ articles +\d+/s")

    # ---- exit code 1: some articles failed ----

    def test_a_blank_article_fails_alone(self):
        rows = self.lines("in.jsonl", GOOD_LINE, {"id": "blank", "title": " ", "body": "\n"}, {**GOOD_LINE, "id": "c"})
        out = self.expect(1, "classify", *OPTIONS, "--format", "jsonl", rows, says="in.jsonl:2: ")
        answers = [json.loads(line) for line in out.splitlines()]
        self.assertEqual(answers[1]["articleId"], "blank")
        self.assertEqual(answers[1]["error"]["code"], "INVALID_ARGUMENT")
        self.assertTrue(answers[1]["error"]["field"])
        self.assertIn("outcome", answers[2])

    def test_bad_lines_are_named_and_passed_over(self):
        cases = {"not JSON": '{"id": ', "not a JSON object": "[1]", '"body" is not a string': '{"body": 1}',
                 '"published_at" is not an RFC 3339 time': '{"published_at": "tomorrow"}',
                 '"format" is not': '{"format": "pdf"}'}
        for message, line in cases.items():
            with self.subTest(message):
                path = self.lines("in.jsonl", GOOD_LINE, line, {**GOOD_LINE, "id": "c"})
                out = self.expect(1, "classify", *OPTIONS, "--format", "labels", path, says=f"in.jsonl:2: {message}")
                self.assertEqual([json.loads(row)["id"] for row in out.splitlines()], ["a", "c"])

    def test_bytes_that_are_not_utf8(self):
        self.expect(1, "classify", *OPTIONS, "--format", "jsonl", self.write("latin.txt", b"caf\xe9"), says="UTF-8")
        path = self.write("latin.jsonl", b'{"body": "caf\xe9"}\n')
        self.expect(1, "classify", *OPTIONS, "--format", "jsonl", path, says="latin.jsonl:1: ")

    def test_a_missing_file_is_named(self):
        out = self.expect(1, "classify", *OPTIONS, "--format", "labels", "no-such.txt", ARTICLE,
                          says="no-such.txt: No such file")
        self.assertEqual(len(out.splitlines()), 1)

    def test_a_body_over_the_limit(self):
        path = self.write("long.txt", "word " * 250_000)
        self.expect(1, "classify", *OPTIONS, path, says="1048576")

    def test_a_line_over_the_limit(self):
        path = self.lines("in.jsonl", GOOD_LINE, "x" * (9 << 20), {**GOOD_LINE, "id": "c"})
        out = self.expect(1, "classify", *OPTIONS, "--format", "labels", path, says="in.jsonl:2: line is over")
        self.assertEqual(len(out.splitlines()), 2)

    # ---- exit code 2: wrong use ----

    def test_wrong_use(self):
        rules = self.write("rules.yaml", "nonsense: true\n")
        cases = [([], "subcommand"), (["classify"], "FILE"), (["classify", "--no-such", "x"], "--no-such"),
                 (["classify", "--format", "xml", "x"], "--format"), (["classify", "--timeout", "0", "x"], "--timeout"),
                 (["classify", "--target", "nowhere", ARTICLE], "nowhere"),
                 (["route", *OPTIONS, ARTICLE, "--rules", "no-such.yaml"], "no-such.yaml"),
                 (["route", *OPTIONS, ARTICLE, "--rules", rules], f"{rules}:1: nonsense")]
        for arguments, word in cases:
            with self.subTest(arguments):
                run = rubricator(*arguments)
                self.assertEqual(run.returncode, 2, run.stderr.decode())
                self.assertIn(word, run.stderr.decode())

    def test_help_and_version_are_no_errors(self):
        self.assertIn("Exit codes:", self.expect(0, "--help"))
        self.assertIn("--input-format", self.expect(0, "classify", "--help"))
        self.assertRegex(self.expect(0, "--version"), r"^\d+\.\d+\.\d+\n$")

    # ---- exit codes 3, 4 and 5 ----

    def test_nobody_listens(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))  # bound, and not listening
            target = f"127.0.0.1:{taken.getsockname()[1]}"
            for form in ("table", "jsonl"):
                self.expect(3, "classify", "--target", target, "--format", form, ARTICLE, says="no server answers at")
            self.expect(3, "models", environment={"RUBRICATOR_TARGET": target}, says=target)

    def test_a_server_that_does_not_answer(self):
        with socket.socket() as silent:
            silent.bind(("127.0.0.1", 0))
            silent.listen()
            target = f"127.0.0.1:{silent.getsockname()[1]}"
            for form in ("table", "jsonl"):
                self.expect(3, "classify", "--target", target, "--timeout", "0.3", "--format", form, ARTICLE,
                            says="did not answer in time")

    def test_the_fallback_answers(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            target = f"127.0.0.1:{taken.getsockname()[1]}"
            out = self.expect(0, "classify", "--target", target, "--fallback", project.EMBEDDED, "--format", "labels",
                              ARTICLE)
            table = self.expect(0, "classify", "--target", target, "--fallback", project.EMBEDDED, ARTICLE)
        self.assertEqual(out, self.expect(0, "classify", *OPTIONS, "--format", "labels", ARTICLE))
        self.assertIn("RU KG", table)

    def test_a_damaged_bundle_is_named(self):
        bundle = self.folder / "bundle"
        shutil.copytree(project.MODEL, bundle)
        self.expect(4, "models", "--target", "embedded:/no/such/bundle", says="/no/such/bundle")
        biggest = max((p for p in bundle.iterdir() if p.name != "manifest.json"), key=lambda p: p.stat().st_size)
        os.truncate(biggest, biggest.stat().st_size - 40)
        self.expect(4, "classify", "--target", f"embedded:{bundle}", ARTICLE, says=biggest.name)

    def test_a_missing_tls_file_is_named(self):
        self.expect(4, "models", "--tls-ca", "/no/such.pem", says="/no/such.pem")

    def test_output_that_cannot_be_written(self):
        with open("/dev/full", "wb") as full:
            run = subprocess.run([project.RUBRICATOR, "classify", *OPTIONS, "--format", "jsonl", ARTICLE], stdout=full,
                                 stderr=subprocess.PIPE, timeout=60, check=False)
        self.assertEqual(run.returncode, 5, run.stderr.decode())

    # ---- route and models ----

    def test_route_says_which_rule_and_why(self):
        table = self.expect(0, "route", *OPTIONS, ARTICLE, "--rules", project.ROUTING)
        self.assertIn("→", table)
        self.assertIn("match", table)
        for line in table.splitlines():
            self.assertLessEqual(width(line), 100, line)
        answer = json.loads(self.expect(0, "route", *OPTIONS, ARTICLE, "--format", "json"))
        self.assertTrue(answer["desks"])
        self.assertTrue(answer["decisions"])

    def test_models_lists_the_bundle(self):
        version = json.loads((project.MODEL / "manifest.json").read_text("utf-8"))["version"]
        self.assertIn(version, self.expect(0, "models", *OPTIONS))
        models = json.loads(self.expect(0, "models", *OPTIONS, "--format", "json"))["models"]
        self.assertEqual([model["version"] for model in models], [version])


if __name__ == "__main__":
    unittest.main()
