"""A manager keeps a library's terms, and asks for figures by them."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from gateway.commands.change_account import ChangeRoles, change_roles
from tests.support.gateway_builders import NOON
from tests.support.gateway_house import House, Visitor
from tests.support.gateway_pages import sign_in
from tests.support.platform_campus import build_campus

PAGE = "/figures/terms"


def whole_weeks(*, begun_weeks_ago: int, weeks: int) -> dict[str, str]:
    monday = NOON.date() - timedelta(days=NOON.date().weekday() + 7 * begun_weeks_ago)
    return {"from": str(monday), "to": str(monday + timedelta(days=7 * weeks - 1))}


TERM = {"code": "autumn", "name_zh": "秋季学期", "name_en": "Autumn term"}


@pytest.fixture
def manager(house: House, campus_told: None) -> Visitor:  # noqa: ARG001  # there before they are
    return house.person("manager")


def test_a_term_is_kept_asked_for_changed_and_removed(manager: Visitor) -> None:
    days = whole_weeks(begun_weeks_ago=3, weeks=10)
    assert "No terms yet" in manager.see(PAGE)
    assert manager.send(PAGE, PAGE, **TERM, **days).status_code == 302
    page = manager.see(PAGE)
    assert "Autumn term" in page
    figures = manager.see("/figures?period=term:autumn")
    assert '<option value="term:autumn" selected>Autumn term</option>' in figures
    form = manager.see(f"{PAGE}?term=autumn")
    assert f'value="{days["from"]}"' in form
    changed = {**TERM, **days, "name_en": "Fall term"}
    assert manager.send(PAGE, PAGE, **changed).status_code == 302
    assert "Fall term" in manager.see(PAGE)
    assert manager.send(PAGE, f"{PAGE}/remove", code="autumn").status_code == 302
    assert "The term is gone." in manager.see(PAGE)
    assert "No terms yet" in manager.see(PAGE)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"code": ""}, "The code of a term"),
        ({"code": "2026/27"}, "The code of a term"),
        ({"to": str(date(2026, 11, 25))}, "Monday"),
        ({"from": ""}, "First day"),
    ],
)
def test_what_is_wrong_is_said_beside_the_form_and_what_was_typed_stays(
    manager: Visitor, wrong: dict[str, str], said: str
) -> None:
    sent = {**TERM, **whole_weeks(begun_weeks_ago=1, weeks=2), **wrong}
    answer = manager.send(PAGE, PAGE, **sent)
    text = answer.get_data(as_text=True)
    assert answer.status_code in {400, 422}
    alert = text[text.index('role="alert"') :]
    assert said in alert[:600]
    assert 'value="秋季学期"' in text
    assert "No terms yet" in manager.see(PAGE)


def test_patrons_and_organizers_keep_no_terms(house: House) -> None:
    organizer = house.person("organizer")
    assert organizer.browser.get(PAGE).status_code == 403


def test_only_libraries_one_works_for_are_offered(house: House, manager: Visitor) -> None:
    chief = house.person("staff", "admin")
    other = build_campus(chief, rooms=1)  # type: ignore[arg-type]  # as good as a Person
    page = manager.see(f"{PAGE}?library={other.library_id}")
    assert f"{PAGE}?library=" in page
    limited = ChangeRoles(
        patron_id=manager.account.patron_id,
        roles=frozenset({"patron", "manager"}),
        libraries=frozenset({UUID(other.library_id)}),
        changed_by=chief.account.patron_id,
        expected_version=None,
    )
    change_roles(limited, uow=house.parts.uow(), clock=house.clock)
    sign_in(manager.browser, login=manager.account.login)
    page = manager.see(PAGE)
    assert f'name="library" value="{other.library_id}"' in page
    assert f"{PAGE}?library=" not in page.replace(f"{PAGE}?library={other.library_id}", "")
