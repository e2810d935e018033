"""A believable message of any class: every field has a default made from its type."""

import dataclasses
import types
import typing
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from shared.contracts.booking import RoomHoldReleased
from shared.contracts.domain_event import DomainEvent
from shared.contracts.envelope import Envelope, source_of
from shared.kernel.identifiers import new_id
from shared.messaging.codec import to_data

SOME_DAY = date(2026, 11, 3)
SOME_TIME = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)

PLAIN: dict[Any, Any] = {
    str: "learning",
    int: 3,
    bool: True,
    float: 0.5,
    UUID: UUID("01931f6e-0000-7000-8000-000000000001"),
    datetime: SOME_TIME,
    date: SOME_DAY,
}


def a_message(kind: type[DomainEvent], **given: Any) -> DomainEvent:
    """Return a message with every field filled, optional ones too; name only what matters."""
    return kind(**{**_fields(kind), **given})


def _fields(kind: type[Any]) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    return {field.name: _value(hints[field.name]) for field in dataclasses.fields(kind)}


def _value(hint: Any) -> Any:
    if hint in PLAIN:
        return PLAIN[hint]
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        return _value(next(part for part in typing.get_args(hint) if part is not type(None)))
    if typing.get_origin(hint) is tuple:
        return (_value(typing.get_args(hint)[0]),)
    return hint(**_fields(hint))


def a_release(**given: Any) -> RoomHoldReleased:
    """Return the smallest message the events service listens to, with an id of its own."""
    filled = {"library_event_id": uuid4(), "request_id": uuid4(), "space_id": uuid4(), **given}
    return RoomHoldReleased(**filled)


def an_envelope(message: DomainEvent, **given: Any) -> Envelope:
    """Return a message in its envelope, as its publisher would send it."""
    filled = {
        "id": new_id(),
        "source": source_of(message.type.split(".", 1)[0]),
        "type": message.type,
        "subject": message.subject(),
        "time": SOME_TIME,
        "recordedat": SOME_TIME,
        "data": to_data(message),
        "sequence": 1,
        **given,
    }
    return Envelope(**filled)
