"""What the ledger keeps of a message, and what it does not."""

from dataclasses import fields

import pytest

from services.engagement.domain.act import NEVER_KEPT
from shared.contracts.catalogue import LISTENERS
from shared.contracts.domain_event import DomainEvent
from tests.engagement.stage import Stage
from tests.support.engagement_builders import Talk, at

FROM_A_LIST = frozenset(
    {
        "space_type", "space_kind", "cancelled_by", "method", "outcome", "codes", "cause",
        "library_timezone", "code", "features", "programme", "previous_status", "rule_code",
        "source", "stage", "previous_stage", "patron_class", "faculty", "level", "status",
    }
)  # fmt: skip
"""Fields whose words come from a list, not from somebody's keyboard."""
OF_PLACES = frozenset({"name_zh", "name_en", "library_zh", "library_en"})


@pytest.mark.parametrize("message", LISTENERS["engagement"])
def test_every_word_the_ledger_could_keep_is_from_a_list_or_names_a_place(
    message: type[DomainEvent],
) -> None:
    words = {f.name for f in fields(message) if "str" in str(f.type)}
    assert words - NEVER_KEPT <= FROM_A_LIST | OF_PLACES


def test_what_somebody_typed_of_a_person_does_not_stay_in_a_ledger_that_forgets_nothing(
    stage: Stage,
) -> None:
    talk = Talk(1, starts_at=at(15))
    stage.tell(talk.published())
    stage.tell(talk.attended(1))
    stage.tell(talk.voided(1))
    kept = str(stage.rows("SELECT data::text FROM act"))
    assert "attendance_id" in kept
    for typed in ("wrong person", "reason", "title_zh", "place"):
        assert typed not in kept
