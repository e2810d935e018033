"""All metrics of a period as canonical JSON: two equal ledgers give two equal files."""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from services.engagement.domain.disclosure import HIDE_NOTHING
from services.engagement.queries.figures import (
    Disclosure,
    Question,
    as_plain,
    definitions,
    figure_for,
)


def metrics_export(
    connection: Connection,
    first_day: date,
    last_day: date,
    *,
    library_id: UUID | None = None,
    hide_below: int = HIDE_NOTHING,
) -> bytes:
    """Return every metric, whole and by every split it allows, over local days (both included).

    Keys sorted, no spaces, UTF-8, a final newline; values are decimal text, so that no digit can
    depend on who wrote it.
    """
    disclosure = Disclosure(hide_below=hide_below, today=last_day + timedelta(days=1))
    figures: dict[str, Any] = {}
    for definition in definitions():
        name = f"{definition.id}.v{definition.version}"
        for split in (None, *definition.splits):
            question = Question(
                metric_id=definition.id,
                first_day=first_day,
                last_day=last_day,
                split=split,
                library_id=library_id,
            )
            told = figure_for(connection, question, disclosure)
            figures[f"{name}.{split or 'whole'}"] = as_plain(told)
    return canonical(
        {
            "from": first_day.isoformat(),
            "to": last_day.isoformat(),
            "library": None if library_id is None else str(library_id),
            "figures": figures,
        }
    )


def canonical(value: Mapping[str, Any]) -> bytes:
    """Return the one spelling of a value as JSON."""
    text = json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_spelled
    )
    return f"{text}\n".encode()


def _spelled(value: object) -> str:
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no spelling in an export")
