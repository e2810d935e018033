"""Make a suggestion."""

from dataclasses import dataclass
from uuid import UUID

from services.engagement.domain import errors
from services.engagement.domain.ports import UnitOfWork
from services.engagement.domain.suggestion import Suggestion
from shared.contracts.engagement import SuggestionSubmitted
from shared.kernel.clock import Clock
from shared.kernel.identifiers import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitSuggestion:
    """What somebody wishes, for which library and kind of space; `id` only for imports."""

    patron_id: UUID
    library_id: UUID
    space_kind: str
    title: str
    body: str
    id: UUID | None = None


def submit_suggestion(command: SubmitSuggestion, *, uow: UnitOfWork, clock: Clock) -> Suggestion:
    """Keep the suggestion and tell of it, without its words.

    Raises LibraryUnknown for a library none of whose spaces has been told of.
    """
    suggestion = Suggestion(
        id=command.id or new_id(),
        library_id=command.library_id,
        space_kind=command.space_kind,
        author_id=command.patron_id,
        title=command.title,
        body=command.body,
        submitted_at=clock.now(),
    )
    with uow:
        if uow.facts.zone_of(suggestion.library_id) is None:
            raise errors.LibraryUnknown(library_id=str(suggestion.library_id))
        uow.suggestions.add(suggestion)
        uow.publish(
            SuggestionSubmitted(
                suggestion_id=suggestion.id,
                library_id=suggestion.library_id,
                patron_id=suggestion.author_id,
                space_kind=suggestion.space_kind,
                submitted_at=suggestion.submitted_at,
            )
        )
        uow.commit()
    return suggestion
