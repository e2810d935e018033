"""Keep a set of processes running: start them, restart whichever dies, stop them all."""

import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from infra.local.failure import CannotStart
from infra.local.process_groups import ProcessRecord, end_group, end_with_parent

FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 5.0
STEADY_SECONDS = 10.0  # whoever has worked so long was killed, rather than unable to start
LOOK_SECONDS = 0.2
STEP_LOOK_SECONDS = 0.02
STOP_SECONDS = 15.0
LARGEST_LOG = 20_000_000


class Interrupted(Exception):
    """The operator wants to stop while we are still starting."""


@dataclass(frozen=True)
class ProcessPlan:
    """A process to keep running."""

    name: str
    arguments: Sequence[str]
    environment: dict[str, str] = field(repr=False)


class Supervised:
    """One process, its restarts and the pause before the next."""

    def __init__(self, plan: ProcessPlan, logs: Path) -> None:
        """Run the plan when told; write its output into a file of `logs`."""
        self.plan = plan
        self._log = logs / f"{plan.name}.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._pause = FIRST_PAUSE_SECONDS
        self._restart_at: float | None = None
        self.restarts = 0

    @property
    def log(self) -> Path:
        """The file with what the process said."""
        return self._log

    @property
    def process(self) -> subprocess.Popen[bytes] | None:
        """The running process, if any."""
        return self._process

    def start(self) -> None:
        """Start the process as the leader of a group of its own."""
        if self._log.exists() and self._log.stat().st_size > LARGEST_LOG:
            self._log.replace(self._log.with_suffix(".log.1"))
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self.plan.arguments,
                env=self.plan.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for the supervisor, who then stops its children
                preexec_fn=end_with_parent,  # noqa: PLW1509 - no lock of ours is held by a thread
            )
        self._started_at = time.monotonic()
        self._restart_at = None

    def look_after(self, say: Callable[[str], None]) -> bool:
        """Start the process again when it died and its pause is over; tell whether it did."""
        now = time.monotonic()
        if self._restart_at is not None:
            if now < self._restart_at:
                return False
            self.restarts += 1
            self.start()
            return True
        if self._process is None or (code := self._process.poll()) is None:
            return False
        end_group(self._process.pid)  # its own children must not outlive it
        steady = now - self._started_at > STEADY_SECONDS
        self._pause = FIRST_PAUSE_SECONDS if steady else self._pause
        self._restart_at = now + self._pause
        say(
            f"{self.plan.name} ended ({_how(code)}); starting it again in {self._pause:g} s "
            f"(see {self._log})."
        )
        self._pause = min(self._pause * 2, LONGEST_PAUSE_SECONDS)
        return False

    def ask_to_stop(self) -> None:
        """Send SIGTERM."""
        self._restart_at = None
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def make_sure_it_stopped(self, deadline: float) -> None:
        """Wait until `deadline` (monotonic seconds), then kill what is left of its group."""
        process, self._process = self._process, None
        if process is not None:
            _wait_or_kill(process, deadline)


class Supervisor:
    """All the processes of one platform, the last started first to stop."""

    def __init__(self, data: Path, say: Callable[[str], None]) -> None:
        """Note the processes in the data folder; tell the operator through `say`."""
        self._record = ProcessRecord(data / "processes.json")
        self._logs = data / "logs"
        self._say = say
        self._children: list[Supervised] = []
        self._step: subprocess.Popen[bytes] | None = None

    def end_leftovers(self) -> None:
        """End what an earlier supervisor started and could not stop because it was killed."""
        self._record.end_all()

    def add(self, plan: ProcessPlan) -> None:
        """Start a process and keep it running from now on."""
        child = Supervised(plan, self._logs)
        child.start()
        self._children.append(child)
        self._write_record()

    def run_step(self, plan: ProcessPlan, stop: threading.Event, *, show: bool = False) -> None:
        """Run a process to its end while looking after the others; `show` what it prints.

        Raises CannotStart when it fails, Interrupted when `stop` is set before it ended.
        """
        path = self._logs / f"{plan.name.replace(' ', '-')}.log"
        with path.open("ab") as log:
            self._step = subprocess.Popen(
                plan.arguments,
                env=plan.environment,
                stdin=subprocess.DEVNULL,
                stdout=None if show else log,
                stderr=log,
                start_new_session=True,
                preexec_fn=end_with_parent,  # noqa: PLW1509 - as above
            )
        self._write_record()
        while (code := self._step.poll()) is None:
            if stop.wait(STEP_LOOK_SECONDS):
                raise Interrupted
            self.look_after()
        end_group(self._step.pid)
        self._step = None
        if code != 0:
            where = f"see {path}, which ends: {_last_line(path)}"
            raise CannotStart(f"The step {plan.name!r} failed ({_how(code)}): {where}")

    def refuse_if_dying(self, most_restarts: int) -> None:
        """Raise CannotStart when a process was started again more often than that."""
        for child in self._children:
            if child.restarts > most_restarts:
                raise CannotStart(
                    f"{child.plan.name} keeps ending; its log {child.log} ends: "
                    f"{_last_line(child.log)}"
                )

    def look_after(self) -> None:
        """Restart what died; called again and again."""
        started = [child.look_after(self._say) for child in self._children]
        if any(started):
            self._write_record()

    def run_until(self, stop: threading.Event, also: Callable[[], None]) -> None:
        """Look after the processes (and call `also`) until told to stop."""
        while not stop.wait(LOOK_SECONDS):
            also()
            self.look_after()

    def stop(self) -> None:
        """Stop every process: politely, then not."""
        deadline = time.monotonic() + STOP_SECONDS
        step, self._step = self._step, None
        if step is not None:
            step.terminate()
        for child in reversed(self._children):
            child.ask_to_stop()
        if step is not None:
            _wait_or_kill(step, deadline)
        for child in reversed(self._children):
            child.make_sure_it_stopped(deadline)
        self._children.clear()
        with suppress(OSError):  # on a full disk the old record stays; whom it names is gone
            self._write_record()

    def _write_record(self) -> None:
        running = [child.process for child in self._children]
        self._record.write([one.pid for one in (*running, self._step) if one is not None])


def _last_line(path: Path) -> str:
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "with nothing")


def _wait_or_kill(process: subprocess.Popen[bytes], deadline: float) -> None:
    """Wait until `deadline` (monotonic seconds), then kill what is left of the group."""
    try:
        process.wait(max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    end_group(process.pid)


def _how(code: int) -> str:
    return f"killed by signal {-code}" if code < 0 else f"exit code {code}"
