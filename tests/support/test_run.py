"""What one run of pytest shares between its processes: a name, a folder, a lock."""

import fcntl
import os
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

VARIABLE = "ATRIUM_TEST_RUN"


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


@contextmanager
def alone(what: str) -> Iterator[None]:
    """Let one process of the run at a time do something."""
    with (run_folder() / f"{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
