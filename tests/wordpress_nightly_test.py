#!/usr/bin/env python3
"""The WordPress plugin on other WordPresses and databases, and with an import of 5,000 posts. Half an hour; scripts/test wordpress."""
import json
import os
import shutil
import signal
import subprocess
import time
import unittest

import project
import wordpress_site
from wordpress_mariadb import MariaDb
from wordpress_site import FOOTBALL, MEETING, HttpServer, WordPress

IMPORTED = int(os.environ.get("RUBRICATOR_IMPORTED_POSTS", "5000"))


class VariantTest(unittest.TestCase):
    """An editor's journey on each WordPress and each database."""

    def journey(self, **variant):
        with HttpServer() as server, WordPress(server.url, **variant) as site:
            done = subprocess.run(["node", wordpress_site.FOLDER / "journey.mjs", json.dumps({
                "url": site.url, "title": MEETING[0], "paragraphs": MEETING[1]})],
                capture_output=True, text=True, timeout=400, check=False)
            self.assertEqual(done.returncode, 0, f"{done.stdout}{done.stderr}\n{site.complaints()}")
            return site.evaluate("return $GLOBALS['wp_version'];")

    def test_debian(self):
        self.assertTrue(self.journey(version="debian").startswith("6.1"))

    def test_newest(self):
        self.assertTrue(self.journey(version="nightly").startswith("6.7"))

    def test_mariadb(self):
        with MariaDb() as database:
            self.journey(version="6.5", sqlite=False, config=database.config())


class ImportTest(unittest.TestCase):
    def test_an_import_by_cron_is_tagged_once_and_undone(self):
        with HttpServer() as server, MariaDb() as database, WordPress(
                server.url, version="6.5", sqlite=False,
                config=database.config() + "define('DISABLE_WP_CRON', true);") as site:
            # The number stands first: WordPress cuts long slugs, and tries one after the other for those that are the same.
            site.evaluate("""
                for ($i = 0; $i < $a['count']; ++$i) {
                    wp_insert_post(wp_slash(['post_title' => "$i " . $a['title'], 'post_content' => $a['body'],
                        'post_status' => 'publish', 'tags_input' => ['imported']]));
                }
                return 1;""", count=IMPORTED, title=FOOTBALL[0], body=wordpress_site.blocks(FOOTBALL[1]))
            before = self.terms(database)
            for _ in range(2):
                self.interrupted(site)
            self.drain(site)
            self.assertEqual(self.count(database, "SELECT COUNT(*) FROM wordpress.wp_rubricator_jobs WHERE state != 'x'"), 0)
            self.assertEqual(self.count(database, "SELECT COUNT(*) FROM wordpress.wp_rubricator_analyses"), IMPORTED)
            self.assertEqual(self.count(
                database, "SELECT COUNT(*) FROM wordpress.wp_rubricator_decisions WHERE label = 'sport' AND kind = 'topic'"
                " AND provenance = 'auto'"), IMPORTED)
            self.assertEqual(self.count(
                database, "SELECT COUNT(*) FROM wordpress.wp_rubricator_routings WHERE desk = 'sport'"), IMPORTED)
            site.wp("undo", site.evaluate("return 'queue-' . gmdate('Y-m-d');"))
            self.assertEqual(self.terms(database), before)
            self.assertEqual(self.count(database, "SELECT COUNT(*) FROM wordpress.wp_rubricator_decisions"), 0)

    def interrupted(self, site):
        """Kills a worker in the middle of its work, as a machine that is switched off would."""
        worker = subprocess.Popen(["php", wordpress_site.FOLDER / "wp_cli.php", "work", "--seconds=600"],
                                  env={**os.environ, "WORDPRESS": str(site.folder), "WORDPRESS_URL": site.url},
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        begin = self.done(site)
        deadline = time.monotonic() + 120
        while self.done(site) < begin + 100 and time.monotonic() < deadline:
            time.sleep(0.1)
        self.assertIsNone(worker.poll(), "it was done before it was interrupted")
        worker.send_signal(signal.SIGKILL)
        worker.wait()

    def done(self, site):
        return site.evaluate("global $wpdb; return (int) $wpdb->get_var('SELECT COUNT(*) FROM wp_rubricator_analyses');")

    def drain(self, site):
        # What the killed workers had claimed is free again after two minutes; the test does not wait for them.
        site.evaluate("global $wpdb; return $wpdb->query(\"UPDATE wp_rubricator_jobs SET claimed_at = 0\");")
        site.php("wp_cli.php", "work", "--seconds=3000", timeout=3100)

    def terms(self, database):
        return database.sql("SELECT object_id, term_taxonomy_id FROM wordpress.wp_term_relationships ORDER BY 1, 2").stdout

    def count(self, database, statement):
        result = database.sql(statement)
        self.assertEqual(result.returncode, 0, result.stderr)
        return int(result.stdout.split()[-1])


if __name__ == "__main__":
    wordpress_site.install_packages()
    if not shutil.which("mariadbd"):
        project.skip("no MariaDB: mariadb-server-core, mariadb-client-core and php8.2-mysql")
    unittest.main()
