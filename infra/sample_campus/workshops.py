"""Real workshops of The Carpentries with their attendance; no figure is not the same as nobody."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from uuid import UUID

from infra.sample_campus import layout
from infra.sample_campus.hands import Hands
from infra.sample_campus.places import library_id, space_id
from infra.sample_campus.progress import Tally
from services.booking.commands.define_floor import DefineFloor, define_floor
from services.booking.commands.define_library import DefineLibrary, define_library
from services.booking.commands.define_space import DefineSpace, define_space
from services.booking.commands.define_zone import DefineZone, define_zone
from services.events.commands.close_library_event import CloseLibraryEvent, close_library_event
from services.events.commands.count_heads import CountHeads, count_heads
from services.events.commands.draft_library_event import DraftLibraryEvent, draft_library_event
from services.events.commands.publish_library_event import (
    PublishLibraryEvent,
    publish_library_event,
)
from services.events.domain.actor import Actor
from services.events.domain.plan import Plan, Programme
from shared.kernel.identifiers import named_id

CODE = "CARP"
YEAR = 2018
"""The loaded year: 481 workshops. The file holds 2012 to 2019."""
ORGANIZER: UUID = named_id("carpentries", "organizer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """One real workshop; `attendance` is None where nobody wrote a figure down."""

    slug: str
    tag: str
    starts_on: date
    attendance: int | None
    host: str
    country: str


def workshops(year: int | None = None) -> Iterator[Workshop]:
    """Yield the shipped workshops, of one year if given, in the order of their dates."""
    with (layout.DATA / "carpentries_workshops.csv").open(encoding="utf-8") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: (row["start_date"], row["slug"]))
    for row in rows:
        starts_on = date.fromisoformat(row["start_date"])
        if year is None or starts_on.year == year:
            yield Workshop(
                slug=row["slug"],
                tag=row["tag_name"],
                starts_on=starts_on,
                attendance=int(row["attendance"]) if row["attendance"] else None,
                host=row["host_name"],
                country=row["country"],
            )


def load_workshops(hands: Hands, tally: Tally, tell: Callable[[str], None]) -> None:
    """Draft, publish, count and close every workshop of the year; `tell` how many are done."""
    define_library(
        DefineLibrary(
            library_id=library_id(CODE),
            code=CODE,
            timezone="UTC",
            name_zh="木匠工坊",
            name_en="The Carpentries",
        ),
        **hands.inventory(),
    )
    _define_a_place(hands)
    hands.bus.move()
    for number, workshop in enumerate(workshops(YEAR), 1):
        tally.attempt("The Carpentries: workshops", partial(_hold, hands, workshop))
        tell(f"{number} workshops")


def _define_a_place(hands: Hands) -> None:
    """Define one space, never open: the other services know a library by its spaces."""
    floor_id, zone_id = named_id("floor", CODE, "ROAD"), named_id("zone", CODE, "ROAD")
    define_floor(
        DefineFloor(
            floor_id=floor_id,
            library_id=library_id(CODE),
            code="ROAD",
            name_zh="巡回",
            name_en="On the road",
            level=0,
        ),
        **hands.inventory(),
    )
    define_zone(
        DefineZone(
            zone_id=zone_id, floor_id=floor_id, code="ROAD", name_zh="巡回", name_en="On the road"
        ),
        **hands.inventory(),
    )
    define_space(
        DefineSpace(
            space_id=space_id(CODE, "ROAD"),
            zone_id=zone_id,
            code="ROAD",
            name_zh="借来的教室",
            name_en="A borrowed classroom",
            space_type="room",
            space_kind="academic",
            capacity=40,
        ),
        **hands.inventory(),
    )


def _hold(hands: Hands, workshop: Workshop) -> bool:
    starts = datetime.combine(workshop.starts_on, time(9), tzinfo=UTC)
    by = Actor(patron_id=ORGANIZER, organizer=True)
    workshop_id = named_id("carpentries", workshop.slug)
    title = f"{workshop.tag}: {workshop.host}"
    plan = Plan(
        programme=Programme.TRAINING if "TTT" in workshop.tag else Programme.WORKSHOP,
        title_zh=title,
        title_en=title,
        place=f"{workshop.host}, {workshop.country}",
        library_id=library_id(CODE),
        space_kind="academic",
        starts_at=starts,
        ends_at=starts + timedelta(hours=8),
        capacity=max(40, workshop.attendance or 0),
    )
    hands.clock.set(starts - timedelta(days=30))
    draft_library_event(
        DraftLibraryEvent(by=by, plan=plan, library_event_id=workshop_id), **hands.arranging()
    )
    publish_library_event(
        PublishLibraryEvent(library_event_id=workshop_id, by=by), **hands.arranging()
    )
    hands.clock.set(starts + timedelta(hours=8))
    if workshop.attendance is not None:
        count_heads(
            CountHeads(library_event_id=workshop_id, by=by, anonymous=workshop.attendance),
            **hands.arranging(),
        )
    hands.clock.set(starts + timedelta(hours=9))
    close_library_event(CloseLibraryEvent(library_event_id=workshop_id, by=by), **hands.arranging())
    return True
