"""Give up a place or a wait; what it frees is offered at once."""

from dataclasses import dataclass
from uuid import UUID

from services.events.commands.finding import own_registration, require_version
from services.events.commands.offer_freed_places import offer_freed_places
from services.events.domain import errors
from services.events.domain.ports import UnitOfWork
from services.events.domain.registration import Registration, Status
from services.events.domain.waiting_list import Reason, decide
from shared.kernel.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelRegistration:
    """Give up one's own sign-up."""

    registration_id: UUID
    patron_id: UUID
    expected_version: int | None = None


def cancel_registration(
    command: CancelRegistration, *, uow: UnitOfWork, clock: Clock
) -> Registration:
    """Cancel it; raises NoSuchRegistration, VersionConflict or CannotCancel."""
    now = clock.now()
    with uow:
        library_event, registration = own_registration(
            uow, command.registration_id, command.patron_id
        )
        require_version(command.expected_version, registration.version)
        if now >= library_event.plan.starts_at:
            raise errors.CannotCancel(status=registration.status.value)
        was_on_the_list = registration.status in {Status.WAITLISTED, Status.OFFERED}
        uow.publish(registration.cancel(library_event, at=now, by="patron"))
        uow.registrations.save(registration)
        if was_on_the_list:
            uow.decisions.add(decide(registration, now, Reason.LEFT_THE_LIST))
        offer_freed_places(library_event, uow=uow, now=now)
        uow.commit()
    return registration
