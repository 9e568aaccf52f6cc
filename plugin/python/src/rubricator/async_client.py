"""The client for asyncio."""
from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Iterable
from types import TracebackType
from typing import TypeVar

import grpc.aio
from google.protobuf.message import Message

from rubricator import requests
from rubricator.error import from_call
from rubricator.result import Result
from rubricator.v1.analysis_pb2 import Analysis
from rubricator.v1.article_pb2 import Article
from rubricator.v1.classification_service_pb2 import (BatchClassifyArticlesResponse, ClassifyArticleResponse,
                                                      StreamClassifyArticlesRequest, StreamClassifyArticlesResponse)

M = TypeVar("M", bound=Message)


class AsyncClient:
    """Made by rubricator.connect_async(), used in the event loop it was made in. Time-outs are in seconds.

    Every method may raise RubricatorError.
    """

    def __init__(self, channel: grpc.aio.Channel, metadata: tuple[tuple[str, str], ...],
                 timeout: float = requests.DEFAULT_TIMEOUT) -> None:
        self._channel = channel
        self._metadata = metadata
        self._timeout = timeout

    async def classify(self, article: Article, *, include_evidence: bool = False, max_evidence: int = 0,
                       display_language: str = "", timeout: float | None = None) -> Analysis:
        """As Client.classify()."""
        request = requests.one(article, requests.options_of(include_evidence, max_evidence, display_language))
        answer = await self.call(f"{requests.CLASSIFICATION}/ClassifyArticle", request, ClassifyArticleResponse, timeout)
        return answer.analysis

    async def classify_batch(self, articles: Iterable[Article], *, include_evidence: bool = False, max_evidence: int = 0,
                             display_language: str = "", timeout: float | None = None) -> list[Result]:
        """As Client.classify_batch()."""
        request = requests.batch(articles, requests.options_of(include_evidence, max_evidence, display_language))
        answer = await self.call(f"{requests.CLASSIFICATION}/BatchClassifyArticles", request, BatchClassifyArticlesResponse,
                                 requests.batch_timeout(request, timeout, self._timeout))
        return [Result.of(each) for each in answer.results]

    async def classify_stream(self, articles: Iterable[Article] | AsyncIterable[Article], *, include_evidence: bool = False,
                              max_evidence: int = 0, display_language: str = "",
                              timeout: float | None = None) -> AsyncIterator[Result]:
        """As Client.classify_stream()."""
        options = requests.options_of(include_evidence, max_evidence, display_language)

        async def streamed() -> AsyncIterator[StreamClassifyArticlesRequest]:
            if isinstance(articles, AsyncIterable):
                async for article in articles:
                    yield requests.streamed(article, options)
            else:
                for article in articles:
                    yield requests.streamed(article, options)

        call = self._channel.stream_stream(
            f"/{requests.CLASSIFICATION}/StreamClassifyArticles", lambda message: message.SerializeToString(),
            StreamClassifyArticlesResponse.FromString)(streamed(), timeout=timeout, metadata=self._metadata)
        try:
            async for answer in call:
                yield Result.of(answer.result)
        except grpc.aio.AioRpcError as error:
            raise from_call(error) from None
        finally:
            call.cancel()

    async def call(self, method: str, request: Message, answer: type[M], timeout: float | None = None) -> M:
        """Any unary method of the API: "rubricator.v1.ModelService/ListModels"."""
        call = self._channel.unary_unary(f"/{method}", type(request).SerializeToString, answer.FromString)
        try:
            return await call(request, timeout=self._timeout if timeout is None else timeout, metadata=self._metadata)
        except grpc.aio.AioRpcError as error:
            raise from_call(error) from None

    async def close(self) -> None:
        await self._channel.close()

    async def __aenter__(self) -> AsyncClient:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None,
                        trace: TracebackType | None) -> None:
        await self.close()
