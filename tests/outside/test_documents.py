"""What the documents promise beside bodies: who has to sign in, and which headers come back."""

import pytest

from gateway.domain.account import SHORTEST_PASSWORD
from tests.outside.good_requests import good_request
from tests.outside.operations import Operation, document, names, operations
from tests.outside.town import STRANGER, Town

PROMISED = ("ETag", "Location", "Content-Disposition")
NOT_MODIFIED, UNAUTHORIZED = 304, 401
READING = tuple(one for one in operations() if one.method == "GET")


def headers_of(operation: Operation, status: int) -> set[str]:
    """The headers that the document gives an answer."""
    said = operation.documented["responses"][str(status)]
    components = document(operation.service)["components"]
    if "$ref" in said:
        said = components["responses"][said["$ref"].rsplit("/", 1)[-1]]
    return set(said.get("headers", ()))


@pytest.mark.parametrize("operation", operations(), ids=names(operations()))
def test_a_token_is_looked_at_exactly_where_the_document_says_so(
    town: Town, operation: Operation
) -> None:
    request = good_request(town, operation)
    without = request.send(town, STRANGER).status_code
    town.undo()
    bad = request.send(town, STRANGER, headers={"Authorization": "Bearer bad"}).status_code
    town.undo()
    said = operation.documented.get("security", [])
    assert (bool(said) and {} not in said) is (without == UNAUTHORIZED)
    assert bool(said) is (bad == UNAUTHORIZED)


@pytest.mark.parametrize("operation", operations(), ids=names(operations()))
def test_a_good_answer_carries_the_headers_its_document_names(
    town: Town, operation: Operation
) -> None:
    answer = good_request(town, operation).send(town)
    carried = {name for name in PROMISED if name in answer.headers}
    assert carried == headers_of(operation, answer.status_code) & set(PROMISED)


@pytest.mark.parametrize("operation", READING, ids=names(READING))
def test_who_holds_a_version_is_told_so_exactly_where_the_document_says_it(
    town: Town, operation: Operation
) -> None:
    request = good_request(town, operation)
    first = request.send(town)
    again = request.send(town, headers={"If-None-Match": first.headers.get("ETag", '"none"')})
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]  # RFC 9110, 15.4.5
    assert (again.status_code == NOT_MODIFIED) is ("304" in operation.documented["responses"])


@pytest.mark.parametrize("operation", operations(), ids=names(operations()))
def test_whatever_is_counted_says_how_much_is_left(operation: Operation) -> None:
    counted = "/health/" not in operation.path
    responses = operation.documented["responses"]
    assert ("429" in responses) is counted
    for status in (one for one in responses if one.startswith("2")):
        assert ({"RateLimit", "RateLimit-Policy"} <= headers_of(operation, int(status))) is counted
    if counted:
        assert "Retry-After" in headers_of(operation, 429)


def test_the_key_of_a_screen_is_a_parameter() -> None:
    [door] = [one for one in operations() if one.path.endswith("/door") and one.method == "GET"]
    assert "Display-Key" in {one["name"] for one in door.documented["parameters"]}


def test_a_look_at_what_a_closure_would_touch_is_documented(town: Town) -> None:
    [close] = [
        one for one in operations() if one.method == "POST" and one.path.endswith("/closures")
    ]
    request = good_request(town, close)
    request.query = {"dry_run": "true"}
    status = request.send(town).status_code
    assert status == 200
    assert str(status) in close.documented["responses"]


LOGS = tuple(one for one in operations() if one.path.endswith("/log"))


@pytest.mark.parametrize("operation", LOGS, ids=names(LOGS))
def test_the_largest_number_that_a_document_allows_is_taken(
    town: Town, operation: Operation
) -> None:
    [after] = [one for one in operation.documented["parameters"] if one["name"] == "after"]
    answer = town.ask("admin", "GET", f"{operation.path}?after={after['schema']['maximum']}")
    assert answer.status_code == 200
    assert answer.json == {"items": [], "next_after": None}


HEALTH = tuple(one for one in operations() if one.path.endswith(("/live", "/ready")))


@pytest.mark.parametrize("operation", HEALTH, ids=names(HEALTH))
def test_the_bodies_of_health_are_documented(town: Town, operation: Operation) -> None:
    content = operation.documented["responses"]["200"]["content"]["application/json"]
    schema = content["schema"]["$ref"].rsplit("/", 1)[-1]
    told = document(operation.service)["components"]["schemas"][schema]["properties"]
    assert set(told) == set(good_request(town, operation).send(town).json)


def test_a_password_is_told_to_be_as_long_as_it_has_to_be() -> None:
    for name in ("FirstPassword", "NewPassword", "NewAccount"):
        told = document("gateway")["components"]["schemas"][name]["properties"]["password"]
        assert told["minLength"] == SHORTEST_PASSWORD
