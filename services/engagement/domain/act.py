"""An act: one message as the ledger keeps it, without anybody's name or number."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from services.engagement.domain import threads
from services.engagement.domain.pseudonyms import Pseudonyms
from shared.contracts.domain_event import DomainEvent
from shared.contracts.envelope import Envelope

QUARTER_MINUTES = 15
PERSONAL_FIELDS = frozenset({"patron_id", "organizer_id", "listener_ids"})
"""Fields that name a person; they are pseudonymised or dropped, never kept."""

FREE_WORDS = frozenset({"reason", "title_zh", "title_en", "place", "previous_place"})
"""What somebody typed: it may name a person, no figure needs it, and the ledger forgets nothing."""

NEVER_KEPT = PERSONAL_FIELDS | FREE_WORDS

MOMENTS = (
    "checked_out_at",
    "checked_in_at",
    "attended_at",
    "counted_at",
    "submitted_at",
    "supported_at",
    "withdrawn_at",
    "released_at",
    "changed_at",
)
"""Fields that say when the fact itself happened, in order of preference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One row of the ledger. `(source, message_id)` is its identity.

    `occurred_at` is when the fact happened, `recorded_at` when its service learned of it.
    `thread` names the thing the act belongs to (a stay, a sign-up, a suggestion): all facts about
    that thing follow from the acts of its thread, whatever order they arrived in.
    """

    source: str
    message_id: UUID
    type: str
    sequence: int | None
    occurred_at: datetime
    recorded_at: datetime
    thread: str
    pseudonym: str | None = None
    library_id: UUID | None = None
    space_id: UUID | None = None
    space_kind: str | None = None
    programme: str | None = None
    party_size: int | None = None
    void_of: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def order(self) -> tuple[int, datetime, str]:
        """Place in the thread: the publisher's own count, then time, then the id."""
        return (self.sequence or 0, self.occurred_at, str(self.message_id))

    @property
    def told_at(self) -> tuple[datetime, int, str]:
        """Place in time: what holds at an instant is the last told at or before it."""
        return (self.occurred_at, self.sequence or 0, str(self.message_id))

    def moment(self, name: str) -> datetime:
        """Return an instant of the data, UTC."""
        return datetime.fromisoformat(self.data[name]).astimezone(UTC)

    def identifier(self, name: str) -> UUID:
        """Return an id of the data."""
        return UUID(self.data[name])


def act_of(message: DomainEvent, envelope: Envelope, pseudonyms: Pseudonyms) -> Act:
    """Return what the ledger keeps of a message."""
    known = {f.name for f in fields(message)}
    data = {name: value for name, value in envelope.data.items() if name in known}
    patron_id: UUID | None = getattr(message, "patron_id", None)
    pseudonym = None if patron_id is None else pseudonyms.of(patron_id)
    return Act(
        source=envelope.source,
        message_id=envelope.id,
        type=envelope.type,
        sequence=envelope.sequence,
        occurred_at=_occurred_at(message, envelope),
        recorded_at=envelope.recordedat.astimezone(UTC),
        thread=threads.thread_of(message, pseudonym),
        pseudonym=pseudonym,
        library_id=getattr(message, "library_id", None),
        space_id=getattr(message, "space_id", None),
        space_kind=getattr(message, "space_kind", None),
        programme=getattr(message, "programme", None),
        party_size=getattr(message, "party_size", None),
        void_of=threads.voided_by(message),
        data={name: value for name, value in data.items() if name not in NEVER_KEPT},
    )


def _occurred_at(message: DomainEvent, envelope: Envelope) -> datetime:
    said = next((v for name in MOMENTS if (v := getattr(message, name, None)) is not None), None)
    moment: datetime = said or envelope.time
    return moment.astimezone(UTC)


def quarter_of(instant: datetime) -> datetime:
    """Return the start of the quarter hour the instant lies in, UTC: figures know no finer time."""
    instant = instant.astimezone(UTC)
    quarter = instant.minute - instant.minute % QUARTER_MINUTES
    return instant.replace(minute=quarter, second=0, microsecond=0)


def local_day(instant: datetime, zone: ZoneInfo) -> date:
    """Return the day it is in the zone at the instant."""
    return instant.astimezone(zone).date()
