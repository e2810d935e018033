"""Say what a library offers on a local day: places and open hours of every space in use."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from services.booking.domain.hours_book import HoursBook
from services.booking.domain.inventory_ports import InventoryUnitOfWork
from services.booking.domain.space import Library, Space
from shared.contracts.booking import CapacityPublished, OpenSpan, SpaceCapacity
from shared.kernel.clock import Clock
from shared.kernel.one_by_one import one_by_one
from shared.kernel.refusal import NotFound

DAYS_BACK = 1
DAYS_AHEAD = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishCapacity:
    """Which library and which of its local days."""

    library_id: UUID
    day: date


def publish_capacity(
    command: PublishCapacity, *, uow: InventoryUnitOfWork, clock: Clock
) -> CapacityPublished | None:
    """Return what was said, or None when the same was said before. Raises NotFound."""
    with uow:
        library = uow.inventory.library(command.library_id)
        if library is None:
            raise NotFound
        offered = _Offer(library, uow)
        said = offered.say(command.day, uow, clock)
        uow.commit()
    return said


def publish_due_capacity(*, uow: InventoryUnitOfWork, clock: Clock) -> int:
    """Say what is new about yesterday, today and the next fourteen days; return how many days.

    Yesterday is only said when nobody has yet: what was offered does not change afterwards. Each
    library in a transaction of its own; raises LeftUndone when some could not be described.
    """
    with uow:
        libraries = {library.id: library for library in uow.inventory.libraries()}
    return one_by_one(
        "publish capacity of library",
        libraries,
        lambda library_id: _say_due(libraries[library_id], uow, clock),
    )


def _say_due(library: Library, uow: InventoryUnitOfWork, clock: Clock) -> int:
    said = 0
    with uow:
        offer = _Offer(library, uow)
        today = clock.now().astimezone(library.zone_info).date()
        for day in _due_days(library.id, today, uow):
            said += offer.say(day, uow, clock) is not None
        uow.commit()
    return said


def _due_days(library_id: UUID, today: date, uow: InventoryUnitOfWork) -> Iterator[date]:
    for days in range(-DAYS_BACK, DAYS_AHEAD + 1):
        day = today + timedelta(days=days)
        if day >= today or uow.capacity_days.digest(library_id, day) is None:
            yield day


class _Offer:
    """A library's spaces in use and their hours, read once for many days."""

    def __init__(self, library: Library, uow: InventoryUnitOfWork) -> None:
        self._library = library
        self._book = uow.hours.book(library)
        self._spaces = [space for space in uow.inventory.spaces_of(library.id) if space.in_use]

    def say(self, day: date, uow: InventoryUnitOfWork, clock: Clock) -> CapacityPublished | None:
        capacities = tuple(_capacity_of(space, self._book, day) for space in self._spaces)
        message = CapacityPublished(library_id=self._library.id, day=day, spaces=capacities)
        digest = hashlib.sha256(repr(message).encode()).digest()
        if uow.capacity_days.digest(self._library.id, day) == digest:
            return None
        uow.capacity_days.keep(self._library.id, day, digest, clock.now())
        uow.publish(message)
        return message


def _capacity_of(space: Space, book: HoursBook, day: date) -> SpaceCapacity:
    hours = book.of(space.zone_id, space.id)
    spans = hours.open_spans(day)
    return SpaceCapacity(
        space_id=space.id,
        space_type=space.space_type,
        space_kind=space.space_kind,
        places=space.capacity,
        open_minutes=hours.open_minutes(day),
        open_spans=tuple(OpenSpan(opens_at=span.start, closes_at=span.end) for span in spans),
    )
