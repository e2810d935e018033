"""What everybody sees: the calendar and its feed."""

from datetime import timedelta

import icalendar
import pytest

from tests.events.api.callers import ELSEWHERE, Callers
from tests.support.event_builders import ANN, TOMORROW


def instant(at) -> str:
    return at.isoformat().replace("+00:00", "Z")


def titles(answer) -> list[str]:
    return [item["title_en"] for item in answer.get_json()["items"]]


def three_activities(callers: Callers) -> None:
    for days, title, programme in (
        (2, "Third", "lecture"),
        (0, "First", "salon"),
        (1, "Second", "lecture"),
    ):
        at = TOMORROW + timedelta(days=days)
        callers.published(
            **ELSEWHERE,
            title_en=title,
            programme=programme,
            starts_at=instant(at),
            ends_at=instant(at + timedelta(hours=1)),
        )


def test_what_is_on_is_listed_by_start_and_filtered(callers: Callers) -> None:
    three_activities(callers)
    assert titles(callers.call("GET", "/library-events")) == ["First", "Second", "Third"]
    lectures = callers.call("GET", "/library-events?programme=lecture")
    assert titles(lectures) == ["Second", "Third"]
    since = instant(TOMORROW + timedelta(hours=1))
    until = instant(TOMORROW + timedelta(days=2))
    assert titles(callers.call("GET", f"/library-events?from={since}&to={until}")) == ["Second"]
    assert titles(callers.call("GET", "/library-events?space_kind=creative")) == []
    library = ELSEWHERE["library_id"]
    assert len(titles(callers.call("GET", f"/library-events?library={library}"))) == 3
    assert callers.call("GET", "/library-events?programme=party").status_code == 422


@pytest.mark.parametrize("path", ["/library-events", "/library-events/mine"])
def test_a_time_that_ends_before_it_begins_is_refused_and_an_instant_is_not(
    callers: Callers, path: str
) -> None:
    three_activities(callers)
    here, later = instant(TOMORROW), instant(TOMORROW + timedelta(hours=1))
    refused = callers.organizer("GET", f"{path}?from={later}&to={here}")
    body = refused.get_json()
    assert (refused.status_code, body["code"]) == (422, "window_makes_no_sense")
    [violation] = body["violations"]
    assert violation["code"] == "window_reversed"
    assert "Wed, Nov 25 09:00" in violation["message"]
    assert callers.organizer("GET", f"{path}?from={later}&to={later}").status_code == 200


def test_pages_neither_skip_nor_repeat(callers: Callers) -> None:
    three_activities(callers)
    first = callers.call("GET", "/library-events?limit=2")
    cursor = first.get_json()["next_cursor"]
    second = callers.call("GET", f"/library-events?limit=2&cursor={cursor}")
    assert titles(first) + titles(second) == ["First", "Second", "Third"]
    assert second.get_json()["next_cursor"] is None
    assert callers.call("GET", "/library-events?cursor=nonsense").status_code == 422


def test_titles_come_in_the_language_asked_for(callers: Callers) -> None:
    callers.published()
    [chinese] = callers.call("GET", "/library-events?language=zh-CN").get_json()["items"]
    [english] = callers.call("GET", "/library-events").get_json()["items"]
    assert (chinese["title"], english["title"]) == ("秋夜读诗", "Poems on an autumn evening")


def test_what_is_over_leaves_the_calendar(callers: Callers) -> None:
    callers.published()
    callers.clock.set(TOMORROW + timedelta(hours=2))
    assert titles(callers.call("GET", "/library-events")) == []


def entries(answer) -> dict[str, icalendar.Event]:
    feed = icalendar.Calendar.from_ical(answer.get_data())
    return {str(entry["uid"]): entry for entry in feed.walk("VEVENT")}


def test_the_feed_keeps_uid_and_raises_sequence_when_an_activity_is_cancelled(
    callers: Callers,
) -> None:
    activity = callers.published()
    before = entries(callers.call("GET", "/calendar.ics"))
    callers.organizer("POST", f"/library-events/{activity}/cancel")
    after = entries(callers.call("GET", "/calendar.ics"))
    [uid] = before
    assert list(after) == [uid]
    assert (str(before[uid]["status"]), str(after[uid]["status"])) == ("CONFIRMED", "CANCELLED")
    assert int(after[uid]["sequence"]) > int(before[uid]["sequence"])
    assert after[uid]["dtstart"].dt == TOMORROW
    assert str(after[uid]["location"]) == "Lakeside Salon"


def test_the_feed_shows_no_draft_and_forgets_what_is_long_over(callers: Callers) -> None:
    callers.draft()
    assert entries(callers.call("GET", "/calendar.ics")) == {}
    callers.published(title_en="Old")
    assert len(entries(callers.call("GET", "/calendar.ics"))) == 1
    callers.clock.set(TOMORROW + timedelta(days=31))
    assert entries(callers.call("GET", "/calendar.ics")) == {}


def test_an_unchanged_feed_is_not_sent_again(callers: Callers) -> None:
    activity = callers.published()
    first = callers.call("GET", "/calendar.ics")
    assert first.content_type == "text/calendar; charset=utf-8"
    etag = first.headers["ETag"]
    same = callers.call("GET", "/calendar.ics", If_None_Match=etag)
    assert (same.status_code, same.get_data()) == (304, b"")
    callers.sign_up(activity, ANN)
    assert callers.call("GET", "/calendar.ics", If_None_Match=etag).status_code == 304
    callers.organizer("POST", f"/library-events/{activity}/cancel")
    assert callers.call("GET", "/calendar.ics", If_None_Match=etag).status_code == 200


def test_the_feed_folds_lines_and_speaks_chinese(callers: Callers) -> None:
    callers.published(description_zh="秋" * 200)
    feed = callers.call("GET", "/calendar.ics?language=zh-CN").get_data()
    assert all(len(line) <= 75 for line in feed.split(b"\r\n"))
    [entry] = icalendar.Calendar.from_ical(feed).walk("VEVENT")
    assert str(entry["summary"]) == "秋夜读诗"
    assert str(entry["description"]) == "秋" * 200
