"""What one run of pytest shares between its processes: a name, a folder, a lock."""

import fcntl
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

VARIABLE = "ATRIUM_TEST_RUN"
MEMORY = Path("/dev/shm")  # noqa: S108  # a file system in memory, where Linux has one
ENOUGH_BYTES = 6 * 1024**3


def name_the_run() -> None:
    """Give this run a name its xdist workers inherit."""
    os.environ.setdefault(VARIABLE, uuid.uuid4().hex[:8])


def run_name() -> str:
    """Return the eight letters that mark everything this run makes."""
    return os.environ[VARIABLE]


def run_folder() -> Path:
    """Return the folder shared by the run's processes; others may pass through it, not read it."""
    folder = Path(tempfile.gettempdir()) / f"atrium-test-{run_name()}"
    folder.mkdir(exist_ok=True)
    folder.chmod(0o711)  # the embedded server may run as another user
    return folder


def quick_folder() -> Path:
    """Return a folder of the run in memory, or its usual one where memory is short.

    Some thousand databases come and go in a run, of three hundred files each. A disk's file system
    searches long for inodes that were not free a moment ago: half the processor went there.
    """
    if not MEMORY.is_dir() or not os.access(MEMORY, os.W_OK):
        return run_folder()
    folder = MEMORY / f"atrium-test-{run_name()}"
    if not folder.exists() and shutil.disk_usage(MEMORY).free < ENOUGH_BYTES:
        return run_folder()
    folder.mkdir(exist_ok=True)
    folder.chmod(0o711)
    return folder


def remove_the_run() -> None:
    """Remove what the run has written."""
    for folder in {run_folder(), quick_folder()}:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def alone(what: str) -> Iterator[None]:
    """Let one process of the run at a time do something."""
    with (run_folder() / f"{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
