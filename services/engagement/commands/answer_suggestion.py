"""Say what becomes of a suggestion."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from services.engagement.domain.ports import UnitOfWork
from services.engagement.domain.suggestion import Answer
from shared.contracts.engagement import SuggestionStageChanged
from shared.kernel.clock import Clock
from shared.kernel.identifiers import new_id

MOST_LISTENERS = 500
"""In one message: about 20 KiB of ids. There is always one, the author."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSuggestion:
    """The library's word on a suggestion: the stage it is in now, and why."""

    suggestion_id: UUID
    answered_by: UUID
    stage: str
    text: str


def answer_suggestion(command: AnswerSuggestion, *, uow: UnitOfWork, clock: Clock) -> Answer:
    """Keep the answer for everybody to read, and tell those who follow; raises SuggestionNotFound.

    Whoever made, supports or follows the suggestion is named as a listener, in as many messages as
    it takes to keep each of them small.
    """
    with uow:
        suggestion = uow.suggestions.get(command.suggestion_id)
        answer = Answer(
            id=new_id(),
            suggestion_id=suggestion.id,
            stage=command.stage,
            text=command.text,
            answered_by=command.answered_by,
            answered_at=clock.now(),
        )
        uow.suggestions.answer(answer)
        changed = SuggestionStageChanged(
            suggestion_id=suggestion.id,
            library_id=suggestion.library_id,
            answer_id=answer.id,
            space_kind=suggestion.space_kind,
            stage=answer.stage,
            previous_stage=suggestion.status,
            changed_at=answer.answered_at,
        )
        for told in _parts(changed, uow.suggestions.listeners(suggestion.id)):
            uow.publish(told)
        uow.commit()
    return answer


def _parts(
    changed: SuggestionStageChanged, listeners: Sequence[UUID]
) -> Iterator[SuggestionStageChanged]:
    for part, first in enumerate(range(0, len(listeners), MOST_LISTENERS), start=1):
        named = tuple(listeners[first : first + MOST_LISTENERS])
        yield replace(changed, listener_ids=named, part=part)
