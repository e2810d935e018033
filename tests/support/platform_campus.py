"""A library of a test's own on a running platform, set up over HTTP as its staff would."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from tests.support.platform_people import Person
from tests.support.polling import eventually

BOOKING = "/api/booking/v1"
EVENTS = "/api/events/v1"
ENGAGEMENT = "/api/engagement/v1"
SHANGHAI_OFFSET = timedelta(hours=8)
NIGHT_AND_DAY = [
    {"weekday": weekday, "spans": [{"opens": "00:00", "closes": "24:00"}]} for weekday in range(7)
]
# Before the set clocks of some tests and before today, whenever they run.
LONG_AGO = "2026-01-01T00:00:00Z"
# Any minute may be a start, and who has a place may check in at once.
RELAXED: dict[str, Any] = {
    "start_step_minutes": 1,
    "check_in_opens_before_minutes": 1440,
    "window_days": 30,
}


@dataclass(frozen=True)
class PlatformCampus:
    """A library that never closes."""

    staff: Person
    library_id: str
    zone_id: str
    space_ids: Sequence[str]


def build_campus(staff: Person, *, rooms: int, capacity: int = 30, **rules: Any) -> PlatformCampus:
    """Define library, floor, zone, rooms (learning), hours and rules."""
    named = {"name_zh": "试验馆", "name_en": "Trial Library"}
    code = f"T{uuid4().hex[:8]}"
    library = {"code": code, **named, "timezone": "Asia/Shanghai"}
    library_id = staff.post(f"{BOOKING}/libraries", library)["id"]
    floor = staff.post(
        f"{BOOKING}/libraries/{library_id}/floors", {"code": f"{code}F", **named, "level": 1}
    )
    zone = staff.post(f"{BOOKING}/zones", {"code": f"{code}Z", **named, "floor_id": floor["id"]})
    space_ids = [
        staff.post(
            f"{BOOKING}/spaces",
            {
                "code": f"{code}R{number:03}",
                "name_zh": f"{number} 号室",
                "name_en": f"Room {number}",
                "zone_id": zone["id"],
                "space_type": "room",
                "space_kind": "learning",
                "capacity": capacity,
            },
        )["id"]
        for number in range(rooms)
    ]
    staff.put(f"{BOOKING}/hours/library/{library_id}/weekly", {"days": NIGHT_AND_DAY})
    scope = {"library_id": library_id, "scope_type": "library", "scope_id": library_id}
    since = {"valid_from": LONG_AGO}
    staff.post(f"{BOOKING}/rulebooks", {**scope, **since, "body": {**RELAXED, **rules}})
    return PlatformCampus(staff, library_id, zone["id"], space_ids)


def wait_until_told(campus: PlatformCampus) -> None:
    """Wait until engagement has heard of the library: it knows no figures of one it has not."""
    week = {"from": "2026-11-02", "to": "2026-11-08", "library": campus.library_id}
    eventually(lambda: campus.staff.get(f"{ENGAGEMENT}/metrics/M05", **week))


def local_midnight(days_ahead: int) -> datetime:
    """The start of a day in Shanghai, as UTC."""
    local = datetime.now(UTC) + SHANGHAI_OFFSET
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0) - SHANGHAI_OFFSET
    return midnight + timedelta(days=days_ahead)


def this_minute() -> datetime:
    return datetime.now(UTC).replace(second=0, microsecond=0)


def slot(space_id: str, starts_at: datetime, minutes: int = 60) -> dict[str, Any]:
    """The body of a request for a reservation."""
    ends_at = starts_at + timedelta(minutes=minutes)
    return {
        "space_id": space_id,
        "starts_at": starts_at.isoformat(),
        "ends_at": ends_at.isoformat(),
    }
