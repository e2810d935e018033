"""Who opens a file reads names, not codes and ids."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from flask.testing import FlaskClient

from shared.contracts.domain_event import DomainEvent
from shared.contracts.gateway import FacultyName
from tests.engagement.stage import Stage
from tests.support.engagement_builders import (
    LIBRARY,
    MONDAY,
    Stay,
    at,
    described,
    population,
    space,
)
from tests.support.tokens import bearer

BASE = "/api/engagement/v1"
MANAGER = bearer(roles=("manager",))
WEEK = {"from": "2026-11-02", "to": "2026-11-08", "library": str(LIBRARY)}
LATER = date(2026, 11, 9)
OF_OLD = FacultyName(code="05", name_zh="中文系", name_en="Chinese")
TODAY = FacultyName(code="05", name_zh="文学院", name_en="Humanities")
NAMED = replace(space(), library_zh="澄湖馆", library_en="Chenghu")
FORMULA = FacultyName(code="06", name_zh="=1+1", name_en="@SUM")


def named_population(day: date, *names: FacultyName) -> DomainEvent:
    return replace(population({"05": 100, "06": 100, "07": 100}, day=day), faculties=names)


@pytest.fixture
def reached(stage: Stage) -> Stage:
    stage.tell(named_population(MONDAY, OF_OLD))
    for who in range(30):
        stage.tell(described(who, f"0{5 + who // 10}"), at(7))
        stage.tell(Stay(who, who=who, starts_at=at(10)).checked_in())
    return stage


def rows_of(client: FlaskClient, path: str, **query: str) -> dict[str, list[str]]:
    answer = client.get(f"{BASE}{path}", query_string=WEEK | query, headers=MANAGER)
    assert answer.status_code == 200, answer.json
    rows = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    return {row[0]: row[1:] for row in rows if row}


def faculties_in(client: FlaskClient) -> dict[str, str]:
    rows = rows_of(client, "/metrics/M10/export.csv", split="faculty")
    return {code: rows[code][0] for code in ("05", "06", "07")}


def test_a_faculty_stands_under_the_name_it_was_last_given(
    client: FlaskClient, reached: Stage
) -> None:
    assert faculties_in(client) == {"05": "中文系 Chinese", "06": "", "07": ""}
    reached.tell(named_population(LATER, TODAY, FORMULA))
    assert faculties_in(client) == {"05": "文学院 Humanities", "06": "'=1+1 @SUM", "07": ""}


def test_a_renaming_heard_late_does_not_undo_a_later_one(
    client: FlaskClient, reached: Stage
) -> None:
    reached.tell(named_population(LATER, TODAY))
    reached.tell(named_population(MONDAY, OF_OLD))
    assert faculties_in(client)["05"] == "文学院 Humanities"


@pytest.mark.usefixtures("reached")
@pytest.mark.parametrize(
    ("split", "cell", "name"),
    [("space_kind", "learning", "学习 Learning"), ("level", "bachelor", "本科 Bachelor")],
)
def test_what_the_house_names_itself_has_both_languages(
    client: FlaskClient, split: str, cell: str, name: str
) -> None:
    assert rows_of(client, "/metrics/M10/export.csv", split=split)[cell][0] == name


@pytest.mark.parametrize("path", ["/metrics/M05/export.csv", "/reports/booking/export.csv"])
def test_a_library_is_called_by_its_id_until_it_has_told_its_name(
    client: FlaskClient, stage: Stage, path: str
) -> None:
    assert rows_of(client, path)["图书馆 Library"][0] == str(LIBRARY)
    stage.tell(NAMED, at(11))
    assert rows_of(client, path)["图书馆 Library"][0] == "澄湖馆 Chenghu"


def test_names_are_made_anew_with_the_other_facts(client: FlaskClient, reached: Stage) -> None:
    reached.tell(NAMED)
    before = faculties_in(client)
    reached.rebuild()
    assert faculties_in(client) == before
    named = rows_of(client, "/metrics/M05/export.csv")["图书馆 Library"][0]
    assert named == "澄湖馆 Chenghu"
