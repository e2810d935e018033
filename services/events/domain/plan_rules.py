"""When a plan makes sense: one function per rule, and the list."""

from collections.abc import Callable, Sequence
from datetime import datetime

from services.events.domain.plan import SPACE_KINDS, Plan
from services.events.domain.space import Space, wall_time
from shared.kernel.refusal import Violation

LONGEST_DAYS = 366
MOST_PADDING_MINUTES = 24 * 60
LEAST_OFFER_MINUTES = 5
MOST_OFFER_MINUTES = 14 * 24 * 60
MOST_CAPACITY = 100_000

Rule = Callable[[Plan, Space | None], Violation | None]


def it_has_a_title(plan: Plan, _space: Space | None) -> Violation | None:
    """In Chinese, in English, or in both."""
    if plan.title_zh.strip() or plan.title_en.strip():
        return None
    return Violation("title_missing")


def it_ends_after_it_starts(plan: Plan, space: Space | None) -> Violation | None:
    """Let an exhibition last months, at most a year."""
    days = (plan.ends_at - plan.starts_at).total_seconds() / 86_400
    if 0 < days <= LONGEST_DAYS:
        return None
    numbers = {"starts_at": text(plan.starts_at, space), "ends_at": text(plan.ends_at, space)}
    return Violation("ends_not_after_start", numbers | {"longest_days": LONGEST_DAYS})


def its_padding_fits_a_day(plan: Plan, _space: Space | None) -> Violation | None:
    """Allow set-up and tear-down a day each at most."""
    worst = max((plan.setup_minutes, plan.teardown_minutes), key=lambda m: (m < 0, m))
    if 0 <= worst <= MOST_PADDING_MINUTES:
        return None
    return Violation("padding_out_of_range", {"minutes": worst, "most": MOST_PADDING_MINUTES})


def it_has_places(plan: Plan, _space: Space | None) -> Violation | None:
    """At least one."""
    if 1 <= plan.capacity <= MOST_CAPACITY:
        return None
    return Violation("capacity_out_of_range", {"capacity": plan.capacity, "most": MOST_CAPACITY})


def a_party_fits(plan: Plan, _space: Space | None) -> Violation | None:
    """Nobody may bring more than there are places."""
    if plan.party_limit >= 1:
        return None
    return Violation("party_limit_out_of_range", {"party_limit": plan.party_limit})


def its_notices_are_sensible(plan: Plan, _space: Space | None) -> Violation | None:
    """Keep an offer five minutes at least and two weeks at most."""
    if (
        plan.late_cancel_minutes >= 0
        and LEAST_OFFER_MINUTES <= plan.offer_minutes <= MOST_OFFER_MINUTES
    ):
        return None
    numbers = {
        "offer_minutes": plan.offer_minutes,
        "least": LEAST_OFFER_MINUTES,
        "most": MOST_OFFER_MINUTES,
        "late_cancel_minutes": plan.late_cancel_minutes,
    }
    return Violation("notice_out_of_range", numbers)


def its_window_is_open_before_the_start(plan: Plan, space: Space | None) -> Violation | None:
    """Sign-up opens before it closes, and closes no later than the start."""
    opens = plan.signup_opens_at
    if plan.closes_at <= plan.starts_at and (opens is None or opens < plan.closes_at):
        return None
    numbers = {
        "opens_at": text(opens, space) if opens else "",
        "closes_at": text(plan.closes_at, space),
        "starts_at": text(plan.starts_at, space),
    }
    return Violation("signup_window_wrong", numbers)


def its_space_is_known(plan: Plan, space: Space | None) -> Violation | None:
    """Want a space that was heard of and is in use."""
    if plan.space_id is None or (space is not None and space.in_use):
        return None
    return Violation("space_unknown", {"space_id": str(plan.space_id)})


def its_space_is_in_its_library(plan: Plan, space: Space | None) -> Violation | None:
    """Let nobody name a library and mean another's space; who names none means the space's."""
    if space is None or plan.library_id in {None, space.library_id}:
        return None
    return Violation("space_in_another_library", {"space_id": str(plan.space_id)})


def it_fits_its_room(plan: Plan, space: Space | None) -> Violation | None:
    """No more places than the room has."""
    if space is None or plan.capacity <= space.capacity:
        return None
    numbers = {"capacity": plan.capacity, "room_capacity": space.capacity}
    return Violation("capacity_above_room", numbers)


def it_is_somewhere(plan: Plan, _space: Space | None) -> Violation | None:
    """Without a space of ours: a place in words, a library and a kind it counts for."""
    if plan.space_id is not None:
        return None
    if plan.place.strip() and plan.library_id is not None and plan.space_kind in SPACE_KINDS:
        return None
    return Violation("place_missing", {"space_kinds": ", ".join(SPACE_KINDS)})


RULES: Sequence[Rule] = (
    it_has_a_title,
    it_ends_after_it_starts,
    its_padding_fits_a_day,
    it_has_places,
    a_party_fits,
    its_notices_are_sensible,
    its_window_is_open_before_the_start,
    its_space_is_known,
    its_space_is_in_its_library,
    it_fits_its_room,
    it_is_somewhere,
)


def signing_up_is_still_possible(
    plan: Plan, now: datetime, timezone: str = "UTC"
) -> Violation | None:
    """Refuse a sign-up window that is over before anybody could use it."""
    if plan.signup_closes_at is None or plan.signup_closes_at > now:
        return None
    numbers = {
        "closes_at": wall_time(plan.signup_closes_at, timezone),
        "now": wall_time(now, timezone),
    }
    return Violation("signup_window_past", numbers)


def violations_of(plan: Plan, space: Space | None) -> list[Violation]:
    """Return every rule the plan does not meet."""
    answers = (rule(plan, space) for rule in RULES)
    return [violation for violation in answers if violation is not None]


def text(instant: datetime, space: Space | None) -> str:
    """Return an instant as it is shown in the numbers of a refusal: on the library's clock."""
    return wall_time(instant, space.timezone if space else "UTC")
