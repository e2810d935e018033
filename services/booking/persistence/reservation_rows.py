"""Rows to reservations and back: the columns as they are read, and as they are written."""

from typing import Any

from sqlalchemy import Row

from services.booking.domain.reservation import Reservation, Status
from shared.kernel.time_span import TimeSpan

# Bounds instead of ranges: the driver reads them faster than it reads a range.
READ = (
    "SELECT r.id, r.library_id, r.space_id, s.space_type, s.space_kind, r.patron_id,"
    " lower(r.during) AS starts_at, upper(r.during) AS ends_at,"
    " lower(r.held) AS held_from, upper(r.held) AS held_until,"
    " r.status, r.party_size, r.purpose, r.library_event_id, r.request_id, r.rulebook_id,"
    " r.rule_version, r.check_in_from, r.check_in_until, r.checked_in_at, r.ended_at,"
    " r.expires_at, r.status_reason, r.sequence_no, r.version, r.created_at, r.changed_at"
    " FROM reservation AS r JOIN space AS s ON s.id = r.space_id"
)


def reservation_from(row: Row[Any]) -> Reservation:
    """Return the reservation a row of READ holds."""
    window = row.check_in_from and TimeSpan(row.check_in_from, row.check_in_until)
    return Reservation(
        id=row.id,
        library_id=row.library_id,
        space_id=row.space_id,
        space_type=row.space_type,
        space_kind=row.space_kind,
        patron_id=row.patron_id,
        during=TimeSpan(row.starts_at, row.ends_at),
        held=TimeSpan(row.held_from, row.held_until),
        status=Status(row.status),
        party_size=row.party_size,
        purpose=row.purpose,
        library_event_id=row.library_event_id,
        request_id=row.request_id,
        rulebook_id=row.rulebook_id,
        rule_version=row.rule_version,
        check_in_window=window,
        checked_in_at=row.checked_in_at,
        ended_at=row.ended_at,
        expires_at=row.expires_at,
        status_reason=row.status_reason,
        sequence_no=row.sequence_no,
        version=row.version,
        created_at=row.created_at,
        changed_at=row.changed_at,
    )


def values_of(reservation: Reservation) -> dict[str, Any]:
    """Return the parameters of the statements that write a reservation."""
    window = reservation.check_in_window
    return {
        "id": reservation.id,
        "library_id": reservation.library_id,
        "space_id": reservation.space_id,
        "patron_id": reservation.patron_id,
        "starts_at": reservation.during.start,
        "ends_at": reservation.during.end,
        "held_from": reservation.held.start,
        "held_until": reservation.held.end,
        "status": reservation.status.value,
        "party_size": reservation.party_size,
        "purpose": reservation.purpose,
        "library_event_id": reservation.library_event_id,
        "request_id": reservation.request_id,
        "rulebook_id": reservation.rulebook_id,
        "rule_version": reservation.rule_version,
        "check_in_from": window and window.start,
        "check_in_until": window and window.end,
        "checked_in_at": reservation.checked_in_at,
        "ended_at": reservation.ended_at,
        "expires_at": reservation.expires_at,
        "status_reason": reservation.status_reason,
        "calendar_uid": reservation.calendar_uid,
        "sequence_no": reservation.sequence_no,
        "version": reservation.version,
        "created_at": reservation.created_at,
        "changed_at": reservation.changed_at,
    }
