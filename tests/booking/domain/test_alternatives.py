"""What is offered when a slot cannot be had: near, possible, and in a sensible order."""

from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from services.booking.domain.alternatives import (
    Alternative,
    Candidate,
    StartLimits,
    Wish,
    nearest,
    possible_starts,
)
from services.booking.domain.opening_hours import merged
from shared.kernel.time_span import TimeSpan

LONDON = ZoneInfo("Europe/London")
MIDNIGHT = datetime(2027, 3, 1, tzinfo=UTC)
ASKED, NEIGHBOUR, FAR = UUID(int=1), UUID(int=2), UUID(int=3)
ZONE, OTHER_ZONE = UUID(int=11), UUID(int=12)


def at(clock: str) -> datetime:
    hour, minute = clock.split(":")
    return MIDNIGHT + timedelta(hours=int(hour), minutes=int(minute))


def span(text: str) -> TimeSpan:
    return TimeSpan(*(at(part) for part in text.split("-")))


def limits(step: int = 15, least: int = 30, most: int = 240, bookable: str = "0:00-240:00"):
    return StartLimits(
        timezone=LONDON,
        start_step_minutes=step,
        min_minutes=least,
        max_minutes=most,
        bookable=span(bookable),
    )


def a_wish(time: str = "13:00-15:00", party_size: int = 2, features: str = "") -> Wish:
    return Wish(
        space_id=ASKED,
        zone_id=ZONE,
        span=span(time),
        party_size=party_size,
        features=frozenset(features.split()),
    )


def a_space(
    *free: str,
    id: UUID = ASKED,  # noqa: A002  # reads as the space's id
    zone: UUID = ZONE,
    capacity: int = 2,
    features: str = "",
    rules: StartLimits | None = None,
) -> Candidate:
    return Candidate(
        space_id=id,
        zone_id=zone,
        code=f"R{id.int}",
        capacity=capacity,
        features=frozenset(features.split()),
        free=tuple(span(text) for text in free),
        limits=rules or limits(),
    )


def told(offers: tuple[Alternative, ...]) -> list[tuple[int, str]]:
    return [
        (offer.space_id.int, f"{offer.span.start:%H:%M}-{offer.span.end:%H:%M}") for offer in offers
    ]


def test_the_same_space_is_offered_earlier_later_or_shortened() -> None:
    offers = nearest(a_wish(), [a_space("8:00-14:30", "15:30-20:00")])
    assert told(offers) == [(1, "13:00-14:30"), (1, "12:30-14:30"), (1, "15:30-17:30")]
    assert [offer.cost for offer in offers] == [6, 30, 150]


def test_the_shift_is_no_larger_than_needed_and_stays_on_the_start_step() -> None:
    offers = nearest(a_wish(), [a_space("8:00-14:50", rules=limits(step=30))])
    assert told(offers) == [(1, "13:00-14:50"), (1, "12:30-14:30")]


def test_nothing_shorter_than_three_quarters_is_offered() -> None:
    assert told(nearest(a_wish(), [a_space("13:00-14:30")])) == [(1, "13:00-14:30")]
    assert nearest(a_wish(), [a_space("13:00-14:29")]) == ()


def test_nothing_shorter_than_the_rules_least_is_offered() -> None:
    assert nearest(a_wish(), [a_space("13:00-14:45", rules=limits(least=120))]) == ()


def test_a_wish_longer_than_the_rules_allow_is_offered_at_the_longest_they_do() -> None:
    offers = nearest(a_wish(), [a_space("8:00-20:00", rules=limits(most=90))])
    assert told(offers) == [(1, "13:00-14:30")]
    five_hours = a_wish("13:00-18:00")
    allowed = limits(most=90)
    assert told(nearest(five_hours, [a_space("8:00-20:00", rules=allowed)])) == [(1, "13:00-14:30")]
    assert nearest(five_hours, [a_space("13:00-14:00", rules=allowed)]) == ()


def test_nothing_further_than_four_hours_is_offered() -> None:
    assert told(nearest(a_wish(), [a_space("19:00-22:00")])) == []
    assert told(nearest(a_wish(), [a_space("17:00-22:00")])) == [(1, "17:00-19:00")]


def test_nothing_outside_the_booking_window_is_offered() -> None:
    window = limits(bookable="13:30-17:00")
    assert told(nearest(a_wish(), [a_space("8:00-20:00", rules=window)])) == [(1, "13:30-15:30")]


def test_the_room_next_door_comes_before_a_long_wait_and_after_a_short_one() -> None:
    next_door = a_space("8:00-20:00", id=NEIGHBOUR)
    soon = nearest(a_wish(), [a_space("13:05-20:00", rules=limits(step=5)), next_door])
    assert told(soon) == [(1, "13:05-15:05"), (2, "13:00-15:00")]
    assert told(nearest(a_wish(), [a_space("14:00-20:00"), next_door]))[0] == (2, "13:00-15:00")


def test_the_next_larger_room_elsewhere_comes_before_a_hall() -> None:
    room = a_space("8:00-20:00", id=NEIGHBOUR, zone=OTHER_ZONE, capacity=4)
    hall = a_space("8:00-20:00", id=FAR, zone=OTHER_ZONE, capacity=100)
    assert told(nearest(a_wish(), [hall, room])) == [(2, "13:00-15:00"), (3, "13:00-15:00")]


def test_a_room_too_small_is_not_offered() -> None:
    assert nearest(a_wish(party_size=5), [a_space("8:00-20:00", id=NEIGHBOUR, capacity=4)]) == ()


def test_a_room_elsewhere_must_have_what_the_asked_one_has() -> None:
    wish = a_wish(features="whiteboard power")
    plain = a_space("8:00-20:00", id=FAR, zone=OTHER_ZONE, features="power")
    fitted = a_space("8:00-20:00", id=FAR, zone=OTHER_ZONE, features="power whiteboard piano")
    assert nearest(wish, [plain]) == ()
    assert told(nearest(wish, [fitted])) == [(3, "13:00-15:00")]


def test_a_room_of_the_same_zone_may_lack_a_feature_but_comes_later() -> None:
    wish = a_wish(features="whiteboard")
    plain = a_space("8:00-20:00", id=NEIGHBOUR)
    fitted = a_space("8:00-20:00", id=FAR, features="whiteboard")
    assert told(nearest(wish, [plain, fitted])) == [(3, "13:00-15:00"), (2, "13:00-15:00")]


def test_another_room_is_offered_once_at_its_nearest_time() -> None:
    other = a_space("8:00-12:30", "13:30-20:00", id=NEIGHBOUR)
    assert told(nearest(a_wish(), [other])) == [(2, "13:30-15:30")]


def test_five_are_offered_at_most() -> None:
    rooms = [a_space("8:00-20:00", id=UUID(int=n)) for n in range(2, 20)]
    assert len(nearest(a_wish(), rooms)) == 5


def test_the_possible_starts_are_those_on_the_step_at_which_the_stay_fits() -> None:
    starts = possible_starts([span("9:10-11:30"), span("12:00-12:45")], 60, limits(step=30))
    assert list(starts) == [at("9:30"), at("10:00"), at("10:30")]


def test_the_step_counts_from_local_midnight_on_both_sides_of_a_clock_change() -> None:
    lord_howe = StartLimits(
        timezone=ZoneInfo("Australia/Lord_Howe"),
        start_step_minutes=60,
        min_minutes=30,
        max_minutes=240,
        bookable=TimeSpan(datetime(2027, 10, 2, tzinfo=UTC), datetime(2027, 10, 4, tzinfo=UTC)),
    )
    night = TimeSpan(datetime(2027, 10, 2, 14, tzinfo=UTC), datetime(2027, 10, 2, 18, tzinfo=UTC))
    walls = [
        f"{start.astimezone(lord_howe.timezone):%H:%M}"
        for start in possible_starts([night], 30, lord_howe)
    ]
    assert walls == ["01:00", "03:00", "04:00"]


@st.composite
def free_times(draw: st.DrawFn) -> tuple[TimeSpan, ...]:
    edges = sorted(draw(st.sets(st.integers(0, 288), max_size=12)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return merged(
        TimeSpan.lasting(MIDNIGHT + timedelta(minutes=5 * a), 5 * (b - a)) for a, b in pairs
    )


@given(free_times(), st.sampled_from([5, 15, 30, 60]), st.integers(0, 200), st.integers(6, 48))
def test_every_offer_is_possible_and_no_shorter_shift_was(
    free: tuple[TimeSpan, ...], step: int, start: int, length: int
) -> None:
    rules = limits(step=step)
    wish = Wish(
        space_id=ASKED,
        zone_id=ZONE,
        span=TimeSpan.lasting(MIDNIGHT + timedelta(minutes=5 * start), 5 * length),
        party_size=1,
    )
    room = Candidate(
        space_id=NEIGHBOUR,
        zone_id=ZONE,
        code="R",
        capacity=1,
        features=frozenset(),
        free=free,
        limits=rules,
    )
    offers = nearest(wish, [room])
    for offer in offers:
        assert any(one.encloses(offer.span) for one in free)
        assert rules.first_start(offer.span.start) == offer.span.start
        assert 30 <= offer.span.minutes <= 240
        assert offer.cut_minutes <= wish.span.minutes / 4
    shifts = [
        abs((one - wish.span.start).total_seconds()) / 60
        for one in possible_starts(free, wish.span.minutes, rules)
    ]
    near = [shift for shift in shifts if shift <= 240]
    assert bool(offers) >= bool(near)
    if near:
        assert offers[0].cost <= min(near) + 15
