"""What a manager sees: numbers with their parts, few people held back, charts with their tables."""

import csv
import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from gateway.commands.name_faculty import NameFaculty, name_faculty
from gateway.domain.faculty import Faculty
from gateway.pages import act_codes
from shared.contracts.catalogue import LISTENERS
from tests.engagement.stage import Stage
from tests.support.engagement_builders import Stay, described, population
from tests.support.gateway_builders import NOON
from tests.support.gateway_house import House, Visitor
from tests.support.platform_campus import build_campus

pytestmark = pytest.mark.timeout(300)
LAW = Faculty(code="law", name_zh="法学院", name_en="Faculty of Law")
LAST_WEEK = "period=last-week&split=faculty"


def last_monday() -> date:
    today = NOON.date()
    return today - timedelta(days=today.weekday() + 7)


@pytest.fixture
def manager(house: House) -> Visitor:
    """Last week nine of Law came, seven of Science, two of Music; a hundred of each exist."""
    chief = house.person("staff", "manager", "admin", login="chief")
    campus = build_campus(chief, rooms=1)  # type: ignore[arg-type]  # as good as a Person
    house.move_messages()
    name_faculty(NameFaculty(LAW), uow=house.parts.uow())
    stage = Stage(house.apps["engagement"].extensions["atrium_engine"])
    monday = last_monday()
    noon = datetime.combine(monday, datetime.min.time(), UTC) + timedelta(hours=4)
    stage.tell(population({"law": 100, "Science": 100, "Music": 100}, day=monday), noon)
    sizes = {"law": range(9), "Science": range(20, 27), "Music": range(40, 42)}
    for faculty, people in sizes.items():
        for who in people:
            stage.tell(described(who, faculty), noon)
            came: Any = Stay(who, who=who, starts_at=noon).checked_in()
            stage.tell(replace(came, library_id=campus.library_id), noon)
    return house.person("manager")


def test_a_manager_comes_from_home_to_a_faculty_its_definition_and_its_acts(
    manager: Visitor,
) -> None:
    [address] = re.findall(r'href="(/figures/M10\?[^"]*)"', manager.see("/"))
    page = manager.see(address)
    assert "Faculty of Law" in page
    assert "9 %" in page
    assert "Distinct persons with at least one participation act" in page
    acts = [link for link in re.findall(r'href="([^"]*/acts[^"]*)"', page) if "law" in link]
    listed = manager.see(acts[0])
    assert listed.count("Checked in to a space") == 9
    assert "checked_in.v1" not in page + listed
    assert "not verified" not in page


def test_few_people_are_held_back_and_the_page_says_so(manager: Visitor) -> None:
    page = manager.see(f"/figures/M10?{LAST_WEEK}")
    music = page[page.index("Music") :]
    assert "So few people stand behind this that it is held back." in music[:400]
    assert "cell=Music" not in page


def test_the_overview_has_three_panels_and_can_be_of_one_faculty(manager: Visitor) -> None:
    page = manager.see("/figures?period=last-week")
    for panel in ("Participation", "Trust", "Benefit"):
        assert f">{panel}</h2>" in page
    of_law = manager.see("/figures?period=last-week&only=faculty:law")
    assert "9 / 100" in of_law
    assert "Of everybody: this figure is not told apart that way." in of_law


def test_a_chart_that_is_not_of_the_group_asked_for_says_so(manager: Visitor) -> None:
    for only, notes in (("", 0), ("level:bachelor", 1)):
        page = manager.see(f"/figures?period=last-week&only={only}")
        chart = page.split('id="course"')[1].split("</section>")[0]
        assert "Faculty of Law" in chart
        assert chart.count("Of everybody: this figure is not told apart that way.") == notes


def test_a_chart_has_a_sentence_a_table_and_no_style_of_its_own(manager: Visitor) -> None:
    page = manager.see(f"/figures/M10?{LAST_WEEK}")
    [drawing] = re.findall(r"<svg[^>]*pygal.*?</svg>", page, re.DOTALL)
    assert not re.search(r"<style|<script|style=|href=", drawing)
    assert "highest for Faculty of Law (9)" in page
    assert page.index("<table") < page.index("pygal")


def test_a_figure_is_shown_day_by_day_within_its_weeks(manager: Visitor) -> None:
    page = manager.see("/figures/M10?period=4-weeks&split=day")
    assert ">By Day</h2>" in page
    monday = last_monday()
    assert f"{monday:%Y}" in page[page.index("By Day") : page.index("</table>")]
    # Days without a number keep their place on the line.
    first = monday - timedelta(weeks=3)
    [drawing] = re.findall(r"<svg[^>]*pygal.*?</svg>", page, re.DOTALL)
    assert f">{first.month}-{first.day:02d}<" in drawing


def test_a_report_leaves_as_a_file(manager: Visitor) -> None:
    for page in ("/figures/times?period=last-week", "/figures/demand?period=last-week"):
        links = re.findall(r'href="(/figures/reports/[^"]*)"', manager.see(page))
        assert links
        for link in links:
            answer = manager.browser.get(link.replace("&amp;", "&"))
            assert answer.status_code == 200, link
            assert answer.headers["Content-Disposition"].startswith("attachment")
    odd = manager.browser.get("/figures/reports/starts/export.exe?period=last-week")
    assert odd.status_code == 404


def test_days_are_widened_to_whole_weeks_and_the_page_says_so(manager: Visitor) -> None:
    monday = last_monday()
    wednesday = monday + timedelta(days=2)
    page = manager.see(f"/figures/M10?from={wednesday}&to={wednesday}&split=faculty")
    assert f'value="{monday}"' in page
    assert f'value="{monday + timedelta(days=6)}"' in page
    assert "Figures are over whole weeks" in page


def test_own_dates_the_wrong_way_round_are_refused_and_stay_in_the_form(manager: Visitor) -> None:
    for page in ("/figures", "/figures/M10", "/figures/times", "/figures/demand"):
        shown = manager.see(f"{page}?period=own&from=2026-11-20&to=2026-11-02")
        assert "The first day is after the last" in shown, page
        assert 'name="from" type="date" value="2026-11-20"' in shown
        assert 'name="to" type="date" value="2026-11-02"' in shown
    right = manager.see("/figures?period=own&from=2026-11-02&to=2026-11-20")
    assert "The first day is after the last" not in right


def test_when_the_library_is_used_and_what_was_asked_for(manager: Visitor) -> None:
    times = manager.see("/figures/times?period=last-week")
    assert "Busiest" in times
    assert 'class="h5">18' in times
    demand = manager.see("/figures/demand?period=last-week")
    assert "From asking for a space to having used it: 18 at “Asked”" in demand
    assert "Persons refused for a day who have no reservation on that day" in demand


def test_a_figure_leaves_as_a_file(manager: Visitor) -> None:
    answer = manager.browser.get(f"/figures/M10/export.csv?{LAST_WEEK}")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="M10_')
    rows = csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig")))
    cells = {row[0]: row for row in rows if row}
    assert cells["law"][2:5] == ["9", "100", "9.00"]
    workbook = manager.browser.get(f"/figures/M10/export.xlsx?{LAST_WEEK}")
    assert workbook.get_data().startswith(b"PK")


def test_the_pages_speak_chinese(house: House, manager: Visitor) -> None:
    assert manager.account.roles
    chinese = house.person("manager", language="zh-CN")
    page = chinese.see(f"/figures/M10?{LAST_WEEK}")
    assert "法学院" in page
    assert "时段内至少有一次参与行为的人数" in page


def test_every_message_the_ledger_keeps_has_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(act_codes, "_", str)  # in which language is another test's matter
    told = {message.type.rsplit(".v", 1)[0] for message in LISTENERS["engagement"]}
    assert told == set(act_codes.acts())
