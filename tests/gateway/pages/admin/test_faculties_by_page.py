"""An administrator names faculties."""

import pytest

from tests.support.gateway_house import House, Visitor

PAGE = "/admin/faculties"
LAW = {"code": "law", "name_zh": "法学院", "name_en": "Faculty of Law"}


@pytest.fixture
def admin(house: House) -> Visitor:
    return house.person("admin")


def test_a_code_without_names_is_named_and_named_anew(admin: Visitor) -> None:
    page = admin.see(PAGE)
    assert "1 code has no names yet" in page
    assert f"{PAGE}?code=science#name" in page
    form = admin.see(f"{PAGE}?code=science")
    assert 'name="code" type="text" value="science"' in form
    names = {"code": "science", "name_zh": "理学院", "name_en": "Science"}
    assert admin.send(PAGE, PAGE, **names).status_code == 302
    named = admin.see(PAGE)
    assert "理学院" in named
    assert "no names yet" not in named
    assert admin.send(PAGE, PAGE, **names | {"name_en": "School of Science"}).status_code == 302
    assert "School of Science" in admin.see(PAGE)


def test_what_is_missing_is_said_and_what_was_typed_stays(admin: Visitor) -> None:
    answer = admin.send(PAGE, PAGE, **LAW | {"name_en": ""})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "“Name in English” is missing." in text
    assert 'value="法学院"' in text
    too_long = admin.send(PAGE, PAGE, **LAW | {"name_en": "x" * 121})
    assert too_long.status_code == 422
    assert "法学院" not in admin.see(PAGE)
    assert admin.send(PAGE, PAGE, **LAW | {"code": "l\x00aw"}).status_code == 302
    assert "law" in admin.see(PAGE)


def test_forms_that_ask_for_a_code_offer_those_with_names(admin: Visitor) -> None:
    assert admin.send(PAGE, PAGE, **LAW).status_code == 302
    form = admin.see("/admin/people/new")
    assert 'list="known-faculties"' in form
    assert '<option value="law">Faculty of Law</option>' in form
    assert "<code>law</code>" in admin.see("/admin/sign-in/new")


def test_nobody_else_names_faculties(house: House) -> None:
    manager = house.person("manager", "staff")
    assert manager.browser.get(PAGE).status_code == 403
    assert manager.browser.post(PAGE, data=LAW).status_code in {400, 403}
