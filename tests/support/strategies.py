"""Messages of every class with any values at all, for Hypothesis."""

import dataclasses
import types
import typing
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from shared.contracts.domain_event import DomainEvent

# PostgreSQL's text holds no NUL; lone surrogates are no text at all.
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)
WHOLE = st.integers(min_value=-(2**53), max_value=2**53)
# Hypothesis wants naive bounds and adds the zone itself.
FIRST = datetime.combine(date(1970, 1, 1), time.min)
LAST = datetime.combine(date(9000, 1, 1), time.min)
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXT,
    int: WHOLE,
    bool: st.booleans(),
    float: st.floats(allow_nan=False, allow_infinity=False),
    UUID: st.uuids(),
    datetime: st.datetimes(min_value=FIRST, max_value=LAST, timezones=st.just(UTC)),
    date: st.dates(),
}


def any_message(kind: type[DomainEvent]) -> st.SearchStrategy[DomainEvent]:
    """Return messages of a class with every field drawn freely."""
    return _any(kind)


def _any(hint: Any) -> st.SearchStrategy[Any]:
    if hint in PLAIN:
        return PLAIN[hint]
    if isinstance(hint, types.UnionType):
        inner = next(part for part in typing.get_args(hint) if part is not type(None))
        return st.none() | _any(inner)
    if typing.get_origin(hint) is tuple:
        return st.lists(_any(typing.get_args(hint)[0]), max_size=3).map(tuple)
    hints = typing.get_type_hints(hint)
    fields = {field.name: _any(hints[field.name]) for field in dataclasses.fields(hint)}
    return st.builds(hint, **fields)
