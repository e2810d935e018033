"""Values of hypothesis' strategies by seed: each one costs one draw, and a seed says it all again.

Hypothesis' own engine spends two thirds of its time on mutating and on shrinking, which requests
that schemathesis makes from a small schema do not need.
"""

from collections.abc import Iterator
from random import Random
from typing import Any

from hypothesis.control import BuildContext
from hypothesis.errors import StopTest, UnsatisfiedAssumption
from hypothesis.internal.conjecture.data import ConjectureData
from hypothesis.strategies import SearchStrategy

MOST_TRIES = 20


def drawn(strategy: SearchStrategy[Any], count: int) -> Iterator[tuple[int, Any]]:
    """Draw so many values, each with its seed; fewer when the strategy gives up on many seeds."""
    for seed in range(count * MOST_TRIES):
        if count == 0:
            return
        try:
            value = draw(strategy, seed)
        except (StopTest, UnsatisfiedAssumption):
            continue
        count -= 1
        yield seed, value


def draw(strategy: SearchStrategy[Any], seed: int) -> Any:
    """Draw the value of a seed; raises StopTest or UnsatisfiedAssumption when it has none."""
    data = ConjectureData(random=Random(seed))
    with BuildContext(data, wrapped_test=draw):
        return data.draw(strategy)
