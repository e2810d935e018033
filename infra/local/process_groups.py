"""Which process groups we started, written down so that the next start can end leftovers."""

import contextlib
import ctypes
import json
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import psutil

PR_SET_PDEATHSIG = 1
PATIENCE_SECONDS = 10.0
SAME_MOMENT_SECONDS = 1.0


def end_with_parent() -> None:
    """Run in a new process before its program: let the kernel stop it when its parent is killed.

    Only Linux can; elsewhere the record below lets the next start do it.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def end_group(group: int) -> None:
    """Kill whatever is left of a process group we started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


class ProcessRecord:
    """A file with the groups' numbers and their moments of birth."""

    def __init__(self, path: Path) -> None:
        """Keep the record in this file."""
        self._path = path

    def write(self, groups: Sequence[int]) -> None:
        """Replace the record; a process that is already gone is left out."""
        born = {}
        for group in groups:
            with contextlib.suppress(psutil.Error):
                born[str(group)] = psutil.Process(group).create_time()
        unfinished = self._path.with_name(f"{self._path.name}.unfinished")
        unfinished.write_text(json.dumps(born), encoding="utf-8")
        unfinished.replace(self._path)

    def end_all(self) -> None:
        """End every process of the recorded groups that still runs: politely, then not."""
        left = self._running()
        for process in left:
            with contextlib.suppress(psutil.Error):
                process.terminate()
        _, alive = psutil.wait_procs(left, timeout=PATIENCE_SECONDS)
        for process in alive:
            with contextlib.suppress(psutil.Error):
                process.kill()
        psutil.wait_procs(alive, timeout=PATIENCE_SECONDS)

    def _running(self) -> list[psutil.Process]:
        born = self._read()
        found = []
        for process in psutil.process_iter() if born else ():
            with contextlib.suppress(psutil.Error, OSError):
                moment = born.get(os.getpgid(process.pid))
                if moment is not None and _belongs(process, moment):
                    found.append(process)
        return found

    def _read(self) -> dict[int, float]:
        try:
            read = json.loads(self._path.read_text(encoding="utf-8"))
            return {int(group): float(moment) for group, moment in read.items()}
        except FileNotFoundError:
            return {}
        except ValueError:
            return {}  # only a power cut leaves it so, and no process outlives that


def _belongs(process: psutil.Process, leader_born: float) -> bool:
    """Tell a member of our group from a stranger whose group got the same number later."""
    group = os.getpgid(process.pid)
    born = float(process.create_time())
    if process.pid == group:
        return abs(born - leader_born) < SAME_MOMENT_SECONDS
    if psutil.pid_exists(group):
        leader = float(psutil.Process(group).create_time())
        return abs(leader - leader_born) < SAME_MOMENT_SECONDS
    return born >= leader_born - SAME_MOMENT_SECONDS
