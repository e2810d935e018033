"""A suggestion: what somebody wishes the library did, and who stands behind it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.engagement.domain import errors

SUBMITTED = "submitted"
STAGES = ("obtain", "refine", "implement", "test", "declined")
"""The way of a need: understood, worked out, made, tried with those who wished it; or a no."""

SPACE_KINDS = ("learning", "academic", "cultural", "creative")
TITLE_LENGTH = 120
BODY_LENGTH = 4000
ANSWER_LENGTH = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """`author_id` never leaves the service: others learn only that a suggestion is not theirs."""

    id: UUID
    library_id: UUID
    space_kind: str
    author_id: UUID
    title: str
    body: str
    submitted_at: datetime
    status: str = SUBMITTED
    support_count: int = 0

    def check_may_support(self, patron_id: UUID) -> None:
        """Raise OwnSuggestion for its author: having made it already says so."""
        if patron_id == self.author_id:
            raise errors.OwnSuggestion


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """One person behind one suggestion, until withdrawn."""

    id: UUID
    suggestion_id: UUID
    patron_id: UUID
    supported_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The library's word on a suggestion; `answered_by` never leaves the service."""

    id: UUID
    suggestion_id: UUID
    stage: str
    text: str
    answered_by: UUID
    answered_at: datetime
