"""Quarter hours, days, and pseudonyms."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.engagement.domain.act import local_day, quarter_of
from services.engagement.domain.projection.stays import quarters_between
from services.engagement.domain.pseudonyms import Pseudonyms, WeakKey
from services.engagement.domain.segment import Description, Segment, segment_in

NINE = datetime(2026, 11, 2, 9, tzinfo=UTC)
instants = st.integers(0, 3 * 3600).map(lambda seconds: NINE + timedelta(seconds=seconds))


@given(instants, instants)
def test_sampling_moments_are_the_quarter_hours_in_the_half_open_stretch(
    one: datetime, other: datetime
) -> None:
    start, end = sorted((one, other))
    moments = [NINE + timedelta(minutes=15 * n) for n in range(20)]
    assert quarters_between(start, end) == sum(start <= moment < end for moment in moments)


@given(instants, instants, instants)
def test_stretches_that_meet_share_no_moment_and_miss_none(
    one: datetime, other: datetime, third: datetime
) -> None:
    a, b, c = sorted((one, other, third))
    assert quarters_between(a, b) + quarters_between(b, c) == quarters_between(a, c)


@given(instants)
def test_a_quarter_hour_holds_its_instant(instant: datetime) -> None:
    assert quarter_of(instant) <= instant < quarter_of(instant) + timedelta(minutes=15)


@pytest.mark.parametrize(
    ("zone", "day"), [("Asia/Shanghai", 3), ("Europe/London", 2), ("Asia/Kathmandu", 3)]
)
def test_an_instant_lies_in_the_day_its_library_has(zone: str, day: int) -> None:
    late = datetime(2026, 11, 2, 18, 20, tzinfo=UTC)
    assert local_day(late, ZoneInfo(zone)) == date(2026, 11, day)


def test_a_pseudonym_is_the_same_for_one_person_under_one_key_only() -> None:
    who, one, other = uuid4(), Pseudonyms(b"k" * 16), Pseudonyms(b"q" * 16)
    assert one.of(who) == Pseudonyms(b"k" * 16).of(who)
    assert len({one.of(who), other.of(who), one.of(uuid4()), str(who), who.hex}) == 5


def test_a_pseudonym_is_the_hmac_anybody_with_the_key_can_compute() -> None:
    expected = "6897a1fa57ccb86e"  # first digits of what openssl dgst -mac HMAC says
    assert Pseudonyms(b"0123456789abcdef").of(UUID(int=0)).startswith(expected)


def test_a_key_that_keeps_no_secret_is_refused() -> None:
    with pytest.raises(WeakKey):
        Pseudonyms(b"short")


def test_the_segment_is_the_last_told_before_the_quarters_end_or_else_the_first() -> None:
    def told(hour: int, faculty: str) -> Description:
        return Description((NINE + timedelta(hours=hour), hour, str(hour)), Segment(faculty))

    history = [told(2, "Law"), told(0, "Science")]
    at = [NINE + timedelta(hours=hours) for hours in (-5, 0, 1, 2, 3)]
    faculties = [segment_in(history, instant).faculty for instant in at]
    assert faculties == ["Science", "Science", "Science", "Law", "Law"]
    assert segment_in([], NINE) == Segment()
