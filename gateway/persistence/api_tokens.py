"""Personal API tokens in and out of their table."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert, select, update

from gateway.domain.api_token import ApiToken
from gateway.persistence.tables import api_token as table


class SqlApiTokens:
    """The personal API tokens, on one connection."""

    def __init__(self, connection: Connection) -> None:
        """Work in this transaction."""
        self._connection = connection

    def add(self, token: ApiToken) -> None:
        """Keep a new token."""
        row = {column.name: getattr(token, column.name) for column in table.columns}
        self._connection.execute(insert(table).values({**row, "scopes": sorted(token.scopes)}))

    def by_secret_hash(self, secret_hash: bytes) -> ApiToken | None:
        """Return the token with this digest, if any."""
        query = select(table).where(table.c.secret_hash == secret_hash)
        row = self._connection.execute(query).mappings().first()
        return None if row is None else _to_token(row)

    def of(self, patron_id: UUID) -> Sequence[ApiToken]:
        """Return a person's tokens that are not revoked, newest first."""
        query = select(table).where(table.c.patron_id == patron_id, table.c.revoked_at.is_(None))
        rows = self._connection.execute(query.order_by(table.c.token_id.desc()))
        return [_to_token(row) for row in rows.mappings()]

    def save(self, token: ApiToken) -> None:
        """Keep when it was used or revoked."""
        self._connection.execute(
            update(table)
            .where(table.c.token_id == token.token_id)
            .values(last_used_at=token.last_used_at, revoked_at=token.revoked_at)
        )


def _to_token(row: Any) -> ApiToken:
    return ApiToken(**{**row, "scopes": frozenset(row["scopes"])})
