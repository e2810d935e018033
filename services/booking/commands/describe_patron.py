"""Keep what the gateway says about a person, as far as the rules need it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.booking.domain.ports import BookingUnitOfWork, Patron


@dataclass(frozen=True, slots=True, kw_only=True)
class DescribePatron:
    """A person's class, whether the library serves them, and when that was said."""

    patron_id: UUID
    patron_class: str
    active: bool
    described_at: datetime


def describe_patron(command: DescribePatron, *, uow: BookingUnitOfWork) -> None:
    """Keep it, unless something said later is known already."""
    with uow:
        patron = Patron(command.patron_id, command.patron_class, command.active)
        uow.patrons.describe(patron, command.described_at)
        uow.commit()
