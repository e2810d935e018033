"""Every operation has one request that works; the other tests here spoil it in every way."""

import pytest

from tests.outside.good_requests import entry, good_request, table
from tests.outside.operations import Operation, names, operations
from tests.outside.town import Town

NO_CONTENT = 204


@pytest.mark.parametrize("operation", operations(), ids=names(operations()))
def test_the_good_request_of_every_operation_works(town: Town, operation: Operation) -> None:
    request = good_request(town, operation)
    answer = request.send(town)
    assert answer.status_code in {200, 201, 202, 204}, answer.text
    assert ("content-type" in answer.headers) is (answer.status_code != NO_CONTENT)


def test_no_good_request_is_of_an_operation_that_is_gone() -> None:
    used = [entry(operation) for operation in operations()]
    assert [name for name, said in table().items() if said not in used] == []
