"""Units of work that share a transaction each keep all they did or nothing."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from shared.persistence.transactions import JoinedTransactions


@pytest.fixture
def connection(
    fresh_database: Callable[[str], str], open_engine: Callable[..., Engine]
) -> Iterator[Connection]:
    with open_engine(fresh_database("empty")).connect() as opened:
        opened.exec_driver_sql("CREATE TABLE told (word text PRIMARY KEY)")
        opened.commit()
        yield opened


def tell(joined: JoinedTransactions, *words: str, keep: bool) -> None:
    with joined.begin() as transaction:
        for word in words:
            transaction.connection.exec_driver_sql("INSERT INTO told VALUES (%s)", (word,))
        if keep:
            transaction.commit()


def told(connection: Connection) -> list[str]:
    return [row.word for row in connection.exec_driver_sql("SELECT word FROM told ORDER BY word")]


@pytest.mark.parametrize("order", [(False, True), (True, False), (True, False, True), (False,)])
def test_what_one_did_without_commit_goes_and_the_others_stay(
    connection: Connection, order: tuple[bool, ...]
) -> None:
    joined = JoinedTransactions(connection, connection.rollback)
    for number, keep in enumerate(order):
        tell(joined, str(number), keep=keep)
    assert joined.committed is any(order)
    connection.commit()
    assert told(connection) == [str(number) for number, keep in enumerate(order) if keep]


def test_one_that_fails_halfway_takes_nothing_of_the_one_before_with_it(
    connection: Connection,
) -> None:
    joined = JoinedTransactions(connection, connection.rollback)
    tell(joined, "first", keep=True)
    with pytest.raises(DBAPIError):
        tell(joined, "half", "first", keep=True)
    tell(joined, "last", keep=True)
    connection.commit()
    assert told(connection) == ["first", "last"]


def test_one_inside_another_undoes_only_itself(connection: Connection) -> None:
    joined = JoinedTransactions(connection, connection.rollback)
    with joined.begin() as outer:
        outer.connection.exec_driver_sql("INSERT INTO told VALUES ('outer')")
        tell(joined, "inner", keep=False)
        outer.commit()
    connection.commit()
    assert told(connection) == ["outer"]


def test_inside_a_savepoint_of_the_owner_starting_over_leaves_what_was_before(
    connection: Connection,
) -> None:
    connection.exec_driver_sql("INSERT INTO told VALUES ('owner')")
    savepoint = connection.begin_nested()
    joined = JoinedTransactions(connection, savepoint.rollback)
    tell(joined, "undone", keep=False)
    connection.commit()
    assert told(connection) == ["owner"]
