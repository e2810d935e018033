"""Give a reservation another time, space or party."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from services.booking.commands.accepted_rules import accepted_rules
from services.booking.commands.judging import Judgement, Wish, judge, refuse
from services.booking.commands.local_clocks import on_local_clock
from services.booking.commands.rivals import turn_rivals_away
from services.booking.domain import errors, rules
from services.booking.domain.actor import Actor
from services.booking.domain.ports import BookingUnitOfWork
from services.booking.domain.reservation import Reservation, check_in_window, held_range
from services.booking.domain.rulebook import Rulebook
from services.booking.domain.rules import Rule
from shared.kernel.clock import Clock
from shared.kernel.refusal import NotFound, VersionConflict


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeReservation:
    """What shall be different; None leaves it. A new start alone keeps the length.

    `patron_class` is the actor's; it counts when they change what is theirs.
    """

    reservation_id: UUID
    actor: Actor
    space_id: UUID | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    party_size: int | None = None
    patron_class: str = ""
    expected_version: int | None = None


def change_reservation(
    command: ChangeReservation, *, uow: BookingUnitOfWork, clock: Clock
) -> Reservation:
    """Return the reservation as it is now; nothing changes when any rule says no.

    When all of it is so already it keeps its version, and nobody is told anything.

    The notice is that of the rules it was accepted under; what it becomes is held against the rules
    in force now, itself left out. Raises NotFound, VersionConflict, StatusForbids, HasStarted,
    TooLateToChange, NeedsApproval, NotAllowed, RulesNotMet, SlotTaken, SpaceUnknown, MakesNoTime.
    """
    with uow:
        now = clock.now()
        before, wish = _lock_and_read(command, uow)
        with on_local_clock(uow, before.space_id):
            before.insist_changeable(now, notice_minutes=_notice(uow, before))
        if _is_as_wished(before, wish):
            return before
        judgement = judge(wish, uow=uow, now=now, rule_list=_rules_for(before, wish))
        _insist_on_behalf(command.actor, before, judgement)
        if judgement.violations or judgement.rulebook is None:
            refuse(judgement, errors.RulesNotMet(), uow=uow)
        after = _changed(before, judgement, judgement.rulebook, now)
        _insist_on_approval(command.actor, before, after, judgement.rulebook)
        if not uow.reservations.move(after, from_space=before.space_id):
            refuse(judgement, errors.SlotTaken(), uow=uow)
        if judgement.wanted.terms.takes_requests:
            turn_rivals_away(after, uow, now)
        change = {"action": "changed", "before": _shown(before), "after": _shown(after)}
        uow.reservations.note(after.id, at=now, actor=command.actor.id, change=change)
        uow.publish(after.changed_from(before))
        uow.commit()
    return after


def _lock_and_read(command: ChangeReservation, uow: BookingUnitOfWork) -> tuple[Reservation, Wish]:
    """Lock the person, then the reservation: the same order as everywhere."""
    found = uow.reservations.find(command.reservation_id)
    if found is None:
        raise NotFound(id=str(command.reservation_id))
    command.actor.insist_sees(found)
    patron = uow.patrons.lock(found.patron_id)
    before = uow.reservations.lock(command.reservation_id)
    if command.expected_version not in (None, before.version):
        raise VersionConflict
    starts_at = command.starts_at or before.during.start
    ends_at = command.ends_at
    if ends_at is None:
        ends_at = starts_at + (before.during.end - before.during.start)
        if command.starts_at is None:
            ends_at = before.during.end
    return before, Wish(
        reservation_id=before.id,
        patron=patron,
        patron_class=command.patron_class if command.actor.id == before.patron_id else "",
        space_id=command.space_id or before.space_id,
        starts_at=starts_at,
        ends_at=ends_at,
        party_size=command.party_size or before.party_size,
    )


def _is_as_wished(before: Reservation, wish: Wish) -> bool:
    present = (before.space_id, before.during.start, before.during.end, before.party_size)
    return present == (wish.space_id, wish.starts_at, wish.ends_at, wish.party_size)


def _insist_on_behalf(actor: Actor, before: Reservation, judgement: Judgement) -> None:
    """Let staff move what is somebody else's only to where they serve."""
    if actor.id != before.patron_id:
        actor.insist_serves(judgement.wanted.terms.space.library_id)


def _insist_on_approval(
    actor: Actor, before: Reservation, after: Reservation, rulebook: Rulebook
) -> None:
    """Let only staff give what has to be approved another shape; anybody may need less of it."""
    needs_less = before.space_id == after.space_id and before.during.encloses(after.during)
    approved = needs_less or actor.may_serve(after.library_id)
    if rulebook.body.approval_required and not approved:
        raise errors.NeedsApproval


def _notice(uow: BookingUnitOfWork, reservation: Reservation) -> int:
    return accepted_rules(uow, reservation).change_notice_minutes


def _rules_for(before: Reservation, wish: Wish) -> Sequence[Rule]:
    """Return the rules; the notice for new reservations says nothing about a start that stays."""
    stays = (before.space_id, before.during.start) == (wish.space_id, wish.starts_at)
    return [rule for rule in rules.RULES if not (stays and rule is rules.gives_notice)]


def _changed(
    before: Reservation, judgement: Judgement, rulebook: Rulebook, now: datetime
) -> Reservation:
    space, during = judgement.wanted.terms.space, judgement.wanted.span
    return replace(
        before,
        library_id=space.library_id,
        space_id=space.id,
        space_type=space.space_type,
        space_kind=space.space_kind,
        during=during,
        held=held_range(during, rulebook.body),
        party_size=judgement.wanted.party_size,
        rulebook_id=rulebook.id,
        rule_version=rulebook.version,
        check_in_window=check_in_window(during, rulebook.body, asked_at=now),
        sequence_no=before.sequence_no + 1,
        changed_at=now,
    )


def _shown(reservation: Reservation) -> Mapping[str, Any]:
    return {
        "space_id": str(reservation.space_id),
        "starts_at": reservation.during.start.isoformat(),
        "ends_at": reservation.during.end.isoformat(),
        "party_size": reservation.party_size,
    }
