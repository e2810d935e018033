"""Two members of staff approve rivals at the same instant: the constraint lets one of them win."""

from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import Engine

from services.booking.commands.answer_request import Approve, approve
from services.booking.domain import approval
from services.booking.domain.actor import Actor
from services.booking.persistence import reservations
from services.booking.persistence.unit_of_work import BookingUnitOfWork
from shared.kernel.clock import SetClock
from shared.persistence.transactions import OwnTransactions
from tests.booking.persistence.test_races import (
    OVERLAPS,
    ROOMS,
    counted,
    drop_the_constraint,
    full_engine,
)
from tests.support.all_at_once import all_at_once
from tests.support.booking_builders import NOW, STAFF_ID, a_reservation, some_rules

__all__ = ["full_engine"]
ROUNDS = 12
STAFF = Actor(STAFF_ID, staff=True)
# Neither turns the other away in passing: what decides is the slot alone.
NOBODY = "SELECT r.* FROM reservation AS r WHERE %(id)s IS NULL"


def asking(engine: Engine, room: int) -> UUID:
    request = a_reservation(ROOMS[room])
    with BookingUnitOfWork(OwnTransactions(engine), clock=SetClock(NOW)) as uow:
        message = approval.ask(request, some_rules(approval_required=True))
        assert uow.reservations.place(request, actor=request.patron_id, message=message)
        uow.commit()
    return request.id


def approving(engine: Engine, request_id: UUID) -> Callable[[], object]:
    def act() -> object:
        uow = BookingUnitOfWork(OwnTransactions(engine), clock=SetClock(NOW))
        command = Approve(reservation_id=request_id, actor=STAFF)
        return approve(command, uow=uow, clock=SetClock(NOW)).id

    return act


def race_of_rivals(engine: Engine) -> list[int]:
    """Approve four rivals at once, room after room; return how many were confirmed in each."""
    won = []
    for room in range(ROUNDS):
        rivals = [asking(engine, room) for _ in range(4)]
        answers = all_at_once([approving(engine, rival) for rival in rivals])
        refused = {answer for answer in answers if isinstance(answer, str)}
        assert refused <= {"slot_taken", "status_forbids"}
        won.append(sum(isinstance(answer, UUID) for answer in answers))
    return won


def test_of_rivals_approved_at_once_one_wins(full_engine: Engine) -> None:
    assert race_of_rivals(full_engine) == [1] * ROUNDS
    assert counted(full_engine, OVERLAPS) == 0


def test_control_without_the_constraint_several_win(
    full_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reservations, "RIVALS", NOBODY)
    drop_the_constraint(full_engine)
    assert max(race_of_rivals(full_engine)) > 1
    assert counted(full_engine, OVERLAPS) > 0
