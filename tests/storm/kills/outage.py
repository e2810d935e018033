"""The broker away for a while: bookings go on meanwhile, what they say waits and is then told."""

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import quantiles

import httpx

from tests.storm.kills.storm import Storm
from tests.support.polling import eventually
from tests.support.tcp_proxy import TcpProxy

BACKLOG = re.compile(r"^atrium_outbox_backlog(?:\{[^}]*\})? ([0-9.e+]+)$", re.MULTILINE)
LOOK_SECONDS = 0.1


@dataclass
class Outage:
    """A broker's absence, and what the metrics showed meanwhile."""

    proxy: TcpProxy
    seconds: float
    backlogs: list[float] = field(default_factory=list)
    drained_after: float = 0.0
    over: threading.Event = field(default_factory=threading.Event)

    def happen(self, storm: Storm, *, after: int) -> None:
        """Once so much is done, cut the broker off; mend it; wait for the backlog's end."""
        eventually(lambda: storm.doing.done >= after, within=900, step=LOOK_SECONDS)
        began = time.monotonic()
        self.proxy.cut()
        try:
            eventually(
                lambda: self._lasted(began, storm), within=self.seconds + 60, step=LOOK_SECONDS
            )
        finally:
            self.proxy.mend()
            self.over.set()
        mended = time.monotonic()
        eventually(lambda: backlog(storm) == 0, within=120, step=LOOK_SECONDS)
        self.drained_after = time.monotonic() - mended

    def _lasted(self, began: float, storm: Storm) -> bool:
        self.backlogs.append(backlog(storm))
        return time.monotonic() - began >= self.seconds

    def __str__(self) -> str:
        return (
            f"broker away for {self.seconds:g} s, backlog up to {max(self.backlogs):g},"
            f" drained {self.drained_after:.1f} s after its return"
        )


def backlog(storm: Storm) -> float:
    """Booking's backlog as its metrics show it; nought is not the same as not to be read."""
    try:
        answer = storm.platform.client.get("/api/booking/v1/health/metrics")
    except httpx.TransportError as error:
        raise AssertionError("no metrics: the connection broke") from error
    assert answer.status_code == 200, f"no metrics: {answer.status_code}"
    found = BACKLOG.search(answer.text)
    assert found is not None, "the backlog is not among the metrics"
    return float(found.group(1))


def p99(seconds: list[float]) -> float:
    return quantiles(seconds, n=100)[98]


@contextmanager
def meanwhile(outage: Outage, storm: Storm, *, after: int = 0) -> Iterator[None]:
    """Let the outage happen beside the body; its failure is the test's."""
    failures: list[BaseException] = []

    def happen() -> None:
        try:
            outage.happen(storm, after=after)
        except BaseException as error:  # noqa: BLE001  # raised below, in the test's own thread
            failures.append(error)

    thread = threading.Thread(target=happen)
    thread.start()
    try:
        yield
    finally:
        thread.join()
    if failures:
        raise failures[0]
