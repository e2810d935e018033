"""The shape of a message, as JSON types: what golden files and documents are made from."""

import dataclasses
import types
import typing
from datetime import date, datetime
from typing import Any
from uuid import UUID

PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    float: {"type": "number"},
    UUID: {"type": "string", "format": "uuid"},
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
}


def schema_of(kind: type[Any]) -> dict[str, Any]:
    """Return the JSON Schema of a message class or of a part of one.

    Raises TypeError for a field whose type has no plain JSON form.
    """
    hints = typing.get_type_hints(kind)
    fields = dataclasses.fields(kind)
    return {
        "type": "object",
        "properties": {field.name: _schema(hints[field.name]) for field in fields},
        "required": [field.name for field in fields if not _has_default(field)],
    }


def _has_default(field: dataclasses.Field[Any]) -> bool:
    absent = dataclasses.MISSING
    return field.default is not absent or field.default_factory is not absent


def _schema(hint: Any) -> dict[str, Any]:
    if hint in PLAIN:
        return dict(PLAIN[hint])
    if isinstance(hint, types.UnionType):
        return _optional(hint)
    if typing.get_origin(hint) is tuple:
        return {"type": "array", "items": _schema(typing.get_args(hint)[0])}
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return schema_of(hint)
    msg = f"{hint} has no plain JSON form"
    raise TypeError(msg)


def _optional(hint: types.UnionType) -> dict[str, Any]:
    """Describe `something | None`; any other union would leave readers guessing."""
    parts = [part for part in typing.get_args(hint) if part is not type(None)]
    if len(parts) != 1 or len(typing.get_args(hint)) != len(parts) + 1:
        msg = f"{hint} has no plain JSON form"
        raise TypeError(msg)
    inner = _schema(parts[0])
    return {**inner, "type": [inner["type"], "null"]}
