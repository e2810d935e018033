"""How the rules of points are changed: by a later version from a coming day on, never backwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from services.engagement.domain import errors
from services.engagement.domain.points import PointsRule

EARNING_ACTS = ("checked_in", "attended", "suggestion_submitted", "suggestion_supported")
"""The participation acts that may earn points."""
MOST_POINTS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedRule:
    """A rule with the words people read beside the points it gave."""

    rule: PointsRule
    name_zh: str
    name_en: str


def insist_follows(rule: PointsRule, earlier: Sequence[PointsRule], today: date) -> None:
    """Check a rule against its earlier versions; `today` is the institution's day.

    Raises RuleBeginsTooSoon (a day that has begun keeps its rules), RuleCapBelowAmount (it could
    never give anything), RuleOfOtherActs (the earlier version would go on beside it).
    """
    tomorrow = today + timedelta(days=1)
    if rule.valid_from < tomorrow:
        raise errors.RuleBeginsTooSoon(earliest=tomorrow.isoformat())
    if rule.cap_per_day is not None and rule.cap_per_day < rule.amount:
        raise errors.RuleCapBelowAmount(amount=rule.amount, cap_per_day=rule.cap_per_day)
    for version in earlier:
        if version.act_type != rule.act_type:
            raise errors.RuleOfOtherActs(act_type=version.act_type)
