"""Whatever people do: capacity holds, the order is kept, nobody is there twice."""

from datetime import timedelta
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from services.events.commands.change_library_event import (
    ChangeLibraryEvent,
    change_library_event,
)
from services.events.domain import errors
from services.events.domain.registration import LIVE, Registration, Status
from shared.kernel.clock import SetClock
from tests.events.stage import Stage
from tests.support.event_builders import NOW, TOMORROW, an_organizer
from tests.support.fake_events import FakeUnitOfWork

PATRONS = [UUID(int=number) for number in range(1, 9)]
TAKING = {Status.CONFIRMED, Status.OFFERED}


class WaitingList(RuleBasedStateMachine):
    """People come and go; after each step the list is compared with what its policy promises."""

    @initialize(capacity=st.integers(1, 4))
    def open_an_activity(self, capacity: int) -> None:
        self.stage = Stage(FakeUnitOfWork(), SetClock(NOW))
        self.capacity = capacity
        self.library_event = self.stage.published(
            capacity=capacity, party_limit=3, offer_minutes=60
        )
        self.line: list[UUID] = []
        """Who waits, in the order they came, as an onlooker writes it down."""

    def _rows(self) -> list[Registration]:
        return list(self.stage.uow.kept.registrations.values())

    def _with_status(self, *statuses: Status) -> list[Registration]:
        return [row for row in self._rows() if row.status in statuses]

    def _pick(self, index: int, *statuses: Status) -> Registration | None:
        found = self._with_status(*statuses)
        return found[index % len(found)] if found else None

    @rule(patron=st.sampled_from(PATRONS), party=st.integers(1, 3))
    def somebody_signs_up(self, patron: UUID, party: int) -> None:
        live = [row for row in self._rows() if row.patron_id == patron and row.status in LIVE]
        may = not live and party <= self.capacity and self.stage.clock.now() < TOMORROW
        try:
            registration = self.stage.sign_up(self.library_event, patron, party)
        except errors.SignUpRefused:
            assert not may
            return
        assert may
        if registration.status is Status.WAITLISTED:
            self.line.append(registration.id)

    @rule(index=st.integers(0, 20))
    def somebody_gives_up(self, index: int) -> None:
        registration = self._pick(index, Status.CONFIRMED, Status.WAITLISTED, Status.OFFERED)
        if registration is not None and self.stage.clock.now() < TOMORROW:
            self._leave_the_line(registration)
            self.stage.cancel(registration)

    @rule(index=st.integers(0, 20), accepts=st.booleans())
    def somebody_answers(self, index: int, accepts: bool) -> None:
        registration = self._pick(index, Status.OFFERED)
        if registration is None:
            return
        answer = self.stage.accept if accepts else self.stage.decline
        until = registration.offer_expires_at
        assert until is not None
        try:
            answer(registration)
        except errors.OfferExpired:
            assert self.stage.clock.now() >= until
        else:
            assert self.stage.clock.now() < until

    @rule(minutes=st.sampled_from([1, 5, 30, 61, 200]))
    def time_passes_and_the_job_runs(self, minutes: int) -> None:
        self.stage.later(minutes=minutes)
        self.stage.expire_offers()

    @precondition(lambda self: self.capacity < 6)
    @rule(more=st.integers(1, 2))
    def places_are_added(self, more: int) -> None:
        self.capacity += more
        command = ChangeLibraryEvent(
            library_event_id=self.library_event.id,
            by=an_organizer,
            changes={"capacity": self.capacity},
        )
        change_library_event(command, uow=self.stage.uow, clock=self.stage.clock)

    def _leave_the_line(self, registration: Registration) -> None:
        if registration.id in self.line:
            self.line.remove(registration.id)

    @invariant()
    def no_more_places_are_given_than_there_are(self) -> None:
        assert sum(row.party_size for row in self._with_status(*TAKING)) <= self.capacity

    @invariant()
    def nobody_is_there_twice(self) -> None:
        live = [row.patron_id for row in self._rows() if row.status in LIVE]
        assert len(live) == len(set(live))

    @invariant()
    def offers_went_to_the_head_and_no_place_it_fits_into_is_kept_empty(self) -> None:
        status = {row.id: row.status for row in self._rows()}
        while self.line and status[self.line[0]] is not Status.WAITLISTED:
            self.line.pop(0)
        assert all(status[waiting] is Status.WAITLISTED for waiting in self.line)
        time_enough = TOMORROW - self.stage.clock.now() >= timedelta(minutes=5)
        if self.line and time_enough:
            first = self.stage.uow.kept.registrations[self.line[0]]
            taken = sum(row.party_size for row in self._with_status(*TAKING))
            assert first.party_size > self.capacity - taken


WaitingList.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestWaitingList = WaitingList.TestCase
