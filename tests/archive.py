"""A small newsroom's archive with a taxonomy of its own, made up for the tests, and rubricator-train to learn it."""
import json
import pathlib
import random
import subprocess
import xml.sax.saxutils

import project

WORDS = {
    "city-hall": "mayor council budget meeting deputy decree mayoralty vote district ordinance".split(),
    "schools": "pupil teacher lesson exam classroom headmaster textbook graduate homework kindergarten".split(),
}
OTHER = "today town year people street said new first morning family weather river bridge market square".split()
TAXONOMY = [{"id": "city-hall", "names": {"en": "City Hall", "ru": "Мэрия"}},
            {"id": "schools", "names": {"en": "Schools", "ru": "Школы"}}]
TRAIN = project.BIN / "rubricator-train"


def text(topics, source):
    words = [source.choice(OTHER) for _ in range(14)] + [source.choice(WORDS[t]) for t in topics for _ in range(9)]
    source.shuffle(words)
    return " ".join(words)


def articles(count, seed=1):
    """(id, title, body, topics) of made-up articles: one topic, the other, both or none."""
    source = random.Random(seed)
    for i in range(count):
        topics = [["city-hall"], ["schools"], ["city-hall", "schools"], []][i % 4]
        yield f"a{i}", f"Headline {i}", text(topics, source), topics


def write_tsv(path, rows):
    lines = ["Key\tHeadline\tText\tRubrics\tLanguage"]
    lines += [f'{key}\t"{title}, ""quoted"""\t{body}\t{"|".join(topics)}\ten' for key, title, body, topics in rows]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


TSV_FLAGS = ["--column", "id=Key", "title=Headline", "body=Text", "topics=Rubrics", "lang=Language",
             "--label-separator", "|"]


def write_wordpress(path, rows):
    items = []
    for key, title, body, topics in rows:
        terms = "".join(f'<category domain="category" nicename="{t}"><![CDATA[{t.replace("-", " ").title()}]]></category>'
                        for t in topics)
        items.append(f"<item><title>{xml.sax.saxutils.escape(title)}</title>"
                     f"<content:encoded><![CDATA[<p>{body}</p>]]></content:encoded><wp:post_id>{key}</wp:post_id>"
                     f"<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>{terms}</item>")
    path.write_text('<?xml version="1.0"?><rss xmlns:content="urn:c" xmlns:wp="urn:w"><channel>\n' + "\n".join(items) +
                    "\n</channel></rss>\n", "utf-8")
    return path


def write_jsonl(path, rows):
    path.write_text("".join(json.dumps({"id": key, "lang": "en", "source": "Gazette", "title": title, "body": body,
                                        "topics": topics}) + "\n" for key, title, body, topics in rows), "utf-8")
    return path


def write_taxonomy(path):
    path.write_text(json.dumps(TAXONOMY), "utf-8")
    return path


def command(name, *arguments):
    return [str(item) for item in (TRAIN, name, *arguments)]


def train(*arguments, **options):
    """Runs `rubricator-train train` with few epochs; the result has returncode, stdout and stderr as text."""
    return subprocess.run(command("train", "--base", project.MODEL, "--epochs", "5", *arguments), capture_output=True,
                          text=True, timeout=300, check=False, **options)


def files_of(bundle):
    return {path.name: path.read_bytes() for path in sorted(pathlib.Path(bundle).iterdir())}
