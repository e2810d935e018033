"""The rules of reserving: each a function whose name is the rule, and the list of all of them.

A rule looks at what is asked and yields a violation, with the numbers that explain it, for each
way in which it is not met. All of them are always asked: a refusal names every reason at once.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from uuid import UUID
from zoneinfo import ZoneInfo

from services.booking.domain import quotas
from services.booking.domain.opening_hours import LONGEST_STAY, OpeningHours, instant_of
from services.booking.domain.quotas import Use
from services.booking.domain.rulebook import RuleBody
from services.booking.domain.space import Space
from services.booking.domain.start_step import past_step
from shared.kernel.refusal import Violation
from shared.kernel.time_span import TimeSpan
from shared.kernel.wall_clock import on_the_wall


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody wants, and all that is known about it at that moment."""

    reservation_id: UUID
    space: Space
    hours: OpeningHours
    rules: RuleBody
    span: TimeSpan
    party_size: int
    now: datetime
    patron_active: bool = True
    others: Sequence[Use] = ()
    """The person's other reservations around that time, and all they have ahead."""

    @property
    def sensible(self) -> bool:
        """Tell whether the span is near and short enough to look at it day by day."""
        length = self.span.end - self.span.start
        return abs(self.span.start - self.now) <= FARTHEST_LOOK and length <= LONGEST_STAY

    @property
    def timezone(self) -> ZoneInfo:
        """The wall clock of the library."""
        return self.hours.timezone


FARTHEST_LOOK = timedelta(days=400)
"""Hours and quotas further away are not worked out: other rules refuse such times anyway."""
MOST_PERIODS_NAMED = 7
"""A wish over months exceeds a day's quota on each of its days; the first ones say it."""

Rule = Callable[[Asked], Iterator[Violation]]


def patron_may_reserve(asked: Asked) -> Iterator[Violation]:
    """Let only people reserve whom the library serves at present."""
    if not asked.patron_active:
        yield Violation("patron_inactive")


def space_is_in_use(asked: Asked) -> Iterator[Violation]:
    """Refuse what is out of use."""
    if not asked.space.in_use:
        yield Violation("space_out_of_use")


def space_is_open_throughout(asked: Asked) -> Iterator[Violation]:
    """Ask that the space is open from the first minute to the last."""
    if asked.sensible and not asked.hours.is_open_throughout(asked.span):
        day = asked.span.start.astimezone(asked.timezone).date()
        open_then = [_wall_hours(span, asked) for span in asked.hours.open_spans(day)]
        yield Violation("space_closed", {"day": day.isoformat(), "open": open_then})


def lasts_long_enough(asked: Asked) -> Iterator[Violation]:
    """Ask for the shortest length at least."""
    if asked.span.minutes < asked.rules.min_minutes:
        yield Violation(
            "too_short", {"minutes": asked.span.minutes, "min_minutes": asked.rules.min_minutes}
        )


def lasts_not_too_long(asked: Asked) -> Iterator[Violation]:
    """Ask for the greatest length at most."""
    if asked.span.end - asked.span.start > timedelta(minutes=asked.rules.max_minutes):
        yield Violation(
            "too_long", {"minutes": asked.span.minutes, "max_minutes": asked.rules.max_minutes}
        )


def starts_on_a_step(asked: Asked) -> Iterator[Violation]:
    """Ask for a start on a multiple of the step after local midnight, and an end on a minute."""
    if past_step(asked.span.start, asked.rules.start_step_minutes, asked.timezone):
        yield Violation("start_off_step", {"start_step_minutes": asked.rules.start_step_minutes})
    if asked.span.end.second or asked.span.end.microsecond:
        yield Violation("end_off_minute")


def gives_notice(asked: Asked) -> Iterator[Violation]:
    """Ask some time ahead; where no notice is asked for, the step that is running will do."""
    earliest = bookable(asked.rules, asked.timezone, asked.now).start
    if asked.span.start < earliest:
        notice = asked.rules.create_notice_minutes
        code = "too_soon" if notice else "in_the_past"
        yield Violation(code, {"notice_minutes": notice, "earliest": _shown(earliest, asked)})


def ends_within_the_window(asked: Asked) -> Iterator[Violation]:
    """Measure the window to the end, or else people would reserve long and trim."""
    if asked.span.end > bookable(asked.rules, asked.timezone, asked.now).end:
        last_day = _last_day(asked.rules, asked.timezone, asked.now)
        numbers = {"window_days": asked.rules.window_days, "last_day": last_day.isoformat()}
        yield Violation("beyond_window", numbers)


def party_fits(asked: Asked) -> Iterator[Violation]:
    """Ask that everybody has a place, and that the party is worth the space."""
    if asked.party_size > asked.space.capacity:
        yield Violation(
            "party_too_large", {"party_size": asked.party_size, "capacity": asked.space.capacity}
        )
    if asked.party_size < asked.rules.min_party:
        yield Violation(
            "party_too_small", {"party_size": asked.party_size, "min_party": asked.rules.min_party}
        )


def nobody_is_in_two_places(asked: Asked) -> Iterator[Violation]:
    """Let nobody hold two places at the same time; a machine may run meanwhile."""
    if not asked.rules.one_place_at_a_time(asked.space.space_type):
        return
    machines_too = asked.space.space_type == "machine"
    for other in asked.others:
        in_the_way = machines_too or other.space_type != "machine"
        if other.active and in_the_way and other.during.overlaps(asked.span):
            yield Violation(
                "already_elsewhere",
                {
                    "reservation_id": str(other.reservation_id),
                    "starts_at": _shown(other.during.start, asked),
                    "ends_at": _shown(other.during.end, asked),
                },
            )


def stays_within_the_quotas(asked: Asked) -> Iterator[Violation]:
    """Allow so many reservations, or minutes, a day or week."""
    wanted = Use(
        asked.reservation_id,
        asked.space.library_id,
        asked.space.space_type,
        asked.span,
        active=True,
    )
    for quota in asked.rules.quotas if asked.sensible else ():
        exceeded = quotas.exceeded(quota, wanted, asked.others, asked.timezone)
        yield from islice(exceeded, MOST_PERIODS_NAMED)


def not_too_many_ahead(asked: Asked) -> Iterator[Violation]:
    """Let a person have only so many reservations of one type of space ahead at once."""
    limit = asked.rules.max_active_future
    if limit is None:
        return
    ahead = sum(
        other.active
        and other.during.end > asked.now
        and other.library_id == asked.space.library_id
        and other.space_type == asked.space.space_type
        for other in asked.others
    )
    if ahead >= limit:
        yield Violation("too_many_ahead", {"held": ahead, "limit": limit})


RULES: Sequence[Rule] = (
    patron_may_reserve,
    space_is_in_use,
    space_is_open_throughout,
    lasts_long_enough,
    lasts_not_too_long,
    starts_on_a_step,
    gives_notice,
    ends_within_the_window,
    party_fits,
    nobody_is_in_two_places,
    stays_within_the_quotas,
    not_too_many_ahead,
)


def violations(asked: Asked, rules: Sequence[Rule] = RULES) -> list[Violation]:
    """Return every way in which the rules are not met; nothing means yes."""
    return [violation for rule in rules for violation in rule(asked)]


def bookable(rules: RuleBody, timezone: ZoneInfo, now: datetime) -> TimeSpan:
    """Return the span in which a whole reservation has to lie when asked for at `now`.

    Without a notice the step that is running can still be had: who walks up at 10:07 may start at
    10:00. The span ends with the local day `window_days` ahead.
    """
    if rules.create_notice_minutes:
        earliest = now + timedelta(minutes=rules.create_notice_minutes)
    else:
        earliest = running_step(rules, timezone, now)
    end = instant_of(_last_day(rules, timezone, now) + timedelta(days=1), 0, timezone)
    return TimeSpan(earliest, max(end, earliest + timedelta(minutes=1)))


def running_step(rules: RuleBody, timezone: ZoneInfo, now: datetime) -> datetime:
    """Return the last permitted start at or before an instant."""
    return now - past_step(now, rules.start_step_minutes, timezone)


def _shown(instant: datetime, asked: Asked) -> str:
    """Return an instant on the library's wall clock, its offset beside it."""
    return on_the_wall(instant, asked.timezone)


def _wall_hours(span: TimeSpan, asked: Asked) -> str:
    opens, closes = (at.astimezone(asked.timezone) for at in (span.start, span.end))
    return f"{opens:%H:%M}–{closes:%H:%M}"


def _last_day(rules: RuleBody, timezone: ZoneInfo, now: datetime) -> date:
    return now.astimezone(timezone).date() + timedelta(days=rules.window_days)
