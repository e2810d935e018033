"""Closures, and whom one would touch."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from services.booking.domain import closure
from services.booking.domain.closure import Closure
from services.booking.domain.hours_book import HoursException
from services.booking.domain.opening_hours import OpeningHours, local_window
from services.booking.domain.reservation import Reservation
from services.booking.persistence.catalogue import read_catalogue
from services.booking.persistence.closures import SqlClosures
from services.booking.persistence.reservations import SqlReservations
from services.booking.queries.inventory import known_library


def of_library(connection: Connection, library_id: UUID) -> Sequence[Closure]:
    """Return a library's closures, the last days first; raises NotFound."""
    known_library(read_catalogue(connection), library_id)
    return SqlClosures(connection).of_library(library_id)


def touched_by(
    connection: Connection, library_id: UUID, exception: HoursException, now: datetime
) -> Sequence[Reservation]:
    """Return what would no longer lie in open hours if this exception were added, by start.

    Two queries, whatever the number of spaces, and one more for every AHEAD_AT_ONCE reservations.
    """
    catalogue = read_catalogue(connection)
    library = known_library(catalogue, library_id)
    spaces = [
        one for one in catalogue.terms_in(library_id) if closure.covers(exception.scope, one.space)
    ]
    window = local_window(exception.first_day, exception.last_day, library.zone_info)
    ids = [one.space.id for one in spaces]
    found = SqlReservations(connection).ahead_in(ids, window, now)
    known: dict[int, OpeningHours] = {}  # spaces that agree share one object
    hours = {
        one.space.id: known.setdefault(id(one.hours), closure.with_exception(one.hours, exception))
        for one in spaces
    }
    return [*closure.touched(found, hours, now)]
