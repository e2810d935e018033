"""A figure as a file: readable by Excel in both languages, and nothing in it computes."""

import csv
import io

import openpyxl
import pytest
from flask.testing import FlaskClient

from tests.engagement.stage import Stage
from tests.support.engagement_builders import LIBRARY, Stay, at, described, population
from tests.support.tokens import bearer

BASE = "/api/engagement/v1/metrics/M10"
MANAGER = bearer(roles=("manager",))
ASKED = {
    "from": "2026-11-02",
    "to": "2026-11-15",
    "library": str(LIBRARY),
    "split": "faculty",
}
EVIL = '=HYPERLINK("http://evil.example","Law")'


@pytest.fixture
def faculties(stage: Stage) -> Stage:
    stage.tell(population({"Science": 100, EVIL: 100, "Music": 100, "Art": 40}))
    sizes = {
        "Science": range(12),
        EVIL: range(20, 31),
        "Music": range(40, 43),
        "Art": range(50, 52),
    }
    for faculty, people in sizes.items():
        for who in people:
            stage.tell(described(who, faculty), at(7))
            stage.tell(Stay(who, who=who, starts_at=at(10)).checked_in())
    return stage


@pytest.mark.usefixtures("faculties")
def test_the_csv_has_a_mark_for_excel_both_languages_and_no_formula(client: FlaskClient) -> None:
    answer = client.get(f"{BASE}/export.csv", query_string=ASKED, headers=MANAGER)
    assert answer.status_code == 200
    assert answer.data.startswith(b"\xef\xbb\xbf")
    name = 'attachment; filename="M10_2026-11-02_2026-11-15_faculty.csv"'
    assert answer.headers["Content-Disposition"] == name
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert rows[0][2:4] == ["目标人群覆盖率（%）", "Target population reached (%)"]
    assert {len(row) for row in rows} == {7}  # RFC 4180, section 2, 4
    cells = {row[0]: row[1:] for row in rows[rows.index([""] * 7) + 2 :]}
    assert cells["Science"][:4] == ["", "12", "100", "12.00"]
    assert cells[f"'{EVIL}"][:4] == ["", "11", "100", "11.00"]
    assert cells["Music"][:4] == cells["Art"][:4] == ["", "", "", ""]
    assert "涉及人数过少" in cells["Music"][-1]
    assert not any(text[:1] in "=+-@\t\r" for row in rows for text in row if text)


@pytest.mark.usefixtures("faculties")
def test_without_its_words_a_file_is_the_table_alone(client: FlaskClient) -> None:
    table = client.get(f"{BASE}/export.csv", query_string=ASKED | {"words": "no"}, headers=MANAGER)
    rows = csv.DictReader(io.StringIO(table.data.decode("utf-8-sig")))
    assert {row["单元 Cell"]: row["分子 Numerator"] for row in rows}["Science"] == "12"
    book = client.get(f"{BASE}/export.xlsx", query_string=ASKED | {"words": "no"}, headers=MANAGER)
    page = openpyxl.load_workbook(io.BytesIO(book.data)).active
    assert page["A1"].value == "单元 Cell"


@pytest.mark.usefixtures("faculties")
def test_the_workbook_holds_text_as_text_and_numbers_as_numbers(client: FlaskClient) -> None:
    answer = client.get(f"{BASE}/export.xlsx", query_string=ASKED, headers=MANAGER)
    assert answer.status_code == 200
    page = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    cells = {row[0].value: row for row in page.iter_rows(min_row=12)}
    assert cells[EVIL][0].data_type == "s"
    assert cells[EVIL][0].hyperlink is None
    assert [cell.value for cell in cells["Science"][2:5]] == [12, 100, 12]
    assert cells["Music"][2].value is None


def test_exports_are_for_those_who_read_figures(client: FlaskClient) -> None:
    for ending in ("csv", "xlsx"):
        path = f"{BASE}/export.{ending}"
        assert client.get(path, query_string=ASKED, headers=bearer()).status_code == 403
        wrong = client.get(path, query_string=ASKED | {"to": "2026-11-14"}, headers=MANAGER)
        assert wrong.json["code"] == "period_not_whole_weeks"
