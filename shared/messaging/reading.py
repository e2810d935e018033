"""From a delivery's bytes to a message this service reacts to, or the reason why not."""

import hashlib
from dataclasses import dataclass

from shared.contracts.catalogue import publisher_of
from shared.contracts.domain_event import DomainEvent
from shared.contracts.envelope import Envelope, source_of
from shared.messaging.codec import UnreadableMessage, envelope_from_json, from_envelope
from shared.messaging.consumers import Consumers, Reaction

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Heard:
    """A readable message and what to do about it."""

    envelope: Envelope
    message: DomainEvent
    reaction: Reaction
    body: str

    @property
    def identity(self) -> tuple[str, str]:
        """The pair that makes hearing twice noticeable."""
        return self.envelope.source, str(self.envelope.id)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something nobody can react to, with as much of its label as could be read."""

    source: str
    message_id: str
    type: str
    sequence: int | None
    body: str
    reason: str


def read(body: bytes, consumers: Consumers) -> Heard | Unreadable:
    """Return the message in a delivery's body with this service's reaction to it."""
    text = storable(body)
    try:
        envelope = envelope_from_json(body)
    except UnreadableMessage as error:
        digest = hashlib.sha256(body).hexdigest()
        return Unreadable(UNKNOWN, digest, UNKNOWN, None, text, str(error))
    try:
        return _known(envelope, consumers, text)
    except UnreadableMessage as error:
        return Unreadable(
            storable(envelope.source.encode()),
            str(envelope.id),
            storable(envelope.type.encode()),
            envelope.sequence,
            text,
            str(error),
        )


def storable(body: bytes) -> str:
    """Return text PostgreSQL can keep, whatever the bytes are."""
    return body.decode("utf-8", "backslashreplace").replace("\x00", "\\x00")


def _known(envelope: Envelope, consumers: Consumers, text: str) -> Heard:
    message = from_envelope(envelope)
    publisher = source_of(publisher_of(type(message)))
    if envelope.source != publisher:
        msg = f"{envelope.type} is for {publisher} to say, not for {envelope.source}"
        raise UnreadableMessage(msg)
    reaction = consumers.reaction_to(envelope.type)
    if reaction is None:
        msg = f"{consumers.service} has no reaction to {envelope.type}"
        raise UnreadableMessage(msg)
    return Heard(envelope, message, reaction, text)
