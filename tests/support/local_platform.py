"""The real platform, started as an operator starts it, in a data folder of the test's own."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil
import psycopg

from tests.support.polling import eventually

REPOSITORY = Path(__file__).resolve().parents[2]
START_SECONDS = 60.0
STOP_SECONDS = 30.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _runs(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


class LocalPlatform:
    """One `python -m infra.local.run` and everything it started."""

    def __init__(
        self,
        data: Path,
        *,
        said_in: Path | None = None,
        module: str = "infra.local.run",
        **settings: str,
    ) -> None:
        self._module = module
        self.data = data
        self.port = free_port()
        self._settings = {
            "ATRIUM_DATA": str(data),
            "ATRIUM_PORT": str(self.port),
            "ATRIUM_SAMPLE_CAMPUS": "no",
            "ATRIUM_WEB_WORKERS": "1",
            **settings,
        }
        self.output = (said_in or data.parent) / f"{data.name}.output"
        self._process: psutil.Popen | None = None
        self._known: dict[int, psutil.Process] = {}

    def launch(self) -> Self:
        with self.output.open("wb") as output:
            self._process = psutil.Popen(
                [sys.executable, "-m", self._module],
                cwd=REPOSITORY,
                env=self.environment(),
                stdout=output,
                stderr=output,
                stdin=subprocess.DEVNULL,
            )
        return self

    def start(self) -> Self:
        self.launch()
        eventually(self.is_open, within=START_SECONDS, step=0.05)
        self.remember_processes()
        return self

    def run_to_its_end(self) -> tuple[int, str]:
        """Start where it must give up at once; return the exit code and what it said."""
        self.launch()
        assert self._process is not None
        return int(self._process.wait(START_SECONDS)), self.said()

    def is_open(self) -> bool:
        assert self._process is not None
        if self._process.poll() is not None:
            raise RuntimeError(self.said())
        return "Atrium is open at" in self.said() and self.answers()

    def answers(self) -> bool:
        address = f"http://127.0.0.1:{self.port}/api/booking/v1/health/ready"
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # loopback
                return bool(answer.status == 200)
        except (OSError, urllib.error.URLError):
            return False

    def said(self) -> str:
        """What it has printed since it was launched last."""
        return self.output.read_text(encoding="utf-8")

    def children(self) -> dict[str, psutil.Process]:
        """The supervisor's own children by what they are: web, worker, postgres."""
        assert self._process is not None
        found = {}
        for child in self._process.children():
            try:
                line = " ".join(child.cmdline())
            except psutil.NoSuchProcess:  # a zombie is one as well
                continue  # killed a moment ago, its parent has not looked yet
            for name in ("gunicorn", "worker", "postgres"):
                if name in line:
                    found[name] = child
                    break
        return found

    def remember_processes(self) -> list[psutil.Process]:
        assert self._process is not None
        everyone = [psutil.Process(self._process.pid), *self._process.children(recursive=True)]
        self._known |= {one.pid: one for one in everyone}
        return everyone

    def recorded(self) -> dict[str, psutil.Process]:
        """The supervisor's children by their plans' names, from the logs they write to."""
        assert self._process is not None
        found = {}
        for child in self._process.children():
            log = Path(f"/proc/{child.pid}/fd/1").readlink()
            found[log.stem] = child
        return found

    def cpu_seconds(self) -> float:
        """What all running processes of ours have used so far."""
        total = 0.0
        for one in self.remember_processes():
            with contextlib.suppress(psutil.NoSuchProcess):  # a database session that has ended
                used = one.cpu_times()
                total += used.user + used.system
        return total

    def survivors(self) -> list[psutil.Process]:
        """Processes of ours that still run, whoever their parent is now."""
        return [one for one in self._known.values() if _runs(one)]

    def signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        self.remember_processes()
        self._process.send_signal(number)

    def stop(self) -> int:
        """Ctrl-C; return the exit code."""
        assert self._process is not None
        if self._process.poll() is None:
            self.signal(signal.SIGINT)
        return int(self._process.wait(STOP_SECONDS))

    def kill_everything(self) -> None:
        assert self._process is not None
        for one in self.remember_processes():
            with contextlib.suppress(psutil.NoSuchProcess):  # it died with the supervisor
                one.kill()
        self._process.wait(STOP_SECONDS)

    def kill_the_supervisor(self) -> None:
        assert self._process is not None
        self.remember_processes()
        self._process.kill()
        self._process.wait(STOP_SECONDS)

    def database(self) -> psycopg.Connection:
        """A connection as the superuser of the embedded server."""
        folder = self.data / "postgres"
        port = (folder / "cluster" / "postmaster.pid").read_text().splitlines()[3]
        return psycopg.connect(
            host="127.0.0.1",
            port=port,
            user="atrium",
            password=(folder / "superuser-password").read_text(),
            dbname="postgres",
            autocommit=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process is not None and self._process.poll() is None:
            self.stop()
        for one in self.survivors():
            one.kill()

    def environment(self) -> dict[str, str]:
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("ATRIUM_", "MAKE"))}
        return inherited | self._settings
