"""An analysis, or why there is none, of one article among many."""
from __future__ import annotations

from dataclasses import dataclass

from rubricator.error import RubricatorError, from_status
from rubricator.v1.analysis_pb2 import Analysis
from rubricator.v1.classification_service_pb2 import ClassifyResult


@dataclass(frozen=True)
class Result:
    """Exactly one of `analysis` and `error` is set."""

    article_id: str
    analysis: Analysis | None = None
    error: RubricatorError | None = None

    @staticmethod
    def of(message: ClassifyResult) -> Result:
        if message.HasField("error"):
            return Result(message.article_id, error=from_status(message.error))
        return Result(message.article_id, analysis=message.analysis)
