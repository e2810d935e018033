"""`make run` on the real platform: killed, stopped and started again, without the sample campus."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.support.local_platform import REPOSITORY, LocalPlatform
from tests.support.polling import eventually

# What a later start costs all its processes together, in times of what it costs to read the code: a
# slow or busy machine stretches both. On the machine of docs/figures.md that is under five seconds.
# Web and worker read it once each; measured: 2.4.
START_IN_READINGS = 4.0
EVERYTHING = "import gateway.wsgi, infra.local.worker, " + ", ".join(
    f"services.{name}.wsgi" for name in ("booking", "events", "engagement")
)

pytestmark = pytest.mark.timeout(180)


@pytest.fixture
def platform(module_folder: Path) -> Iterator[LocalPlatform]:
    """A platform on the module's data; whatever it started is gone afterwards."""
    with LocalPlatform(module_folder / "data") as started:
        yield started


def keep(platform: LocalPlatform, note: str) -> None:
    with platform.database() as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (note text)")
        connection.execute("INSERT INTO kept VALUES (%s)", [note])


def reading_seconds() -> float:
    """What one process uses of the processor to import the whole platform, just now."""
    before = psutil.Process().cpu_times()
    subprocess.run([sys.executable, "-c", EVERYTHING], check=True, cwd=REPOSITORY)
    after = psutil.Process().cpu_times()
    used = after.children_user + after.children_system
    return float(used - before.children_user - before.children_system)


def kept(platform: LocalPlatform) -> set[str]:
    with platform.database() as connection:
        return {row[0] for row in connection.execute("SELECT note FROM kept").fetchall()}


def test_ctrl_c_stops_everything_and_the_next_start_keeps_the_data(platform: LocalPlatform) -> None:
    platform.start()
    keep(platform, "before ctrl-c")
    assert platform.stop() == 0
    assert platform.survivors() == []
    platform.start()
    assert platform.cpu_seconds() < START_IN_READINGS * reading_seconds()
    assert "before ctrl-c" in kept(platform)


def test_sigterm_stops_everything_too(platform: LocalPlatform) -> None:
    platform.start().signal(signal.SIGTERM)
    eventually(lambda: not platform.survivors(), within=90)


def test_after_kill_9_of_everything_the_next_start_recovers(platform: LocalPlatform) -> None:
    platform.start()
    keep(platform, "before the kill")
    platform.kill_everything()
    platform.start()
    assert "before the kill" in kept(platform)


def test_what_a_killed_supervisor_left_running_is_ended(platform: LocalPlatform) -> None:
    platform.start()
    keep(platform, "before the supervisor died")
    platform.kill_the_supervisor()
    left = {one.pid for one in platform.survivors()}
    assert left
    platform.start()
    assert "before the supervisor died" in kept(platform)
    assert not left & {one.pid for one in platform.survivors()}


@pytest.mark.parametrize("victim", ["gunicorn", "worker", "postgres"])
def test_a_killed_process_comes_back(platform: LocalPlatform, victim: str) -> None:
    platform.start()
    before = platform.children()
    before[victim].kill()

    def is_back() -> bool:
        now = platform.children()
        return victim in now and now[victim].pid != before[victim].pid and platform.answers()

    eventually(is_back, within=90, step=0.1)


def test_a_campus_half_loaded_is_begun_anew(folder: Path) -> None:
    with LocalPlatform(folder / "data", ATRIUM_SAMPLE_CAMPUS="yes") as platform:
        platform.launch()
        eventually(lambda: "the library:" in platform.said(), within=90, step=0.05)
        platform.kill_everything()
        platform.launch()
        eventually(lambda: "starting it afresh" in platform.said(), within=90, step=0.05)
        eventually(lambda: "the library:" in platform.said(), within=90, step=0.05)
        assert platform.stop() == 0
        assert platform.survivors() == []
