"""What browsers are told of every page, and that no page needs more than its policy grants."""

from html.parser import HTMLParser

import pytest
from werkzeug.test import TestResponse

from gateway.pages.site import POLICY
from tests.outside.access import MAY, table
from tests.outside.operations import pages
from tests.outside.town import STRANGER, Town
from tests.support.gateway_pages import sign_in

PAGES = tuple(page for page in pages() if page != "/static/{filename}")
ALIKE_FOR_ALL = {"/.well-known/jwks.json", "/assets/atrium.css"}
# A code's page without its space is a 404; the others lead to the campus and back from it.
SHOWING_NOTHING = {"/arrive", "/sign-in/with/{provider_id}", "/sign-in/back/{provider_id}"}
LOOKING = ("owner", "organizer", "staff", "manager", "admin", STRANGER)
DANGEROUS = ("'unsafe-inline'", "'unsafe-eval'", "http:", "https:", "*")


class _Inline(HTMLParser):
    """What of a page would need a laxer policy."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        address = (values.get("href") or values.get("action") or "").strip().lower()
        if (
            tag == "style"
            or (tag == "script" and not values.get("src"))
            or any(name == "style" or name.startswith("on") for name in values)
            or address.startswith(("javascript:", "data:"))
        ):
            self.found.append(self.get_starttag_text() or tag)


def inline(html: str) -> list[str]:
    parser = _Inline()
    parser.feed(html)
    return parser.found


def seen(town: Town, page: str) -> dict[str, TestResponse]:
    """The page as it answers everybody."""
    path = page
    for name, value in town.ids.items():
        path = path.replace(f"{{{name}}}", value)
    found = {who: town.browser(who).get(path, **town.somewhere()) for who in LOOKING}
    town.undo()
    return found


@pytest.mark.parametrize("page", PAGES)
def test_a_page_tells_browsers_to_be_careful(town: Town, page: str) -> None:
    for who, answer in seen(town, page).items():
        headers = answer.headers
        assert headers["Content-Security-Policy"] == POLICY, who
        assert headers["X-Content-Type-Options"] == "nosniff", who
        assert headers["Referrer-Policy"] in {"same-origin", "no-referrer"}, who
        assert {"Server", "X-Powered-By"}.isdisjoint(headers.keys()), who
        if answer.mimetype == "text/html":
            assert headers["Cache-Control"] == "no-store", who
            assert inline(answer.text) == [], who
        elif answer.status_code == 200 and page not in ALIKE_FOR_ALL:
            assert "no-store" in headers["Cache-Control"], who
        for cookie in headers.getlist("Set-Cookie"):
            assert_for_the_browser_alone(cookie)


def assert_for_the_browser_alone(cookie: str) -> None:
    said = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert {"httponly", "samesite=lax", "path=/"} <= said, cookie


def test_the_policy_lets_nothing_of_others_or_of_the_page_itself_run() -> None:
    assert "default-src 'none'" in POLICY
    assert [word for word in DANGEROUS if word in POLICY.split()] == []


def test_every_page_is_seen_by_somebody_it_is_for() -> None:
    for page in set(PAGES) - SHOWING_NOTHING:
        assert any(table()[f"PAGE {page}"][who] == MAY for who in LOOKING), page


def test_the_cookies_of_signing_in_and_of_forms_are_for_the_browser_alone(town: Town) -> None:
    browser = town.browser(STRANGER)
    answer = sign_in(browser, login="owner")
    shown = browser.get("/settings")
    cookies = [*answer.headers.getlist("Set-Cookie"), *shown.headers.getlist("Set-Cookie")]
    assert cookies
    for cookie in cookies:
        assert_for_the_browser_alone(cookie)
    town.undo()


def test_what_would_need_a_laxer_policy_is_seen() -> None:
    bad = "<style></style><script>x</script><p style='a'><p onclick='x'><a href=' javascript:x'>"
    assert len(inline(bad)) == 5
    assert inline("<script src='x.js'></script><p class='style'><a href='/x'>") == []
