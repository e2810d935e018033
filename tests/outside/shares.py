"""How much of a long list is sent: a share by `make test`, all of it by `make storm`.

The shares of the operations follow each other in the list, from a place that the run draws: every
run sends the whole list, and each time other parts of it to other operations. pytest-randomly's
seed, which the run prints, draws the same place again.
"""

import random
from collections.abc import Sequence
from typing import TypeVar

import pytest

Sent = TypeVar("Sent")
ALL = 0

share_or_all = pytest.mark.parametrize(
    "share", [pytest.param(64, id="a share"), pytest.param(ALL, id="all", marks=pytest.mark.storm)]
)


def share_of(values: Sequence[Sent], share: int, nth: int) -> list[Sent]:
    """The share of the nth operation; begins again at the front where the list ends."""
    if share == ALL:
        return list(values)
    first = random.randrange(len(values)) + nth * share
    return [values[(first + step) % len(values)] for step in range(share)]
