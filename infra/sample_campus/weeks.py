"""Four weeks of reservations, lived through on the timeline: wishes become what the rules allow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any
from uuid import UUID

from infra.sample_campus import layout, life
from infra.sample_campus.loading import Loading
from infra.sample_campus.people import Person
from infra.sample_campus.places import holidays, space_id
from infra.sample_campus.timeline import Action
from services.booking.commands.cancel_reservation import CancelReservation, cancel_reservation
from services.booking.commands.check_in import CheckIn, check_in
from services.booking.commands.check_out import CheckOut, check_out
from services.booking.commands.complete_stays import complete_stays
from services.booking.commands.release_no_shows import release_no_shows
from services.booking.commands.reserve import Reserve, reserve
from services.booking.domain.actor import Actor
from services.booking.domain.reservation import Reservation
from shared.kernel.rotating_code import code_at

CODE = "CHU"
TRIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Inhabitants:
    """The invented people with the ids the gateway gave them, in the order they were invented."""

    people: Sequence[Person]
    patron_ids: Sequence[UUID]


class Weeks:
    """Puts every wish on the timeline and follows it: reserve, cancel, arrive, leave."""

    def __init__(self, loading: Loading, inhabitants: Inhabitants) -> None:
        """Live with these people in the invented library."""
        self._loading = loading
        self._hands = loading.hands
        self._timeline = loading.timeline
        self._tally = loading.tally
        self._inhabitants = inhabitants
        self._random = Random(life.SEED)  # noqa: S311 - repeatable dice for an invented month
        self._spaces: dict[str, list[tuple[UUID, int]]] = {}
        for floor in layout.floors():
            for zone in floor.zones:
                for space in zone.spaces:
                    if space.space_kind != "cultural":
                        pair = (space_id(CODE, space.code), space.capacity)
                        self._spaces.setdefault(space.space_type, []).append(pair)

    def plan(self) -> int:
        """Put on the timeline what happens until now; return how many wishes there are."""
        today, zone, now = self._loading.today, self._loading.zone, self._loading.now
        faculties = layout.campus()["faculties"]
        weights = {f["code"]: {"rooms": f["rooms"], "making": f["making"]} for f in faculties}
        crowd = [(nth, person.faculty) for nth, person in enumerate(self._inhabitants.people)]
        closed = {day for day, kind, _ in holidays() if kind == "off"}
        wishes = [w for w in life.wishes(today, zone, crowd, closed, weights) if w.asks_at < now]
        wishes += list(life.students_wishes(len(self._inhabitants.people) - 1, now, zone))
        for wish in wishes:
            self._timeline.at(wish.asks_at, partial(self._ask, wish))
        first = datetime.combine(
            today - timedelta(days=life.DAYS), datetime.min.time(), tzinfo=zone
        )
        self._timeline.every(timedelta(minutes=15), first, now, self._tidy)
        return len(wishes)

    def _tidy(self) -> None:
        """Do what booking's worker does by the clock."""
        release_no_shows(**self._hands.reserving())
        complete_stays(**self._hands.reserving())

    def _ask(self, wish: life.Wish) -> None:
        fitting = [s for s, most in self._spaces[wish.space_type] if most >= wish.party_size]
        for space in self._random.sample(fitting, k=min(TRIES, len(fitting))):
            command = Reserve(
                space_id=space,
                patron_id=self._inhabitants.patron_ids[wish.person],
                starts_at=wish.starts_at,
                ends_at=wish.starts_at + timedelta(minutes=wish.minutes),
                party_size=wish.party_size,
            )
            made = self._tally.attempt(
                f"Chenghu: {wish.space_type} reservations",
                partial(reserve, command, **self._hands.reserving()),
            )
            if made is not None:
                self._follow(wish, made)
                return

    def _follow(self, wish: life.Wish, made: Reservation) -> None:
        holder = Actor(made.patron_id)
        if wish.cancels_at is not None:
            cancel = CancelReservation(reservation_id=made.id, actor=holder)
            self._later(
                wish.cancels_at, "cancellations", lambda: cancel_reservation(cancel, **self._with())
            )
        if wish.arrives_at is not None:
            self._later(wish.arrives_at, "check-ins", lambda: self._arrive(made, holder))
        if wish.arrives_at is not None and wish.leaves_at is not None:
            leave = CheckOut(reservation_id=made.id, actor=holder)
            self._later(wish.leaves_at, "check-outs", lambda: check_out(leave, **self._with()))

    def _arrive(self, made: Reservation, holder: Actor) -> None:
        collaborators = self._with()
        with collaborators["uow"] as uow:
            secret = uow.catalogue.terms_of(made.space_id).space.secret
        code = code_at(secret, self._hands.clock.now())
        check_in(CheckIn(reservation_id=made.id, actor=holder, code=code), **collaborators)

    def _with(self) -> dict[str, Any]:
        return self._hands.reserving()

    def _later(self, instant: datetime, kind: str, act: Action) -> None:
        self._timeline.at(instant, lambda: self._tally.attempt(f"Chenghu: {kind}", act))
