"""Stand behind somebody's suggestion, or no longer."""

from dataclasses import dataclass, replace
from uuid import UUID

from services.engagement.domain import errors
from services.engagement.domain.ports import UnitOfWork
from services.engagement.domain.suggestion import Suggestion, Support
from shared.contracts.engagement import SuggestionSupported, SuggestionSupportWithdrawn
from shared.kernel.clock import Clock
from shared.kernel.identifiers import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportSuggestion:
    """A person and a suggestion."""

    suggestion_id: UUID
    patron_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawSupport:
    """A person and a suggestion."""

    suggestion_id: UUID
    patron_id: UUID


def support_suggestion(command: SupportSuggestion, *, uow: UnitOfWork, clock: Clock) -> Suggestion:
    """Count the person once; raises SuggestionNotFound, OwnSuggestion or AlreadySupported."""
    with uow:
        suggestion = uow.suggestions.get(command.suggestion_id)
        suggestion.check_may_support(command.patron_id)
        support = Support(
            id=new_id(),
            suggestion_id=suggestion.id,
            patron_id=command.patron_id,
            supported_at=clock.now(),
        )
        if not uow.suggestions.add_support(support):
            raise errors.AlreadySupported
        uow.publish(
            SuggestionSupported(
                suggestion_id=suggestion.id,
                support_id=support.id,
                library_id=suggestion.library_id,
                patron_id=support.patron_id,
                space_kind=suggestion.space_kind,
                supported_at=support.supported_at,
            )
        )
        uow.commit()
    return replace(suggestion, support_count=suggestion.support_count + 1)


def withdraw_support(command: WithdrawSupport, *, uow: UnitOfWork, clock: Clock) -> Suggestion:
    """Take the person off the count; raises SuggestionNotFound or NotSupported."""
    with uow:
        suggestion = uow.suggestions.get(command.suggestion_id)
        now = clock.now()
        support = uow.suggestions.withdraw_support(suggestion.id, command.patron_id, now)
        if support is None:
            raise errors.NotSupported
        uow.publish(
            SuggestionSupportWithdrawn(
                suggestion_id=suggestion.id,
                support_id=support.id,
                library_id=suggestion.library_id,
                patron_id=support.patron_id,
                withdrawn_at=now,
            )
        )
        uow.commit()
    return replace(suggestion, support_count=suggestion.support_count - 1)
