#!/usr/bin/env python3
"""Far more calls than the server takes on at once: some are shed at once with a time to come back, the others are answered."""
import collections
import concurrent.futures
import unittest

import grpc

import api_stubs
import project

ARTICLE = (project.ARTICLES / "05-refugees-chad-sudan.txt").read_text("utf-8")
CALLS = 300
# Longer than workers.inline_bytes, so that each takes a place in the queue and some milliseconds of a worker.
BATCH = api_stubs.classification.BatchClassifyArticlesRequest(
    articles=[api_stubs.article.Article(id=str(number), body=ARTICLE) for number in range(100)])


class OverloadTest(unittest.TestCase):
    def serve(self, *flags):
        server = project.RunningServer("--log-level", "warn", *flags)
        self.addCleanup(server.__exit__)
        target = server.__enter__()
        channel = grpc.insecure_channel(target, options=[("grpc.enable_retries", 0), ("grpc.enable_http_proxy", 0)])
        self.addCleanup(channel.close)
        return target, api_stubs.classification_grpc.ClassificationServiceStub(channel)

    def call_all_at_once(self, stub):
        """Code → count, and the trailers of those that were shed."""
        calls = [stub.BatchClassifyArticles.future(BATCH, timeout=120) for _ in range(CALLS)]
        concurrent.futures.wait([call for call in calls if isinstance(call, concurrent.futures.Future)])
        codes, delays = collections.Counter(), []
        for call in calls:
            codes[call.code().name] += 1
            if call.code() == grpc.StatusCode.OK:
                self.assertEqual(len(call.result().results), 100)
            else:
                delays += [int(value) for name, value in call.trailing_metadata() if name == "grpc-retry-pushback-ms"]
        return codes, delays

    def check_shed(self, stub):
        codes, delays = self.call_all_at_once(stub)
        self.assertEqual(set(codes), {"OK", "RESOURCE_EXHAUSTED"})
        self.assertEqual(len(delays), codes["RESOURCE_EXHAUSTED"])
        self.assertGreater(min(delays), 0)
        self.assertGreater(len(set(delays)), 1)
        # It is over as soon as it is over.
        single = api_stubs.classification.ClassifyArticleRequest(article=api_stubs.article.Article(id="a", body=ARTICLE))
        self.assertEqual(stub.ClassifyArticle(single, timeout=60).analysis.article_id, "a")

    def test_sheds_what_no_worker_is_free_for(self):
        _, stub = self.serve("--workers-threads", "1", "--workers-queue-length", "2", "--connections-max-streams", "1000")
        self.check_shed(stub)

    def test_sheds_what_is_beyond_the_calls_of_all(self):
        _, stub = self.serve("--workers-threads", "1", "--workers-queue-length", "1000", "--admission-max-calls", "4",
                             "--connections-max-streams", "1000")
        self.check_shed(stub)

    def test_a_client_keeps_back_what_the_connection_does_not_take(self):
        _, stub = self.serve("--workers-threads", "1", "--workers-queue-length", "8", "--connections-max-streams", "4")
        codes, _ = self.call_all_at_once(stub)
        self.assertEqual(codes, {"OK": CALLS})


if __name__ == "__main__":
    unittest.main()
