"""Ways to the campus that were begun, in and out of their table."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert

from gateway.domain.sign_in_flow import SignInFlow
from gateway.persistence.tables import sign_in_flow as table


class SqlSignInFlows:
    """The ways begun and not finished, on one connection."""

    def __init__(self, connection: Connection) -> None:
        """Work in this transaction."""
        self._connection = connection

    def add(self, flow: SignInFlow) -> None:
        """Keep one."""
        row = {column.name: getattr(flow, column.name) for column in table.columns}
        self._connection.execute(insert(table).values(row))

    def take(self, state_hash: bytes) -> SignInFlow | None:
        """Return one and forget it, so that nobody takes it twice."""
        taken = delete(table).where(table.c.state_hash == state_hash).returning(table)
        row = self._connection.execute(taken).mappings().first()
        return None if row is None else SignInFlow(**row)

    def forget_before(self, begun_before: datetime) -> int:
        """Drop those nobody can finish; returns how many."""
        old = delete(table).where(table.c.begun_at < begun_before)
        return self._connection.execute(old).rowcount
