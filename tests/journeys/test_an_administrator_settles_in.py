"""The administrator's first day in a browser: people, roles, tokens, the campus, what got stuck."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Browser, Page

from shared.messaging.codec import envelope_to_json
from shared.messaging.parking import park_unreadable
from shared.messaging.reading import Unreadable
from tests.support.browser import DESK, PHONE, browser, fill_in_sign_in, looking, nothing_is_cut_off
from tests.support.campus_provider import CampusProvider, campus_provider
from tests.support.messages import a_release, an_envelope
from tests.support.platform_people import PASSWORD, admit, first_administrator
from tests.support.polling import eventually
from tests.support.running_platform import RunningPlatform

__all__ = ["browser"]

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]
HEAD = "number,family_name,given_name,faculty,level,study_year\n"
REFUSED, ROLES, PROVIDER, READY = range(4)
SENTENCES = {
    "en": ["2 rows were refused", "Keep roles", "The provider answers", "Ready"],
    "zh-CN": ["2 行未导入", "保存角色", "提供方响应正常", "正常"],
}


@dataclass
class Desk:
    """An administrator's browser."""

    platform: RunningPlatform
    page: Page
    language: str

    def open(self, path: str) -> None:
        self.page.goto(f"{self.platform.process.base_url}{path}")
        self.look()

    def look(self) -> None:
        """What is shown fits the window and speaks the person's language."""
        assert self.page.get_attribute("html", "lang") == self.language
        assert nothing_is_cut_off(self.page), self.page.url

    def press(self, form: str, leads_to: str) -> None:
        """Press the button of a form; one is led to another page."""
        self.page.click(f"form[action{form}] button:not([type=button])")
        self.page.wait_for_url(leads_to)
        self.look()

    def says(self, sentence: int) -> None:
        assert SENTENCES[self.language][sentence] in self.page.inner_text("main")


@pytest.fixture(scope="module")
def campus() -> Iterator[CampusProvider]:
    with campus_provider() as running:
        yield running


@pytest.mark.parametrize(
    ("size", "language"), [(PHONE, "zh-CN"), (DESK, "en")], ids=["phone", "desk"]
)
def test_an_administrator_settles_in(
    platform: RunningPlatform,
    browser: Browser,
    campus: CampusProvider,
    size: dict[str, int],
    language: str,
) -> None:
    operator = first_administrator(platform.process, platform.client)
    settler = admit(operator, "settler", roles=("patron", "admin"), language=language)
    login = settler.get("/api/gateway/v1/me")["login"]
    with looking(browser, size=size, language=language) as page:
        page.goto(f"{platform.process.base_url}/sign-in")
        fill_in_sign_in(page, login, PASSWORD)
        page.wait_for_url(f"{platform.process.base_url}/")
        desk = Desk(platform, page, language)
        number = imports_people(desk)
        gives_a_role(desk, number)
        makes_and_revokes_a_token(desk)
        adds_the_campus(desk, campus)
        replays_what_got_stuck(desk)
        desk.open("/admin/health")
        desk.says(READY)


def imports_people(desk: Desk) -> str:
    """A good row and two bad ones; returns the number of who was admitted."""
    number = f"N{uuid4().hex[:8]}"
    rows = [
        f"{number},Qian,Xue,science,bachelor,1",
        ",Li,Si,science,bachelor,1",
        f"{number}x,Wu,,,,",
    ]
    file = (HEAD + "\n".join(rows)).encode()
    desk.open("/admin/imports")
    said = {"name": "people.csv", "mimeType": "text/csv", "buffer": file}
    desk.page.set_input_files("input[type=file]", said)  # type: ignore[arg-type]  # a dict of that shape
    desk.press("='/admin/imports'", "**/admin/imports/*")
    desk.says(REFUSED)
    assert desk.page.locator("tbody tr").count() == 2  # the refused ones first, each with its line
    return number


def gives_a_role(desk: Desk, number: str) -> None:
    desk.open(f"/admin/people?q={number}")
    desk.page.click("tbody a")
    desk.page.wait_for_url("**/admin/people/*-*")
    desk.says(ROLES)
    desk.page.check("input[name=roles][value=staff]")
    desk.press("$='/roles'", "**/admin/people/*-*")
    assert desk.page.is_checked("input[name=roles][value=staff]")


def makes_and_revokes_a_token(desk: Desk) -> None:
    """It works while it is there and no longer."""
    desk.open("/settings/tokens")
    desk.page.fill("input[name=name]", "nightly")
    desk.page.check("input[name=scopes] >> nth=0")
    desk.page.click("form[action='/settings/tokens'] button.primary")
    secret = desk.page.inner_text("#token").strip()
    desk.look()
    assert exchanged(desk, secret).status_code == 200
    desk.open("/settings/tokens")
    desk.press("$='/revoke'", "**/settings/tokens")
    assert exchanged(desk, secret).status_code == 401


def exchanged(desk: Desk, secret: str) -> httpx.Response:
    return desk.platform.client.post("/api/gateway/v1/tokens", json={"api_token": secret})


def adds_the_campus(desk: Desk, campus: CampusProvider) -> None:
    """Named, tested, offered to everybody, and forgotten."""
    desk.open("/admin/sign-in/new")
    typed = {"name_zh": "校园账号", "name_en": "Campus account", "issuer": campus.issuer}
    for name, value in {**typed, "client_id": "atrium"}.items():
        desk.page.fill(f"input[name={name}]", value)
    desk.press("='/admin/sign-in/new'", "**/admin/sign-in/*-*")
    desk.press("$='/test'", "**/test")
    desk.says(PROVIDER)
    stranger = httpx.get(f"{desk.platform.process.base_url}/sign-in")
    assert "Campus account" in stranger.text or "校园账号" in stranger.text
    desk.press("$='/remove'", "**/admin/sign-in")


def replays_what_got_stuck(desk: Desk) -> None:
    """A message that failed for a reason that is over is handled and leaves the desk."""
    message = an_envelope(a_release())
    stuck = Unreadable(
        source=message.source,
        message_id=str(message.id),
        type=message.type,
        sequence=None,
        body=envelope_to_json(message).decode(),
        reason=f"the database was being moved, {uuid4().hex[:8]}",  # others get stuck as well
    )
    engine = desk.platform.engine("events")
    with engine.begin() as connection:
        park_unreadable(connection, stuck)
    desk.open("/admin/undelivered")
    row = desk.page.locator("tr", has_text=stuck.reason)
    row.locator("a").click()
    desk.page.wait_for_url("**/admin/undelivered/events/*")
    desk.look()
    desk.press("$='/replay'", "**/admin/undelivered")

    def handled() -> bool:
        desk.open("/admin/undelivered")
        return desk.page.locator("tr", has_text=stuck.reason).count() == 0

    eventually(handled)
