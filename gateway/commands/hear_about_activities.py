"""React to what the events service says about sign-ups."""

from typing import Any

from gateway.commands.tell_people import Heard, News, Policy, tell
from gateway.domain.appointment import Appointment, Standing
from gateway.domain.notice import Kind
from gateway.domain.notice_ports import NoticeUnitOfWork
from shared.contracts.events import (
    PlaceOffered,
    PlaceOfferLapsed,
    RegistrationCancelled,
    RegistrationConfirmed,
    RegistrationMessage,
    RegistrationWaitlisted,
)
from shared.kernel.clock import Clock

SignUpMessage = (
    RegistrationConfirmed
    | RegistrationWaitlisted
    | PlaceOffered
    | PlaceOfferLapsed
    | RegistrationCancelled
)


def sign_up_told(
    message: SignUpMessage, heard: Heard, *, uow: NoticeUnitOfWork, clock: Clock, policy: Policy
) -> None:
    """Keep how a sign-up stands now, and tell the person what they have not done themselves.

    Who leaves a waiting list or passes an offer on has just been answered and is told nothing.
    """
    standing, kind, details = _meaning(message)
    with uow:
        appointment = _appointment(message, heard, standing, uow)
        details["party_size"] = message.party_size
        news = News(appointment=appointment, kind=kind, details=details)
        tell(news, heard, uow=uow, now=clock.now(), policy=policy)
        uow.commit()


def _meaning(message: SignUpMessage) -> tuple[Standing, Kind | None, dict[str, Any]]:
    match message:
        case RegistrationConfirmed():
            return Standing.CONFIRMED, Kind.PLACE_CONFIRMED, {}
        case RegistrationWaitlisted():
            return Standing.WAITLISTED, Kind.PLACE_WAITLISTED, {"position": message.position}
        case PlaceOffered():
            until = {"offer_expires_at": message.offer_expires_at.isoformat()}
            return Standing.OFFERED, Kind.PLACE_OFFERED, until
        case PlaceOfferLapsed():
            kind = Kind.PLACE_LAPSED if message.reason == "expired" else None
            return Standing.ENDED, kind, {}
        case RegistrationCancelled():
            return Standing.ENDED, *_cancellation(message)


def _cancellation(cancelled: RegistrationCancelled) -> tuple[Kind | None, dict[str, Any]]:
    had_a_place = cancelled.previous_status == "confirmed"
    if cancelled.cancelled_by != "patron":
        details = {"had_a_place": had_a_place, "reason": cancelled.reason}
        return Kind.ACTIVITY_CANCELLED, details
    return (Kind.PLACE_GIVEN_UP if had_a_place else None), {"had_a_place": had_a_place}


def _appointment(
    message: RegistrationMessage, heard: Heard, standing: Standing, uow: NoticeUnitOfWork
) -> Appointment:
    activity = uow.places.activity(message.library_event_id)
    return Appointment(
        patron_id=message.patron_id,
        subject_id=message.library_event_id,
        standing=standing,
        starts_at=message.starts_at,
        ends_at=activity.ends_at if activity else None,
        heard=heard.sequence,
        space_id=activity.space_id if activity else None,
        registration_id=message.registration_id,
        calendar_sequence=activity.calendar_sequence if activity else 0,
    )
