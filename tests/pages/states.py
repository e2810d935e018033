"""What forms answer: pages that no link leads to, each brought about by sending a form."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

from playwright.sync_api import Page

from tests.support.platform_campus import SHANGHAI_OFFSET

Fields = dict[str, str]
CALENDAR = "\r\n".join(
    [
        "BEGIN:VCALENDAR",
        *("BEGIN:VEVENT", "UID:1", "DTSTART;VALUE=DATE:20270101", "SUMMARY:100", "END:VEVENT"),
        *("BEGIN:VEVENT", "UID:2", "SUMMARY:100", "END:VEVENT"),
        "END:VCALENDAR",
        "",
    ]
)
SEND = """([action, fields, files]) => {
    let form = [...document.forms].find((one) => one.getAttribute("action") === action);
    if (!form) {
        form = document.createElement("form");
        const token = document.querySelector("[name=csrf_token]").cloneNode();
        form.append(token);
        form.action = action;
        document.body.append(form);
    }
    form.method = "post";
    for (const [name, value] of Object.entries(fields)) {
        form.querySelectorAll(`[name="${name}"]`).forEach((one) => one.remove());
        const input = document.createElement("input");
        input.type = "hidden";
        input.name = name;
        input.value = value;
        form.append(input);
    }
    for (const [name, text] of Object.entries(files)) {
        form.enctype = "multipart/form-data";
        form.querySelectorAll("[type=file]").forEach((one) => one.remove());
        const input = document.createElement("input");
        const held = new DataTransfer();
        held.items.add(new File([text], name));
        input.type = "file";
        input.name = "file";
        input.files = held.files;
        form.append(input);
    }
    form.submit();
}"""


@dataclass(frozen=True)
class State:
    """What somebody sends, and how the page that comes back is known."""

    action: str
    fields: Fields = field(default_factory=dict)
    status: int = 200
    shows: str = '[role="alert"]'
    files: Fields = field(default_factory=dict)
    stands_on: str = "/settings"
    """A page with this form, where its other fields matter; else any."""
    names_codes: bool = False
    """Whether the answer names columns, or what may stand in them: codes, alike everywhere."""

    def bring_about(self, page: Page) -> int:
        """Send the form; the page is the answer then, and its status is returned."""
        with page.expect_navigation() as going:
            page.evaluate(SEND, [self.action, self.fields, self.files])
        return int(going.value.status)


@dataclass(frozen=True)
class Things:
    """The things of the library that forms name."""

    library_id: str
    space_id: str
    booking_id: str
    taken_from: datetime
    """When that booking starts, in the space above."""
    begun_id: str
    suggestion_title: str


def states(there: Things) -> dict[str, list[State]]:
    """What each role sends."""
    return {
        "stranger": _strangers(),
        "student": _patrons(there),
        "organizer": _organizers(there),
        "staff": _staff(there),
        "admin": _admins(),
    }


def _strangers() -> list[State]:
    wrong = {"login": uuid4().hex, "password": "1234567890"}
    return [
        State("/sign-in", wrong, 422),
        State("/sign-in", {"csrf_token": "0"}, 400, "main h1"),
        State("/suggestions/new", {"title": "100 + 100"}, 403, "[name=password]"),
        State("/language", {"csrf_token": "0", "language": "en"}, 400, "main h1"),
    ]


def _patrons(there: Things) -> list[State]:
    starts = there.taken_from
    stay = {"space_id": there.space_id, "starts_at": starts.isoformat(), "minutes": "60"}
    until = {**stay, "ends_at": (starts + timedelta(hours=1)).isoformat()}
    late = {**stay, "starts_at": (starts + timedelta(days=90, minutes=1)).isoformat()}
    booking = f"/my-bookings/{there.booking_id}"
    said = {"library_id": there.library_id, "space_kind": "learning"}
    return [
        State("/find/book", stay, 409),
        State("/find/book", {**late, "party": "9"}, 409),
        State(
            f"{booking}/change",
            {"minutes": "1440", "party": "9"},
            409,
            stands_on=booking,
        ),
        State(f"{booking}/check-in", {"code": "0"}, 422),
        State("/arrive/use", {"space": there.space_id, "code": "0", **until}, 409),
        State("/my-bookings/calendar", shows="main [data-copy]"),
        State(f"/whats-on/{there.begun_id}/sign-up", {}, 409),
        State(f"/whats-on/{there.begun_id}/attend", {"code": "0"}, 422),
        State("/suggestions/new", {**said, "title": there.suggestion_title}, 200, "#alike"),
        State("/suggestions/new", {**said, "title": ""}, 422),
        State("/suggestions/new", {"csrf_token": "0", "title": "100"}, 400, "main h1"),
        State("/settings/password#own-password", {"present_password": "9"}, 422),
        State("/settings/tokens", {"name": "", "days": "9"}, 422),
        State("/settings/tokens", {"name": "9", "scopes": "gateway:read"}, 201, "#token"),
        State("/admin/people/new", {}, 403, "main h1"),
        State("/sign-in/nowhere", {}, 404, "main h1"),
    ]


def _organizers(there: Things) -> list[State]:
    door = f"/organizing/{there.begun_id}/door"
    move = f"/organizing/{there.begun_id}/move"
    past = {"day": "2020-01-01", "look": "1", "capacity": "3"}
    return [
        State("/organizing/new", past, 200, "#rooms .notice"),
        State("/organizing/new", {"title_en": "", "capacity": "1"}, 422),
        State(move, {"look": "1"}, 200, "#rooms"),
        State(move, {"day": "2020-01-01"}, 409, stands_on=move),
        State(f"{door}/ticket", {"ticket_code": "000000"}, 422),
        State(f"{door}/walk-in", {"who": "0000"}, 200, ".notice.bad"),
        State(f"{door}/walk-in", {"who": "王小明"}, 200, "#walk-ins ~ .lines"),
        State(f"{door}/heads", {"more": "1"}, 200, "#numbers"),
    ]


def _staff(there: Things) -> list[State]:
    named = {"name_zh": "100", "name_en": "100"}
    library = {"library": there.library_id}
    scope = {**library, "scope": f"library/{there.library_id}", **named}
    first = (there.taken_from + SHANGHAI_OFFSET).date()
    days = {"first_day": f"{first}", "last_day": f"{first + timedelta(days=3)}"}
    back = {"first_day": days["last_day"], "last_day": days["first_day"]}
    rules = f"/staff/rules/edit?library={there.library_id}"
    space = f"/staff/spaces/{there.space_id}/change"
    table = "code,name_zh,name_en,zone,space_type,space_kind,capacity\n9,9,9,9,9,9,9\n"
    return [
        State("/staff/closures/look", {**scope, **days}, 200, "main table, main .cards"),
        State("/staff/closures/look", {**scope, **back}, 422),
        State("/staff/rules/look", {"window_days": "1"}, 200, "main h1", stands_on=rules),
        State(
            "/staff/rules/look",
            {"min_minutes": "9", "max_minutes": "7"},
            422,
            stands_on=rules,
        ),
        State(
            "/staff/spaces/import",
            library,
            200,
            "main table",
            {"100.csv": table},
        ),
        State(
            "/staff/spaces/import", library, 422, files={"100.csv": "1,2\n3,4\n"}, names_codes=True
        ),
        State(
            "/staff/hours/import",
            {**scope, "look": "yes"},
            200,
            "main h1",
            {"100.ics": CALENDAR},
        ),
        State("/staff/hours/week", {**scope, "day0": "9-8"}, 422, stands_on="/staff/hours"),
        State("/staff/reserving", {**library, "person": "王"}, 200, ".notice.bad"),
        State("/staff/desk/walk-in#walk-in", {**library, "space": "0"}, 422),
        State("/staff/closures/look", {**scope, "name_zh": "", "name_en": ""}, 422),
        State(
            space,
            {"version": "*", "capacity": "0"},
            422,
        ),
    ]


def _admins() -> list[State]:
    columns = "number,family_name,given_name,faculty,level\n"
    return [
        State(
            "/admin/imports",
            {},
            200,
            "main table",
            {"100.csv": columns + ",王,,,9\n"},
            names_codes=True,
        ),
        State("/admin/imports", {}, 422, files={"100.csv": "1,2\n"}, names_codes=True),
        State(
            "/admin/people/new", {"login": "", "password": "1", "mail": "1", "level": "master"}, 422
        ),
        State("/admin/faculties", {"code": "", "name_zh": "100"}, 422),
        State("/figures/terms", {"code": "100", "from": "", "to": "2027-01-24"}, 422),
        State("/admin/sign-in/new", {"issuer": "1", "roles": "1 = 1"}, 422, names_codes=True),
    ]
