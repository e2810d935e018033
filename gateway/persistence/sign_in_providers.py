"""Identity providers of the campus in and out of their table."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import IntegrityError

from gateway.domain import errors
from gateway.domain.sign_in_provider import ClaimMapping, SignInProvider
from gateway.persistence.tables import sign_in_provider as table
from gateway.persistence.tables import sign_in_setting as setting
from shared.kernel.identifiers import lock_key
from shared.kernel.refusal import NotFound


class SqlSignInProviders:
    """The providers, and whether passwords of ours are asked for, on one connection."""

    def __init__(self, connection: Connection) -> None:
        """Work in this transaction."""
        self._connection = connection

    def alone(self) -> None:
        """Let nobody else change any of this until this transaction ends."""
        key = lock_key("gateway", "sign-in providers")
        self._connection.execute(select(func.pg_advisory_xact_lock(key)))

    def all(self) -> Sequence[SignInProvider]:
        """Return every provider, oldest first."""
        rows = self._connection.execute(select(table).order_by(table.c.provider_id))
        return [to_provider(row) for row in rows.mappings()]

    def get(self, provider_id: UUID) -> SignInProvider:
        """Return one; raises NotFound."""
        query = select(table).where(table.c.provider_id == provider_id)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            raise NotFound
        return to_provider(row)

    def add(self, provider: SignInProvider, now: datetime) -> None:
        """Keep a new one; raises ProviderTaken."""
        row = {**_to_row(provider), "created_at": now, "changed_at": now}
        self._write(insert(table).values(row))

    def save(self, provider: SignInProvider, now: datetime) -> None:
        """Keep a changed one; raises ProviderTaken."""
        change = update(table).where(table.c.provider_id == provider.provider_id)
        self._write(change.values({**_to_row(provider), "changed_at": now}))

    def remove(self, provider_id: UUID) -> None:
        """Forget one."""
        self._connection.execute(delete(table).where(table.c.provider_id == provider_id))

    def local_allowed(self) -> tuple[bool, int]:
        """Return whether passwords of ours are asked for, and that setting's version."""
        row = self._connection.execute(select(setting.c.local_allowed, setting.c.version)).first()
        return (True, 0) if row is None else (row.local_allowed, row.version)

    def allow_local(self, allowed: bool, version: int) -> None:
        """Ask for passwords of ours, or not."""
        values = {"one_row": True, "local_allowed": allowed, "version": version}
        statement = postgresql.insert(setting).values(values)
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=[setting.c.one_row], set_=values)
        )

    def _write(self, statement: Any) -> None:
        try:
            self._connection.execute(statement)
        except IntegrityError as error:
            raise errors.ProviderTaken from error


def to_provider(row: Mapping[Any, Any]) -> SignInProvider:
    """Return the provider a row describes."""
    fields = {name: row[name] for name in ROW_FIELDS}
    mapping = ClaimMapping(**fields["mapping"])
    return SignInProvider(**{**fields, "scopes": tuple(fields["scopes"]), "mapping": mapping})


def _to_row(provider: SignInProvider) -> dict[str, Any]:
    row = {name: getattr(provider, name) for name in ROW_FIELDS}
    return {**row, "scopes": list(provider.scopes), "mapping": asdict(provider.mapping)}


ROW_FIELDS = tuple(
    column.name for column in table.columns if column.name not in {"created_at", "changed_at"}
)
