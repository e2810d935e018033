"""The storm: many people at once, the guard taken off on purpose, and the account read back."""

import random
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import UUID

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
from services.events.commands.sign_up import SignUp, sign_up
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
from shared.persistence.transactions import OwnTransactions
from tests.support.event_builders import NOW, a_library_event

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
        self._connection.execute(text("SELECT pg_sleep(0.02)"))
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


def storm(
    works: Work,
    library_event: LibraryEvent,
    *,
    sign_ups: int,
    cancels: int,
    forgiven: tuple[type[Exception], ...] = (),
) -> None:
    """Many sign up while some give up again, and who is offered a place answers.

    `forgiven`: what the storm passes over; without the guard there are deadlocks as well.
    """
    dice = random.Random(library_event.id.int)
    patrons = [new_id() for _ in range(sign_ups)]
    leaving = set(dice.sample(patrons, cancels))

    def live_through(patron_id: UUID) -> None:
        with suppress(*forgiven):
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
        with suppress(*forgiven):
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
        match kind:
            case "events.registration.waitlisted.v1":
                self.line.append(who)
            case "events.registration.confirmed.v1":
                self.taken += 0 if who in self.promised else 1
                self.promised.discard(who)
            case "events.place.offered.v1":
                self.out_of_order += self.line[:1] != [who]
                self._leave_the_line(who)
                self.promised.add(who)
                self.taken += 1
            case "events.place.offer_lapsed.v1":
                self.taken -= 1
            case "events.registration.cancelled.v1":
                self._give_up(who, str(data["previous_status"]))
        self.most_taken = max(self.most_taken, self.taken)

    def _give_up(self, who: str, before: str) -> None:
        if before == "waitlisted":
            self._leave_the_line(who)
            return
        self.taken -= 1
        if before == "offered":
            self.promised.discard(who)

    def _leave_the_line(self, who: str) -> None:
        self.line = [waiting for waiting in self.line if waiting != who]


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
