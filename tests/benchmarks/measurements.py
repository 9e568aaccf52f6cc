"""Each row of the two tables: what is measured beside which reference, and how much is asked for."""
import dataclasses
import statistics

import programs


@dataclasses.dataclass
class Row:
    """One line of a table. `values` are the ratios (or the figures) of all rounds; their median counts."""
    work: str
    reference: str
    values: list
    at_least: float = None
    at_most: float = None
    stretch: float = None
    unit: str = "×"
    detail: str = ""

    @property
    def measured(self):
        return statistics.median(self.values)

    @property
    def reached(self):
        if self.at_least is not None:
            return self.measured >= self.at_least
        return self.measured <= self.at_most


def alternate(rounds, *works):
    """Runs the works in turn, `rounds` times, each round in the other order: one list of results for each."""
    results = [[] for _ in works]
    for number in range(rounds):
        order = list(enumerate(works))
        for index, work in order if number % 2 == 0 else reversed(order):
            results[index].append(work())
    return results


def ratios(over, under):
    return [a / b for a, b in zip(over, under)]


def in_process_rows(plan):
    times = programs.in_process("BM_", plan.micro_seconds, plan.repetitions)
    pipelines, references = alternate(
        plan.rounds,
        lambda: programs.in_process("BM_Pipeline", plan.micro_seconds, 3),
        lambda: programs.python_reference(plan.python_seconds))
    explained = [run["BM_Pipeline_Explained"] for run in pipelines]
    plain = [run["BM_Pipeline"] for run in pipelines]
    parser = [run["parser_and_predict_us"] for run in references]
    pattern = [run["pattern_and_predict_us"] for run in references]
    median = statistics.median
    rows = [
        Row("topic scores from normalised text, shipped model", "libfasttext `predictLine`, the same model",
            [times["BM_TopicScores_FastText"] / times["BM_TopicScores_Engine"]], at_least=20,
            detail=f"{times['BM_TopicScores_Engine']:.1f} µs for {times['BM_TopicScores_FastText']:.1f} µs, 300 words"),
        Row("whole pipeline, HTML in, topics + regions + evidence out, 300-word Russian article",
            "Python: HTML stripping (`html.parser`) + python3-fasttext `predict`, topics alone",
            ratios(parser, explained), at_least=5,
            detail=f"{median(explained):.0f} µs for {median(parser):.0f} µs; with a regular expression in place of the "
                   f"parser {median(pattern):.0f} µs"),
        Row("explaining", "not explaining", ratios(explained, plain), at_most=1.3,
            detail=f"{median(explained):.0f} µs for {median(plain):.0f} µs"),
        Row("model load to first answer", "libfasttext `loadModel`, the same model",
            [times["BM_ModelLoad_FastText"] / times["BM_ModelLoad_Engine"]], at_least=50,
            detail=f"{times['BM_ModelLoad_Engine'] / 1e3:.2f} ms for {times['BM_ModelLoad_FastText'] / 1e3:.1f} ms"),
        Row("model load to first answer", "–", [times["BM_ModelLoad_Engine"] / 1e3], at_most=20, unit=" ms",
            detail=f"whole bundle with digests, regions and smoke articles: {times['BM_BundleLoad'] / 1e3:.1f} ms"),
        Row("gazetteer, 500-word Russian article", "–", [times["BM_Gazetteer_500Words"]], at_most=60, unit=" µs"),
    ]
    return rows, {"in_process_us": times, "pipelines_us": pipelines, "python_us": references}


def memory_row(server):
    return Row("resident memory of the idle server with the shipped bundle", "–", [server.resident_mib()], at_most=64,
               unit=" MiB")


def floor_rows(plan, server, echo, raw):
    rows = []
    for callers in plan.callers:
        ours, floor = alternate(plan.rounds,
                                lambda: programs.load(server, plan.seconds, callers=callers),
                                lambda: programs.load(echo, plan.seconds, callers=callers))
        raw[f"unary_{callers}"] = {"server": ours, "echo": floor}
        rates = [[run["answers_per_second"] for run in runs] for runs in (ours, floor)]
        rows.append(Row(f"unary, {callers} caller{'s' if callers > 1 else ''}: requests/s", "echo floor",
                        [100 * value for value in ratios(*rates)], at_least=65, stretch=85, unit=" %",
                        detail=_rates(*rates)))
    half = statistics.median(run["answers_per_second"] for run in raw["unary_64"]["server"]) / 2
    ours, floor = alternate(plan.rounds,
                            lambda: programs.load(server, plan.seconds, callers=16, rate=half),
                            lambda: programs.load(echo, plan.seconds, callers=16, rate=half))
    raw["half_rate"] = {"server": ours, "echo": floor}
    tails = [[run["p99_us"] for run in runs] for runs in (ours, floor)]
    rows.append(Row("unary p99 at half the saturated rate", "the floor's p99", ratios(*tails), at_most=1.3,
                    detail=f"{statistics.median(tails[0]):.0f} µs for {statistics.median(tails[1]):.0f} µs at "
                           f"{half:.0f} requests/s, fixed arrival times"))
    return rows


def python_rows(plan, server, python, raw):
    ours, theirs = alternate(plan.rounds,
                             lambda: programs.load(server, plan.seconds, callers=4),
                             lambda: programs.load(python, plan.seconds, callers=4))
    batches, streams, their_batches = alternate(
        plan.rounds,
        lambda: programs.load(server, plan.seconds, mode="batch", callers=4),
        lambda: programs.load(server, plan.seconds, mode="stream", callers=4),
        lambda: programs.load(python, plan.seconds, mode="batch", callers=4))
    raw["python"] = {"unary": ours, "their_unary": theirs, "batch": batches, "stream": streams,
                     "their_batch": their_batches}
    unary = [[run["answers_per_second"] for run in runs] for runs in (ours, theirs)]
    batch, stream, their_batch = [[run["articles_per_second"] for run in runs]
                                  for runs in (batches, streams, their_batches)]
    return [
        Row("unary, 4 callers: requests/s", "python3-grpcio + python3-fasttext, 2 threads, topics alone",
            ratios(*unary), at_least=5, stretch=10, detail=_rates(*unary)),
        Row("batch of 100, 4 callers: articles/s", "the same Python server's batch", ratios(batch, their_batch),
            at_least=8, stretch=20, detail=_rates(batch, their_batch)),
        Row("streaming, 4 streams: articles/s", "the same Python server's batch", ratios(stream, their_batch),
            at_least=8, stretch=20, detail=_rates(stream, their_batch)),
    ]


def worker_row(plan, two, one, raw):
    runs = alternate(plan.rounds,
                     lambda: programs.load(two, plan.seconds, mode="batch", callers=4),
                     lambda: programs.load(one, plan.seconds, mode="batch", callers=4))
    raw["workers"] = {"two": runs[0], "one": runs[1]}
    rates = [[run["articles_per_second"] for run in side] for side in runs]
    return Row("batch of 100, 4 callers, 2 workers: articles/s", "1 worker", ratios(*rates), at_least=1.8,
               detail=_rates(*rates))


def _rates(ours, theirs):
    return f"{statistics.median(ours):,.0f}/s for {statistics.median(theirs):,.0f}/s"
