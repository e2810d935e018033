"""React to what the events service says about sign-ups."""

from typing import Any

from gateway.commands.tell_people import Heard, News, Policy, tell
from gateway.domain.appointment import Appointment, Standing
from gateway.domain.notice import Kind
from gateway.domain.notice_ports import NoticeUnitOfWork
from gateway.domain.places import KnownActivity
from shared.contracts.events import (
    PlaceOffered,
    PlaceOfferLapsed,
    RegistrationCancelled,
    RegistrationConfirmed,
    RegistrationMessage,
    RegistrationMoved,
    RegistrationWaitlisted,
)
from shared.kernel.clock import Clock

SignUpMessage = (
    RegistrationConfirmed
    | RegistrationWaitlisted
    | PlaceOffered
    | PlaceOfferLapsed
    | RegistrationMoved
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
        case RegistrationMoved():
            return Standing(message.status), Kind.ACTIVITY_MOVED, _move(message)
        case PlaceOfferLapsed() | RegistrationCancelled():
            return Standing.ENDED, *_ending(message)


def _move(moved: RegistrationMoved) -> dict[str, Any]:
    elsewhere = (moved.space_id, moved.place) != (moved.previous_space_id, moved.previous_place)
    before = {"previous_place": moved.previous_place}
    if moved.previous_space_id is not None:
        before["previous_space_id"] = str(moved.previous_space_id)
    offer = moved.offer_expires_at
    return {
        "has_a_place": moved.status == Standing.CONFIRMED,
        "previous_starts_at": moved.previous_starts_at.isoformat(),
        "previous_ends_at": moved.previous_ends_at.isoformat(),
        "place": moved.place,
        **(before if elsewhere else {}),
        **({"offer_expires_at": offer.isoformat()} if offer else {}),
    }


def _ending(
    ended: PlaceOfferLapsed | RegistrationCancelled,
) -> tuple[Kind | None, dict[str, Any]]:
    if isinstance(ended, PlaceOfferLapsed):
        return (Kind.PLACE_LAPSED if ended.reason == "expired" else None), {}
    had_a_place = ended.previous_status == "confirmed"
    if ended.cancelled_by != "patron":
        details = {"had_a_place": had_a_place, "reason": ended.reason}
        return Kind.ACTIVITY_CANCELLED, details
    return (Kind.PLACE_GIVEN_UP if had_a_place else None), {"had_a_place": had_a_place}


def _appointment(
    message: RegistrationMessage, heard: Heard, standing: Standing, uow: NoticeUnitOfWork
) -> Appointment:
    return Appointment(
        patron_id=message.patron_id,
        subject_id=message.library_event_id,
        standing=standing,
        starts_at=message.starts_at,
        heard=heard.sequence,
        registration_id=message.registration_id,
        **_whereabouts(message, uow),
    )


def _whereabouts(message: RegistrationMessage, uow: NoticeUnitOfWork) -> dict[str, Any]:
    """Return what is known of the activity: a move says it itself, whichever is heard first."""
    known: KnownActivity | RegistrationMoved | None = (
        message
        if isinstance(message, RegistrationMoved)
        else uow.places.activity(message.library_event_id)
    )
    if known is None:
        return {"ends_at": None}
    return {
        "ends_at": known.ends_at,
        "space_id": known.space_id,
        "calendar_sequence": known.calendar_sequence,
    }
