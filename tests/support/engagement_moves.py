"""What the events service says when an activity moves."""

from datetime import datetime, timedelta

from shared.contracts import events
from shared.contracts.domain_event import DomainEvent
from tests.support.engagement_builders import SALON, Talk

LENGTH = timedelta(hours=2)


def moved(talk: Talk, before: datetime) -> DomainEvent:
    """The talk is where it says it is, and was elsewhere in time before."""
    return events.LibraryEventMoved(
        library_event_id=talk.id,
        library_id=talk.published().library_id,  # type: ignore[attr-defined]  # it says so
        programme="lecture",
        space_id=SALON,
        space_kind="cultural",
        starts_at=talk.starts_at,
        ends_at=talk.starts_at + LENGTH,
        capacity=talk.capacity,
        calendar_sequence=2,
        previous_starts_at=before,
        previous_ends_at=before + LENGTH,
        previous_space_id=SALON,
        previous_place="The garden of Mrs Wang",
    )


def sign_up_moved(talk: Talk, who: int, before: datetime, status: str = "confirmed") -> DomainEvent:
    """The same, as it is told of one sign-up."""
    said = talk.registered(who)
    return events.RegistrationMoved(
        registration_id=talk.registration_id(who),
        library_event_id=talk.id,
        library_id=said.library_id,  # type: ignore[attr-defined]  # it says so
        patron_id=said.patron_id,  # type: ignore[attr-defined]  # as above
        programme="lecture",
        space_kind="cultural",
        starts_at=talk.starts_at,
        status=status,
        ends_at=talk.starts_at + LENGTH,
        space_id=SALON,
        previous_starts_at=before,
        previous_ends_at=before + LENGTH,
        previous_space_id=SALON,
    )
