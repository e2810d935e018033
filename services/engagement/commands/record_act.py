"""Keep a message as an act, bring facts up to date, and settle the points it earns."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from services.engagement.commands.refresh_facts import refresh_facts
from services.engagement.commands.settle_points import SETTLING, settle_points
from services.engagement.domain.act import act_of
from services.engagement.domain.ports import UnitOfWork
from services.engagement.domain.pseudonyms import Pseudonyms
from shared.contracts.domain_event import DomainEvent
from shared.contracts.envelope import Envelope
from shared.kernel.clock import Clock


@dataclass(frozen=True, slots=True)
class RecordAct:
    """A message, and the envelope it came in."""

    message: DomainEvent
    envelope: Envelope


@dataclass(frozen=True, slots=True)
class Institution:
    """What makes this institution's ledger its own: its pseudonyms and its time zone."""

    pseudonyms: Pseudonyms
    zone: ZoneInfo


def record_act(
    command: RecordAct, *, uow: UnitOfWork, institution: Institution, clock: Clock
) -> bool:
    """Keep one message with everything that follows from it; False when it was known already."""
    act = act_of(command.message, command.envelope, institution.pseudonyms)
    with uow:
        new = uow.ledger.append(act, institution.zone)
        if new:
            rows = refresh_facts(act, uow=uow, institution_zone=institution.zone)
            if isinstance(command.message, SETTLING):
                settle_points(rows, command.message.patron_id, uow=uow, clock=clock)
        uow.commit()
    return new
