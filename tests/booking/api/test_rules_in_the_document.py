"""The document tells every number of a rulebook, as the rules themselves have it."""

from dataclasses import fields
from typing import Any

import pytest

from services.booking.domain.rule_meanings import MEANINGS, OF_QUOTAS
from services.booking.domain.rulebook import Quota, RuleBody
from services.booking.domain.rulebook_body import BOUNDS, CHOICES, parse, plain
from tests.outside.operations import document


@pytest.fixture(scope="module")
def schemas() -> dict[str, Any]:
    found: dict[str, Any] = document("booking")["components"]["schemas"]
    return found


def test_every_number_is_told_with_its_meaning_its_bounds_and_its_default(
    schemas: dict[str, Any],
) -> None:
    told = schemas["RuleBody"]["properties"]
    assert set(told) == {member.name for member in fields(RuleBody)} == set(MEANINGS)
    assert all(member["description"] for member in told.values())
    assert {name: member["default"] for name, member in told.items()} == plain(parse({}))
    for name, bounds in BOUNDS.items():
        assert (told[name]["minimum"], told[name]["maximum"]) == bounds


def test_the_shape_of_a_quota_is_told(schemas: dict[str, Any]) -> None:
    quota = schemas["Quota"]
    assert set(quota["properties"]) == {member.name for member in fields(Quota)} == set(OF_QUOTAS)
    assert set(quota["required"]) == {"unit", "period", "limit"}
    for name, choices in CHOICES.items():
        assert tuple(quota["properties"][name]["enum"]) == choices


def test_both_operations_that_take_rules_and_the_answers_refer_to_them(
    schemas: dict[str, Any],
) -> None:
    for name in ("PublishRules", "PreviewRules", "Rulebook"):
        assert "RuleBody" in str(schemas[name]["properties"]["body"])
