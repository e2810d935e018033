"""The tables messaging keeps in every service's database: outbox, inbox, parked messages, gaps."""

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Identity,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB


def outbox_table(metadata: MetaData) -> Table:
    """Messages in the order they were written, kept as the service's log.

    `sequence` is given by the relay, without gaps, in an order in which no smaller one can still
    appear: whoever reads the log up to a sequence has read everything before it. `published_at` is
    set after the broker's confirm.
    """
    return Table(
        "outbox",
        metadata,
        Column("position", BigInteger, Identity(), primary_key=True),
        Column("id", Uuid, nullable=False, unique=True),
        Column("type", Text, nullable=False),
        Column("subject", Text, nullable=False),
        Column("time", DateTime(timezone=True), nullable=False),
        Column("recordedat", DateTime(timezone=True), nullable=False, server_default=text("now()")),
        Column("traceparent", Text),
        Column("data", JSONB, nullable=False),
        Column("sequence", BigInteger, unique=True),
        Column("published_at", DateTime(timezone=True)),
        Index("outbox_unstamped", "position", postgresql_where=text("sequence IS NULL")),
        Index("outbox_unpublished", "sequence", postgresql_where=text("published_at IS NULL")),
    )


def inbox_table(metadata: MetaData) -> Table:
    """Messages whose effect is in this database; the key makes hearing twice harmless."""
    return Table(
        "inbox",
        metadata,
        Column("source", Text, primary_key=True),
        Column("id", Uuid, primary_key=True),
        Column("type", Text, nullable=False),
        Column("sequence", BigInteger),
        Column("heard_at", DateTime(timezone=True), nullable=False, server_default=text("now()")),
        Index("inbox_sequence", "source", "sequence"),
    )


def parked_message_table(metadata: MetaData) -> Table:
    """Keep what is not handled yet (`retrying`), given up (`dead`) or let go (`discarded`)."""
    return Table(
        "parked_message",
        metadata,
        Column("position", BigInteger, Identity(), primary_key=True),
        Column("source", Text, nullable=False),
        Column("message_id", Text, nullable=False),
        Column("type", Text, nullable=False),
        Column("sequence", BigInteger),
        Column("body", Text, nullable=False),
        Column("reason", Text, nullable=False),
        Column("attempts", Integer, nullable=False, server_default=text("1")),
        Column("status", Text, nullable=False),
        Column("parked_at", DateTime(timezone=True), nullable=False, server_default=text("now()")),
        Column("next_attempt_at", DateTime(timezone=True)),
        Index("parked_message_identity", "source", "message_id", unique=True),
        Index(
            "parked_message_due", "next_attempt_at", postgresql_where=text("status = 'retrying'")
        ),
    )


def heard_through_table(metadata: MetaData) -> Table:
    """Per source, up to which sequence everything was heard, and what is missing beyond it."""
    return Table(
        "heard_through",
        metadata,
        Column("source", Text, primary_key=True),
        Column("complete_to", BigInteger, nullable=False, server_default=text("0")),
        Column("highest", BigInteger, nullable=False, server_default=text("0")),
        Column("missing", BigInteger, nullable=False, server_default=text("0")),
        Column("missing_since", DateTime(timezone=True)),
    )


def messaging_tables(metadata: MetaData) -> tuple[Table, Table, Table, Table]:
    """Declare all of them in a service's metadata."""
    return (
        outbox_table(metadata),
        inbox_table(metadata),
        parked_message_table(metadata),
        heard_through_table(metadata),
    )
