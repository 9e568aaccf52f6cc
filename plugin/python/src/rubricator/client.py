"""The client that waits for each answer."""
from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import TypeVar

from google.protobuf.message import Message

from rubricator import requests
from rubricator.result import Result
from rubricator.transport import Transport
from rubricator.v1.analysis_pb2 import Analysis
from rubricator.v1.article_pb2 import Article
from rubricator.v1.classification_service_pb2 import (BatchClassifyArticlesResponse, ClassifyArticleResponse,
                                                      StreamClassifyArticlesResponse)
from rubricator.v1.correction_service_pb2 import Correction, RecordCorrectionRequest, RecordCorrectionResponse
from rubricator.v1.model_service_pb2 import GetModelRequest, GetModelResponse, Model
from rubricator.v1.routing_service_pb2 import PreviewRoutingRequest, PreviewRoutingResponse

M = TypeVar("M", bound=Message)


class Client:
    """Made by rubricator.connect(). Thread-safe. Every method may raise RubricatorError; time-outs are in seconds."""

    def __init__(self, transport: Transport, timeout: float = requests.DEFAULT_TIMEOUT) -> None:
        self._transport = transport
        self._timeout = timeout

    def classify(self, article: Article, *, include_evidence: bool = False, max_evidence: int = 0, display_language: str = "",
                 timeout: float | None = None) -> Analysis:
        """Topics, countries and desks of one article. Offsets of evidence count code points."""
        request = requests.one(article, requests.options_of(include_evidence, max_evidence, display_language))
        return self.call(f"{requests.CLASSIFICATION}/ClassifyArticle", request, ClassifyArticleResponse, timeout).analysis

    def classify_batch(self, articles: Iterable[Article], *, include_evidence: bool = False, max_evidence: int = 0,
                       display_language: str = "", timeout: float | None = None) -> list[Result]:
        """One result for each of 1 to 1,000 articles, in their order; a bad article fails alone."""
        request = requests.batch(articles, requests.options_of(include_evidence, max_evidence, display_language))
        answer = self.call(f"{requests.CLASSIFICATION}/BatchClassifyArticles", request, BatchClassifyArticlesResponse,
                           requests.batch_timeout(request, timeout, self._timeout))
        return [Result.of(each) for each in answer.results]

    def classify_stream(self, articles: Iterable[Article], *, include_evidence: bool = False, max_evidence: int = 0,
                        display_language: str = "", timeout: float | None = None) -> Iterator[Result]:
        """One result for each article, in order, as they come. Without `timeout` the stream has no deadline."""
        options = requests.options_of(include_evidence, max_evidence, display_language)
        streamed = (requests.streamed(article, options) for article in articles)
        for answer in self._transport.stream(f"{requests.CLASSIFICATION}/StreamClassifyArticles", streamed,
                                             StreamClassifyArticlesResponse, timeout):
            yield Result.of(answer.result)

    def preview_routing(self, article: Article, rules_yaml: str = "", timeout: float | None = None) -> PreviewRoutingResponse:
        """What the live rules, or `rules_yaml`, would do with the article, and why."""
        request = PreviewRoutingRequest(article=article, rules_yaml=rules_yaml)
        return self.call("rubricator.v1.RoutingService/PreviewRouting", request, PreviewRoutingResponse, timeout)

    def record_correction(self, correction: Correction, idempotency_key: str, timeout: float | None = None) -> Correction:
        """Keeps what an editor left. The same key with the same correction is kept once."""
        request = RecordCorrectionRequest(correction=correction, idempotency_key=idempotency_key)
        return self.call("rubricator.v1.CorrectionService/RecordCorrection", request, RecordCorrectionResponse,
                         timeout).correction

    def model(self, version: str = "", timeout: float | None = None) -> Model:
        """The active model with its card, or the one of `version`."""
        request = GetModelRequest(version=version)
        return self.call("rubricator.v1.ModelService/GetModel", request, GetModelResponse, timeout).model

    def call(self, method: str, request: Message, answer: type[M], timeout: float | None = None) -> M:
        """Any unary method of the API: "rubricator.v1.ModelService/ListModels"."""
        return self._transport.call(method, request, answer, self._timeout if timeout is None else timeout)

    def close(self) -> None:
        self._transport.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
