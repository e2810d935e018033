"""The fact tables as Ibis sees them, wherever they live."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import ibis

_PERSON = {
    "pseudonym": "string",
    "faculty": "string",
    "level": "string",
    "local_day": "date",
    "quarter_hour": "timestamp('UTC')",
}

SCHEMAS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "stay": {
            **_PERSON,
            "library_id": "uuid",
            "space_kind": "string",
            "party_size": "int64",
            "status": "string",
            "booked_minutes": "int64",
            "used_minutes": "int64",
            "used_quarters": "int64",
            "terms_message_id": "uuid",
            "checked_in_message_id": "uuid",
            "completed_message_id": "uuid",
            "no_show_message_id": "uuid",
        },
        "registration": {
            **_PERSON,
            "registration_id": "uuid",
            "library_event_id": "uuid",
            "library_id": "uuid",
            "status": "string",
            "late": "boolean",
            "status_message_id": "uuid",
        },
        "attendance": {
            **_PERSON,
            "library_event_id": "uuid",
            "registration_id": "uuid",
            "library_id": "uuid",
            "programme": "string",
            "space_kind": "string",
            "party_size": "int64",
            "valid": "boolean",
            "message_id": "uuid",
        },
        "library_event": {
            "library_event_id": "uuid",
            "library_id": "uuid",
            "programme": "string",
            "space_kind": "string",
            "local_day": "date",
            "capacity": "int64",
            "status": "string",
            "attendance_measured": "boolean",
            "attendance_named": "boolean",
            "headcount": "int64",
            "headcount_message_id": "uuid",
        },
        "capacity_day": {
            "library_id": "uuid",
            "local_day": "date",
            "space_kind": "string",
            "places": "int64",
            "open_minutes": "int64",
            "open_quarters": "int64",
        },
        "population": {
            "day": "date",
            "faculty": "string",
            "level": "string",
            "headcount": "int64",
        },
        "participation_act": {
            **_PERSON,
            "source": "string",
            "message_id": "uuid",
            "act_type": "string",
            "library_id": "uuid",
            "space_kind": "string",
            "valid": "boolean",
        },
        "act": {
            "source": "string",
            "message_id": "uuid",
            "type": "string",
            "quarter_hour": "timestamp('UTC')",
            "library_id": "uuid",
            "space_id": "uuid",
            "space_kind": "string",
        },
        # One row: the question's period [since, until), its middle day, and perhaps a library.
        "scope": {"since": "date", "until": "date", "middle": "date", "library_id": "uuid"},
    }
)


@dataclass(frozen=True, slots=True)
class Facts:
    """The tables a metric may read: unbound, so that the same expression suits every engine."""

    tables: Mapping[str, Any]

    def __getattr__(self, name: str) -> Any:
        """Return a table by name."""
        try:
            return self.tables[name]
        except KeyError as error:
            raise AttributeError(name) from error


def unbound_facts() -> Facts:
    """Return the tables as declared above."""
    return Facts({name: ibis.table(dict(s), name=name) for name, s in SCHEMAS.items()})
