#!/usr/bin/env python3
"""Corrections over PostgreSQL: the store's own tests again, in a cluster of theirs."""
import os
import subprocess
import unittest

from postgres_cluster import PostgresCluster
from project import BUILD


class PostgresqlTest(unittest.TestCase):
    def test_store(self):
        with PostgresCluster() as cluster:
            result = subprocess.run(
                [BUILD / "tests" / "correction_database_test", "--gtest_filter=*/Postgresql"], capture_output=True,
                text=True, timeout=200, check=False,
                env={**os.environ, "RUBRICATOR_TEST_POSTGRESQL": str(cluster.folder), "PGUSER": "root"})
            self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
            self.assertIn("Postgresql", result.stdout)  # a filter that finds nothing passes too


if __name__ == "__main__":
    unittest.main()
