"""In whatever order answers arrive, and however often, an activity ends in one place."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.events.commands.cancel_library_event import CancelLibraryEvent, cancel_library_event
from services.events.domain.library_event import LibraryEvent, Status
from services.events.domain.room import RoomState
from shared.contracts.booking import RoomHoldGranted, RoomHoldReleased
from shared.contracts.events import LibraryEventMoved, RegistrationMoved, RoomGivenBack
from shared.contracts.events import RoomRequested as Asked
from shared.kernel.clock import SetClock
from shared.kernel.refusal import Refusal
from tests.events.moves import Mover
from tests.events.stage import Stage, granted
from tests.support.event_builders import ANN, NOW, SALON, TOMORROW, a_librarian
from tests.support.fake_events import FakeUnitOfWork

OVERLAPPING = {
    "starts_at": TOMORROW + timedelta(hours=1),
    "ends_at": TOMORROW + timedelta(hours=3),
}


def release_of(library_event: LibraryEvent, request_id: UUID) -> RoomHoldReleased:
    return RoomHoldReleased(
        library_event_id=library_event.id, request_id=request_id, space_id=SALON
    )


def a_mover() -> Mover:
    return Mover(Stage(FakeUnitOfWork(), SetClock(NOW)))


@pytest.mark.parametrize("order", [(0, 1), (1, 0), (0, 1, 0, 1), (1, 0, 1, 0)])
def test_an_exchange_is_carried_out_in_whichever_order_it_is_heard(order: tuple[int, ...]) -> None:
    mover = a_mover()
    activity = mover.published()
    mover.stage.sign_up(activity, ANN)
    assert activity.room.request_id is not None
    mover.move(activity, **OVERLAPPING)
    answers = (
        mover.grant_of(activity, replaced_request_id=activity.room.request_id),
        release_of(activity, activity.room.request_id),
    )
    for position in order:
        mover.hear(answers[position])
    kept = mover.stage.activity(activity)
    assert (kept.plan.starts_at, kept.room.state) == (OVERLAPPING["starts_at"], RoomState.HELD)
    assert len(mover.stage.said(RegistrationMoved)) == 1


@dataclass
class Booking:
    """The booking service in a few lines: what it holds by request, and what it has yet to say."""

    mover: Mover
    held: dict[UUID, tuple[object, object]] = field(default_factory=dict)
    known: set[UUID] = field(default_factory=set)
    unsaid: list[RoomHoldGranted | RoomHoldReleased] = field(default_factory=list)
    heard: list[RoomHoldGranted | RoomHoldReleased] = field(default_factory=list)
    rest: dict[UUID, UUID] = field(default_factory=dict)
    """Old times still held by the request that took over, until the activity lets them go."""
    read: int = 0

    def starts_with(self, activity: LibraryEvent) -> None:
        """Hold the room of an activity, which has been told so already."""
        self.listen(activity)
        self.unsaid.clear()

    def say(self, number: int) -> None:
        """Let one of the answers be heard, not always the first."""
        if self.unsaid:
            answer = self.unsaid.pop(number % len(self.unsaid))
            self.heard.append(answer)
            self.mover.hear(answer)

    def say_again(self, number: int) -> None:
        if self.heard:
            self.mover.hear(self.heard[number % len(self.heard)])

    def listen(self, activity: LibraryEvent) -> None:
        """Deal with everything the events service has said since."""
        said = self.mover.stage.uow.kept.published
        for message in said[self.read :]:
            if isinstance(message, Asked) and message.request_id not in self.known:
                self._grant(activity, message)
            elif isinstance(message, RoomGivenBack):
                self.known.add(message.request_id)
                self.rest.pop(message.request_id, None)
                self._release(activity, message.request_id)
        self.read = len(said)

    def _grant(self, activity: LibraryEvent, asked: Asked) -> None:
        self.known.add(asked.request_id)
        old = asked.replaces_request_id
        overlaps = old in self.held and _overlap(self.held[old], (asked.starts_at, asked.ends_at))
        replaced = old if overlaps else None
        self.held[asked.request_id] = (asked.starts_at, asked.ends_at)
        self.unsaid.append(
            granted(activity, request_id=asked.request_id, replaced_request_id=replaced)
        )
        if replaced is not None:
            self._release(activity, replaced)
            self.rest[replaced] = asked.request_id

    def _release(self, activity: LibraryEvent, request_id: UUID) -> None:
        if self.held.pop(request_id, None):
            self.rest = {old: new for old, new in self.rest.items() if new != request_id}
            self.unsaid.append(release_of(activity, request_id))


def _overlap(one, other) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def shift(mover: Mover, activity: LibraryEvent, by: timedelta) -> None:
    plan = mover.stage.activity(activity).plan
    mover.move(activity, starts_at=plan.starts_at + by, ends_at=plan.ends_at + by)


def cancel(mover: Mover, activity: LibraryEvent) -> None:
    command = CancelLibraryEvent(library_event_id=activity.id, by=a_librarian)
    cancel_library_event(command, uow=mover.stage.uow, clock=mover.stage.clock)


DEEDS: dict[str, Callable[[Mover, Booking, LibraryEvent, int], object]] = {
    "move within": lambda m, _b, e, _n: shift(m, e, timedelta(hours=1)),
    "move far": lambda m, _b, e, _n: shift(m, e, timedelta(days=2)),
    "drop": lambda m, _b, e, _n: m.drop(e),
    "cancel": lambda m, _b, e, _n: cancel(m, e),
    "booking listens": lambda _m, b, e, _n: b.listen(e),
    "hear one": lambda _m, b, _e, n: b.say(n),
    "hear again": lambda _m, b, _e, n: b.say_again(n),
}


@settings(max_examples=300, deadline=None)
@given(
    acts=st.lists(st.tuples(st.sampled_from(sorted(DEEDS)), st.integers(0, 5)), max_size=24),
    last=st.integers(0, 5),
)
def test_whatever_happens_in_between_an_activity_ends_with_the_room_it_thinks_it_has(
    acts: list[tuple[str, int]], last: int
) -> None:
    mover = a_mover()
    activity = mover.published()
    mover.stage.sign_up(activity, ANN)
    booking = Booking(mover)
    booking.starts_with(activity)
    for act, number in acts:
        with suppress(Refusal):  # a no changes nothing
            DEEDS[act](mover, booking, activity, number)
    for _ in range(50):
        booking.listen(activity)
        booking.say(last)
    kept = mover.stage.activity(activity)
    assert kept.move is None
    assert booking.rest == {}
    if kept.status is Status.CANCELLED:
        assert booking.held == {}
    else:
        plan = kept.plan
        assert kept.room.state is RoomState.HELD
        assert booking.held == {kept.room.request_id: (plan.starts_at, plan.ends_at)}
    moves = len(mover.stage.said(LibraryEventMoved))
    assert len(mover.stage.said(RegistrationMoved)) == moves
