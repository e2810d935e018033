"""JSON Schemas (2020-12, as OpenAPI 3.1 and AsyncAPI 3.0 hold them) as rows people can read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """One member: its name, its type in words, the schema it refers to, its bounds."""

    name: str
    kind: str
    refers_to: str | None
    required: bool
    description: str
    bounds: str


def name_of(reference: str) -> str:
    """Return the last word of a $ref."""
    return reference.rsplit("/", 1)[-1]


def rows_of(schema: Schema) -> Sequence[Row]:
    """Return the members of an object schema, those of allOf included, in their order."""
    required = set(schema.get("required", ()))
    rows = [
        Row(
            name=name,
            kind=kind_of(member),
            refers_to=reference_in(member),
            required=name in required,
            description=str(member.get("description", "")),
            bounds=bounds_of(member),
        )
        for name, member in schema.get("properties", {}).items()
    ]
    for part in schema.get("allOf", ()):
        rows += rows_of(part)
    return rows


def kind_of(schema: Schema) -> str:
    """Return a type in words: `list of uuid or null`."""
    if "$ref" in schema:
        return name_of(schema["$ref"])
    for several in ("anyOf", "oneOf"):
        if several in schema:
            return " or ".join(dict.fromkeys(kind_of(one) for one in schema[several]))
    if "allOf" in schema and len(schema["allOf"]) == 1:
        return kind_of(schema["allOf"][0])
    if "const" in schema:
        return repr(schema["const"]).replace("'", '"')
    types = schema.get("type", "any")
    words = [types] if isinstance(types, str) else list(types)
    return " or ".join(_word(word, schema) for word in words)


def _word(word: str, schema: Schema) -> str:
    if word == "array":
        return f"list of {kind_of(schema.get('items', {}))}"
    if word == "string":
        return str(schema.get("format", "text"))
    if word == "object" and isinstance(schema.get("additionalProperties"), Mapping):
        return f"object of {kind_of(schema['additionalProperties'])}"
    return {"integer": "whole number", "boolean": "true or false"}.get(word, word)


def reference_in(schema: Schema) -> str | None:
    """Return the name of the schema that is referred to, directly or as items of a list."""
    if "$ref" in schema:
        return name_of(schema["$ref"])
    inner = [schema.get("items", {}), *schema.get("anyOf", ()), *schema.get("allOf", ())]
    found = (reference_in(one) for one in inner if isinstance(one, Mapping) and one)
    return next((name for name in found if name), None)


def bounds_of(schema: Schema) -> str:
    """Return what limits a value, as mathematics and code write it."""
    told = []
    if choices := [str(choice) for choice in schema.get("enum", ()) if choice is not None]:
        told.append(" | ".join(choices))
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is not None or high is not None:
        told.append(_between(low, high))
    for least, most, sign in (("minLength", "maxLength", "…"), ("minItems", "maxItems", "[]")):
        if least in schema or most in schema:
            told.append(f"{sign} {_between(schema.get(least, 0), schema.get(most))}")
    if "default" in schema:
        told.append(f"= {schema['default']}")
    return ", ".join(told)


def _between(low: Any, high: Any) -> str:
    if high is None:
        return f"≥ {low}"
    return f"≤ {high}" if low is None else f"{low}–{high}"
