"""Opening hours on days that are shorter, longer, begin late, or do not happen at all."""

import itertools
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.booking.domain.opening_hours import (
    CLOSED,
    MINUTES_PER_DAY,
    DayException,
    HoursLayer,
    OpeningHours,
    WallSpan,
    instant_of,
)
from shared.kernel.time_span import TimeSpan

ALL_DAY = (WallSpan(0, MINUTES_PER_DAY),)

CLOCK_CHANGES = [
    ("Europe/London", date(2027, 3, 28), 23 * 60),
    ("Europe/London", date(2027, 10, 31), 25 * 60),
    ("America/New_York", date(2027, 3, 14), 23 * 60),
    ("America/New_York", date(2027, 11, 7), 25 * 60),
    ("Australia/Lord_Howe", date(2027, 4, 4), 24 * 60 + 30),
    ("Australia/Lord_Howe", date(2027, 10, 3), 24 * 60 - 30),
    ("Antarctica/Troll", date(2027, 3, 28), 22 * 60),
    ("America/Sao_Paulo", date(2018, 11, 4), 23 * 60),
    ("America/Sao_Paulo", date(2019, 2, 16), 25 * 60),
    ("America/Scoresbysund", date(2024, 10, 26), 25 * 60),
    ("America/Scoresbysund", date(2024, 10, 27), 24 * 60),
    ("Pacific/Apia", date(2011, 12, 30), 0),
    ("Asia/Shanghai", date(1991, 4, 14), 23 * 60),
    ("Asia/Shanghai", date(1991, 9, 15), 25 * 60),
    ("Asia/Kathmandu", date(2027, 3, 28), 24 * 60),
]


def always(zone: str, *spans: WallSpan) -> OpeningHours:
    layer = HoursLayer(weekly=dict.fromkeys(range(7), spans or ALL_DAY))
    return OpeningHours(ZoneInfo(zone), (layer,))


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]  # year to minute


@pytest.mark.parametrize(("zone", "day", "minutes"), CLOCK_CHANGES)
def test_a_day_open_around_the_clock_has_the_minutes_that_pass(
    zone: str, day: date, minutes: int
) -> None:
    assert always(zone).open_minutes(day) == minutes


@pytest.mark.parametrize(("zone", "day", "minutes"), CLOCK_CHANGES)
def test_days_open_around_the_clock_join_without_gap_or_overlap(
    zone: str, day: date, minutes: int
) -> None:
    del minutes
    hours = always(zone)
    week = [day + timedelta(days=n) for n in range(-3, 4)]
    spans = [span for one in week for span in hours.open_spans(one)]
    assert all(a.end == b.start for a, b in itertools.pairwise(spans))
    assert hours.is_open_throughout(TimeSpan(spans[0].start, spans[-1].end))


@pytest.mark.parametrize(
    ("zone", "day", "minute", "instant"),
    [
        ("Europe/London", date(2027, 3, 28), 90, utc(2027, 3, 28, 1, 0)),
        ("Europe/London", date(2027, 10, 31), 90, utc(2027, 10, 31, 0, 30)),
        ("Australia/Lord_Howe", date(2027, 10, 3), 135, utc(2027, 10, 2, 15, 30)),
        ("Antarctica/Troll", date(2027, 3, 28), 150, utc(2027, 3, 28, 1, 0)),
        ("America/Sao_Paulo", date(2018, 11, 4), 0, utc(2018, 11, 4, 3, 0)),
        ("America/Scoresbysund", date(2024, 10, 27), 0, utc(2024, 10, 27, 2, 0)),
        ("Asia/Kathmandu", date(2027, 3, 28), 0, utc(2027, 3, 27, 18, 15)),
    ],
)
def test_a_time_that_does_not_happen_is_the_end_of_the_gap_and_a_double_one_the_first(
    zone: str, day: date, minute: int, instant: datetime
) -> None:
    assert instant_of(day, minute, ZoneInfo(zone)) == instant


def test_hours_that_begin_in_the_gap_begin_after_it() -> None:
    london = always("Europe/London", WallSpan(90, 240))
    assert london.open_spans(date(2027, 3, 28)) == (
        TimeSpan(utc(2027, 3, 28, 1), utc(2027, 3, 28, 3)),
    )


def test_hours_wholly_inside_the_gap_do_not_happen() -> None:
    london = always("Europe/London", WallSpan(75, 105))
    assert london.open_spans(date(2027, 3, 28)) == ()
    assert london.open_minutes(date(2027, 3, 29)) == 30


def test_hours_over_the_doubled_hour_last_as_long_as_the_clock_does() -> None:
    london = always("Europe/London", WallSpan(0, 180))
    assert london.open_minutes(date(2027, 10, 31)) == 4 * 60


ZONES = sorted({zone for zone, _, _ in CLOCK_CHANGES} | {"Africa/Casablanca", "UTC"})
days = st.one_of(
    st.dates(date(2010, 1, 1), date(2032, 1, 1)),
    st.sampled_from([day for _, day, _ in CLOCK_CHANGES]),
)


@st.composite
def spans_of_a_day(draw: st.DrawFn) -> tuple[WallSpan, ...]:
    edges = sorted(draw(st.sets(st.integers(0, MINUTES_PER_DAY), min_size=0, max_size=6)))
    return tuple(WallSpan(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False))


exceptions = st.one_of(
    st.just(CLOSED),
    st.builds(DayException, spans_of_a_day()),
    st.builds(DayException, as_weekday=st.integers(0, 6)),
)


@st.composite
def layers(draw: st.DrawFn, day: date) -> HoursLayer:
    weekly = draw(st.dictionaries(st.integers(0, 6), spans_of_a_day()))
    return HoursLayer(weekly, {day: draw(exceptions)} if draw(st.booleans()) else {})


@given(st.data(), st.sampled_from(ZONES), days)
def test_open_spans_are_in_order_apart_and_as_long_as_the_day_at_most(
    data: st.DataObject, zone: str, day: date
) -> None:
    hours = OpeningHours(ZoneInfo(zone), data.draw(st.tuples(*[layers(day)] * 3)))
    spans = hours.open_spans(day)
    assert all(a.end < b.start for a, b in itertools.pairwise(spans))
    whole = always(zone).open_spans(day)
    assert all(any(day_span.encloses(span) for day_span in whole) for span in spans)
    assert all(hours.is_open_throughout(span) for span in spans)


@given(st.data(), days)
def test_without_an_exception_of_its_own_no_space_opens_outside_the_librarys_exception(
    data: st.DataObject, day: date
) -> None:
    library = HoursLayer({}, {day: DayException(data.draw(spans_of_a_day()))})
    zone, space = (
        HoursLayer(data.draw(st.dictionaries(st.integers(0, 6), spans_of_a_day()))) for _ in "zs"
    )
    wide = OpeningHours(ZoneInfo("Europe/London"), (library,))
    narrow = OpeningHours(ZoneInfo("Europe/London"), (library, zone, space))
    assert all(
        any(bound.encloses(span) for bound in wide.open_spans(day))
        for span in narrow.open_spans(day)
    )


@given(st.sampled_from(ZONES), days, st.integers(0, MINUTES_PER_DAY), st.integers(1, 2000))
def test_what_lies_in_a_window_is_open_and_what_lies_outside_is_not_told(
    zone: str, day: date, minute: int, minutes: int
) -> None:
    hours = always(zone, WallSpan(0, 400), WallSpan(500, 1440))
    window = TimeSpan.lasting(instant_of(day, minute, ZoneInfo(zone)), minutes)
    inside = hours.open_spans_within(window)
    assert all(window.encloses(span) for span in inside)
    assert all(hours.is_open_throughout(span) for span in inside)
    assert hours.is_open_throughout(window) == (inside == (window,))
