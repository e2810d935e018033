"""Bring the platform up in one of its shapes, watch over it, take it down without leftovers."""

import os
import signal
import sys
import threading
from collections.abc import Callable

from infra.local.announcement import announce
from infra.local.campus import load_campus_once, was_interrupted
from infra.local.database_notes import is_migrated
from infra.local.failure import CannotStart
from infra.local.foundation import Foundation, Wiring, python
from infra.local.metrics_folder import forget_figures
from infra.local.platform_parts import PARTS
from infra.local.port import check_port_is_free
from infra.local.readiness import wait_until_ready
from infra.local.run_settings import EMBEDDED, Defaults, RunSettings
from infra.local.supervisor import Interrupted, ProcessPlan, Supervisor
from shared.kernel.settings import SettingError
from shared.kernel.stopping import stop_on_signals

REFUSED = 2
PARENT_LOOK_SECONDS = 0.2

Shape = Callable[[RunSettings, dict[str, str]], list[ProcessPlan]]
Requirement = Callable[[RunSettings], None]


def start_platform(
    shape: Shape, defaults: Defaults = EMBEDDED, *, require: Requirement = lambda _: None
) -> int:
    """Run until told to stop; return the exit code (0 stopped as asked, 2 could not start).

    `require` raises CannotStart where something this shape needs is missing; it is asked first.
    """
    stop = threading.Event()
    stop_on_signals(stop, signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    if "MAKELEVEL" in os.environ:
        threading.Thread(target=_stop_with_parent, args=(stop, os.getppid()), daemon=True).start()
    try:
        settings = RunSettings.from_environment(defaults)
        require(settings)
        Platform(settings, shape, stop).run()
    except (CannotStart, SettingError) as error:
        print(f"Atrium cannot start: {error}", file=sys.stderr, flush=True)
        return REFUSED
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        print(f"Atrium has to stop: {error.strerror or error}{where}.", file=sys.stderr)
        return REFUSED
    except Interrupted:
        say("Stopped before it was up.")
    return 0


def _stop_with_parent(stop: threading.Event, parent: int) -> None:
    """Stop when the `make` that started us was killed: nobody would know we are still here."""
    while not stop.wait(PARENT_LOOK_SECONDS):
        if os.getppid() != parent:
            stop.set()


def say(sentence: str) -> None:
    """Tell the operator."""
    print(sentence, flush=True)


class Platform:
    """One run of the platform."""

    def __init__(self, settings: RunSettings, shape: Shape, stop: threading.Event) -> None:
        """Prepare to run in this shape until `stop` is set."""
        self._settings = settings
        self._shape = shape
        self._stop = stop
        self._foundation = Foundation(settings, say)
        self._supervisor = Supervisor(settings.data, say)

    def run(self) -> None:
        """Start, watch over, stop; raises CannotStart or SettingError when it cannot start."""
        self._foundation.data.open()
        try:
            self._start()
            self._supervisor.run_until(self._stop, self._foundation.look_after)
            say("Stopping.")
        except (CannotStart, OSError) as error:
            self._foundation.data.blame_a_full_disk(error)
            raise
        finally:
            try:
                self._foundation.data.note_stopping()
                self._supervisor.stop()
                forget_figures(self._settings.data)
            finally:
                self._foundation.take_down()

    def _start(self) -> None:
        self._supervisor.end_leftovers()
        check_port_is_free(self._settings.host, self._settings.port)
        self._foundation.check_settings()
        wiring = self._foundation.raise_up()
        if was_interrupted(wiring):
            say("The sample campus was not loaded to its end last time; starting it afresh.")
            wiring = self._foundation.start_over(wiring)
        environment = self._foundation.environment(wiring)
        forget_figures(self._settings.data)
        self._migrate(wiring, environment)
        if self._settings.sample_campus:
            # Before the workers start: the loader moves the bus itself, with a clock in the past.
            load_campus_once(wiring, environment, self._supervisor, self._stop)
        for plan in self._shape(self._settings, environment):
            self._supervisor.add(plan)
        wait_until_ready(self._settings, self._supervisor, self._stop)
        announce(self._settings, self._foundation.database_origin)

    def _migrate(self, wiring: Wiring, environment: dict[str, str]) -> None:
        if all(is_migrated(part, wiring.database_urls[part.name]) for part in PARTS):
            return
        say("Bringing the databases up to date.")
        plan = ProcessPlan("migrate", python("-m", "infra.local.migrate"), environment)
        self._supervisor.run_step(plan, self._stop)
