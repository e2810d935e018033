"""What is left of the open hours, held against a count minute by minute."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.booking.domain.free_time import Margins, free_spans, without
from services.booking.domain.opening_hours import merged
from services.booking.domain.reservation import held_range
from shared.kernel.time_span import TimeSpan
from tests.support.booking_builders import hour, opening_hours, some_rules

MIDNIGHT = hour(0)


@st.composite
def stretches(draw: st.DrawFn) -> list[TimeSpan]:
    found = draw(st.lists(st.tuples(st.integers(0, 90), st.integers(1, 30)), max_size=8))
    return [TimeSpan.lasting(MIDNIGHT + timedelta(minutes=a), length) for a, length in found]


def minutes_in(spans: list[TimeSpan] | tuple[TimeSpan, ...]) -> set[int]:
    instants = (MIDNIGHT + timedelta(minutes=minute) for minute in range(150))
    return {
        minute for minute, at in enumerate(instants) if any(span.contains(at) for span in spans)
    }


@given(stretches(), stretches())
def test_what_is_left_is_every_minute_that_is_not_taken(
    spans: list[TimeSpan], taken: list[TimeSpan]
) -> None:
    joined = merged(spans)
    left = [*without(joined, taken)]
    assert minutes_in(left) == minutes_in(joined) - minutes_in(taken)
    assert [*merged(left)] == sorted(left) == left


@given(
    st.integers(0, 20),
    st.integers(0, 20),
    st.integers(8, 20),
    st.integers(1, 12),
    st.integers(0, 47),
)
def test_a_stay_in_free_time_holds_nothing_that_is_held(
    before: int, after: int, busy_hour: int, quarters: int, nth: int
) -> None:
    rules = some_rules(padding_before_minutes=before, padding_after_minutes=after)
    held = held_range(TimeSpan.lasting(hour(busy_hour), 60), rules)
    day = TimeSpan(hour(0), hour(24))
    free = free_spans(opening_hours(), Margins.under(rules), [held], day)
    stay = TimeSpan.lasting(hour(8 + nth / 4), 15 * quarters)
    if any(one.encloses(stay) for one in free):
        assert not held_range(stay, rules).overlaps(held)
        assert opening_hours().is_open_throughout(stay)
    elif opening_hours().is_open_throughout(stay):
        assert held_range(stay, rules).overlaps(held)
