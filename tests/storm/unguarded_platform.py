"""The controls' platform: `make run`, its web server behind a door of unguarded_web.py."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from infra.local.one_machine import gunicorn, one_machine
from infra.local.platform_run import start_platform
from infra.local.run_settings import RunSettings
from infra.local.supervisor import ProcessPlan
from tests.support.platform_start import own_platform
from tests.support.running_platform import RunningPlatform, connected


@contextmanager
def unguarded(door: str) -> Iterator[RunningPlatform]:
    """Open a platform of its own with the guard off that the door is named for."""
    program = ("tests.storm.unguarded_platform", door)
    with (
        own_platform("run", door.replace("_", "-"), *program) as process,
        connected(process) as platform,
    ):
        yield platform


def with_a_guard_off(settings: RunSettings, environment: dict[str, str]) -> list[ProcessPlan]:
    """Return the usual processes, the web server replaced by the one the control names."""
    door = f"tests.storm.unguarded_web:{sys.argv[1]}()"
    web = gunicorn(settings, door, f"{settings.host}:{settings.port}")
    return [
        replace(plan, arguments=web) if plan.name == "web" else plan
        for plan in one_machine(settings, environment)
    ]


if __name__ == "__main__":
    sys.exit(start_platform(with_a_guard_off))
