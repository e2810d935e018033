"""What was asked for and not had: by rule, by kind of space, by hour; and who waited in vain."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from services.engagement.domain.figure import ToldCell
from services.engagement.queries.figures import Disclosure
from services.engagement.queries.reports import Counted, Place, ReportQuestion, told_report

# Of a day's requests (and of its reservations) the first says to which kind the person counts, so
# that the kinds add up to the whole.
WISHES = """
WITH asked AS (
    SELECT *, {part} AS part FROM refusal WHERE {here}
), served AS (
    SELECT DISTINCT ON (library_id, pseudonym, local_day)
           library_id, pseudonym, local_day, {part} AS part
    FROM stay WHERE status <> 'cancelled' AND {here}
    ORDER BY library_id, pseudonym, local_day, quarter_hour, reservation_id
), missed AS (
    SELECT DISTINCT ON (library_id, pseudonym, local_day) pseudonym, local_day, part
    FROM asked WHERE NOT EXISTS (SELECT 1 FROM served WHERE served.pseudonym = asked.pseudonym
        AND served.local_day = asked.local_day AND served.library_id = asked.library_id)
    ORDER BY library_id, pseudonym, local_day, quarter_hour, request_id
), waited AS (
    SELECT registration.* FROM (
        SELECT library_event_id, pseudonym, status, local_day, {part} AS part
        FROM registration WHERE {here}) AS registration
    JOIN library_event USING (library_event_id)
    WHERE library_event.status = 'closed' AND registration.status <> 'cancelled'
), begun AS (
    SELECT part, local_day, pseudonym,
           to_char(quarter_hour AT TIME ZONE coalesce((SELECT timezone FROM space
               WHERE library_id = %(library)s
               ORDER BY told_at DESC, told_sequence DESC, space_id DESC LIMIT 1), 'UTC'), 'HH24'
           ) AS hour
    FROM asked
)
SELECT 'persons' AS list, 'all' AS cell, part, 'counted' AS role, local_day AS day,
       pseudonym AS person, 1 AS amount FROM missed
UNION ALL
SELECT 'persons', 'all', part, 'short', local_day, pseudonym, 1 FROM served
UNION ALL
SELECT 'waiting', 'unserved', part,
       CASE WHEN status IN ('waitlisted', 'lapsed') THEN 'counted' ELSE 'short' END,
       local_day, pseudonym, 1 FROM waited
UNION ALL
"""
REQUESTS = """
SELECT 'code', named.code, part,
       CASE WHEN named.code = ANY (codes) THEN 'counted' ELSE 'short' END, local_day, pseudonym, 1
FROM asked, (SELECT DISTINCT unnest(codes) AS code FROM asked) AS named
UNION ALL
SELECT 'space_kind', named.kind, part,
       CASE WHEN named.kind = space_kind THEN 'counted' ELSE 'short' END, local_day, pseudonym, 1
FROM asked, (SELECT DISTINCT space_kind AS kind FROM asked) AS named
UNION ALL
SELECT 'hour', named.hour, part, CASE WHEN named.hour = begun.hour THEN 'counted' ELSE 'short' END,
       local_day, pseudonym, 1
FROM begun, (SELECT DISTINCT hour FROM begun) AS named
"""
OF_LIBRARIES = "SELECT 'asked', 'all', part, 'counted', local_day, pseudonym, 1 FROM asked"
LISTS = ("persons", "code", "space_kind", "hour", "waiting")
ASKED: Place = ("asked", "all")


@dataclass(frozen=True, slots=True)
class UnmetDemand:
    """Lists of cells by what they are told apart by; each list adds up to what is known."""

    lists: Mapping[str, Sequence[ToldCell]]


def unmet_demand(
    connection: Connection, question: ReportQuestion, disclosure: Disclosure
) -> UnmetDemand:
    """Return refused wishes and unserved waiting; raises what `ReportQuestion.check` raises."""
    fixed = {"persons": ("all",), "waiting": ("unserved",)}
    counted = Counted(
        rows=WISHES + REQUESTS,
        whole=WISHES + OF_LIBRARIES,
        whole_of=lambda name, cell: (name, cell) if name in fixed else ASKED,
        fixed={name: fixed.get(name, ()) for name in LISTS},
        more={},
    )
    return UnmetDemand(told_report(connection, question, counted, disclosure))
