"""Requests made up from the documents, by people of every kind: a hundred for each operation.

`make test` draws the first ten of the hundred, `make storm` all of them.

Each request is sent by each of them in turn, and undone. No answer may be 5xx or leave what the
document says: status, media type, headers, schema. What the document does not allow is refused,
what it allows is not refused for its form, and whoever may use an operation gets through.
"""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from random import Random
from typing import Any
from uuid import uuid4

import pytest
import schemathesis
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.cli.commands.run.warnings import StatusCodeStatistic
from schemathesis.config import SchemathesisConfig
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    positive_data_acceptance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.outside.access import MAY, table
from tests.outside.chance import drawn
from tests.outside.good_requests import entry, good_request
from tests.outside.known import known
from tests.outside.operations import Operation, app, operations
from tests.outside.town import STRANGER, Town

ASKING = ("student", "organizer", "manager", STRANGER)
TEN = {GenerationMode.POSITIVE: 6, GenerationMode.NEGATIVE: 4}
HUNDRED = {GenerationMode.POSITIVE: 60, GenerationMode.NEGATIVE: 40}
PAIRS = [
    pytest.param(operation, mode, id=f"{operation.name}-{mode.value}")
    for operation in operations()
    for mode in GenerationMode
    if mode is GenerationMode.POSITIVE or operation.takes_anything
]
AS_OUTSIDER = 3  # by who may not: all get the same answer
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
    positive_data_acceptance,
]
# What RFC 9110, RFC 6585 and the Idempotency-Key draft add to the library's own expectations: a
# rule may refuse (409, 422) what the schema allows.
REFUSED = ["400", "401", "403", "404", "409", "412", "413", "415", "422", "428", "429"]
EXPECTED = {
    "checks": {
        "positive_data_acceptance": {
            "expected-statuses": ["2xx", "304", "401", "403", "404", "409", "412", "422"]
        },
        "negative_data_rejection": {"expected-statuses": REFUSED},
    }
}


def described(operation: Operation) -> Any:
    """The operation as schemathesis knows it."""
    return read_document(operation.service)[operation.path][operation.method]


@cache
def read_document(service: str) -> Any:
    """A service's document as schemathesis reads it: that takes longer than drawing from it."""
    config = SchemathesisConfig.from_dict(EXPECTED)
    document = f"/api/{service}/v1/openapi.json"
    return schemathesis.openapi.from_wsgi(document, app(service), config=config)


@pytest.mark.parametrize(("operation", "mode"), PAIRS)
def test_every_answer_to_a_made_up_request_is_documented(
    town: Town, operation: Operation, mode: GenerationMode
) -> None:
    send_made_up(town, operation, mode, TEN[mode])


@pytest.mark.storm
@pytest.mark.parametrize(("operation", "mode"), PAIRS)
def test_every_answer_to_a_hundred_made_up_requests_is_documented(
    town: Town, operation: Operation, mode: GenerationMode
) -> None:
    send_made_up(town, operation, mode, HUNDRED[mode])


def send_made_up(town: Town, operation: Operation, mode: GenerationMode, examples: int) -> None:
    """Draw so many requests and send each as everybody; every answer must be in the document."""
    asked = described(operation)
    assert has_input(asked) == operation.takes_anything
    answered: dict[str, Counter[int]] = {who: Counter() for who in asking(operation)}
    count = -1
    for count, (seed, case) in enumerate(drawn(asked.as_strategy(mode), examples)):
        if mode is GenerationMode.POSITIVE:
            name_what_exists(town, case, Random(seed))
        for who, statuses in answered.items():
            if count < AS_OUTSIDER or may(operation, who):
                statuses[check(town, who, case, f"seed {seed}, sent by {who}")] += 1
    assert count + 1 == examples, "too few could be drawn"
    if mode is GenerationMode.POSITIVE:
        assert list(warnings_of(town, operation, answered)) == []


def asking(operation: Operation) -> tuple[str, ...]:
    """Who sends requests: those of every kind, and somebody who surely may."""
    said = entry(operation)
    assert said is not None
    return tuple(dict.fromkeys((*ASKING, said["by"])))


def may(operation: Operation, who: str) -> bool:
    return table()[operation.name][who] == MAY


def warnings_of(
    town: Town, operation: Operation, answered: dict[str, Counter[int]]
) -> Iterator[str]:
    """What schemathesis would warn of once it knows the good request as well.

    Data is missing when whoever may use an operation is told of nothing but what is not there, or
    of what is wrong with the request.
    """
    request = good_request(town, operation)
    for who, statuses in answered.items():
        if not may(operation, who):
            continue
        statuses[request.send(town, who).status_code] += 1
        town.undo()
        seen = StatusCodeStatistic(counts=dict(statuses), total=statuses.total())
        if seen.should_warn_about_missing_test_data():
            yield f"missing test data as {who}: {dict(statuses)}"
        if seen.should_warn_about_validation_mismatch():
            yield f"nothing valid as {who}: {dict(statuses)}"


def check(town: Town, who: str, case: schemathesis.Case, sent: str) -> int:
    """Send it, judge the answer, undo what it did; a failure tells how to send it again."""
    own = as_sent_by(town, who, case)
    service = town.house.apps[case.operation.path.split("/")[2]]
    try:
        answer = own.call(app=service, **town.somewhere())
        own.validate_response(answer, checks=CHECKS)
    except BaseException as failure:
        failure.add_note(sent)
        raise
    town.undo()
    status: int = answer.status_code
    return status


def has_input(asked: Any) -> bool:
    return bool(asked.query or asked.headers or asked.body or asked.path_parameters)


def as_sent_by(town: Town, who: str, case: schemathesis.Case) -> schemathesis.Case:
    """Return it as this person would send it, under a key of its own.

    The person's token takes the place of what was drawn for one; schemathesis then judges the
    request that is sent, not the one that was drawn. Where the token is all that is wrong with a
    request, nobody's takes its place.
    """
    if is_wrong_in_token_alone(case):
        return case
    headers = dict(town.token(who))
    if case.meta.generation.mode is GenerationMode.POSITIVE:
        if "Idempotency-Key" in (case.headers or {}):
            headers["Idempotency-Key"] = str(uuid4())
        if "If-Match" in (case.headers or {}):
            headers["If-Match"] = "*"
    own = case.derive()
    own.headers.update(headers)
    return own


def is_wrong_in_token_alone(case: schemathesis.Case) -> bool:
    wrong = {(one.parameter_location, one.parameter) for one in case.meta.phase.data.mutations}
    return wrong == {(ParameterLocation.HEADER, "Authorization")}


def name_what_exists(town: Town, case: schemathesis.Case, chance: Random) -> None:
    """Let most requests that would be good be about things of the town."""
    body = case.body if isinstance(case.body, dict) else {}
    for members in (case.path_parameters or {}, case.query or {}, body):
        for name in members:
            ids = known(town, name)
            if ids and chance.random() < 0.75:
                members[name] = chance.choice(ids)
