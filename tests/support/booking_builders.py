"""A small library to reserve in: every builder defaults everything."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from services.booking.domain import rulebook_body
from services.booking.domain.hours_book import HoursScope
from services.booking.domain.opening_hours import HoursLayer, OpeningHours, WallSpan
from services.booking.domain.ports import Terms
from services.booking.domain.reservation import Reservation, check_in_window, held_range
from services.booking.domain.rulebook import RuleBody, Rulebook
from services.booking.domain.space import Floor, Library, Space, Zone
from services.booking.persistence.unit_of_work import BookingUnitOfWork
from shared.kernel.clock import SetClock
from shared.kernel.identifiers import named_id, new_id
from shared.kernel.time_span import TimeSpan
from shared.persistence.transactions import OwnTransactions

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 1, 7, tzinfo=UTC)  # Monday, 9:07 in Shanghai
TEN = datetime(2026, 11, 24, 2, tzinfo=UTC)  # Tuesday, 10:00 in Shanghai
LIBRARY_ID = named_id("test", "library")
FLOOR_ID = named_id("test", "floor")
ZONE_ID = named_id("test", "zone")
EVERY_DAY = {weekday: (WallSpan(8 * 60, 22 * 60),) for weekday in range(7)}
STAFF_ID = named_id("test", "staff")


def hour(number: float, day: int = 24) -> datetime:
    """Return a wall-clock hour of a day of November 2026 in Shanghai, as UTC."""
    start = datetime(2026, 11, day, tzinfo=SHANGHAI).astimezone(UTC)
    return start + timedelta(hours=number)


def a_library(**changes: Any) -> Library:
    said = {"id": LIBRARY_ID, "code": "T", "name_zh": "试", "name_en": "Test"}
    return Library(**{**said, "timezone": "Asia/Shanghai", **changes})


def a_space(code: str = "R1", **changes: Any) -> Space:
    said: dict[str, Any] = {
        "id": named_id("test", "space", code),
        "library_id": LIBRARY_ID,
        "zone_id": ZONE_ID,
        "code": code,
        "name_zh": code,
        "name_en": code,
        "space_type": "room",
        "space_kind": "learning",
        "capacity": 6,
        "secret": b"secret of " + code.encode(),
    }
    return Space(**{**said, **changes})


ROOM = a_space("R1")
OTHER_ROOM = a_space("R2")
SEAT = a_space("S1", space_type="seat", capacity=1)
MACHINE = a_space("M1", space_type="machine", space_kind="creative", capacity=2)
SPACES = (ROOM, OTHER_ROOM, SEAT, MACHINE)


def some_rules(**body: Any) -> RuleBody:
    return rulebook_body.parse(body)


def a_rulebook(body: RuleBody | None = None, **changes: Any) -> Rulebook:
    said: dict[str, Any] = {
        "id": new_id(),
        "library_id": LIBRARY_ID,
        "scope_type": "library",
        "scope_id": str(LIBRARY_ID),
        "patron_class": None,
        "version": 1,
        "body": body or RuleBody(),
        "valid_from": NOW - timedelta(days=30),
        "published_by": STAFF_ID,
        "published_at": NOW - timedelta(days=30),
    }
    return Rulebook(**{**said, **changes})


def opening_hours(timezone: ZoneInfo = SHANGHAI) -> OpeningHours:
    return OpeningHours(timezone, [HoursLayer(EVERY_DAY)])


def terms_for(
    spaces: Sequence[Space] = SPACES, rulebooks: Sequence[Rulebook] | None = None
) -> dict[UUID, Terms]:
    books = (a_rulebook(),) if rulebooks is None else tuple(rulebooks)
    return {space.id: Terms(space, opening_hours(), books) for space in spaces}


def a_reservation(
    space: Space = ROOM,
    *,
    starting: datetime = TEN,
    minutes: int = 60,
    rules: RuleBody | None = None,
    made_at: datetime = NOW,
    **changes: Any,
) -> Reservation:
    during = TimeSpan.lasting(starting, minutes)
    body = rules or RuleBody()
    said: dict[str, Any] = {
        "id": new_id(),
        "library_id": space.library_id,
        "space_id": space.id,
        "space_type": space.space_type,
        "space_kind": space.space_kind,
        "patron_id": new_id(),
        "during": during,
        "held": held_range(during, body),
        "party_size": 1,
        "rulebook_id": None,
        "rule_version": 1,
        "created_at": made_at,
        "changed_at": made_at,
        "check_in_window": check_in_window(during, body, asked_at=made_at),
    }
    return Reservation(**{**said, **changes})


def furnish(
    engine: Engine,
    spaces: Sequence[Space] = SPACES,
    rulebooks: Sequence[Rulebook] | None = None,
) -> None:
    """Write the small library into a database, without any messages."""
    with BookingUnitOfWork(OwnTransactions(engine), clock=SetClock(NOW)) as uow:
        uow.inventory.keep_library(a_library())
        floor = Floor(
            id=FLOOR_ID, library_id=LIBRARY_ID, code="F", name_zh="层", name_en="F", level=1
        )
        uow.inventory.keep_floor(floor)
        zone = Zone(
            id=ZONE_ID,
            library_id=LIBRARY_ID,
            floor_id=FLOOR_ID,
            code="Z",
            name_zh="区",
            name_en="Z",
        )
        uow.inventory.keep_zone(zone)
        for space in spaces:
            uow.inventory.keep_space(space)
        uow.hours.set_weekly(HoursScope("library", LIBRARY_ID), EVERY_DAY)
        for rulebook in (a_rulebook(),) if rulebooks is None else rulebooks:
            uow.rulebooks.publish(rulebook)
        uow.commit()


def rooms(count: int) -> list[Space]:
    return [a_space(f"R{number:03}") for number in range(count)]
