"""A sign-up: a person's place at an activity, or their wait for one."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from services.events.domain import errors
from services.events.domain.library_event import LibraryEvent
from services.events.domain.plan import Plan
from services.events.domain.ticket import new_ticket_code
from shared.contracts.events import (
    PlaceOffered,
    PlaceOfferLapsed,
    RegistrationCancelled,
    RegistrationConfirmed,
    RegistrationMoved,
    RegistrationNoShow,
    RegistrationWaitlisted,
)


class Status(StrEnum):
    """How it stands with a sign-up."""

    CONFIRMED = "confirmed"
    WAITLISTED = "waitlisted"
    OFFERED = "offered"
    ATTENDED = "attended"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"
    """Declined the offered place, or did not answer in time."""
    UNSERVED = "unserved"
    """Waited to the end and got no place."""


MAY_BECOME: dict[Status, frozenset[Status]] = {
    Status.WAITLISTED: frozenset(
        {Status.OFFERED, Status.CANCELLED, Status.ATTENDED, Status.UNSERVED}
    ),
    Status.OFFERED: frozenset(
        {Status.CONFIRMED, Status.LAPSED, Status.CANCELLED, Status.ATTENDED, Status.UNSERVED}
    ),
    Status.CONFIRMED: frozenset({Status.CANCELLED, Status.ATTENDED, Status.NO_SHOW}),
    Status.ATTENDED: frozenset(  # by taking a mistaken attendance back
        {
            Status.CONFIRMED,
            Status.WAITLISTED,
            Status.OFFERED,
            Status.NO_SHOW,
            Status.UNSERVED,
        }
    ),
    Status.NO_SHOW: frozenset(),
    Status.CANCELLED: frozenset(),
    Status.LAPSED: frozenset(),
    Status.UNSERVED: frozenset(),
}

TAKING_A_PLACE = frozenset({Status.CONFIRMED, Status.OFFERED, Status.ATTENDED, Status.NO_SHOW})
"""An outstanding offer counts as taken: the place is promised to one person at a time."""

LIVE = TAKING_A_PLACE | {Status.WAITLISTED}
"""One of these per person and activity; the ended ones do not stand in the way of a new one."""

UNSETTLED = frozenset({Status.CONFIRMED, Status.OFFERED, Status.WAITLISTED})


@dataclass(slots=True, kw_only=True)
class Registration:
    """One person's sign-up for one activity, companions counted in `party_size`."""

    id: UUID
    library_event_id: UUID
    patron_id: UUID
    party_size: int
    status: Status
    registered_at: datetime
    changed_at: datetime
    offer_expires_at: datetime | None = None
    version: int = 1
    ticket_code: str = field(default_factory=new_ticket_code)
    """What the person shows at the door; only they and who runs the activity see it."""

    def confirmed(self, library_event: LibraryEvent) -> RegistrationConfirmed:
        """Return the message about a place given at once."""
        return RegistrationConfirmed(**self.facts(library_event))

    def waitlisted(self, library_event: LibraryEvent, position: int) -> RegistrationWaitlisted:
        """Return the message about joining the list at this position (1 is next)."""
        return RegistrationWaitlisted(**self.facts(library_event), position=position)

    def offer(self, library_event: LibraryEvent, *, until: datetime, at: datetime) -> PlaceOffered:
        """Promise a place to who waits, until an instant."""
        self._become(Status.OFFERED, at)
        self.offer_expires_at = until
        return PlaceOffered(**self.facts(library_event), offer_expires_at=until)

    def accept(self, library_event: LibraryEvent, *, at: datetime) -> RegistrationConfirmed:
        """Take the offered place; raises NoOfferOpen, or OfferExpired from its last instant on."""
        self._require_open_offer(library_event, at)
        self._become(Status.CONFIRMED, at)
        return self.confirmed(library_event)

    def decline(self, library_event: LibraryEvent, *, at: datetime) -> PlaceOfferLapsed:
        """Pass the offered place on; raises NoOfferOpen or OfferExpired."""
        self._require_open_offer(library_event, at)
        return self._lapse(library_event, "declined", at)

    def expire(self, library_event: LibraryEvent, *, at: datetime) -> PlaceOfferLapsed:
        """End an offer nobody answered."""
        return self._lapse(library_event, "expired", at)

    def cancel(
        self, library_event: LibraryEvent, *, at: datetime, by: str
    ) -> RegistrationCancelled:
        """Give the place or the wait up; `by` is patron or staff. Raises CannotCancel.

        The notice counts from the start as it is now, but nobody is late who had a place before the
        activity moved and gives it up within as much time of the move. Of an activity that was
        called off, the message says why.
        """
        previous = self.status
        if previous not in UNSETTLED:
            raise errors.CannotCancel(status=previous.value)
        notice = timedelta(minutes=library_event.plan.late_cancel_minutes)
        starts_at = library_event.plan.starts_at
        late = by == "patron" and previous is Status.CONFIRMED and at > starts_at - notice
        late = late and not self._has_just_heard_of_a_move(library_event, at, notice)
        self._become(Status.CANCELLED, at)
        return RegistrationCancelled(
            **self.facts(library_event),
            late=late,
            previous_status=previous.value,
            cancelled_by=by,
            reason=library_event.cancel_reason,
        )

    def moved(
        self, library_event: LibraryEvent, before: Plan, *, offered_until: datetime | None
    ) -> RegistrationMoved:
        """Return the message that its activity has moved from where the plan before had it.

        `offered_until` is how long an open offer lasts now; see waiting_list.offer_after_move.
        """
        plan = library_event.plan
        self.offer_expires_at = offered_until
        return RegistrationMoved(
            **self.facts(library_event),
            status=self.status.value,
            ends_at=plan.ends_at,
            space_id=plan.space_id,
            place=plan.place,
            calendar_sequence=library_event.calendar_sequence,
            previous_starts_at=before.starts_at,
            previous_ends_at=before.ends_at,
            previous_space_id=before.space_id,
            previous_place=before.place,
            offer_expires_at=offered_until,
        )

    def attend(self, *, at: datetime) -> None:
        """Note that the person is there, with a place or let in at the door."""
        self._become(Status.ATTENDED, at)

    def was_not_there(self, *, at: datetime) -> None:
        """Take back an attendance recorded by mistake."""
        self._become(Status.CONFIRMED, at)

    def wait_on(self, *, offered_until: datetime | None, at: datetime) -> None:
        """Take back that somebody was let in from the list: the place in line is as it was.

        An offer that was open lasts as long as it would have.
        """
        self._become(Status.OFFERED if offered_until else Status.WAITLISTED, at)
        self.offer_expires_at = offered_until

    def miss(self, library_event: LibraryEvent, *, at: datetime) -> RegistrationNoShow:
        """Settle as a no-show: attendance was taken, and this person did not come."""
        self._become(Status.NO_SHOW, at)
        return RegistrationNoShow(**self.facts(library_event))

    def leave_unserved(self, *, at: datetime) -> None:
        """Settle a wait that ended without a place."""
        self._become(Status.UNSERVED, at)

    def facts(self, library_event: LibraryEvent) -> dict[str, Any]:
        """Return what every message about a sign-up says."""
        return {
            "registration_id": self.id,
            "library_event_id": self.library_event_id,
            "library_id": library_event.setting.library_id,
            "patron_id": self.patron_id,
            "programme": library_event.plan.programme.value,
            "space_kind": library_event.setting.space_kind,
            "starts_at": library_event.plan.starts_at,
            "party_size": self.party_size,
        }

    def _require_open_offer(self, library_event: LibraryEvent, at: datetime) -> None:
        if self.status is not Status.OFFERED or self.offer_expires_at is None:
            raise errors.NoOfferOpen(status=self.status.value)
        if at >= self.offer_expires_at:
            raise errors.OfferExpired(expired_at=library_event.setting.wall(self.offer_expires_at))

    def _has_just_heard_of_a_move(
        self, library_event: LibraryEvent, at: datetime, notice: timedelta
    ) -> bool:
        moved_at = library_event.moved_at
        return moved_at is not None and self.registered_at < moved_at and at < moved_at + notice

    def _lapse(self, library_event: LibraryEvent, reason: str, at: datetime) -> PlaceOfferLapsed:
        self._become(Status.LAPSED, at)
        return PlaceOfferLapsed(**self.facts(library_event), reason=reason)

    def _become(self, status: Status, at: datetime) -> None:
        if status not in MAY_BECOME[self.status]:
            msg = f"a sign-up that is {self.status} does not become {status}"
            raise ValueError(msg)
        self.status = status
        self.changed_at = at
        self.offer_expires_at = None
