"""How a request reaches whoever answers it."""
from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

import grpc
from google.protobuf.message import Message

from rubricator.error import from_call

M = TypeVar("M", bound=Message)


class Transport(Protocol):
    """`method` is "rubricator.v1.ModelService/GetModel", `timeout` in seconds. Errors: RubricatorError."""

    def call(self, method: str, request: Message, answer: type[M], timeout: float) -> M: ...

    def stream(self, method: str, requests: Iterable[Message], answer: type[M], timeout: float | None) -> Iterator[M]: ...

    def close(self) -> None: ...


class GrpcTransport:
    """A server. Thread-safe."""

    def __init__(self, channel: grpc.Channel, metadata: tuple[tuple[str, str], ...]) -> None:
        self._channel = channel
        self._metadata = metadata

    def call(self, method: str, request: Message, answer: type[M], timeout: float) -> M:
        call = self._channel.unary_unary(f"/{method}", type(request).SerializeToString, answer.FromString)
        try:
            return call(request, timeout=timeout, metadata=self._metadata)
        except grpc.RpcError as error:
            raise from_call(error) from None

    def stream(self, method: str, requests: Iterable[Message], answer: type[M], timeout: float | None) -> Iterator[M]:
        call = self._channel.stream_stream(f"/{method}", lambda message: message.SerializeToString(), answer.FromString)
        answers = call(iter(requests), timeout=timeout, metadata=self._metadata)
        try:
            yield from answers
        except grpc.RpcError as error:
            raise from_call(error) from None
        finally:
            answers.cancel()

    def close(self) -> None:
        self._channel.close()
