"""What is kept in memory: as new as the transaction that reads, never what was taken back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy import event as sql_hooks

from services.booking.persistence.catalogue import read_catalogue
from services.booking.persistence.inventory import SqlInventory
from tests.support.booking_builders import LIBRARY_ID, ROOM, a_space


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        seen.append(statement)

    sql_hooks.listen(engine, "before_cursor_execute", note)
    yield seen
    sql_hooks.remove(engine, "before_cursor_execute", note)


def name_of_room(connection: Connection) -> str:
    terms = read_catalogue(connection).terms_of(ROOM.id)
    assert terms is not None
    return terms.space.name_en


def rename(connection: Connection, name: str) -> None:
    SqlInventory(connection).keep_space(a_space("R1", name_en=name))


def test_an_unchanged_catalogue_costs_one_query(engine: Engine) -> None:
    with engine.connect() as connection:
        first = read_catalogue(connection)
        with counted(engine) as seen:
            assert read_catalogue(connection) is first
    assert len(seen) == 1


def test_a_change_is_seen_by_the_next_who_reads(engine: Engine) -> None:
    with engine.connect() as connection:
        assert name_of_room(connection) == "R1"
        rename(connection, "Renamed")
        connection.commit()
    with engine.connect() as connection:
        assert name_of_room(connection) == "Renamed"


def test_a_change_that_is_not_committed_is_seen_by_its_own_transaction_alone(
    engine: Engine,
) -> None:
    with engine.connect() as writer, engine.connect() as reader:
        rename(writer, "Draft")
        assert name_of_room(writer) == "Draft"
        assert name_of_room(reader) == "R1"
        assert name_of_room(writer) == "Draft"


def test_what_was_taken_back_does_not_pass_for_what_came_after_it(engine: Engine) -> None:
    with engine.connect() as connection:
        rename(connection, "Taken back")
        assert name_of_room(connection) == "Taken back"
        connection.rollback()
        rename(connection, "Kept")  # the same version number again, by another transaction
        connection.commit()
        assert name_of_room(connection) == "Kept"


def test_every_table_of_the_catalogue_says_that_it_has_changed(engine: Engine) -> None:
    tables = ("library", "floor", "zone", "space", "weekly_hours", "hours_exception", "rulebook")
    for table in tables:
        with engine.connect() as connection:
            before = read_catalogue(connection).version
            connection.exec_driver_sql(
                f"UPDATE {table} SET id = id"
                if table != "weekly_hours"
                else "UPDATE weekly_hours SET spans = spans"
            )
            connection.commit()
            assert read_catalogue(connection).version != before, table


def test_spaces_that_inherit_the_same_hours_share_them(engine: Engine) -> None:
    with engine.connect() as connection:
        hours = {id(terms.hours) for terms in read_catalogue(connection).terms_in(LIBRARY_ID)}
    assert len(hours) == 1
