"""What can go wrong with a call, or with one article of many."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import grpc
from google.rpc import code_pb2, error_details_pb2, status_pb2

TRANSIENT = frozenset({"UNAVAILABLE", "DEADLINE_EXCEEDED", "RESOURCE_EXHAUSTED"})


@dataclass(frozen=True)
class FieldViolation:
    """A field of the request that was refused ("article.body"), and why."""

    field: str
    description: str


class RubricatorError(Exception):
    """`code` is gRPC's name of the status ("INVALID_ARGUMENT"); `fields` is empty unless the request was at fault.

    Never holds text of an article.
    """

    def __init__(self, code: str, message: str, fields: Sequence[FieldViolation] = ()) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.fields = tuple(fields)

    @property
    def is_transient(self) -> bool:
        """Whether the same call may succeed a little later."""
        return self.code in TRANSIENT


def from_status(status: status_pb2.Status) -> RubricatorError:
    """The error of one article, as it stands in the answer."""
    fields: list[FieldViolation] = []
    for detail in status.details:
        bad_request = error_details_pb2.BadRequest()
        if detail.Unpack(bad_request):
            fields += [FieldViolation(each.field, each.description) for each in bad_request.field_violations]
    return RubricatorError(code_pb2.Code.Name(status.code), status.message, fields)


def from_call(error: grpc.RpcError) -> RubricatorError:
    """The error of a call, with the details that came in its trailers."""
    for key, value in error.trailing_metadata() or ():
        if key == "grpc-status-details-bin":
            return from_status(status_pb2.Status.FromString(value))
    return RubricatorError(error.code().name, error.details() or "")
