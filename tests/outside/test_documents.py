"""What the documents promise beside bodies: who has to sign in, and which headers come back."""

import pytest

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
    held = request.send(town).headers.get("ETag", '"none"')
    again = request.send(town, headers={"If-None-Match": held})
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
