"""Strings that have hurt programs elsewhere, in every text of every body.

Each is refused by name or kept and given back letter for letter; a login alone is folded, since
people are found by it.
"""

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from gateway.domain.account import fold_login
from tests.outside.good_requests import good_request
from tests.outside.operations import Operation, document, names, operations
from tests.outside.shares import share_of, share_or_all
from tests.outside.town import Town

# The answer's `reason` is why the message could not be read, not why it is let go.
ANOTHER = "/dead-letters/{position}/discard"
FOLDED: Mapping[str, Callable[[str], str]] = {"login": fold_login}
STRINGS = Path(__file__).with_name("data") / "naughty_strings.json"


def texts_of(operation: Operation) -> list[str]:
    """The members of its body that may be any text."""
    if not operation.takes_json:
        return []
    schema = operation.documented["requestBody"]["content"]["application/json"]["schema"]
    if "$ref" in schema:
        named = schema["$ref"].rsplit("/", 1)[-1]
        schema = document(operation.service)["components"]["schemas"][named]
    return [name for name, said in schema.get("properties", {}).items() if is_text(said)]


def is_text(said: dict[str, Any]) -> bool:
    kinds = said.get("type", "")
    return "string" in kinds and not {"enum", "format", "pattern"} & set(said)


WITH_TEXTS = tuple(one for one in operations() if texts_of(one))


@cache
def strings() -> list[str]:
    found: list[str] = json.loads(STRINGS.read_text())
    return found


def test_the_list_is_whole() -> None:
    assert len(strings()) == 515


@share_or_all
@pytest.mark.parametrize("operation", WITH_TEXTS, ids=names(WITH_TEXTS))
def test_a_text_is_kept_letter_for_letter_or_refused(
    town: Town, operation: Operation, share: int
) -> None:
    request = good_request(town, operation)
    good, texts = dict(request.body), texts_of(operation)
    for text in share_of(strings(), share, WITH_TEXTS.index(operation)):
        request.body = {**good, **dict.fromkeys(texts, text)}
        answer = request.send(town)
        if refused := refused_fields(answer.json) & set(texts):
            kept = {name: text for name in texts if name not in refused}
            request.body = {**good, **kept}
            answer = request.send(town)
        assert answer.status_code < 500, (text, answer.text[:500])
        told = {} if operation.path.endswith(ANOTHER) else answer.json
        if answer.status_code < 300 and isinstance(told, dict):
            for name in told.keys() & request.body.keys() & set(texts):
                kept_as = FOLDED.get(name, str)(request.body[name])
                assert told[name] == kept_as, (name, text)
        elif answer.status_code >= 400:
            assert answer.json["code"], text
        town.undo()


def refused_fields(body: Any) -> set[str]:
    """Which members the answer complains of."""
    if not isinstance(body, dict):
        return set()
    told = body.get("violations", [])
    return {violation.get("field", "") for violation in told}
