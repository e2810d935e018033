"""Accounts in and out of their table."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from gateway.domain import errors
from gateway.domain.account import Account
from gateway.persistence.tables import account as table
from shared.contracts.gateway import PopulationSegment
from shared.kernel.refusal import NotFound


class SqlAccounts:
    """The people, on one connection."""

    def __init__(self, connection: Connection) -> None:
        """Work in this transaction."""
        self._connection = connection

    def get(self, patron_id: UUID) -> Account:
        """Return an account, locked for change; raises NotFound."""
        query = select(table).where(table.c.patron_id == patron_id).with_for_update()
        row = self._connection.execute(query).mappings().first()
        if row is None:
            raise NotFound
        return to_account(row)

    def by_login(self, login: str) -> Account | None:
        """Return the account with this folded login, if any."""
        if not _is_storable(login):
            return None  # nobody can have it
        row = (
            self._connection.execute(select(table).where(table.c.login == login)).mappings().first()
        )
        return None if row is None else to_account(row)

    def by_numbers(self, numbers: Iterable[str]) -> dict[str, Account]:
        """Return the accounts with these student or staff numbers, locked for change."""
        query = select(table).where(table.c.number == func.any(_texts(numbers)))
        rows = self._connection.execute(query.order_by(table.c.patron_id).with_for_update())
        return {row["number"]: to_account(row) for row in rows.mappings()}

    def taken_logins(self, logins: Iterable[str]) -> dict[str, UUID]:
        """Return whose these logins are, as far as they are anybody's."""
        query = select(table.c.login, table.c.patron_id)
        rows = self._connection.execute(query.where(table.c.login == func.any(_texts(logins))))
        return {row.login: row.patron_id for row in rows}

    def add(self, accounts: Sequence[Account], *, now: datetime) -> None:
        """Keep new accounts; raises LoginTaken."""
        if not accounts:
            return
        rows = [{**to_row(account), "created_at": now, "changed_at": now} for account in accounts]
        try:
            self._connection.execute(insert(table), rows)
        except IntegrityError as error:
            raise errors.LoginTaken from error

    def save(self, accounts: Sequence[Account], *, now: datetime) -> None:
        """Keep changed accounts, one version further; raises LoginTaken."""
        if not accounts:
            return
        for account in accounts:
            account.version += 1
        rows = [
            {**to_row(account), "changed_at": now, "key": account.patron_id} for account in accounts
        ]
        statement = update(table).where(table.c.patron_id == bindparam("key"))
        columns: dict[str, Any] = {
            name: bindparam(name) for name in rows[0] if name not in {"key", "patron_id"}
        }
        try:
            self._connection.execute(statement.values(columns), rows)
        except IntegrityError as error:
            raise errors.LoginTaken from error

    def population(self) -> Sequence[PopulationSegment]:
        """Return how many active persons share a faculty, level and year."""
        group = (table.c.faculty, table.c.level, table.c.study_year)
        query = (
            select(*group, func.count())
            .where(table.c.active, table.c.faculty != "")
            .group_by(*group)
            .order_by(*group)
        )
        return [
            PopulationSegment(faculty=faculty, level=level, study_year=year, headcount=count)
            for faculty, level, year, count in self._connection.execute(query)
        ]


def _texts(words: Iterable[str]) -> list[str]:
    return sorted(word for word in words if _is_storable(word))


def _is_storable(text: str) -> bool:
    """Tell whether PostgreSQL's text can hold it: no NUL, no half of a surrogate pair."""
    return "\x00" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def to_account(row: Mapping[str, Any] | Any) -> Account:
    """Return the account a row describes."""
    fields = {name: row[name] for name in ROW_FIELDS}
    libraries = row["libraries"]
    return Account(
        **fields,
        roles=frozenset(row["roles"]),
        libraries=None if libraries is None else frozenset(libraries),
    )


def to_row(account: Account) -> dict[str, Any]:
    """Return the row that describes an account."""
    row = {name: getattr(account, name) for name in ROW_FIELDS}
    libraries = account.libraries
    row["roles"] = sorted(account.roles)
    row["libraries"] = None if libraries is None else sorted(libraries)
    return row


ROW_FIELDS = tuple(
    column.name
    for column in table.columns
    if column.name not in {"roles", "libraries", "created_at", "changed_at"}
)
