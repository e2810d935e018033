"""The bodies of a suite for JSON parsers at every operation that reads JSON, by who may use it.

What is not JSON is 400; what is JSON, yet not what the operation takes, is 422 or, where the body
may be anything, done. Refused requests leave no trace.
"""

import json
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from zipfile import ZipFile

import pytest

from shared.web.problems import CONTENT_TYPE
from tests.outside.good_requests import good_request
from tests.outside.operations import Operation, names, operations
from tests.outside.shares import ALL, share_of, share_or_all
from tests.outside.town import Town

# Wrong digits are noted in the history of a reservation, on purpose.
NOTED = {"POST /api/booking/v1/reservations/{reservation_id}/check-in": {"reservation_history"}}
BODIES = Path(__file__).with_name("data") / "json_bodies.zip"
JSON = tuple(operation for operation in operations() if operation.takes_json)


@cache
def bodies() -> dict[str, bytes]:
    """The suite's files by name: n_ is no JSON, y_ is JSON, i_ may be either."""
    with ZipFile(BODIES) as suite:
        return {name: suite.read(name) for name in suite.namelist()}


@share_or_all
@pytest.mark.parametrize("operation", JSON, ids=names(JSON))
def test_a_body_that_is_no_good_is_refused_by_name_and_changes_nothing(
    town: Town, operation: Operation, share: int
) -> None:
    request = good_request(town, operation)
    wrong = []
    # A refusal is kept under its key, and some are told to the other services.
    meant = {"idempotency_key", "outbox"} | NOTED.get(operation.name, set())
    for name, body in share_of(list(bodies().items()), share, JSON.index(operation)):
        answer = request.send(town, data=body, content_type="application/json")
        changed = set(town.changes()) - meant
        if objection := objection_to(name, body, answer.status_code, changed):
            wrong.append(f"{name}: {objection}: {answer.status_code} {answer.text[:200]}")
        elif answer.status_code >= 400:
            assert answer.content_type == CONTENT_TYPE, name
    assert wrong == []


def objection_to(name: str, body: bytes, status: int, changed: set[str]) -> str | None:
    if status >= 500:
        return "our mistake"
    if name.startswith("n_") and body and status != 400:
        return "taken for JSON"
    if name.startswith("y_") and status == 400 and is_storable(body):
        return "not taken for JSON"
    return f"changed {changed} all the same" if status >= 400 and changed else None


def is_storable(body: bytes) -> bool:
    """Whether Python's own reader takes it: what it does not is for RFC 8259 to decide."""
    try:
        json.loads(body)
    except ValueError:
        return False
    return True


def test_the_suite_is_whole() -> None:
    kinds: Iterator[str] = (name[0] for name in bodies())
    assert len(bodies()) == 318
    assert set(kinds) == {"y", "n", "i"}
    assert len(JSON) >= 50


def test_the_shares_of_all_operations_are_the_whole_list() -> None:
    random.seed(5)  # as pytest-randomly does before every test
    sent = set(share_of(range(318), 64, 0))
    for nth in range(1, len(JSON)):
        random.seed(5)
        sent |= set(share_of(range(318), 64, nth))
    assert sent == set(range(318))
    assert share_of(range(318), ALL, 3) == list(range(318))
