"""The story-teller of the command tests: says in a line what people do, on any unit of work."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

from services.events.commands.answer_offer import (
    AcceptOffer,
    DeclineOffer,
    accept_offer,
    decline_offer,
)
from services.events.commands.cancel_registration import CancelRegistration, cancel_registration
from services.events.commands.close_library_event import CloseLibraryEvent, close_library_event
from services.events.commands.draft_library_event import DraftLibraryEvent, draft_library_event
from services.events.commands.expire_offers import expire_offers
from services.events.commands.hear_about_rooms import room_granted
from services.events.commands.publish_library_event import (
    PublishLibraryEvent,
    publish_library_event,
)
from services.events.commands.sign_up import SignUp, sign_up
from services.events.domain.library_event import LibraryEvent
from services.events.domain.plan import Plan
from services.events.domain.registration import Registration
from shared.contracts.booking import RoomHoldGranted
from shared.contracts.domain_event import DomainEvent
from shared.kernel.clock import SetClock
from shared.kernel.identifiers import new_id
from tests.support.event_builders import a_plan, a_space, an_organizer
from tests.support.fake_events import FakeUnitOfWork

M = TypeVar("M", bound=DomainEvent)


def granted(library_event: LibraryEvent, **changes: Any) -> RoomHoldGranted:
    """What booking says when it holds the room an activity asks for now."""
    plan = library_event.plan
    said: dict[str, Any] = {
        "library_event_id": library_event.id,
        "request_id": library_event.room.request_id,
        "reservation_id": new_id(),
        "space_id": plan.space_id,
        "space_kind": "cultural",
        "capacity": 40,
        "held_from": plan.starts_at,
        "held_until": plan.ends_at,
    }
    return RoomHoldGranted(**said | changes)


@dataclass
class Stage:
    uow: FakeUnitOfWork
    clock: SetClock

    def __post_init__(self) -> None:
        with self.uow:
            self.uow.spaces.learn(a_space(), 1)
            self.uow.commit()

    def draft(self, plan: Plan | None = None, **planned: Any) -> LibraryEvent:
        command = DraftLibraryEvent(by=an_organizer, plan=plan or a_plan(**planned))
        return draft_library_event(command, uow=self.uow, clock=self.clock)

    def published(self, plan: Plan | None = None, **planned: Any) -> LibraryEvent:
        library_event = self.draft(plan, **planned)
        if library_event.plan.space_id:
            room_granted(granted(library_event), uow=self.uow, clock=self.clock)
        return self.publish(library_event)

    def publish(self, library_event: LibraryEvent) -> LibraryEvent:
        command = PublishLibraryEvent(library_event_id=library_event.id, by=an_organizer)
        return publish_library_event(command, uow=self.uow, clock=self.clock)

    def sign_up(self, library_event: LibraryEvent, patron_id: UUID, party: int = 1) -> Registration:
        command = SignUp(library_event_id=library_event.id, patron_id=patron_id, party_size=party)
        return sign_up(command, uow=self.uow, clock=self.clock)

    def cancel(self, registration: Registration) -> Registration:
        command = CancelRegistration(
            registration_id=registration.id, patron_id=registration.patron_id
        )
        return cancel_registration(command, uow=self.uow, clock=self.clock)

    def accept(self, registration: Registration) -> Registration:
        command = AcceptOffer(registration_id=registration.id, patron_id=registration.patron_id)
        return accept_offer(command, uow=self.uow, clock=self.clock)

    def decline(self, registration: Registration) -> Registration:
        command = DeclineOffer(registration_id=registration.id, patron_id=registration.patron_id)
        return decline_offer(command, uow=self.uow, clock=self.clock)

    def expire_offers(self) -> int:
        return expire_offers(uow=self.uow, clock=self.clock)

    def close(self, library_event: LibraryEvent) -> LibraryEvent:
        command = CloseLibraryEvent(library_event_id=library_event.id, by=an_organizer)
        return close_library_event(command, uow=self.uow, clock=self.clock)

    def later(self, **by: float) -> None:
        self.clock.set(self.clock.now() + timedelta(**by))

    def now_is(self, registration: Registration) -> Registration:
        """The sign-up as it is kept."""
        return self.uow.kept.registrations[registration.id]

    def activity(self, library_event: LibraryEvent) -> LibraryEvent:
        """The activity as it is kept."""
        return self.uow.kept.library_events[library_event.id]

    def said(self, kind: type[M]) -> list[M]:
        """Every message of a kind, in order."""
        return [message for message in self.uow.kept.published if isinstance(message, kind)]

    def reasons(self, registration: Registration) -> list[str]:
        """What the waiting list said about a sign-up, in order."""
        decisions = self.uow.kept.decisions
        return [d.reason.value for d in decisions if d.registration_id == registration.id]
