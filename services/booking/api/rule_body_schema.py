"""The body of a rulebook as documents show it: made from the rules' definition, never copied.

What is sent is read by the domain alone, which names every mistake by a code of its own.
"""

from collections.abc import Mapping
from dataclasses import MISSING, Field
from dataclasses import fields as members_of
from typing import Any

from marshmallow import ValidationError, fields, validate

from services.booking.domain.rule_meanings import MEANINGS, OF_QUOTAS
from services.booking.domain.rulebook import Quota, RuleBody
from services.booking.domain.rulebook_body import A_YEAR, BOUNDS, CHOICES, MAY_BE_NULL
from shared.web.schemas import StrictSchema


def _choice(member: Field[Any]) -> fields.Field[Any]:
    needed = member.default is MISSING
    told: dict[str, Any] = {} if needed else {"load_default": member.default}
    return fields.String(
        required=needed,
        validate=validate.OneOf(CHOICES[member.name]),
        metadata={"description": OF_QUOTAS[member.name]},
        **told,
    )


def _limit() -> fields.Field[Any]:
    return fields.Integer(
        required=True,
        validate=validate.Range(min=0, max=A_YEAR),
        metadata={"description": OF_QUOTAS["limit"], "example": 240},
    )


QuotaSchema = StrictSchema.from_dict(
    {one.name: _choice(one) if one.name in CHOICES else _limit() for one in members_of(Quota)},
    name="QuotaSchema",
)


def _rule(member: Field[Any]) -> fields.Field[Any]:
    told: dict[str, Any] = {
        "load_default": member.default,
        "allow_none": member.name in MAY_BE_NULL,
        "metadata": {"description": MEANINGS[member.name]},
    }
    if member.name in BOUNDS:
        least, most = BOUNDS[member.name]
        return fields.Integer(validate=validate.Range(min=least, max=most), **told)
    if member.name == "quotas":
        told["metadata"]["default"] = []
        return fields.List(fields.Nested(QuotaSchema), **{**told, "load_default": list})
    return fields.Boolean(**told)


RuleBodySchema = StrictSchema.from_dict(
    {member.name: _rule(member) for member in members_of(RuleBody)}, name="RuleBodySchema"
)


class Rules(fields.Nested):
    """A rulebook's body: documented by its definition, handed on as it came."""

    def __init__(self, **kwargs: Any) -> None:
        """Take what a marshmallow field takes."""
        super().__init__(RuleBodySchema, **kwargs)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise ValidationError("Not a valid mapping type.")
        return dict(value)

    def _serialize(self, *held: Any, **_: Any) -> Any:
        return held[0]
