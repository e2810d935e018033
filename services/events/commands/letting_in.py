"""The step every way of letting a person in shares: settle the sign-up, and say so to the list."""

from collections.abc import Sequence
from datetime import datetime

from services.events.domain.ports import UnitOfWork
from services.events.domain.registration import Registration, Status
from services.events.domain.waiting_list import Reason, decide, place_in_line


def let_in(registrations: Sequence[Registration], *, uow: UnitOfWork, now: datetime) -> None:
    """Note that these people are there; whoever had no place was let in at the door.

    What they had instead is written down: a mistaken scan is taken back without a trace.
    """
    uow.decisions.add(
        *(
            decide(registration, now, Reason.LET_IN_AT_THE_DOOR, **place_in_line(registration))
            for registration in registrations
            if registration.status is not Status.CONFIRMED
        )
    )
    for registration in registrations:
        registration.attend(at=now)
    uow.registrations.save(*registrations)
