"""Kill -9 at random moments: only processes that descend from the platform's supervisor."""

import random
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Self

import psutil

from tests.support.polling import eventually

WEB_WORKER, WEB_MASTER, WORKER, POSTGRES = "web worker", "gunicorn", "worker", "postgres"
SHARES = {WEB_WORKER: 5, WORKER: 3, WEB_MASTER: 2}
PATIENCE_SECONDS = 120.0
LOOK_SECONDS = 0.02
MOST_BEHIND = 2


def victims(supervisor: int) -> dict[str, list[psutil.Process]]:
    """The living processes of a platform by what they are; nginx and PostgreSQL's are left out."""
    found: dict[str, list[psutil.Process]] = {kind: [] for kind in (*SHARES, POSTGRES)}
    for child in psutil.Process(supervisor).children():
        name = _plan_of(child)
        if name.startswith("web"):
            found[WEB_MASTER].append(child)
            found[WEB_WORKER] += _children(child)
        elif name.startswith("worker"):
            found[WORKER].append(child)
        elif name == "server":
            found[POSTGRES].append(child)
    return found


def _plan_of(process: psutil.Process) -> str:
    """The supervisor's name for a child, from the log it writes to; nothing for a dead one."""
    try:
        if process.status() == psutil.STATUS_ZOMBIE:
            return ""
        log = Path(f"/proc/{process.pid}/fd/1").readlink()
    except (psutil.Error, OSError):
        return ""
    return log.stem if log.suffix == ".log" else ""


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return [one for one in process.children() if one.status() != psutil.STATUS_ZOMBIE]
    except psutil.Error:
        return []


class Killer:
    """Kills so many times while the work goes from nought to `operations`."""

    def __init__(
        self,
        supervisor: int,
        shares: dict[str, int],
        *,
        kills: int,
        operations: int,
        progress: Callable[[], int],
        seed: int,
    ) -> None:
        self._supervisor = supervisor
        self._shares = shares
        self._rng = random.Random(seed)
        self._moments = sorted(self._rng.uniform(0, operations * 0.98) for _ in range(kills))
        self._progress = progress
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.killed: Counter[str] = Counter()
        self.failure: Exception | None = None

    def is_behind(self) -> bool:
        """Tell whether the work must wait, so that all kills fall into it."""
        if self.failure is not None:
            raise self.failure
        due = sum(moment <= self._progress() for moment in self._moments)
        return due - self.killed.total() > MOST_BEHIND

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._stop.set()
        self._thread.join(PATIENCE_SECONDS)

    def _run(self) -> None:
        try:
            for moment in self._moments:
                self._await(moment)
                if self._stop.is_set():
                    return
                self._kill_one()
        except Exception as error:  # noqa: BLE001  # told to the test's own thread
            self.failure = error

    def _await(self, moment: float) -> None:
        eventually(
            lambda: self._progress() >= moment or self._stop.is_set(),
            within=PATIENCE_SECONDS * 10,
            step=LOOK_SECONDS,
        )

    def _kill_one(self) -> None:
        kind = self._rng.choices(list(self._shares), list(self._shares.values()))[0]

        def kill() -> bool:
            living = victims(self._supervisor)[kind]
            if not living:
                return False
            try:
                self._rng.choice(living).kill()
            except psutil.NoSuchProcess:
                return False
            return True

        eventually(kill, within=PATIENCE_SECONDS, step=LOOK_SECONDS)
        self.killed[kind] += 1
