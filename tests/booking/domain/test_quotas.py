"""Days and weeks are the library's, minutes pass as they really pass."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.booking.domain.quotas import Use, exceeded, week_around
from services.booking.domain.rulebook import Quota
from shared.kernel.identifiers import new_id
from shared.kernel.refusal import Violation
from shared.kernel.time_span import TimeSpan
from tests.support.booking_builders import LIBRARY_ID, SHANGHAI, hour

LONDON = ZoneInfo("Europe/London")


def use(start: datetime, minutes: int, **changes: Any) -> Use:
    said: dict[str, Any] = {
        "reservation_id": new_id(),
        "library_id": LIBRARY_ID,
        "space_type": "room",
        "during": TimeSpan.lasting(start, minutes),
        "active": True,
    }
    return Use(**{**said, **changes})


def objections(
    quota: Quota, asked: Use, *others: Use, timezone: ZoneInfo = SHANGHAI
) -> list[Violation]:
    return list(exceeded(quota, asked, others, timezone))


def minutes_a_day(limit: int, **changes: Any) -> Quota:
    return Quota(unit="minutes", period="day", limit=limit, **changes)


def test_the_numbers_say_what_is_left_and_when() -> None:
    found = objections(minutes_a_day(240), use(hour(15), 90), use(hour(9), 180))
    (violation,) = found
    assert violation.code == "quota_minutes_day"
    assert violation.numbers == {
        "asked": 90,
        "used": 180,
        "limit": 240,
        "remaining": 60,
        "day": "2026-11-24",
        "frees_on": "2026-11-25",
        "scope": "space_type",
    }


def test_exactly_the_limit_is_within_it() -> None:
    assert objections(minutes_a_day(240), use(hour(15), 60), use(hour(9), 180)) == []


def test_another_day_has_minutes_of_its_own() -> None:
    assert objections(minutes_a_day(60), use(hour(9), 60), use(hour(9, 25), 60)) == []


def test_a_night_is_charged_to_both_of_its_days() -> None:
    night = use(hour(22), 240)  # two hours on the 24th, two on the 25th
    assert objections(minutes_a_day(120), night) == []
    found = objections(minutes_a_day(120), night, use(hour(9, 25), 30))
    assert [violation.numbers["day"] for violation in found] == ["2026-11-25"]


def test_a_reservation_that_ends_at_midnight_leaves_the_next_day_alone() -> None:
    quota = Quota(unit="count", period="day", limit=1)
    assert objections(quota, use(hour(22), 120), use(hour(9, 25), 60)) == []


def test_a_week_goes_from_monday_to_sunday() -> None:
    quota = Quota(unit="count", period="week", limit=1)
    monday, sunday, next_monday = hour(9, 23), hour(9, 29), hour(9, 30)
    (violation,) = objections(quota, use(sunday, 60), use(monday, 60))
    assert violation.code == "quota_count_week"
    assert violation.numbers["day"] == "2026-11-23"
    assert objections(quota, use(next_monday, 60), use(sunday, 60)) == []


def test_the_local_day_counts_and_not_that_of_utc() -> None:
    quota = Quota(unit="count", period="day", limit=1)
    before_eight = use(hour(7), 60)  # still the 23rd in UTC
    (violation,) = objections(quota, use(hour(9), 60), before_eight)
    assert violation.numbers["day"] == "2026-11-24"


@pytest.mark.parametrize(
    ("other", "counts"),
    [
        ({"space_type": "seat"}, False),
        ({"library_id": new_id()}, False),
        ({}, True),
    ],
    ids=["another type", "another library", "the same"],
)
def test_a_type_of_space_has_its_own_quota_in_each_library(
    other: dict[str, Any], counts: bool
) -> None:
    found = objections(minutes_a_day(60), use(hour(15), 60), use(hour(9), 60, **other))
    assert bool(found) is counts


def test_a_library_wide_quota_counts_every_type() -> None:
    quota = minutes_a_day(60, scope="library")
    assert objections(quota, use(hour(15), 60), use(hour(9), 60, space_type="seat"))


def test_who_left_early_gets_the_rest_back() -> None:
    left = use(hour(9), 180, active=False, ended_at=hour(10))
    assert objections(minutes_a_day(240), use(hour(15), 180), left) == []
    assert objections(minutes_a_day(240), use(hour(15), 181), left)


@pytest.mark.parametrize(
    ("day", "minutes"), [(date(2026, 3, 29), 23 * 60), (date(2026, 10, 25), 25 * 60)]
)
def test_a_day_whose_clock_changes_has_the_minutes_it_really_has(day: date, minutes: int) -> None:
    midnight = datetime(day.year, day.month, day.day, tzinfo=LONDON).astimezone(UTC)
    whole_day = use(midnight, minutes)
    assert objections(minutes_a_day(minutes), whole_day, timezone=LONDON) == []
    (violation,) = objections(minutes_a_day(minutes - 1), whole_day, timezone=LONDON)
    assert violation.numbers["asked"] == minutes


INSTANTS = st.datetimes(
    datetime(2026, 3, 20),  # noqa: DTZ001 hypothesis adds the zone
    datetime(2026, 11, 5),  # noqa: DTZ001 as above
    timezones=st.just(UTC),
).map(lambda at: at.replace(second=0, microsecond=0))
USES = st.builds(use, INSTANTS, st.integers(1, 3 * 24 * 60))
ZONES = st.sampled_from([SHANGHAI, LONDON, ZoneInfo("America/St_Johns"), ZoneInfo("Pacific/Apia")])


@given(USES, ZONES)
def test_the_minutes_of_all_its_days_add_up_to_the_reservation(asked: Use, zone: ZoneInfo) -> None:
    charged = objections(minutes_a_day(0), asked, timezone=zone)
    assert sum(violation.numbers["asked"] for violation in charged) == asked.during.minutes


@given(USES, ZONES)
def test_a_reservation_is_counted_on_one_day_and_in_one_week(asked: Use, zone: ZoneInfo) -> None:
    for period in ("day", "week"):
        assert (
            len(objections(Quota(unit="count", period=period, limit=0), asked, timezone=zone)) == 1
        )


@given(USES, st.lists(USES, max_size=6), st.integers(0, 2000), ZONES)
def test_a_quota_is_exceeded_exactly_when_some_local_day_holds_more(
    asked: Use, others: list[Use], limit: int, zone: ZoneInfo
) -> None:
    """Count minute by minute, which shares nothing with the code under test."""

    def minutes_by_day(one: Use) -> dict[date, int]:
        counted: dict[date, int] = {}
        at = one.during.start
        while at < one.during.end:
            day = at.astimezone(zone).date()
            counted[day] = counted.get(day, 0) + 1
            at += timedelta(minutes=1)
        return counted

    wanted = minutes_by_day(asked)
    used = [minutes_by_day(other) for other in others]
    expected = {
        day.isoformat()
        for day, minutes in wanted.items()
        if minutes + sum(one.get(day, 0) for one in used) > limit
    }
    found = objections(minutes_a_day(limit), asked, *others, timezone=zone)
    assert {violation.numbers["day"] for violation in found} == expected


@given(USES, ZONES)
def test_usage_is_read_for_whole_local_weeks(asked: Use, zone: ZoneInfo) -> None:
    window = week_around(asked.during, zone)
    assert window.encloses(asked.during)
    for edge in (window.start, window.end):
        local = edge.astimezone(zone)
        assert (local.weekday(), local.hour, local.minute) == (0, 0, 0)
