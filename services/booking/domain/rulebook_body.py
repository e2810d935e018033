"""Read a rulebook's body from plain JSON values, naming every mistake in it at once."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields
from typing import Any

from services.booking.domain import errors
from services.booking.domain.rulebook import Quota, RuleBody
from shared.kernel.refusal import Violation

A_DAY = 24 * 60
A_YEAR = 366 * A_DAY
# Smallest and largest sensible value of every number.
BOUNDS: Mapping[str, tuple[int, int]] = {
    "min_minutes": (1, 30 * A_DAY),
    "max_minutes": (1, 30 * A_DAY),
    "default_minutes": (1, 30 * A_DAY),
    "start_step_minutes": (1, A_DAY),
    "window_days": (0, 3660),
    "create_notice_minutes": (0, A_YEAR),
    "change_notice_minutes": (0, A_YEAR),
    "cancel_notice_minutes": (0, A_YEAR),
    "padding_before_minutes": (0, A_DAY),
    "padding_after_minutes": (0, A_DAY),
    "max_active_future": (0, 10_000),
    "min_party": (1, 10_000),
    "check_in_opens_before_minutes": (0, A_DAY),
    "check_in_late_after_minutes": (1, A_DAY),
    "approval_expires_minutes": (1, A_YEAR),
}
MAY_BE_NULL = frozenset({"max_active_future", "no_simultaneous"})
CHOICES: Mapping[str, tuple[str, ...]] = {
    "unit": ("count", "minutes"),
    "period": ("day", "week"),
    "scope": ("space_type", "library"),
}
YES_OR_NO: Mapping[str, bool] = {"check_in_required": True, "approval_required": False}
_NAMES = frozenset(field.name for field in fields(RuleBody))


def parse(body: Mapping[str, Any]) -> RuleBody:
    """Return the rules; raises RulebookInvalid naming every field that makes no sense."""
    found = [*_unknown(body), *_wrong_numbers(body), *_wrong_quotas(body), *_wrong_flag(body)]
    if found:
        raise errors.RulebookInvalid().because(found)
    quotas = tuple(Quota(**quota) for quota in body.get("quotas", ()))
    rules = RuleBody(**{**body, "quotas": quotas})
    if contradictions := list(_contradictions(rules)):
        raise errors.RulebookInvalid().because(contradictions)
    return rules


def plain(rules: RuleBody) -> dict[str, Any]:
    """Return the body as plain JSON values, every default written out."""
    return {**asdict(rules), "quotas": [asdict(quota) for quota in rules.quotas]}


def _unknown(body: Mapping[str, Any]) -> Iterator[Violation]:
    for name in body:
        if name not in _NAMES:
            yield Violation("rule_unknown", {"field": name})


def _wrong_numbers(body: Mapping[str, Any]) -> Iterator[Violation]:
    for name, (least, most) in BOUNDS.items():
        if name in body and not (body[name] is None and name in MAY_BE_NULL):
            yield from _out_of_bounds(name, body[name], least, most)


def _out_of_bounds(name: str, value: object, least: int, most: int) -> Iterator[Violation]:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        yield Violation("rule_out_of_range", {"field": name, "least": least, "most": most})


def _wrong_flag(body: Mapping[str, Any]) -> Iterator[Violation]:
    choices = {"choices": "true, false"}
    if not isinstance(body.get("no_simultaneous"), bool | None):
        yield Violation("rule_not_a_choice", {"field": "no_simultaneous", **choices})
    for name, usual in YES_OR_NO.items():
        if not isinstance(body.get(name, usual), bool):
            yield Violation("rule_not_a_choice", {"field": name, **choices})


def _wrong_quotas(body: Mapping[str, Any]) -> Iterator[Violation]:
    quotas = body.get("quotas", [])
    if not isinstance(quotas, list | tuple):
        yield Violation("rule_not_a_list", {"field": "quotas"})
        return
    for place, quota in enumerate(quotas):
        yield from _wrong_quota(f"quotas.{place}", quota)


def _wrong_quota(path: str, quota: object) -> Iterator[Violation]:
    if not isinstance(quota, Mapping):
        yield Violation("rule_not_an_object", {"field": path})
        return
    for name in quota.keys() - {*CHOICES, "limit"}:
        yield Violation("rule_unknown", {"field": f"{path}.{name}"})
    for name, choices in CHOICES.items():
        if quota.get(name, "space_type" if name == "scope" else None) not in choices:
            numbers = {"field": f"{path}.{name}", "choices": ", ".join(choices)}
            yield Violation("rule_not_a_choice", numbers)
    yield from _out_of_bounds(f"{path}.limit", quota.get("limit"), 0, A_YEAR)


def _contradictions(rules: RuleBody) -> Iterator[Violation]:
    if rules.min_minutes > rules.max_minutes:
        yield Violation("rule_contradiction", {"field": "min_minutes", "other": "max_minutes"})
    elif not rules.min_minutes <= rules.default_minutes <= rules.max_minutes:
        yield Violation("rule_contradiction", {"field": "default_minutes", "other": "max_minutes"})
