"""A stay: what a reservation booked, and what of it was used."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

from services.engagement.domain.act import QUARTER_MINUTES, Act, quarter_of
from services.engagement.domain.projection.participation import CHECKED_IN, participation_row
from services.engagement.domain.projection.surroundings import FactRows, Surroundings, last_of
from shared.contracts import booking

STATUS: Mapping[str, str] = MappingProxyType(
    {
        booking.ReservationConfirmed.type: "confirmed",
        booking.ReservationCancelled.type: "cancelled",
        booking.ReservationNoShow.type: "no_show",
        booking.ReservationCheckedIn.type: "checked_in",
        booking.ReservationCompleted.type: "completed",
    }
)
"""What a message makes of a stay; a change of time leaves its status as it was."""

TERMS = (booking.ReservationConfirmed.type, booking.ReservationChanged.type)


def fold_stay(acts: Sequence[Act], around: Surroundings) -> FactRows:
    """Return the stay, and the participation act once somebody has checked in.

    A request nobody has approved has held nothing: it is no stay.
    """
    asked = last_of(acts, booking.ReservationRequested.type)
    if asked is not None and last_of(acts, booking.ReservationConfirmed.type) is None:
        return {}
    terms = last_of(acts, *TERMS) or acts[-1]
    checked_in = _arrival(acts)
    rows: dict[str, Sequence[Mapping[str, Any]]] = {"stay": [_stay_row(acts, terms, around)]}
    if checked_in is not None:
        rows["participation_act"] = [participation_row(checked_in, CHECKED_IN, around)]
    return rows


def _stay_row(acts: Sequence[Act], terms: Act, around: Surroundings) -> dict[str, Any]:
    starts_at, ends_at = terms.moment("starts_at"), terms.moment("ends_at")
    voided = last_of(acts, booking.ReservationNoShowVoided.type)
    completed = last_of(acts, booking.ReservationCompleted.type) or _was_there(voided)
    no_show = last_of(acts, booking.ReservationNoShow.type) if voided is None else None
    checked_in = _arrival(acts)
    return {
        **around.placed(terms, starts_at),
        "reservation_id": terms.identifier("reservation_id"),
        "library_id": terms.library_id,
        "space_id": terms.space_id,
        "space_type": terms.data["space_type"],
        "space_kind": terms.space_kind,
        "party_size": terms.party_size,
        "status": _status(acts, voided),
        "booked_minutes": minutes_between(starts_at, ends_at),
        **_use(completed, starts_at, ends_at),
        "terms_message_id": terms.message_id,
        "checked_in_message_id": None if checked_in is None else checked_in.message_id,
        "completed_message_id": None if completed is None else completed.message_id,
        "no_show_message_id": None if no_show is None else no_show.message_id,
    }


def _arrival(acts: Sequence[Act]) -> Act | None:
    """Return the act that says the person was there: by themselves, or since staff say so."""
    voided = last_of(acts, booking.ReservationNoShowVoided.type)
    return last_of(acts, booking.ReservationCheckedIn.type) or _was_there(voided)


def _was_there(voided: Act | None) -> Act | None:
    return voided if voided is not None and voided.data["outcome"] == "was_there" else None


def _status(acts: Sequence[Act], voided: Act | None) -> str:
    """Return how the stay stands; who is excused counts as one who cancelled in time."""
    if voided is not None:
        return "cancelled" if _was_there(voided) is None else "completed"
    status_act = last_of(acts, *STATUS)
    return "confirmed" if status_act is None else STATUS[status_act.type]


def _use(completed: Act | None, starts_at: datetime, ends_at: datetime) -> dict[str, int | None]:
    if completed is None:
        return {"used_minutes": None, "used_quarters": None}
    # Early arrival and overrun are cut off: two stays in one space must never overlap.
    arrived = max(completed.moment("checked_in_at"), starts_at)
    left = min(completed.moment("checked_out_at"), ends_at)
    return {
        "used_minutes": max(0, minutes_between(arrived, left)),
        "used_quarters": quarters_between(arrived, left),
    }


def minutes_between(start: datetime, end: datetime) -> int:
    """Return whole minutes of elapsed time."""
    return int((end - start).total_seconds() // 60)


def quarters_between(start: datetime, end: datetime) -> int:
    """Return how many sampling moments (quarter hours) lie in the half-open stretch."""
    first = quarter_of(start.astimezone(UTC))
    if first < start:
        first += timedelta(minutes=QUARTER_MINUTES)
    if first >= end:
        return 0
    return 1 + int((end - first - timedelta(microseconds=1)) / timedelta(minutes=QUARTER_MINUTES))
