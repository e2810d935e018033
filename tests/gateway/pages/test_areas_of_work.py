"""Work leads to the page a person's work begins with, and from there to all of it."""

import re

import pytest

from tests.support.gateway_house import House

WORK = re.compile(r'<a href="([^"]+)"[^>]*>\s*<svg[^>]*><use href="[^"]*#work"')


@pytest.mark.usefixtures("campus")
@pytest.mark.parametrize(
    ("roles", "begins"),
    [
        (("organizer",), "/organizing"),
        (("staff",), "/staff/desk"),
        (("manager",), "/figures"),
        (("admin",), "/admin/people"),
        (("organizer", "manager"), "/figures"),
        (("organizer", "staff", "manager", "admin"), "/staff/desk"),
    ],
    ids=str,
)
def test_work_begins_where_the_role_has_its_own(
    roles: tuple[str, ...], begins: str, house: House
) -> None:
    page = house.person(*roles).see("/")
    found = WORK.search(page)
    assert found is not None
    assert found.group(1) == begins


@pytest.mark.usefixtures("campus")
def test_patrons_have_no_work(house: House) -> None:
    assert WORK.search(house.person().see("/")) is None


@pytest.mark.usefixtures("campus")
def test_every_area_is_a_tap_away_from_a_page_of_work(house: House) -> None:
    page = house.person("staff", "admin", language="zh-CN").see("/admin/people")
    nav = page.split('<ul class="areas">')[1].split("</ul>")[0]
    names = re.findall(r">([^<\s][^<]*)</a>", nav)
    assert names == ["馆员工作", "数据", "系统管理", "组织活动"]
    assert nav.count("aria-current") == 1
    assert 'class="areas"' not in house.person("organizer").see("/organizing")
