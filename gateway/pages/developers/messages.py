"""The AsyncAPI document of all messages as a page shows it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gateway.pages.developers.examples import Examples
from gateway.pages.developers.shapes import Row, rows_of


@dataclass(frozen=True, slots=True)
class MessageEntry:
    """One message: who says it, who listens, what it holds."""

    type: str
    name: str
    summary: str
    said_by: str
    heard_by: Sequence[str]
    rows: Sequence[Row]
    example: str


def messages_from(document: Mapping[str, Any], today: date) -> Sequence[MessageEntry]:
    """Return every message of an AsyncAPI 3.0 document, in its order."""
    said, heard = _parties(document["operations"])
    entries, examples = [], Examples({}, today)
    for kind, message in document["components"]["messages"].items():
        data = message["payload"]["allOf"][1]["properties"]["data"]
        entries.append(
            MessageEntry(
                type=kind,
                name=message["name"],
                summary=message["summary"],
                said_by=said.get(kind, ""),
                heard_by=heard.get(kind, []),
                rows=rows_of(data),
                example=json.dumps(examples.of(data), indent=2, ensure_ascii=False),
            )
        )
    return entries


def envelope_rows(document: Mapping[str, Any]) -> Sequence[Row]:
    """Return the members of the envelope every message travels in."""
    return rows_of(document["components"]["schemas"]["envelope"])


def _parties(operations: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, list[str]]]:
    said: dict[str, str] = {}
    heard: dict[str, list[str]] = {}
    for name, operation in operations.items():
        service, _verb, kind = name.split(".", 2)
        if operation["action"] == "send":
            said[kind] = service
        else:
            heard.setdefault(kind, []).append(service)
    return said, heard
