"""The classifier in this process, through librubricator's C ABI: no server, no network."""
from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from google.protobuf import json_format
from google.protobuf.message import Message
from google.rpc import code_pb2

from rubricator.error import FieldViolation, RubricatorError
from rubricator.v1.classification_service_pb2 import BatchClassifyArticlesRequest, BatchClassifyArticlesResponse

STREAM_SECONDS_PER_ARTICLE = 60.0
M = TypeVar("M", bound=Message)


class _Text(ctypes.Structure):
    _fields_ = [("data", ctypes.c_void_p), ("size", ctypes.c_uint64)]

    @staticmethod
    def of(text: str) -> _Text:
        encoded = text.encode()
        result = _Text(ctypes.cast(ctypes.c_char_p(encoded), ctypes.c_void_p), len(encoded))
        result.kept = encoded  # the structure only borrows it
        return result


def _load(path: str) -> ctypes.CDLL:
    try:
        library = ctypes.CDLL(path)
    except OSError as error:
        raise RubricatorError("FAILED_PRECONDITION", f"{error}; install librubricator, or name it in RUBRICATOR_LIBRARY") from None
    pointer = ctypes.c_void_p
    out = ctypes.POINTER(pointer)
    signatures: dict[str, tuple[Any, list[Any]]] = {
        "rubricator_client_open": (ctypes.c_int32, [_Text, pointer, out, out]),
        "rubricator_client_close": (None, [pointer]),
        "rubricator_call": (ctypes.c_int32, [pointer, _Text, _Text, ctypes.c_uint32, out, out]),
        "rubricator_json_text": (_Text, [pointer]),
        "rubricator_json_free": (None, [pointer]),
        "rubricator_error_message": (_Text, [pointer]),
        "rubricator_error_field": (_Text, [pointer]),
        "rubricator_error_free": (None, [pointer]),
    }
    for name, (result, arguments) in signatures.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library


class EmbeddedTransport:
    """`target` is "embedded:DIR" or "embedded:DIR?routing=FILE". Thread-safe; calls release the interpreter's lock.

    Errors: RubricatorError, FAILED_PRECONDITION when there is no library, else as rubricator_client_open() in rubricator.h.
    """

    def __init__(self, target: str, library: str | None = None) -> None:
        self._library = _load(library or os.environ.get("RUBRICATOR_LIBRARY") or "librubricator.so")
        self._client = ctypes.c_void_p()
        error = ctypes.c_void_p()
        self._check(self._library.rubricator_client_open(
            _Text.of(target), None, ctypes.byref(self._client), ctypes.byref(error)), error)

    def call(self, method: str, request: Message, answer: type[M], timeout: float) -> M:
        json, error = ctypes.c_void_p(), ctypes.c_void_p()
        if not self._client:
            raise RubricatorError("FAILED_PRECONDITION", "the client is closed")
        request_json = _Text.of(json_format.MessageToJson(request, indent=None))
        code = self._library.rubricator_call(self._client, _Text.of(method), request_json, max(1, int(timeout * 1000)),
                                             ctypes.byref(json), ctypes.byref(error))
        self._check(code, error)
        try:
            return json_format.Parse(self._string(self._library.rubricator_json_text(json)), answer())
        finally:
            self._library.rubricator_json_free(json)

    def stream(self, method: str, requests: Iterable[Message], answer: type[M], timeout: float | None) -> Iterator[M]:
        """One article after the other: in one process there is nothing to wait for."""
        del method
        for request in requests:
            batch = BatchClassifyArticlesRequest(articles=[request.article], options=request.options)  # type: ignore[attr-defined]
            answered = self.call("rubricator.v1.ClassificationService/BatchClassifyArticles", batch,
                                 BatchClassifyArticlesResponse, timeout or STREAM_SECONDS_PER_ARTICLE)
            yield answer(result=answered.results[0])

    def close(self) -> None:
        self._library.rubricator_client_close(self._client)
        self._client = ctypes.c_void_p()

    def _check(self, code: int, error: ctypes.c_void_p) -> None:
        if code == 0:
            return
        message = self._string(self._library.rubricator_error_message(error))
        field = self._string(self._library.rubricator_error_field(error))
        self._library.rubricator_error_free(error)
        raise RubricatorError(code_pb2.Code.Name(code), message, [FieldViolation(field, message)] if field else ())

    @staticmethod
    def _string(text: _Text) -> str:
        return ctypes.string_at(text.data, text.size).decode() if text.size else ""
