"""Cancel what lies in a closure, one by one, and tell everybody once, with what they could have."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from services.booking.commands.judging import Wish, could_be_had
from services.booking.domain.closure import Closure, can_be_cancelled, covers, touched
from services.booking.domain.closure_ports import ClosingUnitOfWork
from services.booking.domain.opening_hours import local_window
from services.booking.domain.ports import Patron, Wanted
from services.booking.domain.reservation import Reservation
from shared.contracts.booking import AlternativeSlot
from shared.kernel.clock import Clock
from shared.kernel.one_by_one import one_by_one

BATCH = 200
# Who was reserving while the closure was made may come in a moment later: it is looked for again.
WATCHED_FOR = timedelta(minutes=2)


def finish_closures(*, uow: ClosingUnitOfWork, clock: Clock) -> int:
    """Go on with every unfinished closure; return how many reservations were cancelled."""
    with uow:
        unfinished = uow.closures.unfinished()
    return one_by_one(
        "finish closure", unfinished, lambda each: finish_closure(each, uow=uow, clock=clock)
    )


def finish_closure(closure_id: UUID, *, uow: ClosingUnitOfWork, clock: Clock) -> int:
    """Cancel up to BATCH reservations, each in a transaction of its own; return how many."""
    now = clock.now()
    with uow:
        closure = uow.closures.lock(closure_id)
        if closure is None or closure.undone_at is not None:
            return 0
        waiting = (one.id for one in _touched(closure, uow, now) if can_be_cancelled(one))
        batch = [*islice(waiting, BATCH)]
    done = one_by_one("cancel for closure", batch, lambda each: _cancel(each, closure, uow, now))
    over = not batch and now >= closure.created_at + WATCHED_FOR
    with uow:
        if over:
            uow.closures.finish(closure.id, now)
        uow.commit()
    return done


def _touched(closure: Closure, uow: ClosingUnitOfWork, now: datetime) -> Iterable[Reservation]:
    terms = [
        one
        for one in uow.catalogue.terms_in(closure.library_id)
        if covers(closure.scope, one.space)
    ]
    if not terms:
        return ()
    window = local_window(closure.first_day, closure.last_day, terms[0].hours.timezone)
    found = uow.reservations.ahead_in([one.space.id for one in terms], window, now)
    hours = {one.space.id: one.hours for one in terms}
    return touched(found, hours, now)


def _still_touched(
    reservation: Reservation, closure: Closure, uow: ClosingUnitOfWork, now: datetime
) -> bool:
    """Ask again, under the lock: it may have been moved, or the days opened, since it was found."""
    terms = uow.catalogue.terms_of(reservation.space_id)
    if terms is None or not covers(closure.scope, terms.space):
        return False
    window = local_window(closure.first_day, closure.last_day, terms.hours.timezone)
    hours = {reservation.space_id: terms.hours}
    return reservation.during.overlaps(window) and any(touched([reservation], hours, now))


def _cancel(reservation_id: UUID, closure: Closure, uow: ClosingUnitOfWork, now: datetime) -> int:
    with uow:
        found = uow.reservations.find(reservation_id)
        if found is None:
            return 0
        patron = uow.patrons.lock(found.patron_id)
        reservation = uow.reservations.lock(reservation_id)
        if not _still_touched(reservation, closure, uow, now):
            return 0
        cancelled = reservation.cancel(now, notice_minutes=0, by="staff", reason=closure.reason)
        uow.reservations.save(reservation)
        # Only now: what is given up stands in the way of nothing the person could have instead.
        offered = _instead(reservation, patron, uow, now)
        change = {"action": "cancelled", "by": "closure", "reason": closure.reason}
        uow.reservations.note(reservation.id, at=now, actor=closure.created_by, change=change)
        uow.publish(replace(cancelled, alternatives=offered))
        uow.closures.count_one(closure.id)
        uow.commit()
    return 1


def _instead(
    reservation: Reservation, patron: Patron, uow: ClosingUnitOfWork, now: datetime
) -> tuple[AlternativeSlot, ...]:
    terms = uow.catalogue.terms_of(reservation.space_id)
    if terms is None:
        return ()
    wanted = Wanted(
        terms=terms,
        span=reservation.during,
        party_size=reservation.party_size,
        patron_class=patron.patron_class or "",
        patron_id=reservation.patron_id,
    )
    wish = Wish(
        reservation_id=reservation.id,
        patron=patron,
        patron_class=wanted.patron_class,
        space_id=reservation.space_id,
        starts_at=wanted.span.start,
        ends_at=wanted.span.end,
        party_size=wanted.party_size,
    )
    return tuple(could_be_had(wanted, wish, uow=uow, now=now))
