#!/usr/bin/python3
"""What a newsroom would run instead, as a server: python3-grpcio, a thread pool of 2, python3-fasttext, the same proto.

Topics alone: no countries, no evidence, no desks. python_server.py MODEL.ftz PORT_FILE, until SIGTERM;
rubricator/v1/*_pb2*.py must be importable (PYTHONPATH).
"""
import os
import signal
import sys
import threading
from concurrent import futures

import fasttext
import grpc

from python_reference import by_parser, normalised
from rubricator.v1 import article_pb2, classification_service_pb2, classification_service_pb2_grpc

fasttext.FastText.eprint = lambda *_: None
THREADS = 2
THRESHOLD = 0.5
PREFIX = len("__label__")


class Classifier(classification_service_pb2_grpc.ClassificationServiceServicer):
    def __init__(self, path):
        self.model = fasttext.load_model(path)

    def write(self, article, analysis):
        body = article.body
        if article.format == article_pb2.TEXT_FORMAT_HTML:
            body = by_parser(body)
        labels, scores = self.model.predict(normalised(article.title + "\n" + body), k=-1, threshold=THRESHOLD)
        analysis.article_id = article.id
        for label, score in zip(labels, scores):
            analysis.topics.add(id=label[PREFIX:], confidence=score)

    def ClassifyArticle(self, request, context):
        response = classification_service_pb2.ClassifyArticleResponse()
        self.write(request.article, response.analysis)
        return response

    def BatchClassifyArticles(self, request, context):
        response = classification_service_pb2.BatchClassifyArticlesResponse()
        for article in request.articles:
            self.write(article, response.results.add().analysis)
        return response

    def StreamClassifyArticles(self, requests, context):
        for request in requests:
            response = classification_service_pb2.StreamClassifyArticlesResponse()
            self.write(request.article, response.result.analysis)
            yield response


def main():
    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=THREADS))
    classification_service_pb2_grpc.add_ClassificationServiceServicer_to_server(Classifier(sys.argv[1]), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    with open(sys.argv[2] + ".part", "w", encoding="utf-8") as file:
        file.write(f"{port}\n")
    os.rename(sys.argv[2] + ".part", sys.argv[2])
    stopped.wait()
    server.stop(None)


if __name__ == "__main__":
    main()
