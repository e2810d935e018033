"""The command lines of the reference can be run as they are printed."""

import shlex
from typing import Any
from urllib.parse import urlsplit

import pytest

from gateway.pages.developers.reference import reference_from
from tests.outside.building import NOW
from tests.outside.good_requests import good_request
from tests.outside.operations import Operation, document, names, operations
from tests.outside.town import Town

HOST = "http://localhost:8000"
MAKES_NO_SENSE = 422
OF_OTHER_THINGS = {
    "wrong_code",
    "wrong_attendance_code",
    "present_password_wrong",
    "provider_silent",
    "capacity_above_room",  # a move: of an activity with more places than the room of the line
}
"""What can only be right with the digits, passwords, activities of those who try it."""
SENDING = tuple(one for one in operations() if one.takes_json)
READING = tuple(one for one in operations() if one.method == "GET" and not one.path_names)


def printed(operation: Operation, town: Town) -> list[str]:
    """The words of the line, as a shell reads them."""
    known = {"library": town.ids["library_id"], "library_id": town.ids["library_id"]}
    known |= {"space": town.ids["free_space_id"], "space_id": town.ids["free_space_id"]}
    reference = reference_from(document(operation.service), HOST, NOW.date(), known)
    [line] = [
        one.curl
        for group in reference.groups.values()
        for one in group
        if (one.method, one.path) == (operation.method, operation.path)
    ]
    return shlex.split(line.replace("\\\n", " "))


def after(words: list[str], flag: str) -> list[str]:
    return [words[place + 1] for place, word in enumerate(words) if word == flag]


def headers_in(words: list[str]) -> dict[str, str]:
    told = dict(header.split(": ", 1) for header in after(words, "-H"))
    return {name: value for name, value in told.items() if name != "Authorization"}


def address_in(words: list[str]) -> str:
    [address] = [word for word in words if word.startswith(HOST)]
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


@pytest.mark.parametrize("operation", READING, ids=names(READING))
def test_a_printed_question_makes_sense(town: Town, operation: Operation) -> None:
    words = printed(operation, town)
    answer = town.ask("admin", "GET", address_in(words), headers=headers_in(words))
    assert answer.status_code != MAKES_NO_SENSE, answer.text


@pytest.mark.parametrize("operation", SENDING, ids=names(SENDING))
def test_a_printed_body_has_the_form_it_should_have(town: Town, operation: Operation) -> None:
    words = printed(operation, town)
    [body] = after(words, "-d")
    answer: Any = town.ask(
        "admin",
        operation.method,
        good_request(town, operation).path,
        data=body.encode(),
        headers={**headers_in(words), "If-Match": "*"},
    )
    assert answer.status_code != MAKES_NO_SENSE or codes_in(answer.json) <= OF_OTHER_THINGS


def codes_in(problem: dict[str, Any]) -> set[str]:
    return {one["code"] for one in problem["violations"]} or {problem["code"]}


@pytest.mark.parametrize("operation", operations(), ids=names(operations()))
def test_nothing_is_left_open_in_a_printed_line(town: Town, operation: Operation) -> None:
    words = printed(operation, town)
    address = address_in(words)
    assert "{" not in address
    assert "…" not in " ".join(headers_in(words).values())
    needed = {
        one["name"]
        for one in operation.documented.get("parameters", ())
        if one.get("required") and one["in"] == "query"
    }
    assert all(f"{name}=" in address for name in needed)
