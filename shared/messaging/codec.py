"""Messages to JSON and back, strictly: what does not fit its class is refused, not guessed."""

from typing import Any

import msgspec

from shared.contracts.catalogue import BY_TYPE
from shared.contracts.domain_event import DomainEvent
from shared.contracts.envelope import Envelope


class UnreadableMessage(Exception):
    """The bytes are no envelope, or the data does not fit the type it claims."""


def to_data(message: DomainEvent) -> dict[str, Any]:
    """Return the message's fields as plain JSON values."""
    data: dict[str, Any] = msgspec.to_builtins(message)
    return data


def from_envelope(envelope: Envelope) -> DomainEvent:
    """Return the message inside; raises UnreadableMessage for an unknown type or wrong fields.

    Fields this version does not know are passed over: additions are allowed within a version.
    """
    known = BY_TYPE.get(envelope.type)
    if known is None:
        msg = f"unknown message type {envelope.type}"
        raise UnreadableMessage(msg)
    try:
        message: DomainEvent = msgspec.convert(envelope.data, known, strict=False)
    except msgspec.ValidationError as error:
        msg = f"{envelope.type}: {error}"
        raise UnreadableMessage(msg) from error
    return message


def envelope_to_json(envelope: Envelope) -> bytes:
    """Return the structured JSON form of CloudEvents 1.0; absent extensions are left out."""
    fields = msgspec.to_builtins(envelope)
    return msgspec.json.encode({name: value for name, value in fields.items() if value is not None})


def envelope_from_json(body: bytes | str | dict[str, Any]) -> Envelope:
    """Return the envelope; raises UnreadableMessage for anything that is not one."""
    try:
        if isinstance(body, dict):
            return msgspec.convert(body, Envelope, strict=False)
        return msgspec.json.decode(body, type=Envelope, strict=False)
    except msgspec.MsgspecError as error:
        msg = f"not a CloudEvents envelope: {error}"
        raise UnreadableMessage(msg) from error
