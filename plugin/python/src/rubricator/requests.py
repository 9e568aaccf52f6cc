"""The messages that both clients send, and how long they wait for the answers."""
from __future__ import annotations

from collections.abc import Iterable

from rubricator.v1.analysis_pb2 import OFFSET_ENCODING_UTF32
from rubricator.v1.article_pb2 import Article
from rubricator.v1.classification_service_pb2 import (BatchClassifyArticlesRequest, ClassifyArticleRequest,
                                                      ClassifyOptions, StreamClassifyArticlesRequest)

DEFAULT_TIMEOUT = 2.0  # seconds
BATCH_SECONDS_PER_ARTICLE = 0.02
CLASSIFICATION = "rubricator.v1.ClassificationService"


def options_of(include_evidence: bool, max_evidence: int, display_language: str) -> ClassifyOptions:
    """Offsets count code points, so that they fit Python's strings."""
    return ClassifyOptions(include_evidence=include_evidence, max_evidence=max_evidence, display_language=display_language,
                           offset_encoding=OFFSET_ENCODING_UTF32)


def one(article: Article, options: ClassifyOptions) -> ClassifyArticleRequest:
    return ClassifyArticleRequest(article=article, options=options)


def batch(articles: Iterable[Article], options: ClassifyOptions) -> BatchClassifyArticlesRequest:
    return BatchClassifyArticlesRequest(articles=articles, options=options)


def streamed(article: Article, options: ClassifyOptions) -> StreamClassifyArticlesRequest:
    return StreamClassifyArticlesRequest(article=article, options=options)


def batch_timeout(request: BatchClassifyArticlesRequest, timeout: float | None, default: float) -> float:
    return timeout if timeout is not None else default + BATCH_SECONDS_PER_ARTICLE * len(request.articles)
