#!/usr/bin/env python3
"""The dashboard, the alert rules and the page about metrics name what a running server exposes, and all of it."""
import json
import re
import shutil
import subprocess
import unittest
import urllib.error
import urllib.request

import project

OPERATIONS = project.SOURCE / "docs" / "operations"
NAME = re.compile(r"\brubricator_[a-z_]+\b")
SAMPLE = re.compile(r"^(rubricator_\w+)(?:\{(.*)\})? ", re.MULTILINE)
LABEL = re.compile(r'(\w+)="')
SELECTOR = re.compile(r"(rubricator_\w+)\{([^}]*)\}")
GROUPED = re.compile(r"\bby \(([^)]*)\)")
SCRAPED = {"instance", "job", "le"}  # labels that Prometheus adds, and a histogram's

MEETING = {"id": "a", "title": "Президенты России и Киргизии обсудили охрану границы",
           "body": "Президент России встретился в Бишкеке с президентом Киргизии. Стороны обсудили безопасность в "
                   "Центральной Азии и подписали соглашение об обмене студентами."}


def call(url, method, message):
    request = urllib.request.Request(f"{url}/rubricator.v1.{method}", json.dumps(message).encode(),
                                     {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as response:
        return json.load(response)


class MetricsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        server = project.RunningServer()
        with server:
            analysis = call(server.url, "ClassificationService/ClassifyArticle", {"article": MEETING})["analysis"]
            call(server.url, "CorrectionService/RecordCorrection", {
                "idempotencyKey": "k", "correction": {
                    "article": MEETING, "modelVersion": analysis["modelVersion"], "editor": "e",
                    "given": {"topics": [topic["id"] for topic in analysis["topics"]]},
                    "corrected": {"topics": ["sport"]}}})
            with urllib.request.urlopen(server.url + "/metrics", timeout=30) as response:
                text = response.read().decode()
        cls.labels = {}
        for name, labels in SAMPLE.findall(text):
            cls.labels.setdefault(name, set()).update(LABEL.findall(labels))
        cls.families = set(re.findall(r"^# TYPE (\S+)", text, re.MULTILINE))

    def expressions(self):
        dashboard = json.loads((OPERATIONS / "grafana-dashboard.json").read_text("utf-8"))
        for panel in dashboard["panels"]:
            for target in panel["targets"]:
                yield panel["title"], target["expr"]
        for rule in re.split(r"- alert: ", (OPERATIONS / "alerts.yaml").read_text("utf-8"))[1:]:
            name, rest = rule.split("\n", 1)
            yield name, re.search(r"expr: (.*?)\n        (?:for|labels):", rest, re.DOTALL)[1]

    def test_expressions_name_what_is_there(self):
        seen = set()
        for place, expression in self.expressions():
            names = NAME.findall(expression)
            self.assertTrue(names, place)
            for name in names:
                self.assertIn(name, self.labels, place)
                seen.add(re.sub(r"_(bucket|sum|count)$", "", name))
            for name, selector in SELECTOR.findall(expression):
                for label in re.findall(r"(\w+)\s*=", selector):
                    self.assertIn(label, self.labels[name] | SCRAPED, f"{place}: {name}")
            for group in GROUPED.findall(expression):
                for label in re.split(r",\s*", group):
                    known = set().union(*(self.labels[name] for name in names)) | SCRAPED
                    self.assertIn(label, known, place)
        self.assertEqual(seen, self.families, "a metric that nothing shows")

    def test_the_page_lists_all_with_their_labels(self):
        rows = re.findall(r"^\| `(rubricator_\w+)` \| \w+ \|([^|]*)\|",
                          (OPERATIONS / "metrics.md").read_text("utf-8"), re.MULTILINE)
        self.assertEqual({name for name, _ in rows}, self.families)
        for name, labels in rows:
            real = set().union(*(found for sample, found in self.labels.items()
                                 if sample == name or re.fullmatch(name + "_(bucket|sum|count)", sample))) - {"le"}
            self.assertEqual(set(re.findall(r"`(\w+)`", labels)), real, name)

    @unittest.skipUnless(shutil.which("promtool"), "no promtool")
    def test_prometheus_reads_the_rules(self):
        subprocess.run(["promtool", "check", "rules", OPERATIONS / "alerts.yaml"], check=True, capture_output=True)


if __name__ == "__main__":
    unittest.main()
