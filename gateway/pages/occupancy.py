"""The day of many spaces as cells of half an hour, and the state of each space at one time.

Reads the answer of booking's /grid: instants in UTC, each space with what is open and what is busy.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

STEP = timedelta(minutes=30)
FREE, BUSY, OWN, SHUT = "free", "busy", "own", "shut"


@dataclass(frozen=True, slots=True)
class Cell:
    """A stretch of one state; free ones last one step, for each is a start one can choose."""

    state: str
    starts_at: datetime
    steps: int


def columns(spaces: Sequence[Mapping[str, Any]], now: datetime) -> list[datetime]:
    """Return the starts of the half-hours from the first opening to the last closing.

    Of a day that has begun those still to come: a phone shows no more than the first few.
    """
    stretches = [_stretch(one) for space in spaces for one in space["open"]]
    if not stretches:
        return []
    at = _step_before(min(start for start, _ in stretches))
    last = max(end for _, end in stretches)
    found = []
    while at < last:
        found.append(at)
        at += STEP
    return [at for at in found if at + STEP > now] or found


def row(space: Mapping[str, Any], starts: Sequence[datetime], now: datetime) -> list[Cell]:
    """Return a space's cells; what is over cannot be had and counts as shut."""
    states = [(state_at(space, at, at + STEP, now), at) for at in starts]
    cells: list[Cell] = []
    for state, run in groupby(states, key=lambda pair: pair[0]):
        times = [at for _, at in run]
        if state == FREE:
            cells += [Cell(FREE, at, 1) for at in times]
        else:
            cells.append(Cell(state, times[0], len(times)))
    return cells


def state_at(space: Mapping[str, Any], start: datetime, end: datetime, now: datetime) -> str:
    """Return whether a space is free from start to end: `free`, `busy`, `own` or `shut`."""
    for busy in space["busy"]:
        held_from, held_until = _stretch(busy)
        if held_from < end and start < held_until:
            return OWN if busy["own"] else BUSY
    if not space["in_use"] or end <= now:
        return SHUT
    opens = any(first <= start and end <= last for first, last in map(_stretch, space["open"]))
    return FREE if opens else SHUT


def tally(states: Iterable[str]) -> int:
    """Return how many are free."""
    return sum(state == FREE for state in states)


def _stretch(stretch: Mapping[str, Any]) -> tuple[datetime, datetime]:
    return (
        datetime.fromisoformat(stretch["starts_at"]),
        datetime.fromisoformat(stretch["ends_at"]),
    )


def _step_before(at: datetime) -> datetime:
    return at - timedelta(minutes=at.minute % 30, seconds=at.second, microseconds=at.microsecond)
