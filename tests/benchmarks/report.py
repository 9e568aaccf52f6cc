"""The two tables as Markdown, the raw figures as JSON, and a plot."""
import json
import statistics

import matplotlib

matplotlib.use("svg")
from matplotlib import pyplot  # noqa: E402  (after the backend was chosen)

HEAD = """# Benchmarks

Written by `scripts/bench`; do not edit. {date}, commit {commit}, {cpu}, {processors} processors, load average when it
began {load}; took {seconds} s. Each figure is the median of rounds in which both sides took turns; in brackets the least
and the greatest round. How the time is spent: [performance.md](../performance.md). Raw figures:
[results.json](results.json).

![Measured over required](results.svg)

"""


def _number(value, unit):
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:.{digits}f}{unit}"


def _asked(row):
    if row.at_least is None:
        return f"at most {row.at_most:g}{row.unit}"
    stretch = f" (stretch {row.stretch:g}{row.unit})" if row.stretch else ""
    return f"{row.at_least:g}{row.unit}{stretch}"


def _measured(row):
    spread = f" ({_number(min(row.values), '')}–{_number(max(row.values), '')})" if len(row.values) > 1 else ""
    detail = f"; {row.detail}" if row.detail else ""
    return f"**{_number(row.measured, row.unit)}**{spread}{detail}"


def _table(title, rows):
    lines = [f"| {title} | reference in the same run | at least | measured | reached |", "|---|---|---|---|---|"]
    for row in rows:
        reached = "yes" if row.reached else "**no**"
        lines.append(f"| {row.work} | {row.reference} | {_asked(row)} | {_measured(row)} | {reached} |")
    return "\n".join(lines) + "\n"


def tables(first, second):
    return (_table("work, one core", first) + "\n" +
            _table("work, server and load generator on the same cores, 2 KB articles", second))


def write(folder, first, second, raw):
    folder.mkdir(parents=True, exist_ok=True)
    machine = raw["machine"]
    head = HEAD.format(load=", ".join(map(str, machine["load_average_at_start"])),
                       **{name: machine[name] for name in ("date", "commit", "cpu", "processors", "seconds")})
    (folder / "README.md").write_text(head + tables(first, second), encoding="utf-8")
    (folder / "results.json").write_text(json.dumps(raw, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    _plot(folder / "results.svg", first + second)


def _margin(row, value):
    """How many times over the requirement is met; 1 is just so."""
    return value / row.at_least if row.at_least is not None else row.at_most / value


def _plot(path, rows):
    margins = [[_margin(row, value) for value in row.values] for row in rows]
    medians = [statistics.median(values) for values in margins]
    figure, axes = pyplot.subplots(figsize=(10, 0.42 * len(rows) + 1.2))
    places = range(len(rows))
    axes.barh(places, medians, color=["#2f7d5b" if row.reached else "#b5482f" for row in rows], height=0.62)
    for place, values in zip(places, margins):
        axes.plot(values, [place] * len(values), "|", color="#20242b", markersize=9)
    axes.axvline(1.0, color="#20242b", linewidth=1.2)
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter("{x:g}×")
    axes.set_yticks(list(places), [_label(row) for row in rows], fontsize=8)
    axes.invert_yaxis()
    axes.set_xlabel("times over what is required (1 = just reached); marks: single rounds")
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)


def _label(row):
    work = row.work.split(", shipped")[0].split(", 300-word")[0]
    beside = "" if row.reference == "–" else f", beside {row.reference.split(',')[0].split(' + ')[0].split(':')[0]}"
    label = f"{work}{beside}: {_number(row.measured, row.unit)}".replace("`", "")
    return label if len(label) < 90 else label[:87] + "…"
