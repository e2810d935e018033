"""Notices and what they speak of, for tests: everything has a default."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from gateway.domain.notice import Kind, Notice
from gateway.domain.notice_ports import Told
from gateway.domain.places import KnownActivity, KnownSpace
from shared.contracts import booking, events
from shared.kernel.identifiers import new_id
from tests.support.gateway_builders import NOON

LIBRARY, SPACE, ACTIVITY = UUID(int=11), UUID(int=12), UUID(int=13)
TOMORROW = NOON + timedelta(days=1, hours=2)


def a_known_space(**changed: Any) -> KnownSpace:
    return KnownSpace(
        **{
            "space_id": SPACE,
            "library_id": LIBRARY,
            "timezone": "Asia/Shanghai",
            "code": "R-301",
            "name_zh": "研讨间 301",
            "name_en": "Group room 301",
            "library_zh": "澄湖图书馆",
            "library_en": "Chenghu Library",
            "heard": 1,
            **changed,
        }
    )


def a_known_activity(**changed: Any) -> KnownActivity:
    return KnownActivity(
        **{
            "library_event_id": ACTIVITY,
            "library_id": LIBRARY,
            "space_id": SPACE,
            "title_zh": "宋词夜读",
            "title_en": "An evening of Song poems",
            "place": "",
            "starts_at": TOMORROW,
            "ends_at": TOMORROW + timedelta(hours=2),
            "calendar_sequence": 1,
            "heard": 1,
            "timezone": "Asia/Shanghai",
            **changed,
        }
    )


def a_notice(kind: Kind = Kind.BOOKING_CONFIRMED, **changed: Any) -> Notice:
    about_activity = kind.value.startswith(("place_", "activity_"))
    return Notice(
        **{
            "id": new_id(),
            "kind": kind,
            "source_id": new_id(),
            "patron_id": new_id(),
            "subject_id": ACTIVITY if about_activity else new_id(),
            "heard": 1,
            "created_at": NOON,
            "starts_at": TOMORROW,
            "ends_at": TOMORROW + timedelta(hours=2),
            "space_id": SPACE,
            **changed,
        }
    )


def told(kind: Kind = Kind.BOOKING_CONFIRMED, **changed: Any) -> Told:
    """Return a notice with a space and, where it is about one, an activity."""
    notice = a_notice(kind, **changed)
    activity = a_known_activity() if notice.is_about_activity else None
    return Told(notice=notice, space=a_known_space(), activity=activity)


def a_reservation(**changed: Any) -> dict[str, Any]:
    """Return what a message about a reservation says."""
    return {
        "reservation_id": new_id(),
        "patron_id": new_id(),
        "library_id": LIBRARY,
        "space_id": SPACE,
        "space_type": "room",
        "space_kind": "learning",
        "starts_at": TOMORROW,
        "ends_at": TOMORROW + timedelta(hours=2),
        **changed,
    }


def a_sign_up(**changed: Any) -> dict[str, Any]:
    """Return what a message about a sign-up says."""
    return {
        "registration_id": new_id(),
        "library_event_id": ACTIVITY,
        "library_id": LIBRARY,
        "patron_id": new_id(),
        "programme": "salon",
        "space_kind": "cultural",
        "starts_at": TOMORROW,
        **changed,
    }


def a_space_defined(**changed: Any) -> booking.SpaceDefined:
    return booking.SpaceDefined(
        **{
            "space_id": SPACE,
            "library_id": LIBRARY,
            "library_timezone": "Asia/Shanghai",
            "code": "R-301",
            "name_zh": "研讨间 301",
            "name_en": "Group room 301",
            "space_type": "room",
            "space_kind": "learning",
            "capacity": 6,
            "library_zh": "澄湖图书馆",
            "library_en": "Chenghu Library",
            **changed,
        }
    )


def a_published_activity(**changed: Any) -> events.LibraryEventPublished:
    return events.LibraryEventPublished(
        **{
            "library_event_id": ACTIVITY,
            "library_id": LIBRARY,
            "programme": "salon",
            "space_id": SPACE,
            "space_kind": "cultural",
            "starts_at": TOMORROW,
            "ends_at": TOMORROW + timedelta(hours=2),
            "capacity": 20,
            "title_zh": "宋词夜读",
            "title_en": "An evening of Song poems",
            "calendar_sequence": 1,
            **changed,
        }
    )
