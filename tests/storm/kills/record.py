"""What the clients were told: the acknowledgements that must hold whatever was killed."""

import threading
from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Told:
    """A definite answer. `recovered`: an earlier try was cut off, yet it had had its effect."""

    status: int
    body: dict[str, Any]
    recovered: bool = False


@dataclass(frozen=True)
class Held:
    """An acknowledged reservation."""

    patron_id: str
    space_id: str
    starts_at: str
    state: str = "confirmed"


@dataclass
class Record:
    """Everything acknowledged, everything never answered, and how hard it was to get answers."""

    held: dict[str, Held] = field(default_factory=dict)
    suggested: set[str] = field(default_factory=set)
    supported: set[tuple[str, str]] = field(default_factory=set)
    withdrawn: set[tuple[str, str]] = field(default_factory=set)
    unanswered: list[str] = field(default_factory=list)
    uncertain: set[str] = field(default_factory=set)
    surprises: list[str] = field(default_factory=list)
    recovered_reservations: set[str] = field(default_factory=set)
    rivals_won: list[tuple[str, str]] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    recovered: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def reserved(self, told: Told, place: dict[str, Any], *, rival: bool) -> None:
        with self.lock:
            body = told.body
            self.held[body["id"]] = Held(body["patron_id"], place["space_id"], body["starts_at"])
            if told.recovered:
                self.recovered_reservations.add(body["id"])
            if rival:
                self.rivals_won.append((place["space_id"], place["starts_at"]))

    def became(self, reservation_id: str, state: str) -> None:
        with self.lock:
            before = self.held[reservation_id]
            self.held[reservation_id] = Held(
                before.patron_id, before.space_id, before.starts_at, state
            )

    def owner_of(self, reservation_id: str) -> str:
        return self.held[reservation_id].patron_id

    def count(self, answer: str) -> None:
        with self.lock:
            self.answers[answer] += 1

    def note_recovered(self) -> None:
        with self.lock:
            self.recovered += 1

    def surprise(self, what: str) -> None:
        """Keep an answer that a sound platform never gives."""
        with self.lock:
            self.surprises.append(what)
