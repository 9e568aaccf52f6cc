"""The installed package against the server at RUBRICATOR_TARGET and the bundle of RUBRICATOR_EMBEDDED."""
import asyncio
import os
import socket
import unittest

import rubricator
from rubricator.v1.analysis_pb2 import OUTCOME_CLASSIFIED

SERVER, EMBEDDED = os.environ["RUBRICATOR_TARGET"], os.environ["RUBRICATOR_EMBEDDED"]
PATIENT = 30.0  # seconds, on a busy machine
MEETING = rubricator.Article(
    id="1", title="😀 Переговоры в Астане",
    body="Президенты Казахстана и Китая встретились в Астане и договорились о совместном патрулировании границы и учениях, "
         "об открытии культурного центра и о стипендиях для студентов. Министры иностранных дел подписали декларацию.")
MEETING.published_at.FromJsonString("2026-11-20T09:00:00Z")  # desks have hours
BLANK = rubricator.Article(id="2", body=" ")


def thousand():
    for i in range(1000):
        article = rubricator.Article()
        article.CopyFrom(BLANK if i % 10 == 3 else MEETING)
        article.id = str(i)
        yield article


class ClientTest(unittest.TestCase):
    def setUp(self):
        self.clients = {target: rubricator.connect(target, timeout=PATIENT) for target in (SERVER, EMBEDDED)}
        for client in self.clients.values():
            self.addCleanup(client.close)

    def each(self):
        for target, client in self.clients.items():
            with self.subTest(target=target):
                yield client

    def test_server_and_process_say_the_same(self):
        remote, embedded = (client.classify(MEETING, include_evidence=True) for client in self.clients.values())
        self.assertEqual(remote, embedded)
        self.assertEqual(remote.outcome, OUTCOME_CLASSIFIED)
        self.assertIn("foreign_policy", [topic.id for topic in remote.topics])
        [astana] = [region for region in remote.regions if region.code == "KZ"]
        first = astana.evidence[0]
        self.assertEqual(MEETING.title[first.begin:first.end], "Астане")

    def test_a_batch_keeps_its_order_and_a_bad_article_fails_alone(self):
        for client in self.each():
            good, bad, last = client.classify_batch([MEETING, BLANK, MEETING])
            self.assertEqual(good.analysis.article_id, "1")
            self.assertEqual((bad.error.code, [f.field for f in bad.error.fields]), ("INVALID_ARGUMENT", ["article.body"]))
            self.assertIsNone(last.error)

    def test_a_stream_of_a_thousand_comes_back_in_order(self):
        for client in self.each():
            results = list(client.classify_stream(thousand()))
            self.assertEqual([result.article_id for result in results], [str(i) for i in range(1000)])
            self.assertEqual([i for i, result in enumerate(results) if result.error], list(range(3, 1000, 10)))

    def test_a_stream_that_is_left_early_ends(self):
        for client in self.each():
            stream = client.classify_stream(thousand())
            self.assertEqual(next(stream).article_id, "0")
            stream.close()

    def test_an_error_names_code_and_field(self):
        for client in self.each():
            with self.assertRaises(rubricator.RubricatorError) as raised:
                client.classify(BLANK)
            self.assertEqual(raised.exception.code, "INVALID_ARGUMENT")
            self.assertEqual([f.field for f in raised.exception.fields], ["article.body"])
            self.assertFalse(raised.exception.is_transient)

    def test_routing_and_model(self):
        for client in self.each():
            self.assertTrue(client.preview_routing(MEETING).decisions)
            self.assertRegex(client.model().version, r"^\d{4}-\d\d-\d\d\.\d+$")
            with self.assertRaises(rubricator.RubricatorError) as raised:
                client.model("1999-01-01.1")
            self.assertEqual(raised.exception.code, "NOT_FOUND")


class TroubleTest(unittest.TestCase):
    def check(self, code, target, timeout):
        with rubricator.connect(target, timeout=timeout, max_attempts=1) as client:
            with self.assertRaises(rubricator.RubricatorError) as raised:
                client.classify(MEETING)
        self.assertEqual(raised.exception.code, code)
        self.assertTrue(raised.exception.is_transient)

    def test_a_server_that_is_not_there(self):
        self.check("UNAVAILABLE", "127.0.0.1:1", PATIENT)

    def test_a_server_that_never_answers(self):
        with socket.create_server(("127.0.0.1", 0)) as silent:
            self.check("DEADLINE_EXCEEDED", f"127.0.0.1:{silent.getsockname()[1]}", 0.05)

    def test_what_cannot_be_opened(self):
        with self.assertRaisesRegex(ValueError, "a token needs TLS"):
            rubricator.connect("news.example:50051", token="secret")
        with self.assertRaises(rubricator.RubricatorError) as raised:
            rubricator.connect("embedded:/nonexistent")
        self.assertEqual(raised.exception.code, "NOT_FOUND")
        with self.assertRaisesRegex(rubricator.RubricatorError, "RUBRICATOR_LIBRARY"):
            rubricator.EmbeddedTransport(EMBEDDED, library="/nonexistent.so")

    def test_a_closed_embedded_client(self):
        client = rubricator.connect(EMBEDDED)
        client.close()
        client.close()
        with self.assertRaisesRegex(rubricator.RubricatorError, "closed"):
            client.classify(MEETING)


class AsyncClientTest(unittest.IsolatedAsyncioTestCase):
    async def test_many_at_once(self):
        async with rubricator.connect_async(SERVER, timeout=PATIENT) as client:
            analyses = await asyncio.gather(*(client.classify(MEETING) for _ in range(50)))
            self.assertEqual({analysis.article_id for analysis in analyses}, {"1"})
            self.assertEqual([bool(each.error) for each in await client.classify_batch([MEETING, BLANK])], [False, True])

    async def test_a_stream(self):
        async def articles():
            for article in thousand():
                yield article

        async with rubricator.connect_async(SERVER, timeout=PATIENT) as client:
            for source in (thousand(), articles()):
                ids = [result.article_id async for result in client.classify_stream(source)]
                self.assertEqual(ids, [str(i) for i in range(1000)])

    async def test_an_error(self):
        async with rubricator.connect_async(SERVER, timeout=PATIENT) as client:
            with self.assertRaises(rubricator.RubricatorError) as raised:
                await client.classify(BLANK)
            self.assertEqual([f.field for f in raised.exception.fields], ["article.body"])


if __name__ == "__main__":
    unittest.main()
