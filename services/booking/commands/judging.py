"""Put what somebody wants before the rules, and say no in the one way there is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NoReturn
from uuid import UUID

from services.booking.domain import errors, quotas, rules
from services.booking.domain.ports import BookingUnitOfWork, Patron, Terms, Wanted
from services.booking.domain.rulebook import RuleBody, Rulebook
from services.booking.domain.rules import Asked, Rule
from shared.contracts.booking import AlternativeSlot, ReservationRefused
from shared.kernel.identifiers import new_id
from shared.kernel.refusal import Refusal, Violation
from shared.kernel.time_span import TimeSpan

# Another space or time does not help against these.
ABOUT_THE_PERSON = frozenset(
    {"patron_inactive", "too_many_ahead", "quota_count_day", "quota_count_week"}
)
# Nor against these, unless more was asked for than anybody may have: then what they may can do.
MINUTES_LEFT = frozenset({"quota_minutes_day", "quota_minutes_week"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Who wants which space when; without an end the rules' usual length is meant."""

    reservation_id: UUID
    patron: Patron
    patron_class: str
    space_id: UUID
    starts_at: datetime
    ends_at: datetime | None
    party_size: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """A wish and when it was made, the rulebook it was held against, every rule that is not met."""

    wish: Wish
    asked_at: datetime
    wanted: Wanted
    rulebook: Rulebook | None
    violations: Sequence[Violation]


def judge(
    wish: Wish,
    *,
    uow: BookingUnitOfWork,
    now: datetime,
    rule_list: Sequence[Rule] = rules.RULES,
) -> Judgement:
    """Hold a wish against the rules in force; raises SpaceUnknown, MakesNoTime.

    The person has to be locked: their usage is read here, and must stand until the end.
    """
    terms = uow.catalogue.terms_of(wish.space_id)
    if terms is None:
        raise errors.SpaceUnknown(space_id=str(wish.space_id))
    patron_class = wish.patron.patron_class or wish.patron_class
    rulebook = terms.in_force(patron_class, now)
    wanted = Wanted(
        terms=terms,
        span=_span(wish, rulebook.body if rulebook else RuleBody()),
        party_size=wish.party_size,
        patron_class=patron_class,
        patron_id=wish.patron.patron_id,
        in_place_of=wish.reservation_id,
    )
    if rulebook is None:
        return Judgement(wish, now, wanted, None, [Violation("not_reservable")])
    asked = _asked(wish, wanted, rulebook, uow, now)
    return Judgement(wish, now, wanted, rulebook, rules.violations(asked, rule_list))


def refuse(
    judgement: Judgement,
    refusal: Refusal,
    *,
    uow: BookingUnitOfWork,
    request_id: UUID | None = None,
) -> NoReturn:
    """Say no: tell the others, offer what could be had instead, and raise the refusal.

    Demand that was not met is a fact worth counting, so that the message is committed.
    """
    wanted = judgement.wanted
    codes = [violation.code for violation in judgement.violations] or [refusal.code]
    offered: Sequence[AlternativeSlot] = ()
    if not _beyond_help(codes):
        offered = could_be_had(wanted, judgement.wish, uow=uow, now=judgement.asked_at)
    if wanted.patron_id is not None:
        uow.publish(_refused(wanted, wanted.patron_id, codes, request_id or new_id()))
    uow.commit()
    raise refusal.because(judgement.violations).offering(
        alternatives=[
            {"space_id": slot.space_id, "starts_at": slot.starts_at, "ends_at": slot.ends_at}
            for slot in offered
        ]
    )


def _beyond_help(codes: Sequence[str]) -> bool:
    """Tell whether no other space, time or length would do: looking for one is spared."""
    if not ABOUT_THE_PERSON.isdisjoint(codes):
        return True
    return "too_long" not in codes and not MINUTES_LEFT.isdisjoint(codes)


def could_be_had(
    wanted: Wanted, wish: Wish, *, uow: BookingUnitOfWork, now: datetime
) -> list[AlternativeSlot]:
    """Return the alternatives the rules allow the person: no offer ends in another refusal."""

    def is_allowed(slot: AlternativeSlot) -> bool:
        instead = replace(
            wish, space_id=slot.space_id, starts_at=slot.starts_at, ends_at=slot.ends_at
        )
        return not judge(instead, uow=uow, now=now).violations

    return [slot for slot in uow.alternatives(wanted) if is_allowed(slot)]


def _span(wish: Wish, body: RuleBody) -> TimeSpan:
    if wish.ends_at is None:
        return TimeSpan.lasting(wish.starts_at, body.default_minutes)
    if wish.ends_at <= wish.starts_at:
        raise errors.MakesNoTime(
            starts_at=wish.starts_at.isoformat(), ends_at=wish.ends_at.isoformat()
        )
    return TimeSpan(wish.starts_at, wish.ends_at)


def _asked(
    wish: Wish, wanted: Wanted, rulebook: Rulebook, uow: BookingUnitOfWork, now: datetime
) -> Asked:
    terms: Terms = wanted.terms
    week = quotas.week_around(wanted.span, terms.hours.timezone)
    counts_ahead = rulebook.body.max_active_future is not None
    held = uow.reservations.used_by(wish.patron.patron_id, week, now, all_ahead=counts_ahead)
    return Asked(
        reservation_id=wish.reservation_id,
        space=terms.space,
        hours=terms.hours,
        rules=rulebook.body,
        span=wanted.span,
        party_size=wish.party_size,
        now=now,
        patron_active=wish.patron.active,
        others=[use for use in held if use.reservation_id != wish.reservation_id],
    )


def _refused(
    wanted: Wanted, patron_id: UUID, codes: Sequence[str], request_id: UUID
) -> ReservationRefused:
    space = wanted.terms.space
    return ReservationRefused(
        request_id=request_id,
        patron_id=patron_id,
        library_id=space.library_id,
        space_id=space.id,
        space_type=space.space_type,
        space_kind=space.space_kind,
        starts_at=wanted.span.start,
        ends_at=wanted.span.end,
        codes=tuple(codes),
    )
