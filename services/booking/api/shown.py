"""Domain objects as the plain values that schemas dump."""

from collections.abc import Mapping
from typing import Any

from services.booking.domain import rulebook_body
from services.booking.domain.reservation import Reservation
from services.booking.domain.rulebook import Rulebook


def reservation_shown(reservation: Reservation) -> dict[str, Any]:
    """Return a reservation as it goes out."""
    window = reservation.check_in_window
    return {
        "id": reservation.id,
        "library_id": reservation.library_id,
        "space_id": reservation.space_id,
        "space_type": reservation.space_type,
        "space_kind": reservation.space_kind,
        "patron_id": reservation.patron_id,
        "starts_at": reservation.during.start,
        "ends_at": reservation.during.end,
        "party_size": reservation.party_size,
        "status": reservation.status.value,
        "purpose": reservation.purpose,
        "library_event_id": reservation.library_event_id,
        "check_in_from": window and window.start,
        "check_in_until": window and window.end,
        "checked_in_at": reservation.checked_in_at,
        "ended_at": reservation.ended_at,
        "expires_at": reservation.expires_at,
        "status_reason": reservation.status_reason,
        "rule_version": reservation.rule_version,
        "version": reservation.version,
        "created_at": reservation.created_at,
        "changed_at": reservation.changed_at,
    }


def note_shown(note: Mapping[str, Any]) -> dict[str, Any]:
    """Return a line of a reservation's history as it goes out.

    Its instants are kept as they were once written, with +00:00; they go out as all others do.
    """
    change: Mapping[str, Any] = note["change"]
    return {**note, "change": {name: _in_utc(value) for name, value in change.items()}}


def _in_utc(told: Any) -> Any:
    if not isinstance(told, Mapping):
        return told
    return {
        name: value.replace("+00:00", "Z") if name.endswith("_at") else value
        for name, value in told.items()
    }


def rulebook_shown(rulebook: Rulebook) -> dict[str, Any]:
    """Return a rulebook as it goes out, every default written out."""
    return {
        "id": rulebook.id,
        "library_id": rulebook.library_id,
        "scope_type": rulebook.scope_type,
        "scope_id": rulebook.scope_id,
        "patron_class": rulebook.patron_class,
        "version": rulebook.version,
        "body": rulebook_body.plain(rulebook.body),
        "valid_from": rulebook.valid_from,
        "published_by": rulebook.published_by,
        "published_at": rulebook.published_at,
    }
