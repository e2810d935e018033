"""Sign up for an activity: a place, or a place on the waiting list, or a reasoned no."""

from dataclasses import dataclass
from uuid import UUID

from services.events.commands.finding import locked
from services.events.domain import errors, sign_up_rules
from services.events.domain.library_event import LibraryEvent
from services.events.domain.ports import UnitOfWork
from services.events.domain.registration import Registration, Status
from services.events.domain.sign_up_rules import Request, has_place_now
from services.events.domain.waiting_list import Reason, decide
from shared.kernel.clock import Clock
from shared.kernel.identifiers import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class SignUp:
    """Sign a person up, with companions: `party_size` counts the person too."""

    library_event_id: UUID
    patron_id: UUID
    party_size: int = 1


def sign_up(command: SignUp, *, uow: UnitOfWork, clock: Clock) -> Registration:
    """Return the sign-up, confirmed or waitlisted; raises NoSuchLibraryEvent or SignUpRefused."""
    with uow:
        library_event = locked(uow, command.library_event_id)
        live = uow.registrations.live_of(library_event.id, [command.patron_id])
        request = Request(
            library_event=library_event,
            party_size=command.party_size,
            now=clock.now(),
            tally=uow.registrations.tally(library_event.id),
            existing=live[0] if live else None,
        )
        if violations := sign_up_rules.violations_of(request):
            raise errors.SignUpRefused().because(violations)
        if has_place_now(request):
            registration = _registration(command, request, Status.CONFIRMED)
            uow.registrations.add(registration)
            uow.publish(registration.confirmed(library_event))
        else:
            registration = _registration(command, request, Status.WAITLISTED)
            uow.registrations.add(registration)
            _join_the_list(library_event, registration, request, uow)
        uow.commit()
    return registration


def _registration(command: SignUp, request: Request, status: Status) -> Registration:
    return Registration(
        id=new_id(),
        library_event_id=command.library_event_id,
        patron_id=command.patron_id,
        party_size=command.party_size,
        status=status,
        registered_at=request.now,
        changed_at=request.now,
    )


def _join_the_list(
    library_event: LibraryEvent, registration: Registration, request: Request, uow: UnitOfWork
) -> None:
    position = request.tally.waiting + 1
    free = request.tally.free(library_event.plan.capacity)
    reason = Reason.OTHERS_WAIT_LONGER if request.tally.waiting else Reason.NO_PLACE_FREE
    uow.decisions.add(
        decide(
            registration,
            request.now,
            reason,
            position=position,
            free=free,
            party_size=registration.party_size,
        )
    )
    uow.publish(registration.waitlisted(library_event, position))
