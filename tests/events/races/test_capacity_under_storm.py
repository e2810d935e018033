"""Capacity and order hold when everybody comes at once; without the lock they do not."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from services.events.domain import errors
from services.events.domain.waiting_list import Tally
from services.events.persistence.library_events import SqlLibraryEvents
from services.events.persistence.registrations import SqlRegistrations
from services.events.persistence.unit_of_work import EventsUnitOfWork
from shared.kernel.identifiers import new_id
from shared.kernel.refusal import Refusal
from tests.events.races.storm import (
    UnguardedWork,
    UnlockedEvents,
    crowd_elsewhere,
    join,
    publish,
    replayed,
    storm,
    taken_now,
    works_of,
)

BOTH_SERVERS = pytest.mark.parametrize(
    "postgres_server",
    ["embedded", pytest.param("installed", marks=pytest.mark.installed_postgres)],
    indirect=True,
)


@BOTH_SERVERS
def test_capacity_and_order_hold_in_a_storm_of_sign_ups_and_cancellations(engine):
    crowd_elsewhere(engine)
    for _ in range(2):
        library_event = publish(engine, 30)
        with engine.begin() as connection:
            connection.execute(text("TRUNCATE outbox"))
        works = works_of(engine, EventsUnitOfWork)
        storm(works, library_event, sign_ups=300, cancels=100)
        replay = replayed(engine)
        assert replay.most_taken <= 30
        assert replay.out_of_order == 0
        assert taken_now(engine, library_event) == replay.taken == 30
        with engine.connect() as connection:
            counted = connection.execute(
                text(
                    "SELECT count(*), count(DISTINCT patron_id) FROM registration"
                    " WHERE library_event_id = :id"
                ),
                {"id": library_event.id},
            ).one()
        assert tuple(counted) == (300, 300)


@BOTH_SERVERS
def test_without_the_lock_the_same_storm_overbooks(engine):
    def most_taken() -> int:
        library_event = publish(engine, 30)
        with engine.begin() as connection:
            connection.execute(text("TRUNCATE outbox"))
        works = works_of(engine, UnguardedWork)
        chaos = (DBAPIError, Refusal, ValueError)
        storm(works, library_event, sign_ups=120, cancels=40, forgiven=chaos)
        return replayed(engine).most_taken

    # By luck a round may end well; that three do would take a lock somewhere else.
    assert max(most_taken() for _ in range(3)) > 30


class MeetingRegistrations(SqlRegistrations):
    """Two who have both counted before either acts, if nothing keeps them apart."""

    barrier: Barrier

    def tally(self, library_event_id: UUID) -> Tally:
        tally = super().tally(library_event_id)
        with suppress(BrokenBarrierError):  # broken: kept apart, nobody else can be here
            self.barrier.wait(timeout=0.4)
        return tally


def two_for_one_place(engine: Engine, *, locked: bool) -> int:
    library_event = publish(engine, 1)
    barrier = Barrier(2)

    class Work(EventsUnitOfWork):
        @property
        def library_events(self) -> SqlLibraryEvents:
            return (SqlLibraryEvents if locked else UnlockedEvents)(self.connection)

        @property
        def registrations(self) -> SqlRegistrations:
            both = MeetingRegistrations(self.connection)
            both.barrier = barrier
            return both

    with ThreadPoolExecutor(2) as people:
        work = works_of(engine, Work)
        list(people.map(lambda who: join(work, library_event, who), [new_id(), new_id()]))
    return taken_now(engine, library_event)


def test_of_two_who_come_together_one_gets_the_last_place(engine):
    assert two_for_one_place(engine, locked=True) == 1


def test_without_the_lock_both_get_it(engine):
    assert two_for_one_place(engine, locked=False) == 2


def test_one_persons_parallel_sign_ups_are_one(engine):
    library_event = publish(engine, 30)
    works = works_of(engine, EventsUnitOfWork)
    patron_id = new_id()

    def attempt(_: int) -> str:
        try:
            return join(works, library_event, patron_id).status.value
        except errors.SignUpRefused as refused:
            return refused.violations[0].code

    with ThreadPoolExecutor(8) as people:
        answers = list(people.map(attempt, range(24)))
    assert sorted(answers) == ["already_signed_up"] * 23 + ["confirmed"]
