#!/usr/bin/python3
"""What a newsroom would run instead, in one process: HTML stripping and python3-fasttext's predict, topics alone.

Prints one JSON line with the median microseconds an article takes:
python_reference.py MODEL.ftz ARTICLE.html [seconds]
"""
import html
import html.parser
import json
import re
import statistics
import sys
import time

import fasttext

fasttext.FastText.eprint = lambda *_: None  # a warning about a type's name


class TextOf(html.parser.HTMLParser):
    """The standard library's parser; scripts and styles are no text."""

    def __init__(self, source):
        super().__init__()
        self.parts = []
        self.hidden = 0
        self.feed(source)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.hidden += tag in ("script", "style")

    def handle_endtag(self, tag):
        self.hidden -= tag in ("script", "style") and self.hidden > 0

    def handle_data(self, data):
        if not self.hidden:
            self.parts.append(data)


def by_parser(source):
    return " ".join(TextOf(source).parts)


def by_pattern(source):
    """The shortest way, which takes scripts for text."""
    return html.unescape(re.sub(r"<[^>]*>", " ", source))


def normalised(text):
    return " ".join(re.findall(r"\w+", text.lower().replace("ё", "е")))


def predict(model, line):
    return model.predict(line, k=-1)


def median_us(work, seconds):
    times = []
    end = time.process_time() + seconds
    while time.process_time() < end:
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    return statistics.median(times) * 1e6


def main():
    model = fasttext.load_model(sys.argv[1])
    with open(sys.argv[2], encoding="utf-8") as file:
        source = file.read()
    seconds = float(sys.argv[3]) if len(sys.argv) > 3 else 1.0
    print(json.dumps({
        "parser_and_predict_us": median_us(lambda: predict(model, normalised(by_parser(source))), seconds),
        "pattern_and_predict_us": median_us(lambda: predict(model, normalised(by_pattern(source))), seconds),
    }))


if __name__ == "__main__":
    main()
