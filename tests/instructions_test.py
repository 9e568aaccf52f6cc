"""Instructions that an article takes, by stage, counted by callgrind: within 5% of tests/benchmarks/instructions.json.

tests/instructions_test.py --record writes that file anew, after a change that is meant to cost or save; --print shows
the count. Wall times are scripts/bench's: they would fail on a busy machine.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import project

RECORDED = pathlib.Path(__file__).parent / "benchmarks" / "instructions.json"
PROBE = project.BIN / "instruction_probe"
TIMES = 50
TOLERANCE = 0.05
# libc's ways that any CPU of the platform has; the engine's own is chosen inside the probe.
PLAIN_CPU = "glibc.cpu.hwcaps=-AVX2,-AVX,-AVX512VL,-ERMS,-FSRM,-BMI2,-MOVBE,-SSE4_2,-SSSE3,-RTM"
# Inclusive cost of these functions, called from Classify().
STAGES = {
    "html to text": r"rubricator::PlainText::FromHtml\(",
    "language": r"rubricator::DetectLanguage\(",
    "tokens": r"rubricator::Tokenize\(",
    "regions": r"rubricator::RegionAnalyzer::Analyze\(",
    "pooling": r"rubricator::PooledScores::PooledScores\(|rubricator::Classifier::DecideTopics\(",
    "evidence": r"rubricator::PooledScores::Contributions\(|rubricator::StrongestSpans\(",
}
WHOLE = r"rubricator::Classifier::Classify\("
SCORING = r"rubricator::CompiledTopicModel::Score\("
BASELINE = r"rubricator::benchmarks::ScoreByBaseline\("


def callgrind(toggle, folder):
    """Inclusive instructions by function while `toggle` runs."""
    out = pathlib.Path(folder) / "callgrind.out"
    subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", f"--toggle-collect={toggle}",
                    PROBE, str(TIMES)], check=True, capture_output=True,
                   env={**os.environ, "GLIBC_TUNABLES": PLAIN_CPU})
    lines = subprocess.run(["callgrind_annotate", "--inclusive=yes", "--threshold=100", out], check=True,
                           capture_output=True, text=True).stdout.splitlines()
    rows = (re.match(r"\s*([\d,]+) \([^)]*\)\s+[^:]*:(.*?)(?: \[|$)", line) for line in lines)
    return [(int(row.group(1).replace(",", "")), row.group(2)) for row in rows if row]


def cost(rows, pattern):
    """For one article; of the functions that match, without the lambdas inside them."""
    found = [instructions for instructions, name in rows if re.match(pattern, name) and "lambda" not in name]
    return round(sum(found) / TIMES)


def count():
    with tempfile.TemporaryDirectory() as folder:
        rows = callgrind("rubricator::Classifier::Classify(*", folder)
        baseline = callgrind("rubricator::benchmarks::ScoreByBaseline(*", folder)
    stages = {name: cost(rows, pattern) for name, pattern in STAGES.items()}
    stages["topic scores"] = cost(baseline, BASELINE)
    whole = cost(rows, WHOLE) - cost(rows, SCORING) + stages["topic scores"]
    return {"whole article": whole, **stages, "the rest": whole - sum(stages.values())}


class InstructionsTest(unittest.TestCase):
    maxDiff = None

    def test_an_article_takes_what_it_took(self):
        recorded = json.loads(RECORDED.read_text(encoding="utf-8"))
        counted = count()
        print(json.dumps(counted, indent=1))
        changed = {name: f"{counted.get(name, 0):,}, recorded {want:,}" for name, want in recorded.items()
                   if name != "the rest" and abs(counted.get(name, 0) - want) > TOLERANCE * want}
        self.assertFalse(changed, "more than 5% off; if that is meant, record it: "
                                  "/usr/bin/python3 tests/instructions_test.py --record")


if __name__ == "__main__":
    if sys.argv[1:] == ["--print"]:
        print(json.dumps(count(), indent=1))
    elif sys.argv[1:] == ["--record"]:
        RECORDED.write_text(json.dumps(count(), indent=1) + "\n", encoding="utf-8")
    else:
        unittest.main()
