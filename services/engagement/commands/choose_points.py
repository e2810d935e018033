"""Let a person take part in points, or not; their acts count in totals either way."""

from dataclasses import dataclass
from uuid import UUID

from services.engagement.domain.ports import UnitOfWork
from services.engagement.domain.pseudonyms import Pseudonyms
from shared.kernel.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoosePoints:
    """A person's choice."""

    patron_id: UUID
    opted_out: bool


def choose_points(
    command: ChoosePoints, *, uow: UnitOfWork, pseudonyms: Pseudonyms, clock: Clock
) -> None:
    """Keep the choice: nothing is earned while opted out, nor later for acts of that time."""
    with uow:
        account = uow.points.account_of(pseudonyms.of(command.patron_id))
        if account.opted_out != command.opted_out:
            uow.points.choose(account, opted_out=command.opted_out, now=clock.now())
        uow.commit()
