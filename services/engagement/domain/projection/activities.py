"""Activities, sign-ups and attendances as facts."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from services.engagement.domain.act import Act, quarter_of
from services.engagement.domain.projection.participation import ATTENDED, participation_row
from services.engagement.domain.projection.surroundings import FactRows, Surroundings, last_of
from shared.contracts import events

ACTIVITY_STATUS: Mapping[str, str] = MappingProxyType(
    {
        events.LibraryEventPublished.type: "published",
        events.LibraryEventMoved.type: "published",
        events.LibraryEventCancelled.type: "cancelled",
        events.LibraryEventClosed.type: "closed",
    }
)
SIGN_UP_STATUS: Mapping[str, str] = MappingProxyType(
    {
        events.RegistrationConfirmed.type: "confirmed",
        events.RegistrationWaitlisted.type: "waitlisted",
        events.PlaceOffered.type: "offered",
        events.PlaceOfferLapsed.type: "lapsed",
        events.RegistrationCancelled.type: "cancelled",
        events.RegistrationNoShow.type: "no_show",
    }
)


def fold_library_event(acts: Sequence[Act], around: Surroundings) -> FactRows:
    """Return the activity as last told, with its last head-count.

    One that moved counts for the day it moved to.
    """
    told = last_of(acts, *ACTIVITY_STATUS)
    if told is None:  # a head-count alone: the activity itself is not known yet
        return {}
    closed = last_of(acts, events.LibraryEventClosed.type)
    headcount = last_of(acts, events.HeadcountRecorded.type)
    starts_at = told.moment("starts_at")
    row: dict[str, Any] = {
        "thread": told.thread,
        "library_event_id": told.identifier("library_event_id"),
        "library_id": told.library_id,
        "programme": told.programme,
        "space_id": told.space_id,
        "space_kind": told.space_kind,
        "local_day": around.day_of(starts_at),
        "quarter_hour": quarter_of(starts_at),
        "capacity": told.data["capacity"],
        "status": ACTIVITY_STATUS[told.type],
        "attendance_measured": None if closed is None else closed.data["attendance_measured"],
        "attendance_named": None if closed is None else closed.data.get("attendance_named", True),
        "headcount": None if headcount is None else headcount.data["anonymous"],
        "headcount_message_id": None if headcount is None else headcount.message_id,
        "status_message_id": told.message_id,
    }
    return {"library_event": [row]}


def fold_registration(acts: Sequence[Act], around: Surroundings) -> FactRows:
    """Return the sign-up as last told: a move changes its day and leaves how it stood."""
    told = acts[-1]
    stood = last_of(acts, *SIGN_UP_STATUS)
    row = {
        **around.placed(told, told.moment("starts_at")),
        "registration_id": told.identifier("registration_id"),
        "library_event_id": told.identifier("library_event_id"),
        "library_id": told.library_id,
        "programme": told.programme,
        "space_kind": told.space_kind,
        "party_size": told.party_size,
        "status": told.data["status"] if stood is None else SIGN_UP_STATUS[stood.type],
        "late": stood is not None and bool(stood.data.get("late", False)),
        "status_message_id": (stood or told).message_id,
    }
    return {"registration": [row]}


def fold_attendance(acts: Sequence[Act], around: Surroundings) -> FactRows:
    """Return the attendance; void once voided, even if the voiding was heard first."""
    recorded = last_of(acts, events.AttendanceRecorded.type)
    if recorded is None:
        return {}
    valid = last_of(acts, events.AttendanceVoided.type) is None
    registered = recorded.data.get("registration_id")
    row = {
        **around.placed(recorded, recorded.occurred_at),
        "attendance_id": recorded.identifier("attendance_id"),
        "library_event_id": recorded.identifier("library_event_id"),
        "registration_id": None if registered is None else recorded.identifier("registration_id"),
        "library_id": recorded.library_id,
        "programme": recorded.programme,
        "space_kind": recorded.space_kind,
        "party_size": recorded.party_size,
        "valid": valid,
        "message_id": recorded.message_id,
    }
    act = participation_row(recorded, ATTENDED, around, valid=valid)
    return {"attendance": [row], "participation_act": [act]}
