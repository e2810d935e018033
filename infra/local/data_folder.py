"""The one folder that holds everything we keep: checked, locked against a second start."""

import fcntl
import os
import shutil
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

from infra.local.failure import CannotStart, cannot_write
from infra.local.run_settings import is_reachable_by_all

LEAST_FREE_BYTES = 300_000_000
FULL_BYTES = 5_000_000  # less than a PostgreSQL that cannot write leaves
PATIENCE_SECONDS = 1.0
PATIENCE_WITH_STOPPING_SECONDS = 30.0
LOOK_SECONDS = 0.05
STOPPING = "stopping"


class DataFolder:
    """The folder and the lock that says who works on it."""

    def __init__(self, path: Path, *, least_free_bytes: int = LEAST_FREE_BYTES) -> None:
        """Remember the folder; nothing is done yet."""
        self.path = path
        self._least_free_bytes = least_free_bytes
        self._lock: IO[str] | None = None

    @property
    def logs(self) -> Path:
        """Where every process writes what it has to say."""
        return self.path / "logs"

    def open(self) -> None:
        """Make the folder, see that it can be used, and take its lock.

        Raises CannotStart when it cannot be written, is nearly full, or is in use.
        """
        try:
            self.logs.mkdir(parents=True, exist_ok=True)
            write_a_probe(self.path)
            self._take_lock()
        except OSError as error:
            raise cannot_write(self.path, error) from error
        free = shutil.disk_usage(self.path).free
        if free < self._least_free_bytes:
            raise CannotStart(
                f"The disk of the data folder {self.path} has {free // 1_000_000} MB left; "
                f"Atrium needs {self._least_free_bytes // 1_000_000} MB to work safely."
            )
        if os.geteuid() == 0 and not is_reachable_by_all(self.path):
            raise CannotStart(
                f"The data folder {self.path} lies behind a folder that only root may enter, and "
                "PostgreSQL does not run as root: choose another one with ATRIUM_DATA=/some/folder."
            )

    def close(self) -> None:
        """Give the lock back."""
        lock, self._lock = self._lock, None
        if lock is not None:
            with suppress(OSError):  # what a full disk did not take; the lock goes all the same
                lock.close()

    def note_stopping(self) -> None:
        """Tell a start that is waiting for us that it will not wait for nothing."""
        if self._lock is not None:
            with suppress(OSError):  # a full disk must not keep us from stopping
                self._lock.write(f" {STOPPING}")
                self._lock.flush()

    def blame_a_full_disk(self, error: Exception) -> None:
        """Raise CannotStart when the disk is full: whatever failed, failed because of that."""
        if shutil.disk_usage(self.path).free < FULL_BYTES:
            raise CannotStart(
                f"The disk of the data folder {self.path} is full: make room there and start again."
            ) from error

    def _take_lock(self) -> None:
        lock = (self.path / "lock").open("a+", encoding="utf-8")
        began = time.monotonic()
        while not _is_locked_by_us(lock):
            lock.seek(0)
            holder = lock.read().split()
            patience = PATIENCE_WITH_STOPPING_SECONDS if STOPPING in holder else PATIENCE_SECONDS
            if time.monotonic() - began > patience:
                lock.close()
                raise CannotStart(
                    f"Atrium already runs on the data folder {self.path} "
                    f"(process {' '.join(holder)}): stop that one first."
                )
            time.sleep(LOOK_SECONDS)
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        self._lock = lock


def write_a_probe(folder: Path) -> None:
    """Raise OSError when nothing new can be written, whatever already lies there."""
    probe = folder / "probe"
    try:
        probe.write_bytes(b"x" * 4096)
    finally:
        probe.unlink(missing_ok=True)


def _is_locked_by_us(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
