"""Values to show as examples: those a document states, else ones that could be sent today."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from gateway.pages.developers.shapes import Schema, name_of

DEEPEST = 8
STATING = ("example", "const", "default")
COMBINING = ("anyOf", "oneOf", "allOf")
LATER = ("ends", "to", "until", "expires", "closes")
"""How the names of instants begin that come after others."""
BEGINS, LASTS = time(9), timedelta(hours=2)
PLAIN: Mapping[str, Any] = {
    "time": "09:00:00",
    "uuid": "0198c0de-0000-7000-8000-000000000001",
    "email": "reader@example.edu",
    "uri": "https://library.example.edu/",
    "binary": "…",
}


class Examples:
    """Makes examples; days without one of their own are tomorrow."""

    def __init__(
        self, schemas: Mapping[str, Schema], today: date, known: Mapping[str, str] | None = None
    ) -> None:
        """Look references up in the schemas of a document; `known` are ids by names that exist."""
        self._schemas = schemas
        self._known = known or {}
        self._day = today + timedelta(days=1)

    def of(self, schema: Schema, name: str = "", depth: int = 0) -> Any:
        """Return a value of this shape, under this name: what a caller might send or get."""
        if depth > DEEPEST:
            return None
        if "$ref" in schema:
            return self.of(self._schemas.get(name_of(schema["$ref"]), {}), name, depth + 1)
        stated = next((schema[word] for word in STATING if schema.get(word) is not None), None)
        if stated is not None:
            return stated
        if schema.get("enum"):
            return schema["enum"][0]
        if parts := next((schema[word] for word in COMBINING if schema.get(word)), None):
            return self.of(parts[0], name, depth)
        return self._typical(schema, name, depth)

    def _typical(self, schema: Schema, name: str, depth: int) -> Any:
        types = schema.get("type", "object")
        kind = types if isinstance(types, str) else types[0]
        if kind == "object":
            return self._object(schema, depth)
        if kind == "array":
            return [self.of(schema.get("items", {}), name, depth + 1)]
        if kind == "string":
            return self._text(schema.get("format", ""), name)
        low = schema.get("minimum", 1)
        number = max(low, 1) if schema.get("maximum", 1) >= 1 else low
        return {"integer": number, "number": number, "boolean": True}.get(kind)

    def _object(self, schema: Schema, depth: int) -> dict[str, Any]:
        return {
            name: self.of(member, name, depth + 1)
            for name, member in schema.get("properties", {}).items()
            if member.get("x-in-example", True)
        }

    def _text(self, form: str, name: str) -> str:
        if form == "date":
            return self._day.isoformat()
        if form == "date-time":
            begins = datetime.combine(self._day, BEGINS)
            instant = begins + LASTS if name.split("_", 1)[0] in LATER else begins
            return f"{instant.isoformat()}Z"
        if form == "uuid" and name in self._known:
            return self._known[name]
        return str(PLAIN.get(form, "text"))
