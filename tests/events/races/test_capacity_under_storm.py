"""Capacity and order hold when everybody comes at once; without the lock they do not."""

import random
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Barrier, BrokenBarrierError
from uuid import UUID

import pytest
from sqlalchemy import Engine, insert, select, text

from services.events.commands.answer_offer import (
    AcceptOffer,
    DeclineOffer,
    accept_offer,
    decline_offer,
)
from services.events.commands.cancel_registration import (
    CancelRegistration,
    cancel_registration,
)
from services.events.commands.expire_offers import expire_offers
from services.events.commands.sign_up import SignUp, sign_up
from services.events.domain import errors
from services.events.domain.library_event import LibraryEvent
from services.events.domain.registration import Status
from services.events.domain.waiting_list import Tally
from services.events.persistence.library_events import SqlLibraryEvents, to_domain
from services.events.persistence.registrations import SqlRegistrations
from services.events.persistence.tables import library_event as activities
from services.events.persistence.tables import registration as registrations
from services.events.persistence.unit_of_work import EventsUnitOfWork
from shared.kernel.clock import SetClock
from shared.kernel.identifiers import new_id
from shared.kernel.refusal import Refusal
from shared.persistence.transactions import OwnTransactions
from tests.support.event_builders import NOW, a_library_event

BOTH_SERVERS = pytest.mark.parametrize(
    "postgres_server",
    ["embedded", pytest.param("installed", marks=pytest.mark.installed_postgres)],
    indirect=True,
)
Work = Callable[[], EventsUnitOfWork]


class UnlockedEvents(SqlLibraryEvents):
    """The guard taken off: the activity is read, its row is not locked."""

    def lock(self, library_event_id: UUID) -> LibraryEvent | None:
        found = select(activities).where(activities.c.id == library_event_id)
        row = self._connection.execute(found).first()
        return None if row is None else to_domain(row)


class HesitantRegistrations(SqlRegistrations):
    """Between counting and acting there is time for somebody else."""

    def tally(self, library_event_id: UUID) -> Tally:
        tally = super().tally(library_event_id)
        self._connection.execute(text("SELECT pg_sleep(0.003)"))
        return tally


class UnguardedWork(EventsUnitOfWork):
    @property
    def library_events(self) -> UnlockedEvents:
        return UnlockedEvents(self.connection)

    @property
    def registrations(self) -> HesitantRegistrations:
        return HesitantRegistrations(self.connection)


def works_of(engine: Engine, kind: type[EventsUnitOfWork]) -> Work:
    return lambda: kind(OwnTransactions(engine), clock=SetClock(NOW))


@pytest.fixture
def engine(fresh_database: Callable[[str], str], open_engine: Callable[..., Engine]) -> Engine:
    return open_engine(fresh_database("events"), pool_size=12)


def publish(engine: Engine, capacity: int) -> LibraryEvent:
    library_event = a_library_event(planned={"capacity": capacity})
    works = works_of(engine, EventsUnitOfWork)
    with works() as uow:
        uow.library_events.add(library_event)
        uow.commit()
    return library_event


def crowd_elsewhere(engine: Engine) -> None:
    """Fill the indexes past their first page: a race over a small table proves nothing."""
    other = publish(engine, 2000)
    rows = [
        {
            "id": new_id(),
            "library_event_id": other.id,
            "patron_id": new_id(),
            "party_size": 1,
            "status": "confirmed",
            "registered_at": NOW,
            "changed_at": NOW,
            "version": 1,
        }
        for _ in range(1500)
    ]
    with engine.begin() as connection:
        connection.execute(insert(registrations), rows)


def join(works: Work, library_event: LibraryEvent, patron_id: UUID):
    command = SignUp(library_event_id=library_event.id, patron_id=patron_id)
    return sign_up(command, uow=works(), clock=SetClock(NOW))


def storm(works: Work, library_event: LibraryEvent, *, sign_ups: int, cancels: int) -> None:
    """Many sign up while some give up again, and who is offered a place answers."""
    dice = random.Random(library_event.id.int)
    patrons = [new_id() for _ in range(sign_ups)]
    leaving = set(dice.sample(patrons, cancels))

    def live_through(patron_id: UUID) -> None:
        registration = join(works, library_event, patron_id)
        if patron_id in leaving:
            command = CancelRegistration(registration_id=registration.id, patron_id=patron_id)
            cancel_registration(command, uow=works(), clock=SetClock(NOW))

    with ThreadPoolExecutor(8) as people:
        list(people.map(live_through, patrons))
        answers = [
            people.submit(answer, works, registration_id, patron_id, accepts=dice.random() < 0.7)
            for registration_id, patron_id in offered(works, library_event)
        ]
    for answered in answers:
        answered.result()


def offered(works: Work, library_event: LibraryEvent) -> Sequence[tuple[UUID, UUID]]:
    with works() as uow:
        columns = (registrations.c.id, registrations.c.patron_id)
        found = select(*columns).where(
            registrations.c.status == Status.OFFERED,
            registrations.c.library_event_id == library_event.id,
        )
        return [(row[0], row[1]) for row in uow.connection.execute(found)]


def answer(works: Work, registration_id: UUID, patron_id: UUID, *, accepts: bool) -> None:
    if accepts:
        accept = AcceptOffer(registration_id=registration_id, patron_id=patron_id)
        accept_offer(accept, uow=works(), clock=SetClock(NOW))
    else:
        decline = DeclineOffer(registration_id=registration_id, patron_id=patron_id)
        decline_offer(decline, uow=works(), clock=SetClock(NOW))


@dataclass
class Replay:
    """The messages read back in the order they were written: a second, independent account."""

    taken: int = 0
    most_taken: int = 0
    line: list[str] = field(default_factory=list)
    promised: set[str] = field(default_factory=set)
    out_of_order: int = 0

    def hear(self, kind: str, data: dict[str, object]) -> None:
        who = str(data["registration_id"])
        was_offered = data.get("previous_status") == "offered"
        match kind:
            case "events.registration.waitlisted.v1":
                self.line.append(who)
            case "events.registration.confirmed.v1":
                self.taken += 0 if who in self.promised else 1
                self.promised.discard(who)
            case "events.place.offered.v1":
                self.out_of_order += self.line[:1] != [who]
                self.line = [waiting for waiting in self.line if waiting != who]
                self.promised.add(who)
                self.taken += 1
            case "events.place.offer_lapsed.v1":
                self.taken -= 1
            case "events.registration.cancelled.v1" if data["previous_status"] == "waitlisted":
                self.line = [waiting for waiting in self.line if waiting != who]
            case "events.registration.cancelled.v1":
                self.taken -= 1
                if was_offered:
                    self.promised.discard(who)
        self.most_taken = max(self.most_taken, self.taken)


def replayed(engine: Engine) -> Replay:
    replay = Replay()
    with engine.connect() as connection:
        written = connection.execute(text("SELECT type, data FROM outbox ORDER BY position"))
        for kind, data in written:
            replay.hear(kind, data)
    return replay


def taken_now(engine: Engine, library_event: LibraryEvent) -> int:
    with works_of(engine, EventsUnitOfWork)() as uow:
        return uow.registrations.tally(library_event.id).taken


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
    library_event = publish(engine, 30)
    storm(works_of(engine, UnguardedWork), library_event, sign_ups=120, cancels=40)
    replay = replayed(engine)
    assert replay.most_taken > 30


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


def test_of_an_expiry_and_an_acceptance_exactly_one_wins(engine):
    works = works_of(engine, EventsUnitOfWork)
    just_before = SetClock(NOW + timedelta(hours=12) - timedelta(microseconds=1))
    at_the_end = SetClock(NOW + timedelta(hours=12))
    won = {"accepted": 0, "expired": 0}
    for _ in range(40):
        library_event = publish(engine, 1)
        ann, ben = new_id(), new_id()
        first = join(works, library_event, ann)
        second = join(works, library_event, ben)
        leave = CancelRegistration(registration_id=first.id, patron_id=ann)
        cancel_registration(leave, uow=works(), clock=SetClock(NOW))
        with engine.begin() as connection:
            connection.execute(
                registrations.update()
                .where(registrations.c.id == second.id)
                .values(offer_expires_at=at_the_end.now())
            )

        def accept(registration_id: UUID = second.id, patron_id: UUID = ben) -> bool:
            command = AcceptOffer(registration_id=registration_id, patron_id=patron_id)
            try:
                accept_offer(command, uow=works(), clock=just_before)
            except Refusal:
                return False
            return True

        with ThreadPoolExecutor(2) as both:
            accepting = both.submit(accept)
            expiring = both.submit(expire_offers, uow=works(), clock=at_the_end)
            accepted, lapsed = accepting.result(), expiring.result()
        assert (accepted, lapsed) in {(True, 0), (False, 1)}
        assert taken_now(engine, library_event) == int(accepted)
        won["accepted" if accepted else "expired"] += 1
    assert sum(won.values()) == 40
