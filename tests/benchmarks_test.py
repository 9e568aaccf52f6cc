"""The benchmarks run: each program once and briefly. Figures are scripts/bench's."""
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent / "benchmarks"))
import programs  # noqa: E402  (found by the line above)

SECONDS = 0.5


class BenchmarksTest(unittest.TestCase):
    def test_measures_in_process(self):
        times = programs.in_process("BM_", 0.001, 1)
        self.assertGreater(len(times), 8)
        self.assertTrue(all(time > 0 for time in times.values()), times)

    def test_loads_the_server_in_each_way(self):
        ways = {"unary": {"callers": 2}, "fixed rate": {"rate": 50}, "batch": {"mode": "batch", "batch": 5},
                "stream": {"mode": "stream"}, "evidence": {"evidence": True}}
        with tempfile.TemporaryDirectory() as folder:
            with programs.running(programs.real_server(pathlib.Path(folder))) as server:
                for name, options in ways.items():
                    with self.subTest(name):
                        answer = programs.load(server, SECONDS, **options)
                        self.assertEqual(answer["failed"], 0)
                        self.assertGreater(answer["answers_per_second"], 0)
                        self.assertGreater(answer["response_bytes"], 100)

    def test_has_a_floor_of_the_same_size(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            with programs.running(programs.real_server(folder)) as server:
                real = programs.load(server, SECONDS)
            with programs.running(programs.echo_server(folder)) as echo:
                floor = programs.load(echo, SECONDS)
        self.assertLess(abs(floor["response_bytes"] - real["response_bytes"]), 40)


if __name__ == "__main__":
    unittest.main()
