"""Activities, spaces and people to test with; everything has a default, name only what matters."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from services.events.domain.actor import Actor
from services.events.domain.library_event import LibraryEvent, Status
from services.events.domain.plan import Plan, Programme
from services.events.domain.registration import Registration
from services.events.domain.registration import Status as RegistrationStatus
from services.events.domain.room import Room, RoomState
from services.events.domain.space import Setting, Space
from shared.kernel.identifiers import new_id

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
TOMORROW = NOW + timedelta(days=1)
LIBRARY = UUID("00000000-0000-7000-8000-000000000001")
SALON = UUID("00000000-0000-7000-8000-000000000002")
ORGANIZER = UUID("00000000-0000-7000-8000-000000000003")
ANN, BEN, CUI, DAI = (UUID(int=number) for number in (11, 12, 13, 14))
"""Four patrons."""

an_organizer = Actor(patron_id=ORGANIZER, organizer=True)
another_organizer = Actor(patron_id=UUID(int=99), organizer=True)
a_librarian = Actor(patron_id=UUID(int=98), staff=True)


def a_space(**changes: Any) -> Space:
    known: dict[str, Any] = {
        "id": SALON,
        "library_id": LIBRARY,
        "timezone": "Asia/Shanghai",
        "code": "SALON",
        "name_zh": "湖畔沙龙",
        "name_en": "Lakeside Salon",
        "space_type": "room",
        "space_kind": "cultural",
        "capacity": 40,
    }
    return Space(**known | changes)


def a_plan(**changes: Any) -> Plan:
    known: dict[str, Any] = {
        "programme": Programme.SALON,
        "title_zh": "秋夜读诗",
        "title_en": "Poems on an autumn evening",
        "space_id": SALON,
        "starts_at": TOMORROW,
        "ends_at": changes.get("starts_at", TOMORROW) + timedelta(hours=2),
        "capacity": 2,
    }
    return Plan(**known | changes)


def a_plan_elsewhere(**changes: Any) -> Plan:
    """An activity that needs no room of ours."""
    elsewhere = {
        "space_id": None,
        "place": "Botanical garden",
        "library_id": LIBRARY,
        "space_kind": "learning",
    }
    return a_plan(**elsewhere | changes)


def a_library_event(*, status: Status = Status.PUBLISHED, **changes: Any) -> LibraryEvent:
    plan = changes.pop("plan", None) or a_plan(**changes.pop("planned", {}))
    known: dict[str, Any] = {
        "id": new_id(),
        "organizer_id": ORGANIZER,
        "plan": plan,
        "setting": Setting(library_id=LIBRARY, timezone="Asia/Shanghai", space_kind="cultural"),
        "attendance_secret": b"a secret of the room",
        "created_at": NOW,
        "changed_at": NOW,
        "status": status,
        "room": Room(state=RoomState.HELD, request_id=new_id(), reservation_id=new_id()),
    }
    return LibraryEvent(**known | changes)


def a_registration(
    *, status: RegistrationStatus = RegistrationStatus.WAITLISTED, **changes: Any
) -> Registration:
    known: dict[str, Any] = {
        "id": new_id(),
        "library_event_id": new_id(),
        "patron_id": new_id(),
        "party_size": 1,
        "status": status,
        "registered_at": NOW,
        "changed_at": NOW,
    }
    if status is RegistrationStatus.OFFERED:
        known["offer_expires_at"] = NOW + timedelta(hours=1)
    return Registration(**known | changes)
