"""How far people come: from asking to having used, from signing up to having attended."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from sqlalchemy import Connection

from services.engagement.domain.figure import ToldCell
from services.engagement.queries.figures import Disclosure
from services.engagement.queries.report_statements import Statement
from services.engagement.queries.reports import Counted, ReportQuestion, told_report

LIST = "steps"
BOOKING = """
SELECT {part} AS part, local_day, pseudonym, 0 AS reached FROM refusal WHERE {here}
UNION ALL
SELECT {part}, local_day, pseudonym, CASE status WHEN 'completed' THEN 4 WHEN 'checked_in' THEN 3
    WHEN 'cancelled' THEN 1 ELSE 2 END FROM stay WHERE {here}
"""
SIGN_UP = """
SELECT {part} AS part, local_day, pseudonym, CASE
    WHEN EXISTS (SELECT 1 FROM attendance WHERE attendance.valid
        AND attendance.registration_id = registration.registration_id) THEN 2
    WHEN status IN ('confirmed', 'no_show') THEN 1 ELSE 0 END AS reached
FROM registration WHERE {here}
"""
STEPS: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "booking": ("asked", "booked", "kept", "checked_in", "completed"),
        "sign-up": ("signed_up", "placed", "attended"),
    }
)
# A person's week, and then a person, becomes one number with a bit for every step that wishes of
# theirs ended at. Equal numbers are counted together before anything is counted step by step: all
# the work is a row for each person and week, however many steps there are, where the statement of
# the other reports has one for each step as well and takes ten times as long. The sums mean what
# they mean there.
CELLS = """
WITH wish AS MATERIALIZED (
    SELECT part COLLATE "C" AS part, date_trunc('week', local_day)::date AS week,
           hashtextextended(pseudonym, 0) AS person, reached
    FROM ({rows}) AS listed
), presence AS MATERIALIZED (
    SELECT 0 AS whole, part, week, person, bit_or(1 << reached) AS reached
    FROM wish GROUP BY part, week, person {whole}
), step AS (
    SELECT name, CAST(nth AS int) - 1 AS nth
    FROM unnest(CAST(%(steps)s AS text[])) WITH ORDINALITY AS step (name, nth)
), of_wishes AS MATERIALIZED (
    SELECT part, reached, count(*) AS wishes FROM wish GROUP BY part, reached
), of_weeks AS (
    SELECT whole, part, week, reached, count(*) AS people
    FROM presence GROUP BY whole, part, week, reached
), of_people AS (
    SELECT whole, part, reached, count(*) AS people
    FROM (SELECT whole, part, bit_or(reached) AS reached
          FROM presence GROUP BY whole, part, person) AS person
    GROUP BY whole, part, reached
), weeks AS (
    SELECT whole, part, nth, week, sum(people) AS base_persons,
           coalesce(sum(people) FILTER (WHERE reached >> nth > 0), 0) AS persons
    FROM of_weeks, step GROUP BY whole, part, nth, week
), edges AS (
    SELECT whole, part, nth, least(
        (array_agg(persons ORDER BY week) FILTER (WHERE persons > 0))[1],
        (array_agg(persons ORDER BY week DESC) FILTER (WHERE persons > 0))[1],
        (array_agg(base_persons ORDER BY week))[1],
        (array_agg(base_persons ORDER BY week DESC))[1]) AS edge_persons
    FROM weeks GROUP BY whole, part, nth
), sums AS (
    SELECT whole, part, nth, sum(people) AS base_persons,
           coalesce(sum(people) FILTER (WHERE reached >> nth > 0), 0) AS persons,
           coalesce(sum(people) FILTER (WHERE (reached << 1) & (1 << nth) > 0), 0) AS gap_persons
    FROM of_people, step GROUP BY whole, part, nth
)
SELECT 'steps' AS list, name AS cell, whole, sums.part, persons, base_persons, gap_persons,
       edge_persons, numerator, denominator
FROM sums JOIN edges USING (whole, nth) JOIN step USING (nth), LATERAL (
    SELECT coalesce(sum(wishes) FILTER (WHERE reached >= nth), 0) AS numerator,
           sum(wishes) AS denominator
    FROM of_wishes WHERE whole = 1 OR of_wishes.part = sums.part) AS counted
WHERE edges.part IS NOT DISTINCT FROM sums.part
ORDER BY nth, whole, sums.part
"""
ALL_PARTS = """
    UNION ALL SELECT 1, NULL, week, person, bit_or(1 << reached) FROM wish GROUP BY week, person
"""
OF_STEPS = Statement(CELLS, ALL_PARTS)
REACHED: Mapping[str, str] = MappingProxyType({"booking": BOOKING, "sign-up": SIGN_UP})


def funnel(
    connection: Connection, question: ReportQuestion, name: str, disclosure: Disclosure
) -> Sequence[ToldCell]:
    """Return the steps in their order, each as a share of the first.

    A step is held back when few people stopped between it and a larger one told with it. Raises
    what `ReportQuestion.check` raises.
    """
    rows = REACHED[name]
    counted = Counted(
        rows=rows,
        whole=rows,
        whole_of=lambda steps, step: (steps, step),
        fixed={LIST: STEPS[name]},
        more={"steps": list(STEPS[name])},
        nested=True,
        statement=OF_STEPS,
    )
    return told_report(connection, question, counted, disclosure)[LIST]
