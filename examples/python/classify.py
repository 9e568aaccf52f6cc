#!/usr/bin/env python3
"""Classifies one article, a batch and a stream over gRPC. usage: ./run [TARGET]

RUBRICATOR_CA: PEM of the authority to trust, switches TLS on. RUBRICATOR_TOKEN: bearer token.
"""
import json
import os
import pathlib
import sys

import grpc
from google.rpc import error_details_pb2, status_pb2
from rubricator.v1 import article_pb2, classification_service_pb2 as api, classification_service_pb2_grpc as service

# A call that ends in UNAVAILABLE is tried again; any other error is final.
SERVICE_CONFIG = json.dumps({"methodConfig": [{"name": [{}], "retryPolicy": {
    "maxAttempts": 3, "initialBackoff": "0.1s", "maxBackoff": "1s", "backoffMultiplier": 2,
    "retryableStatusCodes": ["UNAVAILABLE"]}}]})
DEADLINE_SECONDS = 5

MEETING = article_pb2.Article(
    id="meeting", title="Presidents of Kazakhstan and China discuss border security",
    body="The presidents of Kazakhstan and China met in Astana on Tuesday. They agreed on joint border patrols and "
         "military exercises, and on a culture centre and scholarships for students. Their foreign ministers signed "
         "a declaration on diplomatic relations.")
BLANK = article_pb2.Article(id="blank", body=" ")


def connect(target):
    options = [("grpc.service_config", SERVICE_CONFIG)]
    authority = os.environ.get("RUBRICATOR_CA")
    if not authority:
        return grpc.insecure_channel(target, options)
    return grpc.secure_channel(target, grpc.ssl_channel_credentials(pathlib.Path(authority).read_bytes()), options)


def show(analysis, article):
    for topic in analysis.topics:
        words = ", ".join(evidence.text for evidence in topic.evidence[:3])
        print(f"topic    {topic.confidence:.2f}  {topic.display_name}: {words}")
    for region in analysis.regions:
        print(f"country  {region.confidence:.2f}  {region.display_name}")
        for evidence in region.evidence[:1]:  # offsets count code points, so they fit Python's strings
            field = article.title if evidence.field == 1 else article.body
            print(f"               first named as {field[evidence.begin:evidence.end]!r}")
    for desk in analysis.desks:
        print(f"desk           {desk.display_name}, because {desk.reason}")


def explain(error):
    """The field at fault, from the google.rpc.BadRequest that comes with the error."""
    for key, value in error.trailing_metadata():
        if key == "grpc-status-details-bin":
            for detail in status_pb2.Status.FromString(value).details:
                bad_request = error_details_pb2.BadRequest()
                if detail.Unpack(bad_request):
                    return ", ".join(violation.field for violation in bad_request.field_violations)
    return ""


def main():
    target = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:50051"
    token = os.environ.get("RUBRICATOR_TOKEN")
    call = {"timeout": DEADLINE_SECONDS, "metadata": [("authorization", f"Bearer {token}")] if token else []}
    with connect(target) as channel:
        stub = service.ClassificationServiceStub(channel)
        options = api.ClassifyOptions(include_evidence=True, offset_encoding=3)  # OFFSET_ENCODING_UTF32
        request = api.ClassifyArticleRequest(article=MEETING, options=options)
        show(stub.ClassifyArticle(request, **call).analysis, MEETING)

        batch = api.BatchClassifyArticlesRequest(articles=[MEETING, BLANK])
        for result in stub.BatchClassifyArticles(batch, **call).results:
            print(f"batch    {result.article_id}: {result.error.message or 'classified'}")

        requests = (api.StreamClassifyArticlesRequest(article=article) for article in (MEETING, BLANK, MEETING))
        for response in stub.StreamClassifyArticles(requests, **call):
            print(f"stream   {response.result.article_id}: {response.result.error.message or 'classified'}")

        try:
            stub.ClassifyArticle(api.ClassifyArticleRequest(article=BLANK), **call)
        except grpc.RpcError as error:
            print(f"error    {error.code().name}: {error.details()} (field: {explain(error)})")


if __name__ == "__main__":
    try:
        main()
    except grpc.RpcError as error:
        sys.exit(f"{error.code().name}: {error.details()}")
