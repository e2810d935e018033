"""Points: what an act earns, and what becomes of it when the act does not hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

LIBRARY_ACCOUNT = UUID("00000000-0000-7000-8000-000000000001")
"""The counter-account: whatever a person gains, the library's account loses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsRule:
    """A rule as data; a later version holds from its day on, what was earned before stays.

    `cap_per_day` limits the points of one person under this rule on one day (None: no limit). An
    `amount` of 0 ends the rule: from that day on it gives nothing.
    `condition` names fields of the act and the values they may have, e.g. {"space_kind": [...]}.
    """

    code: str
    version: int
    valid_from: date
    act_type: str
    amount: int
    cap_per_day: int | None = None
    condition: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def most_awards(self, acts: int) -> int:
        """Return how many of so many acts of a day earn something."""
        if self.amount == 0:
            return 0
        return acts if self.cap_per_day is None else min(acts, self.cap_per_day // self.amount)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person's account. `opted_in_at` is when they last came back after opting out."""

    id: UUID
    opted_out: bool = False
    opted_in_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """Points given: the transaction, the person's entry in it, whether it was taken back since."""

    transaction_id: UUID
    entry_id: UUID
    amount: int
    rule_version: int
    voided: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EarningAct:
    """A participation act as points see it, with the award it has had under one rule, if any."""

    source: str
    message_id: UUID
    quarter_hour: datetime
    valid: bool
    traits: Mapping[str, str | None] = field(default_factory=dict)
    award: Award | None = None

    @property
    def order(self) -> tuple[datetime, str, str]:
        """Earlier acts earn first; ties are settled by the message's identity."""
        return (self.quarter_hour, self.source, str(self.message_id))


@dataclass(frozen=True, slots=True)
class Settlement:
    """What is to be written: awards to take back, acts to award."""

    to_void: Sequence[EarningAct]
    to_award: Sequence[EarningAct]


def settlement(rule: PointsRule, acts: Sequence[EarningAct], account: Account) -> Settlement:
    """Settle one rule for one person and day.

    The total depends only on which acts hold, not on the order they were heard in: an award whose
    act is void is taken back, and the room this leaves under the cap goes to the earliest act that
    has had nothing yet.
    """
    live = [act for act in acts if act.award is not None and not act.award.voided]
    to_void = [act for act in live if not act.valid]
    if account.opted_out:
        return Settlement(to_void, ())
    open_acts = [act for act in acts if act.award is None and _may_earn(rule, act, account)]
    kept = len(live) - len(to_void)
    room = rule.most_awards(kept + len(open_acts)) - kept
    to_award = sorted(open_acts, key=lambda act: act.order)[: max(0, room)]
    return Settlement(to_void, to_award)


def _may_earn(rule: PointsRule, act: EarningAct, account: Account) -> bool:
    if not act.valid:
        return False
    if account.opted_in_at is not None and act.quarter_hour < account.opted_in_at:
        return False
    return all(act.traits.get(name) in allowed for name, allowed in rule.condition.items())
