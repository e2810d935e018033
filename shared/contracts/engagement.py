"""What the engagement service tells the others."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from shared.contracts.domain_event import DomainEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionSubmitted(DomainEvent):
    """A person wishes the library were otherwise."""

    type: ClassVar[str] = "engagement.suggestion.submitted.v1"
    subject_field: ClassVar[str] = "suggestion_id"
    suggestion_id: UUID
    library_id: UUID
    patron_id: UUID
    space_kind: str
    submitted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionSupported(DomainEvent):
    """A person stands behind somebody's suggestion."""

    type: ClassVar[str] = "engagement.suggestion.supported.v1"
    subject_field: ClassVar[str] = "suggestion_id"
    suggestion_id: UUID
    support_id: UUID
    library_id: UUID
    patron_id: UUID
    space_kind: str
    supported_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionSupportWithdrawn(DomainEvent):
    """A person no longer stands behind a suggestion; the support is void."""

    type: ClassVar[str] = "engagement.suggestion.support_withdrawn.v1"
    subject_field: ClassVar[str] = "suggestion_id"
    suggestion_id: UUID
    support_id: UUID
    library_id: UUID
    patron_id: UUID
    withdrawn_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionStageChanged(DomainEvent):
    """The library has answered a suggestion; the words are to be read there.

    An answer with many listeners is told in several messages, equal in all but `part` and
    `listener_ids`; whoever does not care for listeners reads the one whose `part` is 1.
    """

    type: ClassVar[str] = "engagement.suggestion.stage_changed.v1"
    subject_field: ClassVar[str] = "suggestion_id"
    suggestion_id: UUID
    library_id: UUID
    answer_id: UUID
    space_kind: str
    stage: str
    """obtain, refine, implement, test or declined."""
    previous_stage: str
    """The stage before, or submitted."""
    changed_at: datetime
    listener_ids: tuple[UUID, ...] = ()
    """Who made, supports or follows it, and is to hear of this: at most 500, each in one part."""
    part: int = 1
    """Which of the messages about this answer, from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsAwarded(DomainEvent):
    """An act has earned points; `(source, source_message_id)` is the message that told of it."""

    type: ClassVar[str] = "engagement.points.awarded.v1"
    subject_field: ClassVar[str] = "entry_id"
    entry_id: UUID
    patron_id: UUID
    rule_code: str
    points: int
    source: str
    source_message_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsVoided(DomainEvent):
    """Points were taken back because the act they were for did not hold."""

    type: ClassVar[str] = "engagement.points.voided.v1"
    subject_field: ClassVar[str] = "entry_id"
    entry_id: UUID
    voided_entry_id: UUID
    patron_id: UUID
    points: int
    source: str
    source_message_id: UUID
