"""The forms of pages that take free text: who fills them in, with what, where it is read."""

from dataclasses import dataclass, field

from werkzeug.test import TestResponse

from tests.outside.town import Town
from tests.support.gateway_pages import form_token

Texts = dict[str, int]


@dataclass(frozen=True)
class PageForm:
    """A form; `{name}` is the id of a thing of the town."""

    name: str
    by: str
    action: str
    texts: Texts
    """Its free texts, and how many characters each takes."""
    chosen: dict[str, str] = field(default_factory=dict)
    seen_at: str | None = None
    """Where it is read afterwards; by default where one is led, or the page that is shown at once.

    `{there}` is where one is led.
    """
    hidden: frozenset[str] = frozenset()
    """Texts that this page does not show."""
    refuses_controls: bool = False
    """Whether controls are refused by name; then they are left out."""
    is_list: bool = False
    """Whether the page shows what was sent before as well: it is read once, at the end."""


NAMES = {"name_zh": 200, "name_en": 200}
FORMS = (
    PageForm(
        "a suggestion",
        "student",
        "/suggestions/new",
        {"title": 120, "body": 4000},
        {"seen": "yes", "library_id": "{library_id}", "space_kind": "learning"},
    ),
    PageForm(
        "an answer to a suggestion",
        "staff",
        "/suggestions/{suggestion_id}/answer",
        {"text": 4000},
        {"stage": "obtain"},
    ),
    PageForm(
        "an activity",
        "organizer",
        "/organizing/new",
        {
            "title_zh": 300,
            "title_en": 300,
            "place": 300,
            "description_zh": 20000,
            "description_en": 20000,
        },
        {
            "programme": "salon",
            "day": "2026-12-01",
            "starts": "18:00",
            "ends": "19:00",
            "capacity": "20",
            "kind": "cultural",
            "space_id": "",
        },
        seen_at="{there}/edit",
    ),
    PageForm(
        "why an activity is called off",
        "organizer",
        "/organizing/{open_id}/cancel",
        {"reason": 500},
        seen_at="/whats-on/{open_id}",
    ),
    PageForm(
        "a closure",
        "staff",
        "/staff/closures/close",
        NAMES,
        {
            "library": "{library_id}",
            "scope": "library/{library_id}",
            "first_day": "2026-12-29",
            "last_day": "2026-12-29",
        },
        hidden=frozenset({"name_zh"}),
        is_list=True,
    ),
    PageForm(
        "hours of some days",
        "staff",
        "/staff/hours/exceptions",
        NAMES,
        {
            "scope": "library/{library_id}",
            "library": "{library_id}",
            "first_day": "2026-12-30",
            "last_day": "2026-12-30",
            "open": "",
        },
        hidden=frozenset({"name_zh"}),
    ),
    PageForm(
        "the names of a space",
        "staff",
        "/staff/spaces/{space_id}/change",
        NAMES,
        {"version": "*", "capacity": "4", "space_kind": "learning"},
    ),
    PageForm(
        "why a space is out of use",
        "staff",
        "/staff/spaces/{space_id}/use",
        {"because": 500},
        {"version": "*", "use": "no"},
    ),
    PageForm("where a screen hangs", "staff", "/staff/spaces/{space_id}/screens", {"label": 200}),
    PageForm(
        "why a request is refused",
        "staff",
        "/staff/approvals/{request_id}/reject",
        {"reason": 500},
        {"library": "{library_id}"},
        seen_at="/my-bookings/{request_id}",
        hidden=frozenset({"reason"}),
    ),
    PageForm(
        "why a booking is cancelled",
        "staff",
        "/staff/desk/{reservation_id}/cancel",
        {"reason": 500},
        {"library": "{library_id}"},
        hidden=frozenset({"reason"}),
    ),
    PageForm(
        "a person",
        "admin",
        "/admin/people/new",
        {"family_name": 200, "given_name": 200},
        {
            "login": "newcomer",
            "faculty": "science",
            "level": "bachelor",
            "roles": "patron",
            "language": "en",
        },
        refuses_controls=True,
    ),
    PageForm(
        "a faculty",
        "admin",
        "/admin/faculties",
        {"name_zh": 120, "name_en": 120},
        {"code": "science"},
    ),
    PageForm(
        "a term",
        "admin",
        "/figures/terms",
        {"name_zh": 80, "name_en": 80},
        {"library": "{library_id}", "code": "autumn", "from": "2030-09-02", "to": "2031-01-19"},
        hidden=frozenset({"name_zh"}),
    ),
    PageForm(
        "a token",
        "owner",
        "/settings/tokens",
        {"name": 100},
        {"scopes": "booking:read", "days": "9"},
    ),
    PageForm(
        "why a message is let go",
        "admin",
        "/admin/undelivered/booking/{position}/discard",
        {"reason": 500},
        seen_at="/admin/undelivered/booking/{position}",
    ),
)


class Writer:
    """Fills in a form again and again, and reads what became of it."""

    def __init__(self, town: Town, form: PageForm) -> None:
        self._town = town
        self._form = form
        self._browser = town.browser(form.by)
        self._token = form_token(self._browser.get("/settings"))
        self._chosen = {name: _named(town, value) for name, value in form.chosen.items()}
        self._action = _named(town, form.action)

    def send(self, texts: dict[str, str]) -> TestResponse:
        data = {**self._chosen, **texts, "csrf_token": self._token}
        return self._browser.post(self._action, data=data, **self._town.somewhere())

    def read(self, answer: TestResponse) -> str:
        """The page on which it is read."""
        if answer.status_code in {302, 303} or self._form.seen_at:
            where = _named(self._town, self._form.seen_at or "{there}")
            where = where.format(there=answer.location)
            reader = self._town.browser("owner") if "/my-" in where else self._browser
            answer = reader.get(where, **self._town.somewhere())
            assert answer.status_code == 200, where
        return answer.get_data(as_text=True)


def _named(town: Town, text: str) -> str:
    for name, value in town.ids.items():
        text = text.replace(f"{{{name}}}", value)
    return text
