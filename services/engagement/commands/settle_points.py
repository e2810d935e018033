"""Award what acts earn, take back what void acts had earned."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.engagement.domain.points import Account, EarningAct, PointsRule, settlement
from services.engagement.domain.ports import UnitOfWork
from services.engagement.domain.projection.surroundings import FactRows
from shared.contracts.booking import ReservationCheckedIn, ReservationNoShowVoided
from shared.contracts.engagement import (
    PointsAwarded,
    PointsVoided,
    SuggestionSubmitted,
    SuggestionSupported,
    SuggestionSupportWithdrawn,
)
from shared.contracts.events import AttendanceRecorded, AttendanceVoided
from shared.kernel.clock import Clock

SETTLING = (
    ReservationCheckedIn,
    ReservationNoShowVoided,
    AttendanceRecorded,
    AttendanceVoided,
    SuggestionSubmitted,
    SuggestionSupported,
    SuggestionSupportWithdrawn,
)
"""Messages after which points may have changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Holder:
    """Whose points they are: the account, and the person the messages name."""

    account: Account
    patron_id: UUID


def settle_points(rows: FactRows, patron_id: UUID, *, uow: UnitOfWork, clock: Clock) -> None:
    """Settle every rule for the person and day of each participation act."""
    for act in rows.get("participation_act", ()):
        account = uow.points.account_of(act["pseudonym"])
        holder = _Holder(account=account, patron_id=patron_id)
        for rule in uow.points.rules_on(act["points_day"], act["act_type"]):
            _settle(rule, act, holder, uow=uow, clock=clock)


def _settle(
    rule: PointsRule, row: Mapping[str, Any], holder: _Holder, *, uow: UnitOfWork, clock: Clock
) -> None:
    account = holder.account
    acts = uow.points.acts_of_day(row["pseudonym"], rule, row["points_day"], account)
    due = settlement(rule, acts, account)
    for act in due.to_void:
        entry_id = uow.points.void(account, rule, act, clock.now())
        uow.publish(_voided(act, entry_id, holder.patron_id))
    for act in due.to_award:
        entry_id = uow.points.award(account, rule, act, clock.now())
        uow.publish(
            PointsAwarded(
                entry_id=entry_id,
                patron_id=holder.patron_id,
                rule_code=rule.code,
                points=rule.amount,
                source=act.source,
                source_message_id=act.message_id,
            )
        )


def _voided(act: EarningAct, entry_id: UUID, patron_id: UUID) -> PointsVoided:
    if act.award is None:
        raise ValueError("only an award can be voided")
    return PointsVoided(
        entry_id=entry_id,
        voided_entry_id=act.award.entry_id,
        patron_id=patron_id,
        points=act.award.amount,
        source=act.source,
        source_message_id=act.message_id,
    )
