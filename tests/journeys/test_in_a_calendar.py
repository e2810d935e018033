"""Calendar programs not of our making follow one's bookings: vdirsyncer fetches, khal shows."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from tests.support.platform_campus import (
    BOOKING,
    PlatformCampus,
    build_campus,
    local_midnight,
    slot,
)
from tests.support.platform_people import Person, admit, first_administrator
from tests.support.running_platform import RunningPlatform

pytestmark = pytest.mark.timeout(240)
PROGRAMS = Path(sys.executable).parent
SYNC = """
[general]
status_path = "{folder}/status"
[pair bookings]
a = "atrium"
b = "here"
collections = null
conflict_resolution = "a wins"
[storage atrium]
type = "http"
url = "{url}"
[storage here]
type = "filesystem"
path = "{folder}/calendar"
fileext = ".ics"
"""
KHAL = """
[calendars]
[[bookings]]
path = {folder}/calendar
[sqlite]
path = {folder}/khal.db
[locale]
local_timezone = Asia/Shanghai
default_timezone = Asia/Shanghai
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
"""


class Calendar:
    """Somebody's calendar program, in a folder of its own."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        (folder / "calendar").mkdir()
        (folder / "sync.conf").write_text(SYNC.format(folder=folder, url=url))
        (folder / "khal.conf").write_text(KHAL.format(folder=folder))
        self._run("vdirsyncer", "-c", str(folder / "sync.conf"), "discover")

    def sync(self) -> str:
        """Fetch; return what the program says it has done."""
        return self._run("vdirsyncer", "-c", str(self.folder / "sync.conf"), "sync")

    def shows(self) -> list[str]:
        """Return what it shows of the next days: day, time, title, status."""
        listed = self._run(
            "khal",
            "-c",
            str(self.folder / "khal.conf"),
            "list",
            "--format",
            "{start} {end-time} {title} {status}",
            "--day-format",
            "",
            "today",
            "10d",
        )
        return [line.strip() for line in listed.splitlines() if line.strip()]

    def _run(self, program: str, *words: str) -> str:
        home = {"HOME": str(self.folder), "XDG_CACHE_HOME": str(self.folder)}
        done = subprocess.run(
            [PROGRAMS / program, *words],
            env={**os.environ, **home, "LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai"},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr


@pytest.fixture
def campus(platform: RunningPlatform) -> PlatformCampus:
    return build_campus(platform.staff(), rooms=2)


@pytest.fixture
def student(platform: RunningPlatform) -> Person:
    return admit(first_administrator(platform.process, platform.client), "subscriber")


def test_a_calendar_program_sees_a_move_and_a_cancellation_and_keeps_no_twin(
    campus: PlatformCampus, student: Person, tmp_path: Path
) -> None:
    day = local_midnight(2)
    first, second = (
        student.post(f"{BOOKING}/reservations", slot(space, day + timedelta(hours=hour)))
        for space, hour in zip(campus.space_ids, (9, 13), strict=True)
    )
    calendar = Calendar(tmp_path, feed_of(student))
    calendar.sync()
    shown = calendar.shows()
    assert [line[11:16] for line in shown] == ["09:00", "13:00"], shown

    moved = slot(campus.space_ids[0], day + timedelta(hours=10))
    change(student, "PATCH", first["id"], {k: moved[k] for k in ("starts_at", "ends_at")})
    change(student, "DELETE", second["id"])
    calendar.sync()
    shown = calendar.shows()
    assert [line[11:16] for line in shown] == ["10:00", "13:00"], shown
    assert "CANCELLED" in shown[1].upper()
    assert "CANCELLED" not in shown[0].upper()
    assert len(list((tmp_path / "calendar").iterdir())) == 2


def test_a_second_fetch_transfers_nothing(
    campus: PlatformCampus, student: Person, tmp_path: Path
) -> None:
    student.post(
        f"{BOOKING}/reservations", slot(campus.space_ids[0], local_midnight(3) + timedelta(hours=9))
    )
    feed = feed_of(student)
    calendar = Calendar(tmp_path, feed)
    assert "Copying" in calendar.sync()
    assert "Copying" not in calendar.sync()
    whole = httpx.get(feed)
    again = httpx.get(feed, headers={"If-None-Match": whole.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def feed_of(student: Person) -> str:
    """Return the secret address, as the platform gives it out."""
    made = student.post(f"{BOOKING}/feed-keys")
    return str(student.client.base_url.join(f"{BOOKING}/feeds/{made['key']}.ics"))


def change(student: Person, method: str, reservation_id: str, body: object = None) -> None:
    """Change one's own reservation as one who has just read it."""
    address = f"{BOOKING}/reservations/{reservation_id}"
    etag = student.client.get(address, headers=student.headers).headers["ETag"]
    headers = {**student.headers, "If-Match": etag}
    done = student.client.request(method, address, json=body, headers=headers)
    assert done.is_success, done.text
