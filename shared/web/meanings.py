"""What names mean that many operations share: said once, and written wherever they are used.

A field's own description goes before; these are for what every reader of a service asks once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from apispec.ext.marshmallow.openapi import OpenAPIConverter
from flask_smorest.spec.plugins import FlaskPlugin
from marshmallow import Schema
from marshmallow.fields import Field
from werkzeug.routing import Rule

LEFT_OUT = {"x-in-example": False}
"""Metadata of a member that examples leave out: it is for few, or stands instead of another."""
QUERY = "Args"
"""How the names of schemas of queries end."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name means, and a value it may have."""

    text: str
    example: Any = None

    def beside(self, told: Mapping[str, Any]) -> dict[str, Any]:
        """Return what is lacking where so much is told."""
        lacking: dict[str, Any] = {}
        if self.text and not told.get("description"):
            lacking["description"] = self.text
        if self.example is not None and "example" not in told and "enum" not in told:
            lacking["example"] = self.example
        return lacking


@dataclass(frozen=True, slots=True, kw_only=True)
class Meanings:
    """Meanings by name: of members anywhere, and of parameters where they mean something else."""

    members: Mapping[str, Meaning] = field(default_factory=dict)
    parameters: Mapping[str, Meaning] = field(default_factory=dict)

    def of_parameter(self, name: str) -> Meaning:
        """Return what a parameter means; nothing when nobody said."""
        return self.parameters.get(name) or self.of_member(name)

    def of_member(self, name: str) -> Meaning:
        """Return what a member of a body means; nothing when nobody said."""
        return self.members.get(name, Meaning(""))

    def with_shared(self) -> "Meanings":
        """Return these, and before them what every service means alike."""
        return Meanings(
            members={**SHARED.members, **self.members},
            parameters={**SHARED.parameters, **self.parameters},
        )


SHARED = Meanings(
    members={
        "patron_id": Meaning("The person: an opaque id, the same everywhere."),
        "library_id": Meaning("The library."),
        "created_at": Meaning("When it came about."),
        "changed_at": Meaning("When it was changed last."),
        "message": Meaning("A sentence for people, in the language of `Accept-Language`."),
        "next_cursor": Meaning("Send it as `cursor` for the next page; null on the last one."),
        "version": Meaning("Goes up with every change.", 1),
    },
    parameters={
        "position": Meaning("The message's number on the desk, as the list tells it.", 1),
        "limit": Meaning("The most items wanted."),
    },
)

AttributeFunction = Callable[..., dict[str, Any]]


def field_meanings(meanings: Meanings) -> AttributeFunction:
    """Return what apispec asks about each field: its description and example, if it has none."""

    def told_of(
        _converter: OpenAPIConverter, asked: Field[Any], *, ret: dict[str, Any], **_: Any
    ) -> dict[str, Any]:
        if not isinstance(asked.parent, Schema) or "$ref" in ret:
            return {}
        name = asked.data_key or asked.name or ""
        is_query = type(asked.parent).__name__.endswith(QUERY)
        found = meanings.of_parameter(name) if is_query else meanings.of_member(name)
        return found.beside(ret)

    return told_of


class ExplainedPaths(FlaskPlugin):
    """flask-smorest's plugin, with the meaning of what stands in paths."""

    def __init__(self, meanings: Meanings) -> None:
        """Explain by these."""
        super().__init__()
        self._meanings = meanings

    def rule_to_params(self, rule: Rule) -> list[dict[str, Any]]:
        """Return the parameters of a path."""
        parameters: list[dict[str, Any]] = super().rule_to_params(rule)
        for parameter in parameters:
            told = self._meanings.of_parameter(parameter["name"]).beside({})
            schema = parameter["schema"]
            parameter["description"] = told.pop("description", "")
            parameter["schema"] = {**told, **schema}
        return parameters
