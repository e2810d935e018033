"""A report as a file holds what the page holds, and hides what the page hides."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient

from tests.engagement.report_world import Group, World
from tests.engagement.stage import Stage
from tests.support.engagement_builders import LIBRARY
from tests.support.tokens import bearer

BASE = "/api/engagement/v1"
MANAGER = bearer(roles=("manager",))
WEEK = {"from": "2026-11-02", "to": "2026-11-08", "library": str(LIBRARY)}
REPORTS = {
    "starts": ("heat-map", {"measure": "starts"}),
    "occupied": ("heat-map", {"measure": "occupied"}),
    "booking": ("funnels/booking", {}),
    "sign-up": ("funnels/sign-up", {}),
    "unmet-demand": ("unmet-demand", {}),
}
LISTS = ("cells", "persons", "code", "by_space_kind", "hour", "waiting")
FEW_AND_MANY = (
    Group(0, 9, 0),
    Group(0, 6, 10, hour=11, outcome="checked_in"),
    Group(0, 2, 20, hour=14),
    Group(0, 8, 30, outcome="refused", codes=("quota", "taken")),
    Group(0, 3, 40, outcome="refused", codes=("closed",), hour=16),
)
Row = Sequence[Any]


def rows_of_csv(client: FlaskClient, name: str, query: Mapping[str, str]) -> list[Row]:
    answer = client.get(f"{BASE}/reports/{name}/export.csv", query_string=query, headers=MANAGER)
    assert answer.status_code == 200, answer.json
    assert f'filename="{name}_2026-11-02_2026-11-08' in answer.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    start = next(nth for nth, row in enumerate(rows) if row[1] == "分子 Numerator")
    return [[row[0], *(_number(text) for text in row[1:4])] for row in rows[start:] if row[0]]


def rows_of_xlsx(client: FlaskClient, name: str, query: Mapping[str, str]) -> list[Row]:
    answer = client.get(f"{BASE}/reports/{name}/export.xlsx", query_string=query, headers=MANAGER)
    assert answer.status_code == 200
    page = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    rows = list(page.iter_rows(values_only=True))
    start = next(nth for nth, row in enumerate(rows) if row[1] == "分子 Numerator")
    return [list(row[:4]) for row in rows[start:] if row[0] is not None]


def _number(text: str) -> Any:
    try:
        return float(text) if text else None
    except ValueError:
        return text


@pytest.mark.parametrize("kind", [None, "learning", "creative"])
@pytest.mark.parametrize("rows_of", [rows_of_csv, rows_of_xlsx])
@pytest.mark.parametrize("name", REPORTS)
def test_a_file_holds_the_cells_of_the_report_and_hides_the_same(
    client: FlaskClient,
    stage: Stage,
    name: str,
    rows_of: Callable[..., list[Row]],
    kind: str | None,
) -> None:
    World(FEW_AND_MANY).write(stage.engine)
    path, more = REPORTS[name]
    query = WEEK | ({"space_kind": kind} if kind else {})
    told = client.get(f"{BASE}/{path}", query_string=query | more, headers=MANAGER).json
    shown = [cell for part in LISTS for cell in told.get(part, [])]
    expected = [
        [cell["cell"], *(None if n is None else float(n) for n in _numbers(cell))] for cell in shown
    ]
    found = [row for row in rows_of(client, name, query) if row[1] != "分子 Numerator"]
    assert found == expected
    if name in {"starts", "unmet-demand"} and kind is None:
        assert any(cell["reason"] == "suppressed" for cell in shown)
        assert any(cell["numerator"] for cell in shown)


def _numbers(cell: Mapping[str, Any]) -> tuple[Any, ...]:
    return cell["numerator"], cell["denominator"], cell["value"]


def test_a_report_leaves_only_with_those_who_may_read_it(client: FlaskClient) -> None:
    for ending in ("csv", "xlsx"):
        path = f"{BASE}/reports/booking/export.{ending}"
        assert client.get(path, query_string=WEEK, headers=bearer()).status_code == 403
        elsewhere = bearer(roles=("manager",), libraries=["00000000-0000-7000-8000-0000000000ff"])
        assert client.get(path, query_string=WEEK, headers=elsewhere).status_code == 403
        thirty_days = WEEK | {"to": "2026-12-01"}
        wrong = client.get(path, query_string=thirty_days, headers=MANAGER)
        assert wrong.json["code"] == "period_not_whole_weeks"
        nothing = f"{BASE}/reports/gossip/export.{ending}"
        assert client.get(nothing, query_string=WEEK, headers=MANAGER).status_code == 404
