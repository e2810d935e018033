"""What becomes of a suggestion reaches everybody behind it once."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from shared.contracts import engagement
from shared.kernel.identifiers import new_id
from tests.gateway.notices.conftest import Ear
from tests.support.gateway_builders import NOON

Told = Callable[[], list[str]]


def an_answer(*people: UUID) -> engagement.SuggestionStageChanged:
    return engagement.SuggestionStageChanged(
        suggestion_id=new_id(),
        library_id=new_id(),
        answer_id=new_id(),
        space_kind="learning",
        stage="implement",
        previous_stage="refine",
        changed_at=NOON,
        listener_ids=people,
    )


def test_everybody_behind_a_suggestion_hears_of_its_answer_once(ear: Ear, told: Told) -> None:
    changed = an_answer(*(new_id() for _ in range(3)))
    message_id = new_id()
    for _ in range(2):
        ear.hear(changed, id=message_id)
    assert told() == ["suggestion_answered"] * 3


def test_an_answer_told_in_parts_reaches_each_person_once_in_whatever_order(
    ear: Ear, told: Told
) -> None:
    """The third is in two parts, as after a replay of parts that were cut elsewhere."""
    people = [new_id() for _ in range(5)]
    whole = an_answer(*people)
    first = replace(whole, listener_ids=tuple(people[:3]), part=1)
    second = replace(whole, listener_ids=tuple(people[2:]), part=2)
    for part, id_ in ((second, new_id()), (first, new_id()), (second, new_id())):
        ear.hear(part, id=id_)
        ear.hear(part, id=id_)
    assert told() == ["suggestion_answered"] * 5


def test_the_next_answer_is_told_anew(ear: Ear, told: Told) -> None:
    changed = an_answer(new_id())
    ear.hear(changed)
    ear.hear(replace(changed, answer_id=new_id(), stage="test"))
    assert told() == ["suggestion_answered"] * 2
