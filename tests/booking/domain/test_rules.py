"""Each rule, with the numbers it explains itself by."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from services.booking.domain import rules
from services.booking.domain.opening_hours import HoursLayer, OpeningHours, WallSpan
from services.booking.domain.quotas import Use
from services.booking.domain.rules import Asked, bookable, violations
from shared.kernel.identifiers import new_id
from shared.kernel.refusal import Violation
from shared.kernel.time_span import TimeSpan
from tests.support.booking_builders import (
    LIBRARY_ID,
    MACHINE,
    NOW,
    ROOM,
    SEAT,
    SHANGHAI,
    TEN,
    a_space,
    hour,
    opening_hours,
    some_rules,
)

LONDON = ZoneInfo("Europe/London")


def asking(
    span: TimeSpan | None = None, body: dict[str, Any] | None = None, **changes: Any
) -> Asked:
    said: dict[str, Any] = {
        "reservation_id": new_id(),
        "space": ROOM,
        "hours": opening_hours(),
        "rules": some_rules(**(body or {})),
        "span": span or TimeSpan.lasting(TEN, 60),
        "party_size": 1,
        "now": NOW,
    }
    return Asked(**{**said, **changes})


def found(asked: Asked) -> list[str]:
    return [violation.code for violation in violations(asked)]


def only(asked: Asked) -> Violation:
    (violation,) = violations(asked)
    return violation


def held(start: datetime, minutes: int, space_type: str = "room", **changes: Any) -> Use:
    said: dict[str, Any] = {
        "reservation_id": new_id(),
        "library_id": LIBRARY_ID,
        "space_type": space_type,
        "during": TimeSpan.lasting(start, minutes),
        "active": True,
    }
    return Use(**{**said, **changes})


def test_an_ordinary_wish_meets_every_rule() -> None:
    assert found(asking()) == []


def test_all_failed_rules_are_named_at_once() -> None:
    space = a_space(in_use=False, capacity=2)
    span = TimeSpan(hour(21, 30), hour(23, 30) + timedelta(minutes=7))
    asked = asking(span, {"max_minutes": 130, "window_days": 3}, space=space, party_size=3,
                   patron_active=False)  # fmt: skip
    assert found(asked) == [
        "patron_inactive", "space_out_of_use", "space_closed", "beyond_window", "party_too_large",
    ]  # fmt: skip


def test_a_wish_outside_the_hours_is_told_the_hours() -> None:
    violation = only(asking(TimeSpan(hour(7), hour(9))))
    assert violation == Violation("space_closed", {"day": "2026-11-24", "open": ["08:00–22:00"]})


def test_lengths_are_bounded() -> None:
    body = {"min_minutes": 30, "max_minutes": 120}
    assert only(asking(TimeSpan.lasting(TEN, 15), body)).numbers == {
        "minutes": 15,
        "min_minutes": 30,
    }
    assert only(asking(TimeSpan.lasting(TEN, 121), body)).numbers == {
        "minutes": 121, "max_minutes": 120,
    }  # fmt: skip
    assert found(asking(TimeSpan.lasting(TEN, 30), body)) == []
    assert found(asking(TimeSpan.lasting(TEN, 120), body)) == []


def test_half_a_minute_too_long_is_too_long() -> None:
    span = TimeSpan(TEN, TEN + timedelta(minutes=240, seconds=30))
    assert found(asking(span)) == ["too_long", "end_off_minute"]


@pytest.mark.parametrize(("minute", "off"), [(0, False), (30, False), (20, True), (15, True)])
def test_starts_lie_on_steps_of_the_wall_clock(minute: int, off: bool) -> None:
    span = TimeSpan.lasting(TEN + timedelta(minutes=minute), 60)
    assert ("start_off_step" in found(asking(span, {"start_step_minutes": 30}))) is off


def test_steps_follow_the_wall_clock_where_the_offset_is_not_a_whole_hour() -> None:
    kathmandu = ZoneInfo("Asia/Kathmandu")  # 5:45 ahead
    always = OpeningHours(kathmandu, [HoursLayer({day: (WallSpan(0, 1440),) for day in range(7)})])
    ten = datetime(2026, 11, 24, 10, tzinfo=kathmandu)
    body = {"start_step_minutes": 60}
    assert found(asking(TimeSpan.lasting(ten, 60), body, hours=always)) == []


def test_the_step_that_is_running_can_still_be_had() -> None:
    now = hour(10) + timedelta(minutes=7)
    assert found(asking(TimeSpan(hour(10), hour(11)), now=now)) == []
    violation = only(asking(TimeSpan(hour(9.75), hour(11)), now=now))
    assert violation.code == "in_the_past"
    assert violation.numbers["earliest"] == "2026-11-24T10:00:00+08:00"


def test_notice_is_counted_to_the_start() -> None:
    body = {"create_notice_minutes": 180}
    assert found(asking(TimeSpan(hour(10), hour(11)), body, now=hour(7))) == []
    violation = only(asking(TimeSpan(hour(10), hour(11)), body, now=hour(7) + timedelta(seconds=1)))
    assert (violation.code, violation.numbers["notice_minutes"]) == ("too_soon", 180)


def test_the_window_is_measured_to_the_end_of_the_last_local_day() -> None:
    always = OpeningHours(SHANGHAI, [HoursLayer({day: (WallSpan(0, 1440),) for day in range(7)})])
    body = {"window_days": 3}  # today is the 23rd
    assert found(asking(TimeSpan(hour(23, 26), hour(24, 26)), body, hours=always)) == []
    violation = only(asking(TimeSpan(hour(23, 26), hour(24.5, 26)), body, hours=always))
    assert violation == Violation("beyond_window", {"window_days": 3, "last_day": "2026-11-26"})


@pytest.mark.parametrize(
    ("day", "hours"),
    [(datetime(2026, 3, 28, 12, tzinfo=UTC), 23), (datetime(2026, 10, 24, 12, tzinfo=UTC), 25)],
    ids=["clocks go forward", "clocks go back"],
)
def test_the_window_ends_at_local_midnight_when_the_clock_changes(
    day: datetime, hours: int
) -> None:
    today, tomorrow = (bookable(some_rules(window_days=n), LONDON, day).end for n in (0, 1))
    assert tomorrow - today == timedelta(hours=hours)


def test_the_party_fits_the_space() -> None:
    assert only(asking(party_size=7)).numbers == {"party_size": 7, "capacity": 6}
    violation = only(asking(body={"min_party": 3}, party_size=2))
    assert violation == Violation("party_too_small", {"party_size": 2, "min_party": 3})


def test_nobody_is_in_two_places_at_once() -> None:
    elsewhere = held(hour(10.5), 60, "seat")
    violation = only(asking(others=[elsewhere]))
    assert violation.code == "already_elsewhere"
    assert violation.numbers["reservation_id"] == str(elsewhere.reservation_id)


@pytest.mark.parametrize(
    ("other", "body"),
    [
        (held(hour(11), 60), {}),
        (held(hour(9), 60), {}),
        (held(hour(10), 60, active=False), {}),
        (held(hour(10), 60, "machine"), {}),
        (held(hour(10), 60), {"no_simultaneous": False}),
    ],
    ids=["right after", "right before", "over", "a machine runs", "the rule is off"],
)
def test_these_do_not_stand_in_the_way(other: Use, body: dict[str, Any]) -> None:
    assert found(asking(body=body, others=[other])) == []


def test_machines_run_side_by_side_unless_the_rules_say_otherwise() -> None:
    running = [held(hour(10), 60, "machine")]
    assert found(asking(space=MACHINE, others=running)) == []
    body = {"no_simultaneous": True}
    assert found(asking(body=body, space=MACHINE, others=running)) == ["already_elsewhere"]


def test_reservations_ahead_are_counted_for_each_type_of_space() -> None:
    others = [held(hour(10, day), 60) for day in (25, 26)]
    body = {"max_active_future": 2}
    assert only(asking(body=body, others=others)) == Violation(
        "too_many_ahead", {"held": 2, "limit": 2}
    )
    assert found(asking(body=body, space=SEAT, others=others)) == []
    over = [held(hour(10, 20), 60), *others[:1]]
    assert found(asking(body=body, others=over)) == []


def test_who_asks_for_too_long_hears_of_hours_and_quotas_too() -> None:
    body = {"max_minutes": 120, "quotas": [{"unit": "minutes", "period": "day", "limit": 150}]}
    used = [held(hour(9), 90)]
    asked = asking(TimeSpan(hour(21), hour(24)), body, others=used)
    closed, too_long, quota = violations(asked)
    assert (closed.code, closed.numbers["open"]) == ("space_closed", ["08:00–22:00"])
    assert too_long == Violation("too_long", {"minutes": 180, "max_minutes": 120})
    assert quota.code == "quota_minutes_day"
    named = {name: quota.numbers[name] for name in ("asked", "used", "limit", "remaining")}
    assert named == {"asked": 180, "used": 90, "limit": 150, "remaining": 60}


def test_a_wish_over_weeks_names_a_quota_for_its_first_days() -> None:
    body = {"quotas": [{"unit": "minutes", "period": "day", "limit": 60}]}
    asked = asking(TimeSpan(TEN, TEN + timedelta(days=30)), body)
    days = [one.numbers["day"] for one in violations(asked) if one.code == "quota_minutes_day"]
    assert days == [f"2026-11-{day}" for day in range(24, 31)]


def test_absurdly_long_or_far_wishes_are_not_worked_out_day_by_day() -> None:
    far = TimeSpan(datetime(1995, 1, 1, tzinfo=UTC), datetime(2199, 1, 1, tzinfo=UTC))
    body = {"quotas": [{"unit": "minutes", "period": "day", "limit": 60}]}
    assert found(asking(far, body)) == ["too_long", "in_the_past", "beyond_window"]


def test_each_rule_is_in_the_list() -> None:
    public: Sequence[str] = [
        name
        for name, thing in vars(rules).items()
        if getattr(thing, "__annotations__", {}) == {"asked": Asked, "return": Iterator[Violation]}
    ]
    assert {rule.__name__ for rule in rules.RULES} == set(public)
