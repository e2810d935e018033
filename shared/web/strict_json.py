"""JSON read strictly (RFC 8259), and text that a database cannot hold refused by name."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from shared.kernel.refusal import Violation
from shared.web.problems import HttpProblem

MOST = 2**63 - 1
# Cheap to search, rare to find: NUL and lone surrogates, long numbers, exponents.
_SUSPECT = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])|[0-9]{19}|[0-9][eE]")


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)


def read_json(body: bytes) -> Any:
    """Return the value; raises HttpProblem 400 for what is not JSON, 422 for what cannot be kept.

    Not JSON: bytes that are not UTF-8, NaN and Infinity, nesting beyond what can be read. Cannot
    be kept: NUL, lone surrogates, whole numbers beyond 64 bits, numbers too large for a double.
    """
    try:
        value = _DECODER.decode(body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise HttpProblem("malformed_json", 400) from error
    if _SUSPECT.search(body):
        refuse_unstorable(value, "json")
    return value


def refuse_unstorable(value: Any, location: str) -> None:
    """Raise HttpProblem 422 naming every field whose value cannot be kept."""
    violations = [invalid_field(location, path, message) for path, message in _unstorable(value)]
    if violations:
        raise HttpProblem("invalid_input", 422, violations=violations)


def invalid_field(location: str, path: str, message: str) -> Violation:
    """Return the violation that a field's value is."""
    return Violation("invalid_field", {"in": location, "field": path, "message": message})


def _unstorable(value: Any) -> Iterator[tuple[str, str]]:
    waiting: list[tuple[str, Any]] = [("", value)]  # a list, not recursion: nesting may be deep
    while waiting:
        path, found = waiting.pop()
        if isinstance(found, Mapping):
            waiting += [(_join(path, _printable(str(name))), item) for name, item in found.items()]
            waiting += [(path, str(name)) for name in found]
        elif isinstance(found, list):
            waiting += [(_join(path, str(place)), item) for place, item in enumerate(found)]
        elif message := _objection(found):
            yield path, message


def _objection(value: Any) -> str | None:
    if isinstance(value, str):
        if "\x00" in value:
            return "Must not contain the NUL character."
        if any("\ud800" <= char <= "\udfff" for char in value):
            return "Must not contain half of a surrogate pair."
    elif isinstance(value, int) and not -MOST - 1 <= value <= MOST:
        return "Must fit into 64 bits."
    elif isinstance(value, float) and value in (float("inf"), float("-inf")):
        return "Is too large a number."
    return None


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _printable(name: str) -> str:
    return name.encode("unicode_escape").decode("ascii")[:100]
