"""Four plausible weeks: who wants which kind of space when, and whether they come.

Only the wishes are made up here. What becomes of them is decided by the services' own commands.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

DAYS = 28
SEED = 20261124
# Wishes on an ordinary weekday, by type of space; chosen so that loading takes about a minute.
WISHES = {"seat": 70, "room": 26, "machine": 8}
WEEKEND = 0.6
LAST_HOUR = 21  # people know when a library closes, also at weekends
HOURS = (9, 10, 11, 13, 14, 15, 16, 17, 18, 19)
MACHINE_HOURS = (10, 14, 15, 16)  # within the staffed hours of every day but Sunday
SUNDAY = 6
HOUR_WEIGHTS = (8, 12, 7, 5, 12, 13, 8, 4, 9, 12)
MINUTES = {"seat": (60, 90, 120, 180, 240), "room": (60, 90, 120), "machine": (60, 90)}
NO_SHOW = {"seat": 0.10, "room": 0.13, "machine": 0.07}
CANCELS = 0.08
STUDENTS_WEEK = (
    (-9, 14, "seat", 120),
    (-6, 10, "room", 90),
    (-5, 15, "machine", 60),
    (-2, 16, "seat", 120),
    (-1, 14, "room", 120),
    (1, 15, "room", 120),
    (2, 9, "seat", 180),
)
"""Days from today, hour, type of space, minutes."""
LEAVES_EARLY = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What one person has in mind, all instants aware.

    `leaves_at` is None for those who stay to the end, `cancels_at` for those who do not cancel.
    """

    person: int
    space_type: str
    asks_at: datetime
    starts_at: datetime
    minutes: int
    party_size: int
    cancels_at: datetime | None
    arrives_at: datetime | None
    leaves_at: datetime | None


def wishes(
    today: date,
    zone: ZoneInfo,
    people: list[tuple[int, str]],
    closed: set[date],
    weights: dict[str, dict[str, float]],
) -> Iterator[Wish]:
    """Yield the wishes of the four weeks up to and including yesterday, then of the days ahead.

    `people` are (ordinal, faculty); `weights[faculty]` says how much a faculty uses rooms and
    machines; `closed` are the days nobody may come.
    """
    random = Random(SEED)  # noqa: S311 - a believable month needs repeatable dice, not secret ones
    regulars = random.sample(people, k=len(people) // 3)
    for offset in range(-DAYS, 3):
        day = today + timedelta(days=offset)
        if day in closed:
            continue
        factor = WEEKEND if day.weekday() >= 5 else 1.0
        for space_type, count in WISHES.items():
            if space_type == "machine" and day.weekday() == SUNDAY:
                continue
            for _ in range(round(count * factor * random.uniform(0.8, 1.2))):
                crowd = regulars if random.random() < 0.7 else people
                person = _who(random, crowd, space_type, weights)
                yield _wish(random, person, space_type, day, zone)


def students_wishes(person: int, now: datetime, zone: ZoneInfo) -> Iterator[Wish]:
    """Yield what the demo student has in mind, so that there is something to see after sign-in."""
    today = now.astimezone(zone).date()
    for days, hour, space_type, minutes in STUDENTS_WEEK:
        starts_at = datetime.combine(today + timedelta(days=days), time(hour), tzinfo=zone)
        yield Wish(
            person=person,
            space_type=space_type,
            asks_at=min(starts_at - timedelta(hours=20), now - timedelta(hours=1)),
            starts_at=starts_at,
            minutes=minutes,
            party_size=3 if space_type == "room" else 1,
            cancels_at=None,
            arrives_at=starts_at + timedelta(minutes=2),
            leaves_at=None,
        )


def _who(
    random: Random,
    crowd: list[tuple[int, str]],
    space_type: str,
    weights: dict[str, dict[str, float]],
) -> int:
    use = {"room": "rooms", "machine": "making"}.get(space_type)
    while True:
        ordinal, faculty = random.choice(crowd)
        if use is None or random.random() * 3.0 < weights[faculty][use]:
            return ordinal


def _wish(random: Random, person: int, space_type: str, day: date, zone: ZoneInfo) -> Wish:
    is_machine = space_type == "machine"
    hour = random.choice(MACHINE_HOURS) if is_machine else random.choices(HOURS, HOUR_WEIGHTS)[0]
    local = datetime.combine(day, time(hour, random.choice((0, 30))), tzinfo=zone)
    minutes = min(random.choice(MINUTES[space_type]), (LAST_HOUR - hour) * 60)
    ahead = timedelta(minutes=random.choice((20, 60, 180, 600, 1440, 2880)))
    cancels = random.random() < CANCELS
    comes = not cancels and random.random() >= NO_SHOW[space_type]
    end = local + timedelta(minutes=minutes)
    asks = local - ahead
    return Wish(
        person=person,
        space_type=space_type,
        asks_at=asks,
        starts_at=local,
        minutes=minutes,
        party_size=random.randint(2, 4) if space_type == "room" else 1,
        cancels_at=asks + ahead * random.uniform(0.3, 0.95) if cancels else None,
        arrives_at=local + timedelta(minutes=random.randint(-10, 12)) if comes else None,
        leaves_at=_leaves(random, local, end) if comes else None,
    )


def _leaves(random: Random, start: datetime, end: datetime) -> datetime | None:
    if random.random() >= LEAVES_EARLY:
        return None
    stay = (end - start) * random.uniform(0.4, 0.9)
    return start + stay
