"""Figures of an activity as the wire wants them."""

from collections.abc import Mapping
from typing import Any

from services.events.domain.library_event import Status

Row = Mapping[Any, Any]
NOBODY = {"sign_ups": 0, "people": 0}
AS_COUNTED = (
    "signed_up", "had_a_place", "came", "no_show", "offered", "waiting", "gave_up", "unserved",
)  # fmt: skip


def results_shown(activity: Row, groups: Row, named: Row, headcount: Row | None) -> dict[str, Any]:
    """Return from sign-ups to attendance.

    Who has a place and was not seen is expected until the activity is closed; then it is settled
    whether that person did not come, or whether nobody looked.
    """
    closed = activity["status"] == Status.CLOSED
    unsettled = _group(groups, "unsettled")
    return {
        **{name: _group(groups, name) for name in AS_COUNTED},
        "library_event_id": activity["id"],
        "status": activity["status"],
        "capacity": activity["capacity"],
        "attendance_measured": activity["attendance_measured"],
        "not_measured": unsettled if closed else NOBODY,
        "expected": NOBODY if closed else unsettled,
        "walk_ins": {"sign_ups": named["walk_ins"], "people": named["walk_ins_people"]},
        "head_count": headcount,
        "present": named["named_people"] + (headcount["anonymous"] if headcount else 0),
        "show_up": _share(groups, settled=closed),
    }


def _group(groups: Row, name: str) -> dict[str, int]:
    return {"sign_ups": groups[name], "people": groups[f"{name}_people"]}


def _share(groups: Row, *, settled: bool) -> dict[str, Any]:
    came, had_a_place = groups["came"], groups["had_a_place"]
    known = settled and had_a_place and groups["unsettled"] == 0
    value = came / had_a_place if known else None
    return {"numerator": came, "denominator": had_a_place, "value": value}
