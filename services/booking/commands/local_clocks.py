"""Refusals that name an instant name it on the library's wall clock: people read them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from services.booking.domain import errors
from services.booking.domain.ports import BookingUnitOfWork
from shared.kernel.wall_clock import on_the_wall

_NAME_AN_INSTANT = (
    errors.HasStarted,
    errors.HasEnded,
    errors.CheckInTooEarly,
    errors.CheckInTooLate,
)


@contextmanager
def on_local_clock(uow: BookingUnitOfWork, space_id: UUID) -> Iterator[None]:
    """Let what is refused inside name its instants as the clocks at the space show them."""
    try:
        yield
    except _NAME_AN_INSTANT as refusal:
        terms = uow.catalogue.terms_of(space_id)
        if terms is not None:
            refusal.numbers = {
                name: on_the_wall(datetime.fromisoformat(value), terms.hours.timezone)
                for name, value in refusal.numbers.items()
            }
        raise
