"""What the metrics' expressions have in common."""

from typing import Any

import ibis

from services.engagement.domain.metrics.definition import ALL, UNKNOWN_CELL
from services.engagement.domain.metrics.facts import Facts

BOOKING = "/atrium/booking"
EVENTS = "/atrium/events"
COLUMNS = {"day": "local_day", "library": "library_id"}
"""Where a split's cells are read, when the column has another name."""


def in_scope(facts: Facts, table: Any) -> Any:
    """Keep the rows of the period's local days, and of the library if one is asked for."""
    scope = facts.scope
    library = scope.library_id.as_scalar()
    return table.filter(
        table.local_day >= scope.since.as_scalar(),
        table.local_day < scope.until.as_scalar(),
        library.isnull() | (table.library_id == library),
    )


def cell_of(table: Any, split: str | None) -> Any:
    """Return the cell a row falls into."""
    if split is None:
        return ibis.literal(ALL)
    column = table[COLUMNS.get(split, split)]
    return column.cast("string").fill_null(ibis.literal(UNKNOWN_CELL))


def _day_of(table: Any) -> Any:
    return table.local_day if "local_day" in table.columns else ibis.null("date")


def count(table: Any, split: str | None, source: Any, message_id: str, amount: Any) -> Any:
    """Return counted rows: where, when, which message, whose, how much."""
    return table.select(
        cell=cell_of(table, split),
        day=_day_of(table),
        source=ibis.literal(source) if isinstance(source, str) else source,
        message_id=table[message_id],
        person=table.pseudonym if "pseudonym" in table.columns else ibis.null("string"),
        amount=ibis.literal(amount, "int64") if isinstance(amount, int) else amount.cast("int64"),
    )


def weigh(table: Any, split: str | None, amount: Any) -> Any:
    """Return rows of a denominator: where, when, whose (if anybody's), how much."""
    return table.select(
        cell=cell_of(table, split),
        day=_day_of(table),
        person=table.pseudonym if "pseudonym" in table.columns else ibis.null("string"),
        amount=ibis.literal(amount, "int64") if isinstance(amount, int) else amount.cast("int64"),
    )


def first_per(table: Any, keys: tuple[str, ...]) -> Any:
    """Keep each group's earliest row; the message's identity settles ties."""
    order = [table[name] for name in ("quarter_hour", "source", "message_id")]
    window = ibis.window(group_by=[table[key] for key in keys], order_by=order)
    ranked = table.mutate(place=ibis.row_number().over(window))
    return ranked.filter(ranked.place == 0).drop("place")


def people(facts: Facts) -> Any:
    """Return the population at the middle of the period, by segment.

    The last snapshot up to the middle day, or the first one after it within the period; none:
    no rows, and the figure says that the population is not known.
    """
    population, scope = facts.population, facts.scope
    middle, until = scope.middle.as_scalar(), scope.until.as_scalar()
    days = population.filter(population.day < until)
    chosen = days.aggregate(
        day=ibis.coalesce(
            days.day.max(where=days.day <= middle), days.day.min(where=days.day > middle)
        )
    )
    return population.filter(population.day == chosen.day.as_scalar())


def over_people(facts: Facts, split: str | None, counted: Any) -> Any:
    """Return the denominator "people served": a segment's own, or everybody for other cells."""
    served = people(facts)
    if split in {None, "faculty", "level"}:
        return weigh(served, split, served.headcount)
    return over_total(counted, served.aggregate(amount=served.headcount.sum()))


def over_total(counted: Any, total: Any) -> Any:
    """Return one total as the denominator of every counted cell."""
    cells = counted.select("cell").distinct()
    both = cells.cross_join(total)
    return both.select(cell=both.cell, person=ibis.null("string"), amount=both.amount.cast("int64"))
