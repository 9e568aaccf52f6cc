"""Topics, countries and desks of news articles.

    import rubricator
    with rubricator.connect("127.0.0.1:50051") as client:
        analysis = client.classify(rubricator.Article(title=title, body=body), include_evidence=True)

`connect("embedded:/path/to/bundle")` classifies in this process, without a server; `connect_async` is for asyncio.
"""
from rubricator.async_client import AsyncClient
from rubricator.client import Client
from rubricator.connecting import connect, connect_async
from rubricator.embedded import EmbeddedTransport
from rubricator.error import FieldViolation, RubricatorError
from rubricator.result import Result
from rubricator.v1.analysis_pb2 import Analysis
from rubricator.v1.article_pb2 import Article
from rubricator.v1.correction_service_pb2 import Correction, LabelSet

__all__ = ["Analysis", "Article", "AsyncClient", "Client", "Correction", "EmbeddedTransport", "FieldViolation", "LabelSet",
           "Result", "RubricatorError", "connect", "connect_async"]
