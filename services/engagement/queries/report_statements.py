"""The SQL that all reports share: from what is counted to cells with the people behind them.

A report lists rows of: `list` and `cell` (where it counts), `part` (a kind of space or a library),
`role`, `day`, `person`, `amount`. The role is `counted` for the numerator; `short` and `other` are
the rest of the denominator, `short` what is missing to the next larger number told with the cell.
"""

from dataclasses import dataclass

KIND = "space_kind"
LIBRARY = "CAST(library_id AS text)"
HERE = """(CAST(%(library)s AS uuid) IS NULL OR library_id = %(library)s)
    AND local_day BETWEEN %(first)s AND %(last)s"""

# Everything is first brought down to one row for each person, cell and week: counting distinct
# people of all rows takes ten times as long. People are told apart by a hash of their pseudonym,
# words are compared as bytes, and what one person did fits a small number: all three are what
# sorting, grouping and adding cost most.
# A list of the kinds themselves has of each kind only its own cell.
CELLS = """
WITH listed AS ({rows}), of_parts AS (
    SELECT list COLLATE "C" AS list, cell COLLATE "C" AS cell, part COLLATE "C" AS part,
           date_trunc('week', day)::date AS week, hashtextextended(person, 0) AS person,
           CAST(sum(amount) FILTER (WHERE role = 'counted') AS int) AS counted,
           CAST(sum(amount) AS int) AS base, bool_or(role = 'short') AS is_short
    FROM listed GROUP BY 1, 2, 3, 4, 5
), presences AS (
    SELECT 0 AS whole, of_parts.* FROM of_parts {whole}
), weeks AS (
    SELECT list, cell, whole, part, week, count(counted) AS persons, count(*) AS base_persons
    FROM presences GROUP BY list, cell, whole, part, week
), edges AS (
    SELECT list, cell, whole, part, least(
        (array_agg(persons ORDER BY week) FILTER (WHERE persons > 0))[1],
        (array_agg(persons ORDER BY week DESC) FILTER (WHERE persons > 0))[1],
        (array_agg(base_persons ORDER BY week))[1],
        (array_agg(base_persons ORDER BY week DESC))[1]) AS edge_persons
    FROM weeks GROUP BY list, cell, whole, part
), people AS (
    SELECT list, cell, whole, part, person, CAST(sum(counted) AS int) AS counted,
           CAST(sum(base) AS int) AS base, bool_or(is_short) AS is_short
    FROM presences GROUP BY list, cell, whole, part, person
), sums AS (
    SELECT list, cell, whole, part, coalesce(sum(counted), 0) AS numerator,
           sum(base) AS denominator, count(counted) AS persons, count(*) AS base_persons,
           count(*) FILTER (WHERE is_short) AS gap_persons
    FROM people GROUP BY list, cell, whole, part
)
SELECT sums.*, edges.edge_persons FROM sums JOIN edges USING (list, cell, whole)
WHERE edges.part IS NOT DISTINCT FROM sums.part
    AND (whole = 1 OR list <> 'space_kind' OR persons > 0)
ORDER BY list, cell, sums.part
"""
ALL_PARTS = """
    UNION ALL SELECT 1, list, cell, NULL, week, person, CAST(sum(counted) AS int),
           CAST(sum(base) AS int), bool_or(is_short)
    FROM of_parts GROUP BY list, cell, week, person
"""


@dataclass(frozen=True, slots=True)
class Statement:
    """How `rows` become cells; at `whole` stands what `of_all_kinds` adds, or nothing."""

    text: str
    of_all_kinds: str

    def by_kind(self, rows: str) -> str:
        """Return the SQL of a report's cells by kind of space, and of all kinds (`whole` is 1)."""
        return self.text.format(rows=rows.format(part=KIND, here=HERE), whole=self.of_all_kinds)

    def by_library(self, rows: str) -> str:
        """Return the SQL of a report's cells by library."""
        return self.text.format(rows=rows.format(part=LIBRARY, here=HERE), whole="")


OF_CELLS = Statement(CELLS, ALL_PARTS)
