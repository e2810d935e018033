"""Whose account a provider's subject is, in and out of its table."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, exists, func, literal, select
from sqlalchemy.dialects.postgresql import insert

from gateway.persistence.tables import account
from gateway.persistence.tables import campus_identity as table
from shared.kernel.identifiers import lock_key


class SqlCampusIdentities:
    """Subjects of providers, on one connection."""

    def __init__(self, connection: Connection) -> None:
        """Work in this transaction."""
        self._connection = connection

    def alone(self, issuer: str, subject: str) -> None:
        """Let nobody else admit this subject until this transaction ends."""
        key = lock_key("campus identity", issuer, subject)
        self._connection.execute(select(func.pg_advisory_xact_lock(key)))

    def patron_of(self, issuer: str, subject: str) -> UUID | None:
        """Return whose it is, if anybody's."""
        query = select(table.c.patron_id).where(
            table.c.issuer == issuer, table.c.subject == subject
        )
        return self._connection.execute(query).scalar_one_or_none()

    def is_known_at(self, issuer: str, patron_id: UUID) -> bool:
        """Tell whether a person is some subject of an issuer."""
        query = exists().where(table.c.issuer == issuer, table.c.patron_id == patron_id)
        return bool(self._connection.execute(select(query)).scalar_one())

    def administrators_at(self, issuers: Collection[str]) -> int:
        """Return how many active administrators are a subject of one of these issuers."""
        is_one = account.c.active, literal("admin") == func.any(account.c.roles)
        query = select(func.count(table.c.patron_id.distinct())).join_from(table, account)
        query = query.where(table.c.issuer.in_(issuers), *is_one)
        return int(self._connection.execute(query).scalar_one())

    def note(self, issuer: str, subject: str, patron_id: UUID, now: datetime) -> None:
        """Keep whose it is, and that they came."""
        row = {"issuer": issuer, "subject": subject, "patron_id": patron_id}
        statement = insert(table).values(**row, linked_at=now, last_seen_at=now)
        known = [table.c.issuer, table.c.subject]
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=known, set_={"last_seen_at": now})
        )
