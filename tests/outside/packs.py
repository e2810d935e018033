"""The strings that hurt programs, many to a text: each still stands there letter for letter."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

STRINGS = Path(__file__).with_name("data") / "naughty_strings.json"
BETWEEN = "¶"
BEGIN, END = "‹", "›"
"""A text keeps its blanks at both ends when these are outside of them."""


@cache
def strings() -> Sequence[str]:
    found: list[str] = json.loads(STRINGS.read_text())
    return found


@cache
def packs(most: int) -> Sequence[str]:
    """All of them in as few texts of at most so many characters as go; longer ones in pieces."""
    room = most - len(BEGIN) - len(END)
    made: list[str] = []
    for piece in (text[at : at + room] for text in strings() for at in range(0, len(text), room)):
        added = f"{BETWEEN}{piece}"
        at = next((n for n, text in enumerate(made) if len(text) + len(added) <= room), None)
        if at is None:
            made.append(piece)
        else:
            made[at] += added
    return [f"{BEGIN}{text}{END}" for text in made]
