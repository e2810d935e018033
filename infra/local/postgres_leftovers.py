"""PostgreSQL processes that outlived the one who started them, and the lock file they leave."""

import contextlib
import signal
import time
from pathlib import Path

import psutil

from infra.local.failure import CannotStart

PATIENCE_SECONDS = 20.0


def stop_leftovers(cluster: Path) -> bool:
    """Stop any server still working on a data folder; tell whether there was one.

    After `kill -9` of its parent a server runs on; after `kill -9` of the server itself its
    children end one by one. Both must be gone before the folder is opened again.
    """
    lock = cluster / "postmaster.pid"
    if not lock.exists():
        return False
    left = _processes_in(cluster)
    if left:
        _end(cluster, left)
    # Nobody works here, so the lock is stale; PostgreSQL alone would believe it whenever some
    # other process has got the same number meanwhile.
    lock.unlink(missing_ok=True)
    return bool(left)


def _end(cluster: Path, left: list[psutil.Process]) -> None:
    postmaster = _postmaster_number(cluster)
    for ending in (signal.SIGINT, signal.SIGQUIT):  # fast shutdown, then the immediate one
        for process in left:
            if process.pid == postmaster or postmaster not in {one.pid for one in left}:
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.send_signal(ending)
        deadline = time.monotonic() + PATIENCE_SECONDS / 2
        while time.monotonic() < deadline:
            if not (left := _processes_in(cluster)):
                return
            time.sleep(0.02)
    numbers = ", ".join(str(process.pid) for process in left)
    raise CannotStart(f"A PostgreSQL left over on {cluster} does not stop: process {numbers}.")


def _postmaster_number(cluster: Path) -> int | None:
    try:
        return int((cluster / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def _processes_in(cluster: Path) -> list[psutil.Process]:
    """Return the running PostgreSQL processes whose working folder is the data folder."""
    found = []
    for process in psutil.process_iter(["name"]):
        with contextlib.suppress(psutil.Error, OSError):
            if not (process.info["name"] or "").startswith("postgres"):
                continue
            if process.status() != psutil.STATUS_ZOMBIE and Path(process.cwd()) == cluster:
                found.append(process)
    return found
