"""Strings that have hurt programs elsewhere on their way out: calendars, mail, files, a browser."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from typing import Any
from uuid import uuid4

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Page, Route

from gateway.clients.smtp import SmtpMailer
from gateway.domain.mail_settings import MailSettings, SmtpSettings
from gateway.domain.notice_ports import Told
from gateway.letters.letter import LetterWriter
from gateway.pages.site import POLICY
from services.booking.api import calendars
from services.booking.queries.feeds import FeedEntry
from shared.kernel.calendar_file import CONTROLS
from shared.web.csv_answer import csv_text
from tests.outside.building import BOOKING, EVENTS, GATEWAY
from tests.outside.good_requests import filled, table
from tests.outside.packs import packs, strings
from tests.outside.town import Town
from tests.support.browser import browser, looking
from tests.support.gateway_builders import NOON, an_account
from tests.support.mail_server import HOST, a_mail_server
from tests.support.notice_builders import a_known_space, a_notice

__all__ = ["browser"]

HEADERS = {
    *("From", "To", "Subject", "Date", "Message-ID", "Content-Language", "Auto-Submitted"),
    *("MIME-Version", "Content-Type"),
}
FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
FORMULAS = ('=HYPERLINK("http://x.example")', " =1+1", "　＝1+1", "@SUM(1)", "\t=1", "\r=1", "-1+1")
NOON_OF_TOWN = datetime(2026, 11, 24, 4, tzinfo=UTC)


def decoded(text: str) -> str:
    """Controls go out as blanks; icalendar takes a byte order mark for none of the text."""
    return text.replace("\ufeff", "").translate(CONTROLS)


def summaries(body: bytes) -> list[str]:
    return [decoded(str(entry["SUMMARY"])) for entry in well_formed(body).walk("VEVENT")]


def well_formed(body: bytes) -> Calendar:
    """Lines of at most 75 octets, each ended as RFC 5545 wants it."""
    assert max(map(len, body.split(b"\r\n"))) <= 75
    calendar = Calendar.from_ical(body)
    assert calendar.errors == []
    return calendar


def test_the_personal_feed_names_spaces_letter_for_letter() -> None:
    entries = [
        FeedEntry(
            uid=str(number),
            sequence=1,
            status="confirmed",
            changed_at=NOON_OF_TOWN,
            starts_at=NOON_OF_TOWN,
            ends_at=NOON_OF_TOWN + timedelta(hours=1),
            names={"en": text},
            libraries={"en": text},
            code=text,
        )
        for number, text in enumerate(strings())
    ]
    body = calendars.of_reservations(entries, "en", "https://library.example")
    assert summaries(body) == [decoded(text) for text in strings()]


def test_the_feed_of_closed_days_says_why_letter_for_letter(town: Town) -> None:
    first = date(2027, 2, 1)
    names = packs(200)
    items = [
        {"first_day": day, "last_day": day, "name_zh": name, "name_en": name, "spans": []}
        for number, name in enumerate(names)
        if (day := (first + timedelta(days=number)).isoformat())
    ]
    library = town.ids["library_id"]
    path = f"{BOOKING}/hours/library/{library}/exceptions/import"
    done(town, "staff", path, {"items": items})
    feed = f"{BOOKING}/libraries/{library}/closures.ics?language=en"
    found = summaries(town.ask("student", "GET", feed).data)
    assert {f"Closed: {decoded(name)}" for name in names} <= set(found)


def done(town: Town, who: str, path: str, body: Any) -> Any:
    answer = town.ask(who, "POST", path, json=body, headers={"Idempotency-Key": str(uuid4())})
    assert answer.status_code < 300, answer.text
    return answer.json


def an_activity_of_strings(town: Town) -> str:
    """Publish an activity whose text holds every string there is."""
    [everything] = packs(20_000)
    plan = filled(town, table()["POST /api/events/v1/library-events"]["body"])
    texts = {"title_en": packs(300)[-1], "place": packs(300)[-2], "description_en": everything}
    activity: str = done(town, "organizer", f"{EVENTS}/library-events", {**plan, **texts})["id"]
    done(town, "organizer", f"{EVENTS}/library-events/{activity}/publish", {})
    return activity


def test_the_feed_of_activities_tells_of_them_letter_for_letter(town: Town) -> None:
    activity = an_activity_of_strings(town)
    body = town.ask("student", "GET", f"{EVENTS}/calendar.ics?language=en").data
    [entry] = [
        entry
        for entry in well_formed(body).walk("VEVENT")
        if str(entry["UID"]).startswith(activity)
    ]
    [everything] = packs(20_000)
    assert decoded(str(entry["DESCRIPTION"])) == decoded(everything)
    assert decoded(str(entry["SUMMARY"])) == decoded(packs(300)[-1])
    assert decoded(str(entry["LOCATION"])) == decoded(packs(300)[-2])


def test_mail_has_its_own_headers_alone_and_says_what_was_typed() -> None:
    settings = MailSettings(sender="library@chenghu.example", sender_name="Library")
    writer = LetterWriter(
        settings, public_url="https://library.example", timezone="UTC", now=lambda: NOON
    )
    names = packs(200)
    with a_mail_server() as server:
        smtp = SmtpSettings(host=HOST, port=server.port, security="none", timeout_seconds=10)
        with SmtpMailer(smtp, sender=settings.sender).open() as post:
            for name in names:
                space = a_known_space(name_en=name, library_en=name)
                about = Told(notice=a_notice(), space=space)
                letter = writer.compose(about, an_account(language="en", family_name=name))
                post.hand_over(letter, "xiaoming@example.edu")
        came = [letter for _address, letter in server.letters]
    assert len(came) == len(names)
    for name, letter in zip(names, came, strict=True):
        assert_harmless(letter, name)


def assert_harmless(letter: EmailMessage, name: str) -> None:
    assert sorted(letter.keys()) == sorted(HEADERS)
    (recipient,) = letter["To"].addresses
    assert recipient.addr_spec == "xiaoming@example.edu"
    text = letter.get_body(("plain",))
    assert text is not None
    for said in (letter["Subject"], text.get_content()):
        assert visible(name) in visible(said), name
    [entry] = Calendar.from_ical(part(letter, "text/calendar")).walk("VEVENT")
    assert entry["ATTENDEE"] == "mailto:xiaoming@example.edu"
    assert visible(name) in visible(str(entry["SUMMARY"]))


def part(letter: EmailMessage, kind: str) -> str:
    found: str = next(p for p in letter.walk() if p.get_content_type() == kind).get_content()
    return found


def visible(text: str) -> str:
    """The letters one can see: lines are run together and controls left out in mail, on purpose."""
    return "".join(letter for letter in text if letter.isprintable() and not letter.isspace())


def test_a_file_for_spreadsheets_holds_no_formula_and_every_text() -> None:
    texts = [*strings(), *FORMULAS]
    sheet = io.StringIO(csv_text(["text", "number"], [[text, 1] for text in texts]), newline="")
    _head, *rows = csv.reader(sheet)
    assert [text.removeprefix("'") for text, _number in rows] == [
        text.removeprefix("'") for text in texts
    ]
    assert [text for text, _number in rows if is_formula(text)] == []


def is_formula(cell: str) -> bool:
    return cell.lstrip(" \u3000").startswith(FORMULA_BEGINS)


def test_refused_rows_of_a_people_file_come_back_without_a_formula(town: Town) -> None:
    file = io.StringIO(newline="")
    sheet = csv.writer(file)
    sheet.writerow(["number", "family_name", "given_name", "faculty", "level"])
    sheet.writerows([text, text, text, text, text] for text in (*strings(), *FORMULAS))
    sent = {"file": (io.BytesIO(file.getvalue().encode()), "people.csv")}
    answer = town.ask("admin", "POST", f"{GATEWAY}/imports", data=sent)
    assert answer.status_code == 201, answer.text
    path = f"/admin/imports/{answer.json['import_id']}/refused.csv"
    answer = town.browser("admin").get(path, **town.somewhere())
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"), newline="")))
    assert len(rows) > len(strings())
    assert [cell for row in rows for cell in row if is_formula(cell)] == []


@pytest.mark.browser
def test_a_page_with_all_of_them_runs_no_script(town: Town, browser: Browser) -> None:
    activity = an_activity_of_strings(town)
    shown = town.browser("student").get(f"/whats-on/{activity}", **town.somewhere())
    assert shown.status_code == 200
    html = shown.get_data(as_text=True)
    with looking(browser) as page:
        troubles = watch(page)

        def answer(route: Route) -> None:
            if route.request.is_navigation_request():
                headers = {"Content-Security-Policy": POLICY}
                route.fulfill(body=html, content_type="text/html; charset=utf-8", headers=headers)
            else:
                route.fulfill(body="")  # our own sheets and scripts: nothing to see here

        page.route("**/*", answer)
        page.goto("http://atrium.example/")
        assert page.locator("main").count() == 1
        assert troubles == []
        assert len(page.inner_text("main")) > 10_000
        scripts = page.evaluate("[...document.scripts].map(one => one.getAttribute('src'))")
    assert scripts
    assert all(address and address.startswith("/static/") for address in scripts)


def watch(page: Page) -> list[str]:
    """Return a list that fills when a script speaks or the policy has to step in."""
    troubles: list[str] = []

    def note(what: Any) -> None:
        troubles.append(str(what))

    def dismiss(dialog: Any) -> None:
        note(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.on("console", lambda said: note(said.text))
    page.on("pageerror", note)
    return troubles
