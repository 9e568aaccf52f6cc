#!/usr/bin/env python3
"""Models and settings that change while the server runs. RUBRICATOR_SWAPS: how many switches under load."""
import json
import os
import pathlib
import shutil
import signal
import tempfile
import threading
import time
import unittest

import grpc

import api_stubs as api
from correction_outbox import wait_for
from model_bundles import add_bundle
from project import ROUTING, RunningServer

SWAPS = int(os.environ.get("RUBRICATOR_SWAPS", "120"))
MAX_GROWTH_BYTES = 16 << 20  # a leaked model would be 10 MB for each switch
ARTICLES = [
    api.article.Article(
        id="visit", title="Президенты России и Киргизии обсудили охрану границы",
        body="Президент России встретился в Бишкеке с президентом Киргизии. Стороны обсудили двусторонние отношения, "
             "безопасность в Центральной Азии и военно-техническое сотрудничество. Главы государств подписали соглашение "
             "о гуманитарном сотрудничестве, об обмене студентами и о фестивале культуры."),
    api.article.Article(
        id="talks", title="Presidents of Kazakhstan and China discuss border security",
        body="The presidents of Kazakhstan and China met in Astana on Tuesday. They agreed on joint border patrols and "
             "military exercises, and on a culture centre and scholarships for students. Their foreign ministers signed "
             "a declaration on diplomatic relations."),
]
for article in ARTICLES:
    article.published_at.FromJsonString("2026-11-20T09:00:00Z")  # desks have hours, and their reasons name the minute


class Client:
    def __init__(self, target):
        self.channel = grpc.insecure_channel(target, [("grpc.use_local_subchannel_pool", 1)])
        self.classification = api.classification_grpc.ClassificationServiceStub(self.channel)
        self.models = api.model_grpc.ModelServiceStub(self.channel)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.channel.close()

    def activate(self, version):
        return self.models.ActivateModel(api.model.ActivateModelRequest(version=version), timeout=60)

    def classify(self, article=ARTICLES[0]):
        request = api.classification.ClassifyArticleRequest(article=article)
        return self.classification.ClassifyArticle(request, timeout=60).analysis

    def batch(self, articles):
        request = api.classification.BatchClassifyArticlesRequest(articles=articles)
        return [result.analysis for result in self.classification.BatchClassifyArticles(request, timeout=60).results]

    def listed(self):
        """version → name of its state."""
        models = self.models.ListModels(api.model.ListModelsRequest(), timeout=60).models
        return {model.version: api.model.ModelState.Name(model.state)[len("MODEL_STATE_"):] for model in models}


def resident_bytes(process):
    pages = int(pathlib.Path(f"/proc/{process.pid}/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def quantile(values, share):
    return sorted(values)[int(share * (len(values) - 1))]


class ModelsTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.root = self.folder / "models"
        self.root.mkdir()
        self.flags = ["--models-root", self.root, "--data-dir", self.folder / "data"]

    def load(self, client, expected, seen, errors, done):
        """Calls without a pause; each answer must be, whole, the one of the version that it names."""
        while not done.is_set():
            begun = time.monotonic()
            try:
                single = [client.classify()]
                seen.append(time.monotonic() - begun)
                batch = client.batch(ARTICLES * 10)
            except grpc.RpcError as error:
                errors.append(f"{error.code()}: {error.details()}")
                continue
            if len({analysis.model_version for analysis in batch}) != 1:
                errors.append("a batch was answered by two models")
            for analysis in single + batch:
                if analysis.SerializeToString(deterministic=True) != expected[analysis.model_version][analysis.article_id]:
                    errors.append(f"{analysis.model_version} answered {analysis.article_id} as another")

    def test_switches_under_load(self):
        for version, most in (("1", 4), ("2", 1), ("3", 2)):
            add_bundle(self.root, version, max_topics=most)
        server = RunningServer(*self.flags)
        with server as target, Client(target) as admin:
            expected = {}
            for version in ("1", "2", "3"):
                admin.activate(version)
                expected[version] = {article.id: admin.classify(article).SerializeToString(deterministic=True)
                                     for article in ARTICLES}
            self.assertEqual(len({answers["visit"] for answers in expected.values()}), 3)
            errors, steady, switching = [], [], []

            def under_load(seen, work):
                done = threading.Event()
                clients = [Client(target) for _ in range(3)]
                threads = [threading.Thread(target=self.load, args=(client, expected, seen, errors, done))
                           for client in clients]
                for thread in threads:
                    thread.start()
                try:
                    work()
                finally:
                    done.set()
                    for thread in threads:
                        thread.join()
                    for client in clients:
                        client.channel.close()

            def switch(times):
                for i in range(times):
                    answer = admin.activate(str(i % 3 + 1))
                    self.assertEqual(answer.model.version, str(i % 3 + 1))
                    self.assertFalse(answer.from_memory)

            under_load(steady, lambda: wait_for(lambda: len(steady) > 5 * SWAPS, 120))
            under_load([], lambda: switch(15))  # memory as it is with a live model and the one before
            baseline = resident_bytes(server.process)
            under_load(switching, lambda: switch(SWAPS))
            self.assertEqual(errors, [])
            growth = resident_bytes(server.process) - baseline
            self.assertLess(growth, MAX_GROWTH_BYTES)
            print(f"{SWAPS} switches, {len(switching)} single articles and as many batches of {10 * len(ARTICLES)}: p50 "
                  f"{quantile(steady, .5) * 1e3:.1f} ms steady, {quantile(switching, .5) * 1e3:.1f} ms switching; p99 "
                  f"{quantile(steady, .99) * 1e3:.1f} and {quantile(switching, .99) * 1e3:.1f} ms; resident memory "
                  f"{baseline >> 20} MB, grown by {growth >> 10} KB")

    def test_takes_what_is_renamed_into_place(self):
        add_bundle(self.root, "2030-01-01.1")
        server = RunningServer(*self.flags, "--models-watch", "true")
        with server as target, Client(target) as client:
            self.assertEqual(client.classify().model_version, "2030-01-01.1")
            add_bundle(self.root, "2030-01-01.2")
            wait_for(lambda: client.classify().model_version == "2030-01-01.2")
            add_bundle(self.root, "2030-01-01.3", damaged=True)
            wait_for(lambda: client.listed()["2030-01-01.3"] == "REFUSED")
            self.assertEqual(client.classify().model_version, "2030-01-01.2")
            add_bundle(self.root, "2030-01-01.10")
            wait_for(lambda: client.classify().model_version == "2030-01-01.10")
            events = [json.loads(line) for line in pathlib.Path(server.log.name).read_text("utf-8").splitlines()]
            refused = [event for event in events if event["event"] == "model_refused"]
            self.assertEqual([event["model_version"] for event in refused], ["2030-01-01.3"])
            self.assertIn("topics.rows", refused[0]["message"])

    def test_folder_deleted_under_the_server(self):
        for version in ("1", "2"):
            add_bundle(self.root, version)
        with RunningServer(*self.flags) as target, Client(target) as client:
            client.activate("1")
            client.activate("2")
            before = client.classify().SerializeToString(deterministic=True)
            shutil.rmtree(self.root)
            for _ in range(20):
                self.assertEqual(client.classify().SerializeToString(deterministic=True), before)
            self.assertEqual(client.listed()["2"], "ACTIVE")
            self.assertTrue(client.activate("1").from_memory)
            self.assertEqual(client.classify().model_version, "1")
            with self.assertRaises(grpc.RpcError) as error:
                client.activate("3")
            self.assertEqual(error.exception.code(), grpc.StatusCode.NOT_FOUND)

    def test_begins_with_what_was_activated_last(self):
        for version in ("1", "2"):
            add_bundle(self.root, version)
        with RunningServer(*self.flags) as target, Client(target) as client:
            self.assertEqual(client.classify().model_version, "2")
            self.assertEqual(client.activate("1").not_remembered, "")
        with RunningServer(*self.flags) as target, Client(target) as client:
            self.assertEqual(client.classify().model_version, "1")

    def test_reads_settings_and_rules_again(self):
        rules = self.folder / "routing.yaml"
        one_desk = "desks: [{{id: {0}, name: {0}}}]\nfallback: {{desk: {0}}}\nlow_confidence: {{desk: {0}, below: 0}}\n"
        rules.write_text(one_desk.format("a"))
        config = self.folder / "server.yaml"
        config.write_text("log: {level: info}\n")
        server = RunningServer("--config", config, "--routing-file", rules, routing=None)

        def hang_up(event):
            def events():
                lines = pathlib.Path(server.log.name).read_text("utf-8").splitlines()
                return [json.loads(line) for line in lines if f'"{event}"' in line]
            before = len(events())
            server.process.send_signal(signal.SIGHUP)
            wait_for(lambda: len(events()) > before)
            return events()[-1]

        with server as target, Client(target) as client:
            self.assertEqual(client.classify().desks[0].desk, "a")
            rules.write_text(one_desk.format("b"))
            self.assertEqual(hang_up("reloaded")["need_restart"], [])
            self.assertEqual(client.classify().desks[0].desk, "b")
            rules.write_text("desks: 7\n")
            self.assertIn("routing.yaml:1", hang_up("routing_refused")["message"])
            self.assertEqual(client.classify().desks[0].desk, "b")
            config.write_text("log: {level: loud}\n")
            self.assertIn("server.yaml:1: log.level", hang_up("settings_refused")["message"])
            self.assertEqual(client.classify().desks[0].desk, "b")
            rules.write_text(ROUTING.read_text("utf-8"), "utf-8")
            config.write_text("workers: {threads: 3}\ndrain_seconds: 2\n")
            self.assertEqual(hang_up("reloaded")["need_restart"], ["workers.threads"])
            self.assertNotEqual(client.classify().desks[0].desk, "b")

    def test_tries_a_model_unseen(self):
        add_bundle(self.root, "1", max_topics=4)
        add_bundle(self.root, "2", max_topics=1)
        with RunningServer(*self.flags) as target, Client(target) as client:
            client.activate("1")
            client.models.SetShadowModel(api.model.SetShadowModelRequest(version="2"), timeout=60)

            def report():
                return client.models.GetShadowReport(api.model.GetShadowReportRequest(), timeout=60).report
            for _ in range(10):
                self.assertEqual(client.classify().model_version, "1")
                self.assertEqual({analysis.model_version for analysis in client.batch(ARTICLES)}, {"1"})
            wait_for(lambda: report().compared_articles + report().dropped_articles == 30)
            self.assertEqual((report().version, report().active_version), ("2", "1"))
            self.assertTrue(any(topic.agreement < 1 for topic in report().topics))
            self.assertTrue(all(region.agreement == 1 for region in report().regions))
            client.activate("2")
            client.classify()
            wait_for(lambda: report().active_version == "2")


if __name__ == "__main__":
    unittest.main()
