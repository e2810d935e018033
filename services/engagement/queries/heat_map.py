"""When a library is used: by weekday and hour of its own clocks."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from services.engagement.domain.figure import ToldCell
from services.engagement.queries.figures import Disclosure
from services.engagement.queries.reports import Counted, Place, ReportQuestion, told_report

MEASURES = ("starts", "occupied")
ONE = 1
DAYS = 7
LIST = "hours"
WHOLE: Place = (LIST, "all")

STAYS: Mapping[str, str] = {
    "starts": """
        SELECT {part} AS part, pseudonym, local_day, quarter_hour, 1 AS amount, 1 AS quarters
        FROM stay WHERE status IN ('checked_in', 'completed') AND {here}""",
    "occupied": """
        SELECT {part} AS part, pseudonym, local_day, quarter_hour, 15 * party_size AS amount,
               used_quarters AS quarters
        FROM stay WHERE status = 'completed' AND used_quarters > 0 AND {here}""",
}
# Walls show the library's time; a stay of 90 minutes is in two or three hours.
MOMENTS = """
    SELECT 'hours' AS list, extract(isodow FROM wall)::int || '-' || to_char(wall, 'HH24') AS cell,
           part, 'counted' AS role, local_day AS day, pseudonym AS person, amount
    FROM (SELECT part, pseudonym, local_day, amount,
                 (quarter_hour + nth * interval '15 minutes') AT TIME ZONE zone.name AS wall
          FROM ({stays}) AS used, generate_series(0, quarters - 1) AS nth,
               (SELECT coalesce((SELECT timezone FROM space WHERE library_id = %(library)s
                   ORDER BY told_at DESC, told_sequence DESC, space_id DESC LIMIT 1), 'UTC') AS name
               ) AS zone) AS moments
"""
OF_LIBRARIES = """
    SELECT 'hours' AS list, 'all' AS cell, part, 'counted' AS role, local_day AS day,
           pseudonym AS person, amount * quarters AS amount
    FROM ({stays}) AS used
"""


def heat_map(
    connection: Connection, question: ReportQuestion, measure: str, disclosure: Disclosure
) -> Sequence[ToldCell]:
    """Return cells named `<weekday>-<hour>`: Monday is 1, hours are 00 to 23.

    Hours without anybody are absent. The value is the mean per such weekday: periods are whole
    weeks, so each occurs as often as there are weeks. Raises what `ReportQuestion.check` raises.
    """
    days = (question.period.last_day - question.period.first_day).days + 1
    counted = Counted(
        rows=MOMENTS.replace("{stays}", STAYS[measure]),
        whole=OF_LIBRARIES.replace("{stays}", STAYS[measure]),
        whole_of=lambda _list, _cell: WHOLE,
        fixed={LIST: ()},
        more={},
        scale=ONE,
        over=max(1, days // DAYS),
    )
    cells = told_report(connection, question, counted, disclosure)[LIST]
    return sorted(cells, key=lambda cell: cell.cell)
