"""Who may do what: every operation and every page, tried by everybody, against the table."""

import pytest

from tests.outside.access import head, line, table, told
from tests.outside.good_requests import good_request
from tests.outside.operations import Operation, names, operations, pages
from tests.outside.town import EVERYBODY, Town

PAGES = [f"PAGE {path}" for path in pages() if path != "/static/{filename}"]


@pytest.mark.parametrize("operation", operations(), ids=names(operations()))
def test_an_operation_lets_in_whom_the_table_says_and_nobody_else(
    town: Town, operation: Operation
) -> None:
    request = good_request(town, operation)
    seen = {}
    for who in EVERYBODY:
        answer = request.send(town, who)
        assert answer.status_code < 500, (who, answer.text)
        seen[who] = told(answer.status_code)
        town.undo()
    agree(operation.name, seen)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_itself_to_whom_the_table_says_and_to_nobody_else(
    town: Town, page: str
) -> None:
    path = page.removeprefix("PAGE ")
    for name, value in town.ids.items():
        path = path.replace(f"{{{name}}}", value)
    assert "{" not in path, f"the town does not have what {page} is about"
    agree(page, {who: shown(town, who, path) for who in EVERYBODY})


def shown(town: Town, who: str, path: str) -> str:
    answer = town.browser(who).get(path, **town.somewhere())
    town.undo()
    assert answer.status_code < 500, (who, answer.text)
    if answer.status_code == 302 and "/sign-in?" in answer.location:
        return "sign-in"
    return told(answer.status_code)


def agree(name: str, seen: dict[str, str]) -> None:
    expected = table().get(name)
    assert expected is not None, f"access.txt lacks this line:\n{head()}\n{line(name, seen)}"
    differ = {
        who: f"{expected[who]}, not {seen[who]}" for who in seen if seen[who] != expected[who]
    }
    assert not differ, f"{name}: expected {differ}"


def test_no_line_of_the_table_is_about_something_that_is_gone() -> None:
    assert sorted(set(table()) - {*names(operations()), *PAGES}) == []


@pytest.mark.parametrize("operation", operations(), ids=names(operations()))
def test_whoever_asks_gets_an_answer_that_the_document_names(
    town: Town, operation: Operation
) -> None:
    request = good_request(town, operation)
    for who in EVERYBODY:
        for headers in ({}, {"If-Match": '"another"'}, {"Authorization": "Bearer bad"}):
            status = str(request.send(town, who, headers=headers).status_code)
            assert status in operation.documented["responses"], (who, headers)
            town.undo()
