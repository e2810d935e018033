"""The invented library: floors, zones, spaces, hours with holidays, rules."""

import csv
from collections.abc import Iterator
from datetime import date
from uuid import UUID

from infra.sample_campus import layout
from infra.sample_campus.hands import STAFF, Hands
from services.booking.commands.add_hours_exception import AddHoursException
from services.booking.commands.define_floor import DefineFloor, define_floor
from services.booking.commands.define_library import DefineLibrary, define_library
from services.booking.commands.define_space import DefineSpace, define_space
from services.booking.commands.define_zone import DefineZone, define_zone
from services.booking.commands.import_hours_exceptions import (
    ImportHoursExceptions,
    import_hours_exceptions,
)
from services.booking.commands.publish_rules import PublishRules, publish_rules
from services.booking.commands.set_weekly_hours import SetWeeklyHours, set_weekly_hours
from services.booking.domain.space import Plan
from shared.kernel.identifiers import named_id

HOLIDAY_EN = {
    "元旦": "New Year's Day",
    "春节": "Spring Festival",
    "清明节": "Qingming Festival",
    "劳动节": "Labour Day",
    "端午节": "Dragon Boat Festival",
    "中秋节": "Mid-Autumn Festival",
    "国庆节": "National Day",
    "国庆节、中秋节": "National Day and Mid-Autumn Festival",
}


def library_id(code: str) -> UUID:
    """Return the id of a sample library: the same at every loading."""
    return named_id("library", code)


def space_id(library_code: str, code: str) -> UUID:
    """Return the id of a sample space: the same at every loading."""
    return named_id("space", library_code, code)


def build_library(hands: Hands) -> int:
    """Define the invented library with everything in it; return the number of its spaces."""
    record = layout.campus()["library"]
    define_library(
        DefineLibrary(library_id=library_id(record["code"]), **record), **hands.inventory()
    )
    return sum(_build_floor(hands, record["code"], floor) for floor in layout.floors())


def _build_floor(hands: Hands, library: str, floor: layout.FloorRecord) -> int:
    floor_id = named_id("floor", library, floor.code)
    define_floor(
        DefineFloor(
            floor_id=floor_id,
            library_id=library_id(library),
            code=floor.code,
            name_zh=floor.name_zh,
            name_en=floor.name_en,
            level=floor.level,
        ),
        **hands.inventory(),
    )
    return sum(_build_zone(hands, library, floor_id, zone) for zone in floor.zones)


def _build_zone(hands: Hands, library: str, floor_id: UUID, zone: layout.ZoneRecord) -> int:
    zone_id = named_id("zone", library, zone.code)
    define_zone(
        DefineZone(
            zone_id=zone_id,
            floor_id=floor_id,
            code=zone.code,
            name_zh=zone.name_zh,
            name_en=zone.name_en,
            quiet=zone.quiet,
        ),
        **hands.inventory(),
    )
    if zone.weekly is not None:
        set_weekly_hours(
            SetWeeklyHours(scope_type="zone", scope_id=zone_id, weekly=zone.weekly),
            **hands.inventory(),
        )
    for space in zone.spaces:
        define_space(_definition(library, zone_id, space), **hands.inventory())
    return len(zone.spaces)


def _definition(library: str, zone_id: UUID, space: layout.SpaceRecord) -> DefineSpace:
    x, y, width, height = space.plan
    return DefineSpace(
        space_id=space_id(library, space.code),
        zone_id=zone_id,
        code=space.code,
        name_zh=space.name_zh,
        name_en=space.name_en,
        space_type=space.space_type,
        space_kind=space.space_kind,
        capacity=space.capacity,
        features=space.features,
        accessible=space.accessible,
        plan=Plan(x=x, y=y, width=width, height=height),
    )


def set_hours(hands: Hands) -> None:
    """Set weekly hours, holidays and working weekends; a holiday that cannot be kept stops it."""
    campus = layout.campus()
    chu = library_id(campus["library"]["code"])
    weekly = layout.weekly_hours(campus["weekly_hours"])
    set_weekly_hours(
        SetWeeklyHours(scope_type="library", scope_id=chu, weekly=weekly), **hands.inventory()
    )
    lines = list(_holidays(chu, layout.wall_minutes(campus["working_weekend_hours"])))
    report = import_hours_exceptions(ImportHoursExceptions(exceptions=lines), **hands.inventory())
    if refused := [line for line in report if not line.added]:
        msg = f"{len(refused)} holidays were refused, the first: {refused[0]}"
        raise RuntimeError(msg)


def holidays() -> Iterator[tuple[date, str, str]]:
    """Yield (day, off or working, Chinese name) of every holiday and working weekend shipped."""
    with (layout.DATA / "holidays_cn.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield date.fromisoformat(row["day"]), row["kind"], row["name_zh"]


def _holidays(chu: UUID, working: list[tuple[int, int]]) -> Iterator[AddHoursException]:
    for day, kind, name in holidays():
        is_off = kind == "off"
        english = HOLIDAY_EN.get(name, name)
        yield AddHoursException(
            scope_type="library",
            scope_id=chu,
            first_day=day,
            last_day=day,
            name_zh=name if is_off else f"{name}调休开放",
            name_en=english if is_off else f"{english}: working weekend",
            spans=() if is_off else working,
        )


def publish_campus_rules(hands: Hands) -> None:
    """Publish the campus's rulebooks."""
    chu = library_id(layout.campus()["library"]["code"])
    for rule in layout.campus()["rules"]:
        is_library = rule["scope"] == "library"
        publish_rules(
            PublishRules(
                library_id=chu,
                scope_type="library" if is_library else "space_type",
                scope_id=str(chu) if is_library else rule["scope"],
                body=rule["body"],
                actor=STAFF,
            ),
            **hands.reserving(),
        )
