"""What the operator sees while the campus is loaded, and the summary at the end."""

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from shared.kernel.refusal import Refusal

T = TypeVar("T")
CLEAR_LINE = "\x1b[K"  # ECMA-48: erase from the cursor to the end of the line


class Tally:
    """What was accepted, and what was refused and why, by kind of act."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.accepted: Counter[str] = Counter()
        self.refused: Counter[tuple[str, str]] = Counter()

    def attempt(self, kind: str, act: Callable[[], T]) -> T | None:
        """Do something a rule may refuse; None when it was, which is counted by its code."""
        try:
            done = act()
        except Refusal as refusal:
            codes = [violation.code for violation in refusal.violations] or [refusal.code]
            self.refused.update((kind, code) for code in codes)
            return None
        self.accepted[kind] += 1
        return done

    def lines(self) -> Iterator[str]:
        """Yield the summary, a line for each kind of act and one for each reason."""
        for kind in sorted({*self.accepted, *(kind for kind, _ in self.refused)}):
            yield f"  {kind:<34} {self.accepted[kind]:>6} accepted"
            for (of, code), number in sorted(self.refused.items()):
                if of == kind:
                    yield f"  {'':<34} {number:>6} refused: {code}"


@contextmanager
def step(title: str) -> Iterator[Callable[[str], None]]:
    """Show a step of the loading and how long it took, in seconds.

    What the step calls tells how far it is: on a terminal, in the step's own line.
    """
    line = f"  {title} ..."
    print(line, end="", flush=True)
    started = time.monotonic()
    again = f"\r{CLEAR_LINE}{line}" if sys.stdout.isatty() else ""

    def tell(how_far: str) -> None:
        if again:
            print(f"{again} {how_far}", end="", flush=True)

    try:
        yield tell
    except BaseException:
        print(" not finished", flush=True)
        raise
    print(f"{again} {time.monotonic() - started:.1f} s", flush=True)
