"""The usual rules as a form: numbers as people think of them, and back to a rulebook's body."""

import re
from collections.abc import Mapping
from typing import Any

from flask import request

from gateway.clients.service import ApiProblem
from gateway.pages.language import gettext as _

Json = dict[str, Any]
USUAL: Mapping[str, Any] = {
    "min_minutes": 15,
    "max_minutes": 240,
    "default_minutes": 60,
    "start_step_minutes": 15,
    "window_days": 14,
    "create_notice_minutes": 0,
    "change_notice_minutes": 0,
    "cancel_notice_minutes": 0,
    "padding_before_minutes": 0,
    "padding_after_minutes": 0,
    "quotas": [],
    "max_active_future": None,
    "min_party": 1,
    "no_simultaneous": None,
    "check_in_required": True,
    "check_in_opens_before_minutes": 15,
    "check_in_late_after_minutes": 15,
    "approval_required": False,
    "approval_expires_minutes": 48 * 60,
}
# In the form a quota is one number; those of other scopes stay as they are.
QUOTAS = {
    "quota_minutes_day": ("minutes", "day"),
    "quota_minutes_week": ("minutes", "week"),
    "quota_count_day": ("count", "day"),
    "quota_count_week": ("count", "week"),
}
SWITCHES = ("check_in_required", "approval_required")


def groups() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the form's numbers with their labels, in groups."""
    return [
        (
            _("Length"),
            [
                ("min_minutes", _("Shortest (minutes)")),
                ("max_minutes", _("Longest (minutes)")),
                ("default_minutes", _("Usual (minutes)")),
                ("start_step_minutes", _("A start every (minutes)")),
                ("padding_after_minutes", _("Free between two bookings (minutes)")),
            ],
        ),
        (
            _("How far ahead"),
            [
                ("window_days", _("Days ahead")),
                ("create_notice_minutes", _("Notice for booking (minutes)")),
                ("change_notice_minutes", _("Notice for changes (minutes)")),
                ("cancel_notice_minutes", _("Cancelling is late within (minutes)")),
            ],
        ),
        (
            _("How much per person"),
            [
                ("quota_minutes_day", _("Minutes per day")),
                ("quota_minutes_week", _("Minutes per week")),
                ("quota_count_day", _("Bookings per day")),
                ("quota_count_week", _("Bookings per week")),
                ("max_active_future", _("Bookings ahead at once")),
                ("min_party", _("Least number of people")),
            ],
        ),
        (
            _("Arriving"),
            [
                ("check_in_opens_before_minutes", _("Check-in opens before the start (minutes)")),
                ("check_in_late_after_minutes", _("Released after the start (minutes)")),
            ],
        ),
        (_("Approval"), [("approval_expires_minutes", _("A request lapses after (minutes)"))]),
    ]


def shown(body: Mapping[str, Any]) -> Json:
    """Return a body as the form shows it; empty is no limit."""
    own = {
        (one["unit"], one["period"]): one["limit"]
        for one in body["quotas"]
        if one["scope"] == "space_type"
    }
    values = {**body, **{name: own.get(kind) for name, kind in QUOTAS.items()}}
    return {name: "" if value is None else value for name, value in values.items()}


def read(before: Mapping[str, Any]) -> Json:
    """Return the body that the form says, starting from the one it was made from.

    A number that is none is sent on as it stands: the service says what is wrong with it.
    """
    numbers = {name: _number(name) for name in _labels() if name not in QUOTAS}
    others = [one for one in before["quotas"] if one["scope"] != "space_type"]
    return {
        **before,
        **numbers,
        "padding_before_minutes": min(
            before["padding_before_minutes"], _padding(numbers["padding_after_minutes"])
        ),
        "quotas": others + _quotas(),
        **{name: request.form.get(name) == "yes" for name in SWITCHES},
    }


def named(problem: ApiProblem) -> ApiProblem:
    """Return the no with the rules called what the form calls them."""
    labels = _labels()
    codes = re.compile(rf"(?<![a-z_])({'|'.join(labels)})(?![a-z_])")

    def said(message: str) -> str:
        return codes.sub(lambda found: f"“{labels[found[0]]}”", message)

    told = [{**one, "message": said(one["message"])} for one in problem.violations]
    return ApiProblem(problem.status, {**problem.body, "violations": told})


def _labels() -> dict[str, str]:
    return {name: label for _group, fields in groups() for name, label in fields}


def _quotas() -> list[Json]:
    limits = {name: _number(name) for name in QUOTAS}
    return [
        {"unit": unit, "period": period, "limit": limits[name], "scope": "space_type"}
        for name, (unit, period) in QUOTAS.items()
        if limits[name] is not None
    ]


def _number(name: str) -> Any:
    text = request.form.get(name, "").strip()[:20]
    if not text:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text


def _padding(after: Any) -> int:
    return after if isinstance(after, int) else 0
