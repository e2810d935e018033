"""JSON out: fast, in the order it was written, instants as RFC 3339."""

from typing import Any

import msgspec
from flask.json.provider import DefaultJSONProvider

_COMPACT = {"separators"}  # what Flask asks for in answers; ours are compact anyway


class FastJson(DefaultJSONProvider):
    """Flask's JSON through msgspec, unless options of the standard library are asked for."""

    sort_keys = False

    def dumps(self, obj: Any, **options: Any) -> str:
        """Return the JSON text."""
        if set(options) - _COMPACT:
            return super().dumps(obj, **options)
        return msgspec.json.encode(obj).decode()
