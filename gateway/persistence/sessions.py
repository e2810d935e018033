"""Sessions in and out of their table."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, delete, insert, or_

from gateway.domain.session import Session
from gateway.persistence.tables import session as table


class SqlSessions:
    """The signed-in browsers, on one connection."""

    def __init__(self, connection: Connection) -> None:
        """Work in this transaction."""
        self._connection = connection

    def add(self, session: Session) -> None:
        """Keep a new session."""
        self._connection.execute(
            insert(table).values(
                token_hash=session.token_hash,
                patron_id=session.patron_id,
                created_at=session.created_at,
                last_seen_at=session.last_seen_at,
                provider_id=session.provider_id,
                sealed_id_token=session.sealed_id_token,
            )
        )

    def end(self, token_hash: bytes) -> Session | None:
        """Forget one session and return it; None when it is gone already."""
        ended = delete(table).where(table.c.token_hash == token_hash).returning(table)
        row = self._connection.execute(ended).mappings().first()
        return None if row is None else Session(**row)

    def end_all_of(self, patron_id: UUID, *, but: bytes | None = None) -> None:
        """Forget every session of a person, but the one with this digest."""
        theirs = delete(table).where(table.c.patron_id == patron_id)
        others = theirs if but is None else theirs.where(table.c.token_hash != but)
        self._connection.execute(others)

    def end_those_unseen_since(self, unseen_since: datetime, made_before: datetime) -> int:
        """Forget sessions past either lifetime; returns how many."""
        past = or_(table.c.last_seen_at < unseen_since, table.c.created_at < made_before)
        return self._connection.execute(delete(table).where(past)).rowcount
