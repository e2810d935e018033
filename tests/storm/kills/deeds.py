"""What people do while processes are killed: a plan from a seed, and how it is carried out."""

import random
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any
from uuid import uuid4

from tests.storm.kills.insisting import Insisting
from tests.storm.kills.record import Record
from tests.support.platform_campus import BOOKING, ENGAGEMENT, PlatformCampus, slot
from tests.support.polling import eventually

KINDS = {
    "reserve": 42,
    "contend": 18,
    "check in": 14,
    "cancel": 8,
    "suggest": 6,
    "support": 10,
    "withdraw": 2,
}
RIVALS = 4  # ask for one contended slot
MINUTES = 15
FIRST_MINUTES = 45  # from now: long enough for a storm to end before a reservation begins
LAST_MINUTES = 23 * 60  # who has a place within a day may check in at once
SLOTS_PER_ROOM = (LAST_MINUTES - FIRST_MINUTES) // MINUTES
GATE_SECONDS = 300.0


@dataclass(frozen=True)
class Deed:
    """One operation: what, by which of the people, for which slot."""

    kind: str
    who: int
    place: dict[str, Any] | None = None


def rooms_needed(operations: int) -> int:
    return 2 + operations // SLOTS_PER_ROOM


def slots_of(campus: PlatformCampus, rng: random.Random) -> Iterator[dict[str, Any]]:
    """Every quarter hour of every room until tomorrow, shuffled."""
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    starts = [now + timedelta(minutes=FIRST_MINUTES + MINUTES * n) for n in range(SLOTS_PER_ROOM)]
    starts = [start for start in starts if start - datetime.now(UTC) < timedelta(hours=23)]
    places = list(product(campus.space_ids, starts))
    rng.shuffle(places)
    return (slot(space_id, starts_at, MINUTES) for space_id, starts_at in places)


def planned(campus: PlatformCampus, *, operations: int, people: int, seed: int) -> Sequence[Deed]:
    """Return the operations of a storm, rivals for one slot one after the other."""
    rng = random.Random(seed)
    slots = slots_of(campus, rng)
    deeds: list[Deed] = []
    weights = [share / (RIVALS if kind == "contend" else 1) for kind, share in KINDS.items()]
    while len(deeds) < operations:
        kind = rng.choices(list(KINDS), weights)[0]
        if kind == "contend":
            place = next(slots)
            deeds += [Deed(kind, who, place) for who in rng.sample(range(people), RIVALS)]
        else:
            deeds.append(Deed(kind, rng.randrange(people), next(slots)))
    return deeds[:operations]


class Doing:
    """Carries a plan out with several clients at once, and counts how far it has come."""

    def __init__(self, library_id: str, record: Record, *, seed: int) -> None:
        self.done = 0
        self._library_id = library_id
        self._record = record
        self._rng = random.Random(seed)
        self._lock = threading.Lock()
        self._standing: deque[str] = deque()
        self._suggestions: list[tuple[str, int]] = []
        self._supports: deque[tuple[str, int]] = deque()
        self._supported: set[tuple[str, int]] = set()

    def all(
        self, deeds: Sequence[Deed], clients: Sequence[Insisting], gate: Callable[[], bool]
    ) -> None:
        """Do everything, in order as far as several clients do; each deed waits for the gate."""
        left = iter(deeds)

        def work(client: Insisting) -> None:
            while (deed := self._next(left)) is not None:
                eventually(gate, within=GATE_SECONDS, step=0.02)
                self.one(deed, client)
                with self._lock:
                    self.done += 1

        with ThreadPoolExecutor(len(clients)) as pool:
            for ended in [pool.submit(work, client) for client in clients]:
                ended.result()

    def one(self, deed: Deed, client: Insisting) -> None:
        """Do one deed; one that finds nothing to act on becomes a reservation or suggestion."""
        if deed.kind in {"check in", "cancel"} and (held := self._take(self._standing)):
            (self._check_in if deed.kind == "check in" else self._cancel)(held, client)
        elif deed.kind == "withdraw" and (pair := self._take(self._supports)):
            self._withdraw(pair, client)
        elif deed.kind == "support" and (pair := self._to_support(deed.who)):
            self._support(pair, client)
        elif deed.kind in {"suggest", "support", "withdraw"}:
            self._suggest(deed.who, client)
        else:
            self._reserve(deed, client)

    def _reserve(self, deed: Deed, client: Insisting) -> None:
        assert deed.place is not None
        told = client.post(deed.who, f"{BOOKING}/reservations", deed.place)
        if told is None:
            self._record.unanswered.append(f"reserve {deed.place}")
        elif told.status == 201:
            self._record.reserved(told, deed.place, rival=deed.kind == "contend")
            self._standing.append(told.body["id"])
        elif told.status == 409 and deed.kind == "contend":
            self._record.refused += 1
        else:
            self._record.surprise(f"{deed.kind}: {told}")

    def _check_in(self, held: str, client: Insisting) -> None:
        told = client.post_as_staff(f"{BOOKING}/reservations/{held}/check-in", {})
        self._note_state(held, "checked_in", told)

    def _cancel(self, held: str, client: Insisting) -> None:
        owner = self._record.owner_of(held)
        told = client.delete(
            owner,
            f"{BOOKING}/reservations/{held}",
            is_done=lambda body: body["status"] == "cancelled",
        )
        self._note_state(held, "cancelled", told)

    def _note_state(self, held: str, state: str, told: Any) -> None:
        if told is None:
            self._record.unanswered.append(f"{state} {held}")
            self._record.uncertain.add(held)
        elif told.status == 200:
            self._record.became(held, state)
        else:
            self._record.surprise(f"{state}: {told}")

    def _suggest(self, who: int, client: Insisting) -> None:
        wish = {
            "library_id": self._library_id,
            "space_kind": "learning",
            "title": f"Longer hours, please ({uuid4().hex[:8]})",
        }
        told = client.post(who, f"{ENGAGEMENT}/suggestions", wish)
        if told is None:
            self._record.unanswered.append("suggest")
        elif told.status == 201:
            self._record.suggested.add(told.body["id"])
            self._suggestions.append((told.body["id"], who))
        else:
            self._record.surprise(f"suggest: {told}")

    def _support(self, pair: tuple[str, int], client: Insisting) -> None:
        told = client.post(pair[1], f"{ENGAGEMENT}/suggestions/{pair[0]}/support", None)
        if told is None:
            self._record.unanswered.append(f"support {pair}")
        elif told.status == 200:
            self._record.supported.add((pair[0], client.patron_id(pair[1])))
            self._supports.append(pair)
        else:
            self._record.surprise(f"support: {told}")

    def _withdraw(self, pair: tuple[str, int], client: Insisting) -> None:
        told = client.withdraw(pair[1], f"{ENGAGEMENT}/suggestions/{pair[0]}/support")
        if told is None:
            self._record.unanswered.append(f"withdraw {pair}")
        elif told.status == 200:
            taken_back = pair[0], client.patron_id(pair[1])
            self._record.supported.discard(taken_back)
            self._record.withdrawn.add(taken_back)
        else:
            self._record.surprise(f"withdraw: {told}")

    def _next(self, left: Iterator[Deed]) -> Deed | None:
        with self._lock:
            return next(left, None)

    def _take(self, things: deque[Any]) -> Any:
        with self._lock:
            return things.popleft() if things else None

    def _to_support(self, who: int) -> tuple[str, int] | None:
        with self._lock:
            free = [
                (wish, who)
                for wish, author in self._suggestions[-40:]
                if author != who and (wish, who) not in self._supported
            ]
            if not free:
                return None
            chosen = self._rng.choice(free)
            self._supported.add(chosen)
            return chosen
