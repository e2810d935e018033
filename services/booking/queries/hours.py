"""Hours as they are said, scope by scope, and as they hold for one space on some days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Connection

from services.booking.domain.hours_book import HoursException, HoursScope, Weekly, library_of
from services.booking.domain.opening_hours import WallSpan
from services.booking.domain.space import Library
from services.booking.persistence.catalogue import read_catalogue
from services.booking.persistence.hours import SqlHours
from services.booking.persistence.inventory import SqlInventory
from shared.kernel.refusal import NotFound
from shared.kernel.time_span import TimeSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDay:
    """One local day of a space: hours on the wall and in UTC, and the exception that decides."""

    day: date
    wall: Sequence[WallSpan]
    open: Sequence[TimeSpan]
    open_minutes: int
    because: HoursException | None


def weekly_hours(connection: Connection, scope: HoursScope) -> Weekly:
    """Return what a scope says about weekdays; raises NotFound."""
    library_of(scope, SqlInventory(connection))
    return SqlHours(connection).weekly(scope)


def exceptions(connection: Connection, scope: HoursScope) -> Sequence[HoursException]:
    """Return a scope's exceptions by first day; raises NotFound."""
    library_of(scope, SqlInventory(connection))
    return SqlHours(connection).exceptions(scope)


def exception(connection: Connection, exception_id: UUID) -> HoursException:
    """Return an exception; raises NotFound."""
    found = SqlHours(connection).exception(exception_id)
    if found is None:
        raise NotFound
    return found


def library_of_scope(connection: Connection, scope: HoursScope) -> UUID:
    """Return the library a scope belongs to; raises NotFound."""
    return library_of(scope, SqlInventory(connection))


def hours_of_space(
    connection: Connection, space_id: UUID, first_day: date, days: int
) -> tuple[Library, Sequence[OpenDay]]:
    """Return a space's library and its hours on some days; raises NotFound."""
    catalogue = read_catalogue(connection)
    terms = catalogue.terms_of(space_id)
    if terms is None:
        raise NotFound
    reasons = _reasons(connection, space_id, terms.space.zone_id, terms.space.library_id)
    found = [
        OpenDay(
            day=day,
            wall=terms.hours.wall_spans(day),
            open=terms.hours.open_spans(day),
            open_minutes=terms.hours.open_minutes(day),
            because=reasons.get(day),
        )
        for day in (first_day + timedelta(days=n) for n in range(days))
    ]
    return catalogue.libraries[terms.space.library_id], found


def closures(connection: Connection, library_id: UUID) -> tuple[Library, Sequence[HoursException]]:
    """Return a library and the days on which it is closed as a whole; raises NotFound."""
    library = read_catalogue(connection).libraries.get(library_id)
    if library is None:
        raise NotFound
    said = SqlHours(connection).exceptions(HoursScope("library", library_id))
    return library, [one for one in said if not one.hours.spans and one.hours.as_weekday is None]


def _reasons(
    connection: Connection, space_id: UUID, zone_id: UUID, library_id: UUID
) -> dict[date, HoursException]:
    """Return the exception that decides each day: the narrowest."""
    hours = SqlHours(connection)
    found: dict[date, HoursException] = {}
    for scope_type, scope_id in (("library", library_id), ("zone", zone_id), ("space", space_id)):
        for said in hours.exceptions(HoursScope(scope_type, scope_id)):
            found.update(dict.fromkeys(said.days(), said))
    return found
