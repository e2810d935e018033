"""When a plan makes sense."""

from datetime import timedelta

import pytest

from services.events.domain.plan_rules import violations_of
from tests.support.event_builders import (
    LIBRARY,
    NOW,
    SALON,
    TOMORROW,
    a_plan,
    a_plan_elsewhere,
    a_space,
)


def codes(plan, space=None) -> list[str]:
    return [violation.code for violation in violations_of(plan, space)]


def test_a_sensible_plan_meets_every_rule():
    assert codes(a_plan(), a_space()) == []
    assert codes(a_plan(library_id=LIBRARY), a_space()) == []
    assert codes(a_plan_elsewhere()) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title_zh": " ", "title_en": ""}, "title_missing"),
        ({"ends_at": TOMORROW}, "ends_not_after_start"),
        ({"ends_at": TOMORROW + timedelta(days=367)}, "ends_not_after_start"),
        ({"setup_minutes": -1}, "padding_out_of_range"),
        ({"teardown_minutes": 1441}, "padding_out_of_range"),
        ({"capacity": 0}, "capacity_out_of_range"),
        ({"party_limit": 0}, "party_limit_out_of_range"),
        ({"offer_minutes": 4}, "notice_out_of_range"),
        ({"late_cancel_minutes": -1}, "notice_out_of_range"),
        ({"signup_closes_at": TOMORROW + timedelta(seconds=1)}, "signup_window_wrong"),
        ({"signup_opens_at": TOMORROW}, "signup_window_wrong"),
        ({"signup_opens_at": NOW, "signup_closes_at": NOW}, "signup_window_wrong"),
        ({"capacity": 41}, "capacity_above_room"),
        ({"library_id": SALON}, "space_in_another_library"),
    ],
)
def test_a_plan_is_told_the_rule_it_breaks(changes, code):
    assert codes(a_plan(**changes), a_space()) == [code]


@pytest.mark.parametrize(
    "changes", [{"place": " "}, {"library_id": None}, {"space_kind": None}, {"space_kind": "quiet"}]
)
def test_without_a_space_of_ours_place_library_and_kind_are_needed(changes):
    assert codes(a_plan_elsewhere(**changes)) == ["place_missing"]


def test_a_space_must_be_known_and_in_use():
    assert codes(a_plan()) == ["space_unknown"]
    assert codes(a_plan(), a_space(in_use=False)) == ["space_unknown"]


def test_sign_up_may_close_with_the_start_and_open_just_before_it_closes():
    opens = TOMORROW - timedelta(seconds=1)
    plan = a_plan(signup_opens_at=opens, signup_closes_at=TOMORROW)
    assert codes(plan, a_space()) == []
