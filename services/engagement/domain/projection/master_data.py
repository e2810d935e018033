"""Who there is and what is offered: the denominators, and the words facts are told apart by."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from services.engagement.domain.act import QUARTER_MINUTES, Act
from services.engagement.domain.projection.stays import quarters_between
from services.engagement.domain.projection.surroundings import FactRows, Surroundings


def fold_space(acts: Sequence[Act], _around: Surroundings) -> FactRows:
    """Return the space as last told."""
    told = acts[-1]
    row = {
        "thread": told.thread,
        "space_id": told.space_id,
        "library_id": told.library_id,
        "timezone": told.data["library_timezone"],
        "library_zh": told.data.get("library_zh", ""),
        "library_en": told.data.get("library_en", ""),
        "space_kind": told.space_kind,
        "space_type": told.data["space_type"],
        "name_zh": told.data["name_zh"],
        "name_en": told.data["name_en"],
        "told_at": told.occurred_at,
        "told_sequence": told.sequence or 0,
    }
    return {"space": [row]}


def fold_person(acts: Sequence[Act], _around: Surroundings) -> FactRows:
    """Return all that was ever said of a person's groups: facts ask for the one of their time."""
    return {"segment": [_description_row(act) for act in acts if "faculty" in act.data]}


def _description_row(act: Act) -> dict[str, Any]:
    return {
        "thread": act.thread,
        "message_id": act.message_id,
        "pseudonym": act.pseudonym,
        "told_at": act.occurred_at,
        "told_sequence": act.sequence or 0,
        "faculty": act.data["faculty"],
        "level": act.data["level"],
        "study_year": act.data.get("study_year"),
    }


def fold_capacity(acts: Sequence[Act], _around: Surroundings) -> FactRows:
    """Return what every space of a library offers on a day, as last told."""
    told = acts[-1]
    day = date.fromisoformat(told.data["day"])
    spaces = {space["space_id"]: space for space in told.data["spaces"]}
    rows = [
        {
            "thread": told.thread,
            "library_id": told.library_id,
            "local_day": day,
            "space_id": space["space_id"],
            "space_type": space["space_type"],
            "space_kind": space["space_kind"],
            "places": space["places"],
            "open_minutes": space["open_minutes"],
            "open_quarters": _open_quarters(space),
        }
        for space in spaces.values()
    ]
    return {"capacity_day": rows}


def _open_quarters(space: Mapping[str, Any]) -> int:
    spans = space.get("open_spans") or ()
    if not spans:  # only the length was told
        return int(space["open_minutes"]) // QUARTER_MINUTES
    return sum(
        quarters_between(
            datetime.fromisoformat(span["opens_at"]), datetime.fromisoformat(span["closes_at"])
        )
        for span in spans
    )


def fold_population(acts: Sequence[Act], _around: Surroundings) -> FactRows:
    """Return how many people there are on a day, by segment, and what faculties are called.

    As last told for that day.
    """
    told = acts[-1]
    day = date.fromisoformat(told.data["day"])
    heads: dict[tuple[str, str, int | None], int] = {}
    for segment in told.data["segments"]:
        key = (segment["faculty"], segment["level"], segment.get("study_year"))
        heads[key] = heads.get(key, 0) + segment["headcount"]
    rows = [
        {
            "thread": told.thread,
            "day": day,
            "faculty": faculty,
            "level": level,
            "study_year": study_year,
            "headcount": headcount,
        }
        for (faculty, level, study_year), headcount in heads.items()
    ]
    return {"population": rows, "faculty_name": _faculty_names(told, day)}


def _faculty_names(told: Act, day: date) -> Sequence[Mapping[str, Any]]:
    names = {name["code"]: name for name in told.data.get("faculties", ())}
    return [
        {
            "thread": told.thread,
            "day": day,
            "code": code,
            "name_zh": name["name_zh"],
            "name_en": name["name_en"],
        }
        for code, name in names.items()
    ]
