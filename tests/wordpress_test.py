#!/usr/bin/env python3
"""The WordPress plugin from outside: a real WordPress, the real server, a real browser. Needs php, npm, chromium."""
import html
import json
import os
import pathlib
import re
import subprocess
import tempfile
import time
import unittest

import project
import wordpress_site
from wordpress_site import WordPress

LIBRARY = project.BUILD / "plugin" / "cpp" / "librubricator.so"
WAIT_SECONDS = 60


def article(name):
    """(title, paragraphs) of an example."""
    source = (project.ARTICLES / name).read_text("utf-8")
    text = lambda markup: html.unescape(re.sub(r"<[^>]+>", "", markup)).strip()
    return text(re.search(r"<h1>(.*?)</h1>", source, re.S).group(1)), [
        text(each) for each in re.findall(r"<p>(.*?)</p>", source, re.S)]


def blocks(paragraphs):
    return "\n\n".join(f"<!-- wp:paragraph -->\n<p>{html.escape(p, quote=False)}</p>\n<!-- /wp:paragraph -->"
                       for p in paragraphs)


MEETING = article("01-russia-kyrgyzstan-presidents.html")
FOOTBALL = article("06-kazakhstan-finland-football.html")


class SiteTest(unittest.TestCase):
    """A server with a store for corrections, and a site that asks it over gRPC through librubricator."""

    @classmethod
    def setUpClass(cls):
        folder = pathlib.Path(cls.entered(tempfile.TemporaryDirectory()))
        cls.server = project.RunningServer("--corrections-store", f"sqlite:{folder}/corrections.db")
        cls.target = cls.entered(cls.server)
        cls.site = cls.entered(WordPress("http://127.0.0.1:9", php_flags=["-d", "ffi.enable=true"], settings={
            "transport": "native", "library_path": str(LIBRARY), "native_target": cls.target}))

    @classmethod
    def entered(cls, context):
        value = context.__enter__()
        cls.addClassCleanup(context.__exit__, None, None, None)
        return value

    def browse(self, script, **arguments):
        done = subprocess.run(["node", wordpress_site.FOLDER / script, json.dumps({"url": self.site.url, **arguments})],
                              capture_output=True, text=True, timeout=180, check=False)
        self.assertEqual(done.returncode, 0, f"{done.stdout}{done.stderr}\n{self.site.complaints()}")
        return done.stdout.strip()

    def insert(self, title, paragraphs, **fields):
        """A post that an import inserts."""
        return self.site.evaluate("return wp_insert_post(wp_slash($a));", post_title=title,
                                  post_content=blocks(paragraphs), post_status="publish", **fields)

    def drained(self):
        """Runs cron until no job waits."""
        deadline = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < deadline:
            self.site.run_cron()
            counts = self.site.evaluate("return (new Rubricator\\Queue\\JobQueue())->counts()['classify'];")
            if counts["waiting"] + counts["running"] == 0:
                return counts
            time.sleep(0.1)
        self.fail(f"the queue is not drained: {counts}\n{self.site.complaints()}")

    def provenances(self, post, kind):
        return self.site.evaluate(
            "return array_map(fn ($d) => $d->provenance->value,"
            " (new Rubricator\\Tagging\\DecisionStore())->load($a['post'], Rubricator\\Tagging\\Kind::from($a['kind'])));",
            post=post, kind=kind)

    def terms(self, post, taxonomy):
        return sorted(self.site.evaluate("return wp_get_object_terms($a['post'], $a['taxonomy'], ['fields' => 'slugs']);",
                                         post=post, taxonomy=taxonomy))


class EditorTest(SiteTest):
    def test_an_editor_writes_judges_and_saves_again(self):
        title, paragraphs = MEETING
        post = int(self.browse("journey.mjs", title=title, paragraphs=paragraphs).splitlines()[-1])
        topics = self.provenances(post, "topic")
        self.assertEqual(topics, {"culture": "manual", "foreign_policy": "accepted", "humanitarian_cooperation": "auto",
                                  "security": "rejected"})
        self.assertEqual(self.terms(post, "rubricator_topic"), ["culture", "foreign_policy", "humanitarian_cooperation"])
        corrections = self.recorded()
        self.assertEqual(len(corrections), 1, corrections)
        self.assertEqual(set(corrections[0]["corrected"]["topics"]),
                         {"culture", "foreign_policy", "humanitarian_cooperation"})
        self.assertIn("security", corrections[0]["given"]["topics"])
        self.assertEqual(corrections[0]["editor"], "1")

    def recorded(self):
        """What is in the server's store, once the queue of corrections is empty."""
        self.site.evaluate("global $wpdb; return $wpdb->query('UPDATE wp_rubricator_jobs SET due_at = 0');")
        self.site.evaluate("return Rubricator\\Queue\\Worker::make()->drain(10, 10);")
        return self.site.evaluate(
            "return Rubricator\\Server\\Server::fromSettings(Rubricator\\Site\\Settings::load())"
            "->call('rubricator.v1.CorrectionService/ListCorrections', [], 2000)['corrections'];")


class ImportTest(SiteTest):
    def test_imports_are_classified_by_cron(self):
        meeting, football = self.insert(*MEETING), self.insert(*FOOTBALL)
        self.assertEqual(self.drained()["failed"], 0)
        self.assertEqual(self.terms(meeting, "rubricator_topic"), ["foreign_policy", "humanitarian_cooperation", "security"])
        self.assertEqual(self.terms(meeting, "rubricator_region"), ["kg", "ru"])
        self.assertEqual(self.provenances(football, "topic"), {"sport": "auto"})
        self.assertEqual(self.site.complaints(), "")


if __name__ == "__main__":
    wordpress_site.install_packages()
    if not any(pathlib.Path(f"/usr/bin/{name}").exists() for name in ("chromium", "chromium-browser")):
        project.skip("no Chromium")
    unittest.main()
