"""The campus file read into plain records: floors, zones, every seat with its place on the plan."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).with_name("data")


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceRecord:
    """One space as the campus file describes it; `plan` is x, y, width, height in decimetres."""

    code: str
    name_zh: str
    name_en: str
    space_type: str
    space_kind: str
    capacity: int
    features: tuple[str, ...]
    accessible: bool
    plan: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneRecord:
    """A zone with its spaces and, where it has its own, its weekly hours in wall minutes."""

    code: str
    name_zh: str
    name_en: str
    quiet: bool
    weekly: dict[int, list[tuple[int, int]]] | None
    spaces: list[SpaceRecord] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorRecord:
    """A floor with its zones."""

    code: str
    level: int
    name_zh: str
    name_en: str
    zones: list[ZoneRecord]


@cache
def campus() -> dict[str, Any]:
    """Return the campus file as it stands."""
    loaded: dict[str, Any] = yaml.safe_load((DATA / "campus.yaml").read_text(encoding="utf-8"))
    return loaded


def floors() -> list[FloorRecord]:
    """Return the floors of the invented library, every seat written out."""
    return [
        FloorRecord(
            code=floor["code"],
            level=floor["level"],
            name_zh=floor["name_zh"],
            name_en=floor["name_en"],
            zones=[_zone(zone) for zone in floor["zones"]],
        )
        for floor in campus()["floors"]
    ]


def wall_minutes(spans: list[list[str]]) -> list[tuple[int, int]]:
    """Return [["07:30", "22:30"]] as minutes since midnight."""
    return [(_minutes(opens), _minutes(closes)) for opens, closes in spans]


def weekly_hours(days: dict[int, list[list[str]]]) -> dict[int, list[tuple[int, int]]]:
    """Return a week of opening hours in wall minutes; Monday is 0."""
    return {weekday: wall_minutes(spans) for weekday, spans in days.items()}


def _minutes(clock_time: str) -> int:
    hours, minutes = clock_time.split(":")
    return int(hours) * 60 + int(minutes)


def _zone(zone: dict[str, Any]) -> ZoneRecord:
    spaces = [_space(space) for space in zone.get("spaces", ())]
    spaces += _rooms(zone["rooms"]) if "rooms" in zone else []
    spaces += _seats(zone["seats"], zone) if "seats" in zone else []
    return ZoneRecord(
        code=zone["code"],
        name_zh=zone["name_zh"],
        name_en=zone["name_en"],
        quiet=zone["quiet"],
        weekly=weekly_hours(zone["hours"]) if "hours" in zone else None,
        spaces=spaces,
    )


def _space(space: dict[str, Any]) -> SpaceRecord:
    x, y, width, height = space["at"]
    return SpaceRecord(
        code=space["code"],
        name_zh=space["name_zh"],
        name_en=space["name_en"],
        space_type=space["type"],
        space_kind=space["kind"],
        capacity=space["capacity"],
        features=tuple(space["features"]),
        accessible=space.get("accessible", False),
        plan=(x, y, width, height),
    )


def _rooms(rooms: dict[str, Any]) -> list[SpaceRecord]:
    (x, y), (dx, dy), (width, height) = rooms["at"], rooms["step"], rooms["size"]
    records = []
    for nth, room in enumerate(rooms["list"]):
        place = [x + nth * dx, y + nth * dy, width, height]
        records.append(_space({**room, "type": "room", "kind": rooms["kind"], "at": place}))
    return records


def _seats(seats: dict[str, Any], zone: dict[str, Any]) -> list[SpaceRecord]:
    (x, y), (dx, dy) = seats["at"], seats["step"]
    records = []
    for row in range(seats["rows"]):
        for column in range(seats["columns"]):
            nth = row * seats["columns"] + column
            code = f"{seats['prefix']}{nth + 1:03d}"
            power = column % seats["power_every"] == 0
            window = row == 0
            records.append(
                SpaceRecord(
                    code=code,
                    name_zh=f"{zone['name_zh']} {code} 座",
                    name_en=f"{zone['name_en']}, seat {code}",
                    space_type="seat",
                    space_kind=seats["kind"],
                    capacity=1,
                    features=("power",) * power + ("window",) * window + ("quiet",) * zone["quiet"],
                    accessible=nth < seats["accessible_first"],
                    plan=(x + column * dx, y + row * dy, 18, 14),
                )
            )
    return records
