"""Which rulebook holds, and which bodies make no sense."""

from datetime import timedelta
from typing import Any

import pytest

from services.booking.domain import errors, rulebook_body
from services.booking.domain.rulebook import RuleBody, in_force
from services.booking.domain.space import SPACE_TYPES
from tests.support.booking_builders import NOW, OTHER_ROOM, ROOM, ZONE_ID, a_rulebook

GENERAL = a_rulebook()
FOR_ROOMS = a_rulebook(scope_type="space_type", scope_id="room")
FOR_THE_ZONE = a_rulebook(scope_type="zone", scope_id=str(ZONE_ID))
FOR_THIS_ROOM = a_rulebook(scope_type="space", scope_id=str(ROOM.id))
FOR_MASTERS = a_rulebook(patron_class="master")


def holding(*rulebooks: Any, patron_class: str = "bachelor") -> Any:
    return in_force(rulebooks, ROOM, patron_class, NOW)


def test_the_most_specific_scope_holds() -> None:
    rulebooks = [GENERAL, FOR_ROOMS, FOR_THE_ZONE, FOR_THIS_ROOM]
    while rulebooks:
        assert holding(*rulebooks) == rulebooks[-1]
        assert holding(*reversed(rulebooks)) == rulebooks[-1]
        rulebooks.pop()


def test_a_class_of_patrons_comes_before_everybody_on_one_scope_only() -> None:
    assert holding(GENERAL, FOR_MASTERS, patron_class="master") == FOR_MASTERS
    assert holding(GENERAL, FOR_MASTERS) == GENERAL
    assert holding(FOR_ROOMS, FOR_MASTERS, patron_class="master") == FOR_ROOMS


def test_the_newest_version_holds_whose_time_has_come() -> None:
    second = a_rulebook(version=2, valid_from=NOW)
    third = a_rulebook(version=3, valid_from=NOW + timedelta(seconds=1))
    assert holding(GENERAL, second, third) == second


def test_what_is_not_for_this_space_does_not_hold() -> None:
    others = [
        a_rulebook(scope_type="space", scope_id=str(OTHER_ROOM.id)),
        a_rulebook(scope_type="space_type", scope_id="seat"),
        a_rulebook(library_id=ROOM.id, scope_id=str(ROOM.id)),
    ]
    assert holding(*others) is None


def test_an_empty_body_is_the_defaults_and_comes_back_as_it_went() -> None:
    assert rulebook_body.parse({}) == RuleBody()
    body = rulebook_body.plain(RuleBody(max_active_future=3))
    assert rulebook_body.plain(rulebook_body.parse(body)) == body


def test_seats_and_rooms_are_one_place_at_a_time_by_default() -> None:
    default = RuleBody()
    assert {kind for kind in SPACE_TYPES if default.one_place_at_a_time(kind)} == {"room", "seat"}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"max_minuets": 60}, "max_minuets"),
        ({"max_minutes": 0}, "max_minutes"),
        ({"max_minutes": "60"}, "max_minutes"),
        ({"max_minutes": True}, "max_minutes"),
        ({"max_minutes": 60.0}, "max_minutes"),
        ({"max_minutes": None}, "max_minutes"),
        ({"window_days": -1}, "window_days"),
        ({"no_simultaneous": "yes"}, "no_simultaneous"),
        ({"quotas": {}}, "quotas"),
        ({"quotas": [1]}, "quotas.0"),
        ({"quotas": [{"unit": "hours", "period": "day", "limit": 1}]}, "quotas.0.unit"),
        ({"quotas": [{"unit": "count", "period": "year", "limit": 1}]}, "quotas.0.period"),
        ({"quotas": [{"unit": "count", "period": "day"}]}, "quotas.0.limit"),
        ({"quotas": [{"unit": [], "period": "day", "limit": 1}]}, "quotas.0.unit"),
        ({"quotas": [{"unit": "count", "period": "day", "limit": 1, "x": 1}]}, "quotas.0.x"),
        ({"min_minutes": 90, "max_minutes": 60}, "min_minutes"),
        ({"default_minutes": 300}, "default_minutes"),
    ],
)
def test_a_body_that_makes_no_sense_is_refused_by_field(body: dict[str, Any], field: str) -> None:
    with pytest.raises(errors.RulebookInvalid) as refused:
        rulebook_body.parse(body)
    assert [violation.numbers["field"] for violation in refused.value.violations] == [field]


def test_every_mistake_is_named_at_once() -> None:
    with pytest.raises(errors.RulebookInvalid) as refused:
        rulebook_body.parse({"a": 1, "max_minutes": 0, "quotas": 3})
    assert len(refused.value.violations) == 3
