"""Publish a rule of points, or its next version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from services.engagement.domain.act import local_day
from services.engagement.domain.points import PointsRule
from services.engagement.domain.points_rules import NamedRule, insist_follows
from services.engagement.domain.ports import UnitOfWork
from shared.kernel.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishPointsRule:
    """What an act shall earn from a day on; `amount` 0 ends the rule on that day."""

    code: str
    valid_from: date
    act_type: str
    amount: int
    name_zh: str
    name_en: str
    cap_per_day: int | None = None
    condition: Mapping[str, Sequence[str]] = field(default_factory=dict)


def publish_points_rule(
    command: PublishPointsRule, *, uow: UnitOfWork, clock: Clock, zone: ZoneInfo
) -> NamedRule:
    """Return the version published; what was earned under earlier ones stays.

    Raises RuleBeginsTooSoon, RuleCapBelowAmount, RuleOfOtherActs.
    """
    with uow:
        earlier = uow.points_rules.lock_versions(command.code)
        rule = PointsRule(
            code=command.code,
            version=max((version.version for version in earlier), default=0) + 1,
            valid_from=command.valid_from,
            act_type=command.act_type,
            amount=command.amount,
            cap_per_day=command.cap_per_day,
            condition=command.condition,
        )
        insist_follows(rule, earlier, local_day(clock.now(), zone))
        published = NamedRule(rule=rule, name_zh=command.name_zh, name_en=command.name_en)
        uow.points_rules.publish(published)
        uow.commit()
    return published
