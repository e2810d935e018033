"""Calendar files from the test suites of three calendar libraries, at the door for closed days.

None is our mistake, none takes long, each has a report or a refusal with a name.
"""

import time
from functools import cache
from pathlib import Path
from zipfile import ZipFile

import pytest

from shared.web.problems import CONTENT_TYPE
from tests.outside.building import BOOKING
from tests.outside.town import Town

# The parser warns of guesses it makes about time zones; a warning is no error outside of tests.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning", "ignore::Warning")
FILES = Path(__file__).with_name("data") / "calendars.zip"
MOST_SECONDS = 5
PORTIONS = 6


@cache
def calendars() -> dict[str, bytes]:
    with ZipFile(FILES) as corpus:
        return {n: corpus.read(n) for n in sorted(corpus.namelist()) if n.endswith(".ics")}


def test_the_corpus_is_whole() -> None:
    assert len(calendars()) == 357


@pytest.mark.parametrize("dry_run", [False, True], ids=["for good", "dry run"])
@pytest.mark.parametrize("portion", range(PORTIONS))
def test_every_calendar_file_gets_a_report_or_a_refusal_in_time(
    town: Town, portion: int, *, dry_run: bool
) -> None:
    reported = 0
    for name in list(calendars())[portion::PORTIONS]:
        text = calendars()[name].decode("utf-8", "replace").replace("\x00", "")
        started = time.process_time()
        answer = imported(town, text, dry_run=dry_run)
        assert time.process_time() - started < MOST_SECONDS, name
        assert answer.status_code in {200, 422}, (name, answer.text)
        if answer.status_code == 422:
            assert answer.content_type == CONTENT_TYPE
            assert answer.json["code"] in {"calendar_unreadable", "invalid_input"}, name
        else:
            reported += 1
            assert_accounted_for(name, answer.json)
        town.undo()
    assert reported > 0


def assert_accounted_for(name: str, report: dict) -> None:
    """Each component was added, or it is said why not."""
    items = report["items"]
    assert report["added"] == sum(item["added"] for item in items), name
    for item in items:
        if not item["added"]:
            assert (item["code"] is None) == (item["detail"] is None), (name, item)


@pytest.mark.parametrize(
    "rule",
    ["FREQ=SECONDLY", "FREQ=DAILY;COUNT=1000000000", "FREQ=YEARLY;UNTIL=99991231T235959Z"],
)
def test_an_endless_repetition_is_not_unrolled(town: Town, rule: str) -> None:
    text = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Closed\r\n"
        f"DTSTART;VALUE=DATE:20270301\r\nRRULE:{rule}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    started = time.process_time()
    answer = imported(town, text)
    assert time.process_time() - started < 1
    assert [item["code"] for item in answer.json["items"]] == ["repeats"]


def imported(town: Town, text: str, *, dry_run: bool = False):
    path = f"{BOOKING}/hours/library/{town.ids['library_id']}/exceptions/import-calendar"
    key = {"Idempotency-Key": "calendar"}
    return town.ask("staff", "POST", path, json={"calendar": text, "dry_run": dry_run}, headers=key)
