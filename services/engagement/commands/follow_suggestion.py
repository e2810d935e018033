"""Hear what becomes of a suggestion, or no longer."""

from dataclasses import dataclass
from uuid import UUID

from services.engagement.domain.ports import UnitOfWork
from shared.kernel.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowSuggestion:
    """A person and a suggestion."""

    suggestion_id: UUID
    patron_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class UnfollowSuggestion:
    """A person and a suggestion."""

    suggestion_id: UUID
    patron_id: UUID


def follow_suggestion(command: FollowSuggestion, *, uow: UnitOfWork, clock: Clock) -> None:
    """Let the person hear of every answer; twice is once. Raises SuggestionNotFound.

    Following is no act of participation and is told to nobody.
    """
    with uow:
        suggestion = uow.suggestions.get(command.suggestion_id)
        uow.suggestions.follow(suggestion.id, command.patron_id, clock.now())
        uow.commit()


def unfollow_suggestion(command: UnfollowSuggestion, *, uow: UnitOfWork) -> None:
    """Let the person hear no more of it; raises SuggestionNotFound."""
    with uow:
        suggestion = uow.suggestions.get(command.suggestion_id)
        uow.suggestions.unfollow(suggestion.id, command.patron_id)
        uow.commit()
