#!/usr/bin/env python3
"""What is acknowledged is kept, once: the server is killed at random moments under load. RUBRICATOR_KILLS: how often."""
import os
import pathlib
import random
import tempfile
import time
import unittest

from correction_outbox import Outbox
from postgres_cluster import PostgresCluster
from project import RunningServer

KILLS = int(os.environ.get("RUBRICATOR_KILLS", "30"))
SEED = int(os.environ.get("RUBRICATOR_SEED", str(random.randrange(1 << 30))))


class DurabilityTest(unittest.TestCase):
    def check(self, kills, *flags):
        print(f"seed {SEED}, {kills} kills")
        moments = random.Random(SEED)
        outbox = Outbox()
        for _ in range(kills):
            with (server := RunningServer(*flags)) as target:
                def kill():
                    time.sleep(moments.uniform(0.0, 0.25))  # the moment under test, not a wait for anything
                    server.process.kill()
                    server.process.wait()
                outbox.run(target, kill)
        with RunningServer(*flags) as target:
            open_at_the_end = len(outbox.pending)
            outbox.finish(target)
            kept = outbox.check(self, target)
        self.assertGreater(len(outbox.acknowledged), kills)
        print(f"{kept} kept, {len(outbox.acknowledged)} acknowledged, {outbox.sent} sent; "
              f"{open_at_the_end} were unanswered at the last kill")

    def test_sqlite(self):
        with tempfile.TemporaryDirectory() as folder:
            self.check(KILLS, "--data-dir", pathlib.Path(folder) / "data")

    def test_postgresql(self):
        with PostgresCluster() as cluster:
            self.check(max(5, KILLS // 10), "--corrections-store", cluster.url())


if __name__ == "__main__":
    unittest.main()
