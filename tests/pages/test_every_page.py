"""Every page of every role, found by walking the links: it answers, fits, speaks one language."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from gateway.domain.people_file import COLUMNS
from gateway.domain.vocabulary import LEVELS
from infra.screenshots.visitor import sign_in
from infra.screenshots.walk import VisitedPage, walk
from tests.pages.conftest import LivedIn
from tests.pages.lived_in import ROLES
from tests.support.browser import (
    PHONE,
    lend_session,
    looking,
    nothing_is_cut_off,
    targets_too_small,
)
from tests.support.platform_people import PASSWORD

# The longest pages of all: who has signed in sees the same there, under another heading.
ALIKE_FOR_ALL = "/developers/"
# In one process with the answers of forms: see tests/support/one_process.py.
pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
VISITORS = ("stranger", *ROLES)
LANGUAGES = ("zh-CN", "en")
LATIN = re.compile(r"[a-z]{3,}", re.IGNORECASE)
AXE = {"resultTypes": ["violations"], "preload": False}  # all our sheets are of the same origin
CHINESE = re.compile(r"[\u4e00-\u9fff]+")
# What reads the same in both languages: names, codes that are addresses of things, formats.
ALIKE = re.compile(
    r"Atrium|English|中文|\.(?:csv|ics)\b|\b(?:PLA|PETG)\b|王小明|student|organizer|staff|manager|admin\b|"
    r"[\w.+-]+@[\w.-]+|https?://\S+|/[\w./{}:-]+|[a-z_]+(?:\.[a-z_0-9]+)+|"
    r"\b(?:ISO|CSV|XLSX|ICS|QR|API|OIDC|PKCE|JSON|URL|HTTP|HTTPS|UTC|OpenAPI|AsyncAPI|RabbitMQ|"
    r"SMTP|UTF|RFC|MiB|DB|ID|VS|min|h|kB)\b|\b[A-Z]{1,4}\d+[a-z]?\b|\bv\d*\b|\bT[0-9a-f]{8}[A-Z0-9]*\b|"
    r"\b[0-9a-f]{6,}\b"
)


# A report names the columns and values of the file that was sent, as they are typed there.
REPORT = "/admin/imports/id"
OF_THE_FILE = frozenset(LATIN.findall(" ".join((*COLUMNS, *LEVELS))))


class _Words(HTMLParser):
    """The words of a page outside what is marked as not the page's own language."""

    VOID = frozenset({"meta", "link", "input", "br", "hr", "img", "use", "path", "rect"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[bool] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        foreign = (
            tag in {"script", "style", "code", "pre", "option", "textarea"}
            or ("lang" in values and tag != "html")
            or values.get("translate") == "no"
        )
        if tag not in self.VOID:
            self.open.append(foreign)
        self.words += [values[name] or "" for name in ("aria-label", "title") if name in values]

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID and self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if not any(self.open):
            self.words.append(data)


def words_of(html: str) -> str:
    parser = _Words()
    parser.feed(html)
    return ALIKE.sub(" ", " ".join(parser.words))


@dataclass(frozen=True)
class Walked:
    """What a role met in a language, with the session it met it in."""

    client: httpx.Client
    pages: Sequence[VisitedPage]


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.fixture(scope="module")
def walked(lived_in: LivedIn, language: str) -> Iterator[dict[str, Walked]]:
    """Walk as each role; a kind of page that several roles see is kept for the first of them."""
    met: set[str] = set()
    found = {}
    for role in VISITORS:
        login = None if role == "stranger" else role
        client = sign_in(lived_in.base_url, login, language, PASSWORD)
        pages = walk(client)
        found[role] = Walked(client, [page for page in pages if page.kind not in met])
        met |= {
            page.kind for page in pages if role != "stranger" or page.kind.startswith(ALIKE_FOR_ALL)
        }
    yield found
    for walk_of_role in found.values():
        walk_of_role.client.close()


def test_every_link_leads_to_a_page_in_the_language_chosen(
    walked: dict[str, Walked], language: str
) -> None:
    pages = [(role, page) for role, walk_of_role in walked.items() for page in walk_of_role.pages]
    assert len(pages) > 20
    assert [(role, page.kind, page.status) for role, page in pages if page.status != 200] == []
    other = LATIN if language == "zh-CN" else CHINESE
    foreign = {
        f"{role} {page.kind}": words
        for role, page in pages
        if (words := set(other.findall(words_of(page.html))) - typed_in_files(page.kind))
    }
    assert foreign == {}


def typed_in_files(kind: str) -> frozenset[str]:
    return OF_THE_FILE if kind.startswith(REPORT) else frozenset()


def test_every_page_fits_a_phone_and_axe_finds_nothing_serious(
    walked: dict[str, Walked], browser: Browser, language: str
) -> None:
    """Chinese in light on a phone, English in the dark: each page once in both."""
    theme = "light" if language == "zh-CN" else "dark"
    faults: dict[str, list[str]] = {}
    for role, walk_of_role in walked.items():
        with looking(browser, size=PHONE, language=language, theme=theme) as page:
            lend_session(page.context, walk_of_role.client)
            complaints = complaints_of(page)
            for visited in walk_of_role.pages:
                page.goto(visited.address)
                if found := [*seen_faults(page), *complaints]:
                    faults[f"{role} {visited.kind}"] = found
                complaints.clear()
    assert faults == {}


def complaints_of(page: Page) -> list[str]:
    """Return a list that fills with what the browser complains about: policy, scripts."""
    found: list[str] = []
    page.on("console", lambda said: found.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def seen_faults(page: Page) -> Iterator[str]:
    if not nothing_is_cut_off(page):
        yield "it is wider than the window"
    for target in targets_too_small(page):
        yield f"too small for a thumb: {target}"
    answer = Axe().run(page, options=AXE).response
    for violation in answer["violations"]:
        if violation["impact"] in {"serious", "critical"}:
            where = "; ".join(node["html"][:120] for node in violation["nodes"][:3])
            yield f"{violation['id']}: {where}"


def test_axe_sees_what_it_is_there_for(browser: Browser) -> None:
    with looking(browser) as page:
        page.set_content("<html lang='en'><title>x</title><main><img src='x.png'><input></main>")
        found = list(seen_faults(page))
    assert any(fault.startswith("image-alt") for fault in found)
    assert any(fault.startswith("label") for fault in found)


def test_a_word_of_the_other_language_is_seen() -> None:
    assert "Booked" in words_of("<p>已预约 <b>Booked</b></p>")
    assert "no_show" in words_of('<p title="no_show">王小明</p>')
    assert words_of('<p lang="en">Booked</p>').strip() == ""
