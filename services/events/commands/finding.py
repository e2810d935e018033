"""Find what a command is about, and refuse those it is not for."""

from datetime import datetime
from uuid import UUID

from services.events.domain import errors
from services.events.domain.actor import Actor
from services.events.domain.library_event import LibraryEvent, Status
from services.events.domain.plan import Plan
from services.events.domain.plan_rules import signing_up_is_still_possible, violations_of
from services.events.domain.ports import UnitOfWork
from services.events.domain.registration import Registration
from services.events.domain.space import Setting
from shared.kernel.refusal import NotAllowed, VersionConflict, Violation


def locked(uow: UnitOfWork, library_event_id: UUID) -> LibraryEvent:
    """Return an activity everybody may know of, locked; raises NoSuchLibraryEvent."""
    library_event = uow.library_events.lock(library_event_id)
    if library_event is None or library_event.status is Status.DRAFT:
        raise errors.NoSuchLibraryEvent
    return library_event


def locked_for(uow: UnitOfWork, library_event_id: UUID, by: Actor) -> LibraryEvent:
    """Return an activity that is theirs to run, locked.

    Raises NoSuchLibraryEvent for a draft of somebody else, NotAllowed for what is public.
    """
    library_event = uow.library_events.lock(library_event_id)
    if library_event is None:
        raise errors.NoSuchLibraryEvent
    if by.runs(library_event.organizer_id, library_event.setting.library_id):
        return library_event
    if library_event.status is Status.DRAFT:
        raise errors.NoSuchLibraryEvent
    raise NotAllowed


def own_registration(
    uow: UnitOfWork, registration_id: UUID, patron_id: UUID
) -> tuple[LibraryEvent, Registration]:
    """Return a person's own sign-up and its activity, the activity locked.

    The sign-up is read again under the lock. Raises NoSuchRegistration.
    """
    seen = uow.registrations.get(registration_id)
    if seen is None or seen.patron_id != patron_id:
        raise errors.NoSuchRegistration
    library_event = locked(uow, seen.library_event_id)
    registration = uow.registrations.get(registration_id)
    if registration is None:
        raise errors.NoSuchRegistration
    return library_event, registration


def require_version(expected: int | None, actual: int) -> None:
    """Raise VersionConflict when the caller changes a version that is no longer the present one."""
    if expected is not None and expected != actual:
        raise VersionConflict(expected=expected, actual=actual)


def setting_of(uow: UnitOfWork, plan: Plan, *, window_since: Plan | None, now: datetime) -> Setting:
    """Return where a plan takes place; raises PlanRefused with every rule it does not meet.

    `window_since` is the plan it replaces: a sign-up window that stays as it is may be over.
    """
    space = uow.spaces.get(plan.space_id) if plan.space_id else None
    violations = violations_of(plan, space)
    library_id = space.library_id if space else plan.library_id
    timezone = uow.spaces.timezone_of(library_id) if library_id else None
    past = signing_up_is_still_possible(plan, now, timezone or "UTC")
    if past and (window_since is None or window_since.signup_closes_at != plan.signup_closes_at):
        violations.append(past)
    space_kind = space.space_kind if space else plan.space_kind
    if library_id is not None and timezone is None:
        violations.append(Violation("library_unknown", {"library_id": str(library_id)}))
    if violations or library_id is None or timezone is None or space_kind is None:
        raise errors.PlanRefused().because(violations)
    return Setting(library_id=library_id, timezone=timezone, space_kind=space_kind)
