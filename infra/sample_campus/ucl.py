"""One real day of University College London: 261 rooms, all 680 bookings, in their order."""

import csv
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from uuid import UUID

from infra.sample_campus import layout
from infra.sample_campus.hands import STAFF, Hands
from infra.sample_campus.places import library_id, space_id
from infra.sample_campus.progress import Tally
from services.booking.commands.add_hours_exception import (
    AddHoursException,
    add_hours_exception,
)
from services.booking.commands.define_floor import DefineFloor, define_floor
from services.booking.commands.define_library import DefineLibrary, define_library
from services.booking.commands.define_space import DefineSpace, define_space
from services.booking.commands.define_zone import DefineZone, define_zone
from services.booking.commands.publish_capacity import PublishCapacity, publish_capacity
from services.booking.commands.publish_rules import PublishRules, publish_rules
from services.booking.commands.reserve import Reserve, reserve
from shared.kernel.identifiers import named_id

CODE = "UCL"
DAY = date(2017, 7, 5)
ASKED_AT = datetime(2017, 7, 1, 9, tzinfo=UTC)
# What the real system let people do: any length, any minute, several rooms at once.
RULES = {
    "min_minutes": 5,
    "max_minutes": 1440,
    "default_minutes": 60,
    "start_step_minutes": 5,
    "window_days": 30,
    "no_simultaneous": False,
    "check_in_required": False,
}
KINDS = {"LT": "academic", "CR": "academic", "PC1": "learning", "SS": "cultural", "ER": "cultural"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """One real booking; `contact` is whoever held it, as a hash."""

    slot_id: str
    space_id: UUID
    patron_id: UUID
    starts_at: datetime
    ends_at: datetime


def build_rooms(hands: Hands) -> int:
    """Define the buildings as zones of one floor, and the 261 rooms; return their number."""
    ucl = library_id(CODE)
    define_library(
        DefineLibrary(
            library_id=ucl,
            code=CODE,
            timezone="Europe/London",
            name_zh="伦敦大学学院",
            name_en="University College London",
        ),
        **hands.inventory(),
    )
    floor_id = named_id("floor", CODE, "ALL")
    define_floor(
        DefineFloor(
            floor_id=floor_id, library_id=ucl, code="ALL", name_zh="全部", name_en="All", level=0
        ),
        **hands.inventory(),
    )
    rooms = _rooms()
    for site, name in sorted({(room["siteid"], room["sitename"]) for room in rooms}):
        define_zone(
            DefineZone(
                zone_id=named_id("zone", CODE, site),
                floor_id=floor_id,
                code=site,
                name_zh=name,
                name_en=name,
            ),
            **hands.inventory(),
        )
    for room in rooms:
        define_space(_room(room), **hands.inventory())
    _open_for_the_day(hands, ucl)
    return len(rooms)


def _open_for_the_day(hands: Hands, ucl: UUID) -> None:
    """Open on the one day we have bookings of: other days would offer places nobody asks for."""
    add_hours_exception(
        AddHoursException(
            scope_type="library",
            scope_id=ucl,
            first_day=DAY,
            last_day=DAY,
            name_zh="有记录的一天",
            name_en="The day on record",
            spans=[(0, 1440)],
        ),
        **hands.inventory(),
    )
    publish_capacity(PublishCapacity(library_id=ucl, day=DAY), **hands.inventory())
    publish_rules(
        PublishRules(
            library_id=ucl, scope_type="library", scope_id=str(ucl), body=RULES, actor=STAFF
        ),
        **hands.reserving(),
    )


def _room(room: dict[str, str]) -> DefineSpace:
    return DefineSpace(
        space_id=space_id(CODE, f"{room['siteid']}-{room['roomid']}"),
        zone_id=named_id("zone", CODE, room["siteid"]),
        code=f"{room['siteid']}-{room['roomid']}",
        name_zh=room["roomname"],
        name_en=room["roomname"],
        space_type="room",
        space_kind=KINDS.get(room["classification"], "learning"),
        capacity=max(1, int(room["capacity"])),
    )


def _rooms() -> list[dict[str, str]]:
    with (layout.DATA / "ucl_rooms.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def bookings() -> list[Booking]:
    """Return the 680 bookings in the order of the real file."""
    with (layout.DATA / "ucl_bookings_2017-07-05.csv").open(encoding="utf-8") as file:
        return [
            Booking(
                slot_id=row["slotid"],
                space_id=space_id(CODE, f"{row['siteid']}-{row['roomid']}"),
                patron_id=named_id("ucl contact", row["contact"]),
                starts_at=datetime.fromisoformat(row["start_time"]),
                ends_at=datetime.fromisoformat(row["end_time"]),
            )
            for row in csv.DictReader(file)
        ]


def replay(hands: Hands, day: list[Booking], tally: Tally) -> list[str]:
    """Ask for each booking in the order given; return the slot ids of those refused."""
    hands.clock.set(ASKED_AT)
    refused = []
    for booking in day:
        wish = Reserve(
            space_id=booking.space_id,
            patron_id=booking.patron_id,
            starts_at=booking.starts_at,
            ends_at=booking.ends_at,
        )
        accepted = tally.attempt(
            "UCL day: room bookings", partial(reserve, wish, **hands.reserving())
        )
        if accepted is None:
            refused.append(booking.slot_id)
    return refused
