"""Threads that begin at the same instant."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from shared.kernel.refusal import Refusal


def all_at_once(acts: Sequence[Callable[[], object]]) -> list[object]:
    """Do everything at the same instant; return answers, and refusals as their codes."""
    barrier = Barrier(len(acts))

    def one(act: Callable[[], object]) -> object:
        barrier.wait()
        try:
            return act()
        except Refusal as refusal:
            return refusal.code

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))
