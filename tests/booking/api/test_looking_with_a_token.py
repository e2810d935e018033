"""Looking for time asks for no token, yet one that comes shows only what it was made for."""

from datetime import timedelta
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from tests.support.booking_builders import LIBRARY_ID, NOW
from tests.support.tokens import bearer

ME = UUID(int=1)
WINDOW = {
    "library": str(LIBRARY_ID),
    "from": "2026-11-24T00:00:00Z",
    "to": "2026-11-24T14:00:00Z",
    "minutes": "60",
}
QUESTIONS = {
    "availability": WINDOW,
    "grid": {"library": str(LIBRARY_ID), "day": "2026-11-24"},
    "week": {"library": str(LIBRARY_ID), "from": "2026-11-23"},
}


def asked(client: FlaskClient, name: str, headers: dict[str, str]) -> tuple[int, str | None]:
    path = f"/api/booking/v1/{name}"
    answer = client.get(path, query_string=QUESTIONS[name], headers=headers)
    return answer.status_code, (answer.get_json() or {}).get("code")


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_token_without_the_scope_is_told_so_and_shown_nothing_of_its_owner(
    client: FlaskClient, name: str
) -> None:
    long = {"now": NOW, "lifetime_seconds": timedelta(days=10).total_seconds()}
    assert asked(client, name, bearer(ME, scope="events:read", **long)) == (403, "scope_missing")
    assert asked(client, name, bearer(ME, scope="booking:read", **long)) == (200, None)
    assert asked(client, name, bearer(ME, **long)) == (200, None)
    assert asked(client, name, {}) == (200, None)
