"""What nobody knows is not told as a measured nought: other libraries, days still to come."""

from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.engagement_builders import LIBRARY
from tests.support.tokens import bearer

BASE = "/api/engagement/v1"
ADMIN = bearer(roles=("admin",))
OVER = {"from": "2026-11-02", "to": "2026-11-08"}
TO_COME = {"from": "2027-01-04", "to": "2027-01-10"}
PATHS = (
    "/metrics/M10",
    "/metrics/M10/acts",
    "/metrics/M10/export.csv",
    "/figures",
    "/heat-map?measure=starts",
    "/funnels/booking",
    "/unmet-demand",
    "/reports/booking/export.xlsx",
)


def asked(client: FlaskClient, path: str, **query: str) -> TestResponse:
    bare, _, given = path.partition("?")
    asking = dict([given.split("=")] if given else []) | query
    return client.get(f"{BASE}{bare}", query_string=asking, headers=ADMIN)


@pytest.mark.parametrize("path", [*PATHS, "/metrics/M10/trend?step=week"])
def test_a_library_nobody_has_told_of_has_no_figures(client: FlaskClient, path: str) -> None:
    unknown = str(uuid4())
    answer = asked(client, path, **OVER, library=unknown)
    assert (answer.status_code, answer.get_json()["code"]) == (422, "library_unknown")
    assert unknown in answer.get_json()["detail"]
    assert asked(client, path, **OVER, library=str(LIBRARY)).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_days_still_to_come_have_no_figures(client: FlaskClient, path: str) -> None:
    answer = asked(client, path, **TO_COME, library=str(LIBRARY))
    assert (answer.status_code, answer.get_json()["code"]) == (422, "period_to_come")
    assert answer.get_json()["numbers"] == {"today": "2026-12-01"}


def test_a_week_that_has_begun_has_figures(client: FlaskClient) -> None:
    week = {"from": "2026-11-30", "to": "2026-12-06"}
    assert asked(client, "/metrics/M10", **week, library=str(LIBRARY)).status_code == 200


def test_a_term_of_a_library_nobody_has_told_of_is_not_kept(client: FlaskClient) -> None:
    term = {"name_zh": "秋季学期", "name_en": "Autumn", **OVER}
    answer = client.put(f"{BASE}/terms/{uuid4()}/2026-1", json=term, headers=ADMIN)
    assert (answer.status_code, answer.get_json()["code"]) == (422, "library_unknown")
