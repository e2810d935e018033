"""Rows as the wire wants them, in the reader's language."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from services.events.domain.actor import Actor
from services.events.domain.move import MOVING, Move
from services.events.domain.waiting_list import POLICY
from shared.web.language import CHINESE, current_language
from shared.web.problems import worded

Row = Mapping[Any, Any]
_FOR_RUNNERS = ("organizer_id", "setup_minutes", "teardown_minutes", "offer_minutes")


def library_event_shown(
    row: Row, reader: Actor | None, *, language: str | None = None
) -> dict[str, Any]:
    """Return an activity for a reader; the room is shown to who runs it."""
    shown = {name: value for name, value in row.items() if name not in (*_FOR_RUNNERS, "move")}
    shown["title"] = title_of(row, language or current_language())
    shown["places"] = {
        "taken": row["taken"],
        "free": max(0, row["capacity"] - row["taken"]),
        "waiting": row["waiting"],
    }
    if reader is not None and reader.runs(row["organizer_id"], row["library_id"]):
        shown |= {name: row[name] for name in _FOR_RUNNERS}
        shown["room"] = room_shown(row)
        shown["move"] = move_shown(row["move"])
    return shown


def title_of(row: Row, language: str) -> str:
    """Return the title in a language, or the one there is."""
    first, second = ("title_zh", "title_en") if language == CHINESE else ("title_en", "title_zh")
    title: str = row[first] or row[second]
    return title


def registration_shown(row: Row) -> dict[str, Any]:
    """Return a sign-up with what its holder wants to know about the activity."""
    return {
        **row,
        "library_event": {
            "id": row["library_event_id"],
            "status": row["activity_status"],
            "title": title_of(row, current_language()),
            **{
                name: row[name]
                for name in (
                    "title_zh",
                    "title_en",
                    "programme",
                    "place",
                    "space_id",
                    "starts_at",
                    "ends_at",
                    "timezone",
                )
            },
        },
    }


def listed_shown(row: Row) -> dict[str, Any]:
    """Return a sign-up in its activity's list, with what was last decided about it."""
    said = row["reason"]
    reason = said and {
        "at": row["reason_at"],
        "code": said,
        "message": worded(said, row["numbers"]),
    }
    return {**row, "reason": reason}


def waiting_list_shown(position: int | None, decisions: Any) -> dict[str, Any]:
    """Return the list's account of itself: the place in line, the rule, every decision."""
    return {
        "position": position,
        "policy": POLICY,
        "rule": worded(POLICY, {}),
        "decisions": [
            {
                "at": decision["at"],
                "reason": decision["reason"],
                "message": worded(decision["reason"], decision["numbers"]),
                "numbers": decision["numbers"],
            }
            for decision in decisions
        ],
    }


def room_shown(row: Row) -> dict[str, Any]:
    """Return how it stands with the room."""
    note = row["room_note"]
    return {
        "state": row["room_state"],
        "request_id": row["room_request_id"],
        "reservation_id": row["room_reservation_id"],
        "codes": row["room_codes"],
        "alternatives": row["room_alternatives"],
        "note": note,
        "message": worded(f"room_{note or row['room_state']}", {}),
        "hold_expires_at": row["room_hold_expires_at"],
    }


def move_shown(kept: Row | None) -> dict[str, Any] | None:
    """Return where an activity shall be instead, and how it stands with that room."""
    if kept is None:
        return None
    move = msgspec.convert(kept, Move)
    state = move.room.note or move.room.state
    return {
        **{name: getattr(move, name) for name in MOVING},
        "asked_at": move.asked_at,
        "state": move.room.state,
        "codes": move.room.codes,
        "alternatives": kept["room"]["alternatives"],
        "message": worded(f"move_{state}", {}),
    }


def room_turn_shown(turn: Row, spaces: Mapping[UUID, Row]) -> dict[str, Any]:
    """Return one turn of the talk about a room, with the names of the spaces in it."""
    state = turn["note"] or turn["state"]
    about = "move" if turn["of_move"] else "room"
    alternatives = [
        {
            "space_id": UUID(slot["space_id"]),
            "starts_at": datetime.fromisoformat(slot["starts_at"]),
            "ends_at": datetime.fromisoformat(slot["ends_at"]),
        }
        for slot in turn["alternatives"]
    ]
    return {
        "at": turn["at"],
        "state": turn["state"],
        "message": worded(f"{about}_{state}", {}),
        "of_move": turn["of_move"],
        "wanted": _slot_shown(turn, spaces),
        "reasons": [
            {"code": code, "message": worded(f"room_refused_{code}", {})} for code in turn["codes"]
        ],
        "alternatives": [_slot_shown(slot, spaces) for slot in alternatives],
        "hold_expires_at": turn["hold_expires_at"],
    }


def _slot_shown(slot: Row, spaces: Mapping[UUID, Row]) -> dict[str, Any]:
    known = spaces.get(slot["space_id"])
    return {
        "space_id": slot["space_id"],
        "space_code": known["code"] if known else "",
        "space_name_zh": known["name_zh"] if known else "",
        "space_name_en": known["name_en"] if known else "",
        "capacity": known["capacity"] if known else None,
        "starts_at": slot["starts_at"],
        "ends_at": slot["ends_at"],
    }
