"""Publish the next version of a rulebook."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from services.booking.domain import rulebook_body
from services.booking.domain.actor import Actor
from services.booking.domain.ports import BookingUnitOfWork
from services.booking.domain.rulebook import Rulebook
from shared.kernel.clock import Clock
from shared.kernel.identifiers import new_id
from shared.kernel.refusal import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishRules:
    """For which scope of a library, for whom (None: everybody), what, and from when (None: now).

    `scope_type` is library, zone, space or space_type; `scope_id` the UUID of the first three as
    text, or room, seat, machine.
    """

    library_id: UUID
    scope_type: str
    scope_id: str
    body: Mapping[str, Any]
    actor: Actor
    patron_class: str | None = None
    valid_from: datetime | None = None
    rulebook_id: UUID = field(default_factory=new_id)


def publish_rules(command: PublishRules, *, uow: BookingUnitOfWork, clock: Clock) -> Rulebook:
    """Return the new version; reservations made so far keep theirs.

    Raises RulebookInvalid naming every mistake, NotFound for a scope that is not there, NotAllowed.
    """
    draft_of(command, version=0, now=clock.now())  # whatever is wrong with it is said first
    with uow:
        now = clock.now()
        scope = (command.library_id, command.scope_type, command.scope_id)
        if not uow.rulebooks.scope_exists(*scope):
            raise NotFound(scope_type=command.scope_type, scope_id=command.scope_id)
        version = uow.rulebooks.next_version(*scope, command.patron_class)
        rulebook = draft_of(command, version=version, now=now)
        uow.rulebooks.publish(rulebook)
        uow.commit()
    return rulebook


def draft_of(command: PublishRules, *, version: int, now: datetime) -> Rulebook:
    """Return the rulebook a command describes; raises NotAllowed, RulebookInvalid."""
    command.actor.insist_serves(command.library_id)
    return Rulebook(
        id=command.rulebook_id,
        library_id=command.library_id,
        scope_type=command.scope_type,
        scope_id=command.scope_id,
        patron_class=command.patron_class,
        version=version,
        body=rulebook_body.parse(command.body),
        valid_from=command.valid_from or now,
        published_by=command.actor.id,
        published_at=now,
    )
