"""A small library's weeks, written straight into the facts, and what its reports count there.

The counting here shares nothing with the statements it is held against: it goes through sets.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Engine, insert

from services.engagement.domain.disclosure import Period
from services.engagement.persistence.fact_tables import REFUSAL, SPACE, STAY
from tests.support.engagement_builders import LIBRARY, MONDAY, ROOM, ZONE, at

WEEKS = range(3)
KINDS = ("learning", "creative")
REACHED = {"refused": 0, "cancelled": 1, "confirmed": 2, "no_show": 2, "checked_in": 3}
REACHED |= {"completed": 4}
STEPS = ("asked", "booked", "kept", "checked_in", "completed")
CAME = {"checked_in", "completed"}
Behind = Mapping[object, int]
"""What a number counts, each with the person behind it."""


@dataclass(frozen=True)
class Group:
    """People who ask for one kind of space at one hour, and what becomes of it."""

    week: int
    size: int
    first: int = 0
    kind: str = "learning"
    weekday: int = 1
    hour: int = 10
    outcome: str = "completed"
    codes: tuple[str, ...] = ("taken",)
    library: UUID = LIBRARY


@dataclass(frozen=True)
class Wish:
    """What one person of a group asked for."""

    id: int
    person: int
    group: Group

    @property
    def day(self) -> date:
        return MONDAY + timedelta(weeks=self.group.week, days=self.group.weekday - 1)

    @property
    def begins(self) -> datetime:
        return at(self.group.hour, day=self.day.day)


@dataclass(frozen=True)
class Asked:
    """Weeks, both included, and perhaps one kind of space."""

    first: int
    last: int
    kind: str | None = None

    @property
    def period(self) -> Period:
        return Period(
            MONDAY + timedelta(weeks=self.first), MONDAY + timedelta(weeks=self.last, days=6)
        )

    def holds(self, other: "Asked") -> bool:
        return (
            self.first <= other.first
            and other.last <= self.last
            and (self.kind in {None, other.kind})
        )


def everything_asked() -> Sequence[Asked]:
    periods = [(first, last) for first in WEEKS for last in WEEKS if first <= last]
    return [Asked(*period, kind) for period in periods for kind in (None, *KINDS)]


class World:
    """Wishes in the order of the groups they come from."""

    def __init__(self, groups: Iterable[Group]) -> None:
        people = [(who, g) for g in groups for who in range(g.first, g.first + g.size)]
        self.wishes = [Wish(nth + 1, who, group) for nth, (who, group) in enumerate(people)]

    def write(self, engine: Engine) -> None:
        stays = [_stay(w) for w in self.wishes if w.group.outcome != "refused"]
        refusals = [_refusal(w) for w in self.wishes if w.group.outcome == "refused"]
        with engine.begin() as connection:
            for table in (STAY, REFUSAL, SPACE):
                connection.execute(table.delete())
            connection.execute(insert(SPACE), _space())
            if stays:
                connection.execute(insert(STAY), stays)
            if refusals:
                connection.execute(insert(REFUSAL), refusals)

    def within(self, asked: Asked) -> Sequence[Wish]:
        return [w for w in self._of_weeks(asked) if asked.kind in {None, w.group.kind}]

    def _of_weeks(self, asked: Asked) -> Sequence[Wish]:
        return [
            wish
            for wish in self.wishes
            if asked.first <= wish.group.week <= asked.last and wish.group.library == LIBRARY
        ]

    def starts(self, asked: Asked) -> Mapping[str, Behind]:
        came = [wish for wish in self.within(asked) if wish.group.outcome in CAME]
        return _sorted_out(came, lambda wish: [f"{wish.group.weekday}-{wish.group.hour:02d}"])

    def steps(self, asked: Asked) -> Mapping[str, Behind]:
        within = self.within(asked)
        return {
            step: _behind(wish for wish in within if REACHED[wish.group.outcome] >= nth)
            for nth, step in enumerate(STEPS)
        }

    def refused(self, asked: Asked) -> Sequence[Wish]:
        return [wish for wish in self.within(asked) if wish.group.outcome == "refused"]

    def lists(self, asked: Asked) -> Mapping[str, Mapping[str, Behind]]:
        refused = self.refused(asked)
        return {
            "code": _sorted_out(refused, lambda wish: wish.group.codes),
            "space_kind": _sorted_out(refused, lambda wish: [wish.group.kind]),
            "hour": _sorted_out(refused, lambda wish: [f"{wish.group.hour:02d}"]),
            "persons": {"all": self.missed(asked)},
        }

    def missed(self, asked: Asked) -> Behind:
        served = self.served(replace_kind(asked)).keys()
        found = _first_of_day(
            wish
            for wish in self._of_weeks(asked)
            if wish.group.outcome == "refused" and (wish.person, wish.day) not in served
        )
        return _of_kind(found, asked.kind)

    def served(self, asked: Asked) -> Behind:
        found = _first_of_day(
            wish
            for wish in self._of_weeks(asked)
            if wish.group.outcome not in {"refused", "cancelled"}
        )
        return _of_kind(found, asked.kind)


def replace_kind(asked: Asked) -> Asked:
    return Asked(asked.first, asked.last)


def _sorted_out(
    wishes: Iterable[Wish], cells_of: Callable[[Wish], Iterable[str]]
) -> Mapping[str, Behind]:
    found: dict[str, dict[object, int]] = {}
    for wish in wishes:
        for cell in cells_of(wish):
            found.setdefault(cell, {})[wish.id] = wish.person
    return found


def _behind(wishes: Iterable[Wish]) -> Behind:
    return {wish.id: wish.person for wish in wishes}


def _first_of_day(wishes: Iterable[Wish]) -> Mapping[tuple[int, date], Wish]:
    found: dict[tuple[int, date], Wish] = {}
    for wish in sorted(wishes, key=lambda wish: (wish.begins, wish.id)):
        found.setdefault((wish.person, wish.day), wish)
    return found


def _of_kind(found: Mapping[tuple[int, date], Wish], kind: str | None) -> Behind:
    return {key: w.person for key, w in found.items() if kind in {None, w.group.kind}}


def _common(wish: Wish) -> dict[str, object]:
    return {
        "thread": str(wish.id),
        "pseudonym": f"p{wish.person:03d}",
        "quarter_hour": wish.begins,
        "local_day": wish.day,
        "library_id": wish.group.library,
        "space_id": ROOM,
        "space_type": "room",
        "space_kind": wish.group.kind,
    }


def _space() -> dict[str, object]:
    names = {"space_type": "room", "name_zh": "研讨室", "name_en": "Study room"}
    told = {"told_at": at(7, day=1), "told_sequence": 1, "thread": f"space:{ROOM}"}
    of_library = {"space_id": ROOM, "library_id": LIBRARY, "timezone": ZONE}
    return {**of_library, **names, **told, "space_kind": "learning"}


def _stay(wish: Wish) -> dict[str, object]:
    completed = wish.group.outcome == "completed"
    return _common(wish) | {
        "reservation_id": UUID(int=wish.id),
        "party_size": 1,
        "status": wish.group.outcome,
        "booked_minutes": 60,
        "used_quarters": 4 if completed else None,
        "used_minutes": 60 if completed else None,
        "terms_message_id": UUID(int=wish.id),
    }


def _refusal(wish: Wish) -> dict[str, object]:
    return _common(wish) | {
        "request_id": UUID(int=wish.id),
        "codes": list(wish.group.codes),
        "message_id": UUID(int=wish.id),
    }
