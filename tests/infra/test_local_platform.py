"""`make run` on the real platform: killed, stopped and started again, without the sample campus."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.local_platform import LocalPlatform
from tests.support.polling import eventually

# Of all its processes together: a busy machine stretches the wall clock, not the work to be done.
FIRST_PAGE_SECONDS = 5.0

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


def kept(platform: LocalPlatform) -> set[str]:
    with platform.database() as connection:
        return {row[0] for row in connection.execute("SELECT note FROM kept").fetchall()}


def test_ctrl_c_stops_everything_and_the_next_start_keeps_the_data(platform: LocalPlatform) -> None:
    platform.start()
    keep(platform, "before ctrl-c")
    assert platform.stop() == 0
    assert platform.survivors() == []
    platform.start()
    assert platform.cpu_seconds() < FIRST_PAGE_SECONDS
    assert "before ctrl-c" in kept(platform)


def test_sigterm_stops_everything_too(platform: LocalPlatform) -> None:
    platform.start().signal(signal.SIGTERM)
    eventually(lambda: not platform.survivors(), within=30)


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

    eventually(is_back, within=30, step=0.1)


def test_a_campus_half_loaded_is_begun_anew(folder: Path) -> None:
    with LocalPlatform(folder / "data", ATRIUM_SAMPLE_CAMPUS="yes") as platform:
        platform.launch()
        eventually(lambda: "the library:" in platform.said(), within=60, step=0.05)
        platform.kill_everything()
        platform.launch()
        eventually(lambda: "starting it afresh" in platform.said(), within=60, step=0.05)
        eventually(lambda: "the library:" in platform.said(), within=60, step=0.05)
        assert platform.stop() == 0
        assert platform.survivors() == []
