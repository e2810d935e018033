"""What is measured: 100 rooms with 20,000 reservations, and free slots to ask for."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Engine, text

from infra.bench.identities import Identities
from infra.bench.load import Prepared
from services.booking.commands.define_floor import DefineFloor, define_floor
from services.booking.commands.define_library import DefineLibrary, define_library
from services.booking.commands.define_space import DefineSpace, define_space
from services.booking.commands.define_zone import DefineZone, define_zone
from services.booking.commands.publish_rules import PublishRules, publish_rules
from services.booking.commands.set_weekly_hours import SetWeeklyHours, set_weekly_hours
from services.booking.domain.actor import Actor
from services.booking.persistence.unit_of_work import BookingUnitOfWork
from shared.kernel.clock import SystemClock
from shared.kernel.identifiers import named_id, new_id
from shared.persistence.transactions import OwnTransactions

ROOMS = 100
PATRONS = 400
SEEDED = 20_000
SEEDED_DAYS = 20
SEEDED_HOURS = SEEDED // ROOMS // SEEDED_DAYS
FREE_HOURS = 14
LIBRARY = named_id("bench", "library")
RULES = {
    "min_minutes": 30,
    "max_minutes": 240,
    "default_minutes": 60,
    "start_step_minutes": 30,
    "window_days": 365,
    "quotas": [
        {"unit": "minutes", "period": "day", "limit": 480, "scope": "space_type"},
        {"unit": "count", "period": "week", "limit": 60, "scope": "space_type"},
    ],
}
SEED = """
INSERT INTO reservation (id, library_id, space_id, patron_id, during, held,
    status, party_size, purpose, rulebook_id, rule_version, calendar_uid, created_at,
    changed_at, check_in_from, check_in_until)
SELECT row.id, library_id, space_id, patron_id, during, during,
    'confirmed', 1, 'patron', rulebook_id, 1, row.id::text, now(),
    now(), starts_at - interval '15 minutes', starts_at + interval '15 minutes'
FROM unnest(%(ids)s::uuid[], %(spaces)s::uuid[], %(patrons)s::uuid[], %(starts)s::timestamptz[])
    AS row (id, space_id, patron_id, starts_at),
    LATERAL (SELECT tstzrange(starts_at, starts_at + interval '1 hour') AS during) AS span,
    (SELECT id AS rulebook_id, library_id FROM rulebook LIMIT 1) AS book
"""


def rooms() -> list[UUID]:
    """Return the ids of the hundred rooms."""
    return [named_id("bench", "room", str(nth)) for nth in range(ROOMS)]


def patrons() -> list[UUID]:
    """Return the ids of the four hundred people."""
    return [named_id("bench", "patron", str(nth)) for nth in range(PATRONS)]


def lay(engine: Engine) -> datetime:
    """Define everything, seed the reservations, and return the first free day's first instant."""
    _define(engine)
    today = SystemClock().now().replace(hour=0, minute=0, second=0, microsecond=0)
    first = today + timedelta(days=1)
    starts, spaces, holders = [], [], []
    for day in range(SEEDED_DAYS):
        for hour in range(SEEDED_HOURS):
            for nth, room in enumerate(rooms()):
                starts.append(first + timedelta(days=day, hours=8 + hour))
                spaces.append(room)
                holders.append(patrons()[(hour * ROOMS + nth) % PATRONS])
    row = {"ids": [new_id() for _ in starts], "spaces": spaces, "patrons": holders}
    with engine.begin() as connection:
        connection.exec_driver_sql(SEED, {**row, "starts": starts})
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE reservation"))
    return first + timedelta(days=SEEDED_DAYS)


def creations(identities: Identities, first_free: datetime, count: int) -> list[Prepared]:
    """Return so many creations, each of a free slot of its own, by 400 people in turn."""
    tokens = [identities.token(patron) for patron in patrons()]
    prepared: list[Prepared] = []
    for nth, (room, starts_at) in enumerate(_free_slots(first_free)):
        if len(prepared) == count:
            return prepared
        body = {
            "space_id": str(room),
            "starts_at": starts_at.isoformat(),
            "ends_at": (starts_at + timedelta(hours=1)).isoformat(),
        }
        prepared.append(
            Prepared(
                method="POST",
                path="/api/booking/v1/reservations",
                token=tokens[nth % PATRONS],
                key=str(new_id()),
                body=json.dumps(body),
            )
        )
    return prepared


def week_of_all_rooms(identities: Identities, first_day: datetime) -> Prepared:
    """Return the question for a week of the hundred rooms."""
    path = (
        f"/api/booking/v1/week?library={LIBRARY}&space_type=room"
        f"&from={first_day.date().isoformat()}"
    )
    return Prepared(method="GET", path=path, token=identities.token(patrons()[0]))


def _free_slots(first_free: datetime) -> Iterator[tuple[UUID, datetime]]:
    """Yield slots hour by hour over all rooms: nobody is asked to be in two places at once."""
    for day in range(300):
        for hour in range(FREE_HOURS):
            starts_at = first_free + timedelta(days=day, hours=8 + hour)
            for room in rooms():
                yield room, starts_at


def _define(engine: Engine) -> None:
    clock = SystemClock()
    transactions = OwnTransactions(engine)
    uow = BookingUnitOfWork(transactions, clock=clock)
    define_library(
        DefineLibrary(
            library_id=LIBRARY, code="BENCH", name_zh="测", name_en="Bench", timezone="UTC"
        ),
        uow=uow,
        clock=clock,
    )
    floor_id, zone_id = named_id("bench", "floor"), named_id("bench", "zone")
    floor = DefineFloor(
        floor_id=floor_id, library_id=LIBRARY, code="F", name_zh="测", name_en="Bench", level=0
    )
    define_floor(floor, uow=uow, clock=clock)
    define_zone(
        DefineZone(zone_id=zone_id, floor_id=floor_id, code="Z", name_zh="测", name_en="Bench"),
        uow=uow,
        clock=clock,
    )
    for nth, room in enumerate(rooms()):
        define_space(
            DefineSpace(
                space_id=room,
                zone_id=zone_id,
                code=f"R{nth:03d}",
                name_zh=f"房间 {nth}",
                name_en=f"Room {nth}",
                space_type="room",
                space_kind="learning",
                capacity=4,
            ),
            uow=uow,
            clock=clock,
        )
    weekly = {weekday: [(0, 1440)] for weekday in range(7)}
    hours = SetWeeklyHours(scope_type="library", scope_id=LIBRARY, weekly=weekly)
    set_weekly_hours(hours, uow=uow, clock=clock)
    publish_rules(
        PublishRules(
            library_id=LIBRARY,
            scope_type="library",
            scope_id=str(LIBRARY),
            body=RULES,
            actor=Actor(named_id("bench", "staff"), staff=True),
        ),
        uow=uow,
        clock=clock,
    )
