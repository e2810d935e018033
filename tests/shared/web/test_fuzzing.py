"""Requests made up from the document itself: no answer of ours leaves it, none is 5xx."""

from typing import Any
from uuid import uuid4

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig
from sqlalchemy import Engine

from tests.shared.web.notes_app import BASE, create_notes_app
from tests.support.tokens import bearer

# What RFC 9110 and the Idempotency-Key draft ask for, beyond the library's own expectations.
EXPECTED = {
    "checks": {
        "positive_data_acceptance": {
            "expected-statuses": ["2xx", "304", "401", "403", "404", "409", "412", "422"]
        },
        "missing_required_header": {"expected-statuses": [400, 401, 403, 415, 422, 428]},
    }
}


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_no_made_up_request_gets_an_answer_that_is_not_documented(
    engine: Engine, jwks: str, mode: GenerationMode
):
    app = create_notes_app(engine, jwks)
    config = SchemathesisConfig.from_dict(EXPECTED)
    schema = schemathesis.openapi.from_wsgi(f"{BASE}/openapi.json", app, config=config)
    asked = 0
    for result in schema.exclude(path_regex="broken|metrics").get_all_operations():
        operation = result.ok()
        if mode is GenerationMode.NEGATIVE and not has_input(operation):
            continue
        asked += 1

        @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
        @given(operation.as_strategy(generation_mode=mode))
        def ask(case: schemathesis.Case) -> None:
            headers = bearer(roles=("patron", "staff"))
            if mode is GenerationMode.POSITIVE:  # else a repeated key would answer for another
                headers["Idempotency-Key"] = str(uuid4())
            case.call_and_validate(headers=headers)

        ask()
    assert asked >= 4


def has_input(operation: Any) -> bool:
    return bool(operation.query or operation.headers or operation.body or operation.path_parameters)
