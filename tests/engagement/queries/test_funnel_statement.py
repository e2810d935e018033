"""The statement of the funnels counts what that of all reports does, with far fewer rows."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from services.engagement.queries.funnels import OF_STEPS, REACHED, STEPS
from services.engagement.queries.report_statements import OF_CELLS
from tests.engagement.stage import Stage
from tests.support.engagement_builders import LIBRARY, MONDAY

WISHES = 3000
STEP_BY_STEP = """
SELECT 'steps' AS list, step.name AS cell, part, CASE WHEN reached >= step.nth - 1 THEN 'counted'
       WHEN reached = step.nth - 2 THEN 'short' ELSE 'other' END AS role,
       local_day AS day, pseudonym AS person, 1 AS amount
FROM ({reached}) AS wish,
     unnest(CAST(%(steps)s AS text[])) WITH ORDINALITY AS step (name, nth)
"""
ANYBODY = """
    encode(sha256(('p' || n * 7919 %% 301)::bytea), 'hex'), now(), %(monday)s + n * 31 %% 26,
    (ARRAY[%(library)s, gen_random_uuid()])[CASE WHEN n %% 5 = 0 THEN 2 ELSE 1 END],
    gen_random_uuid(), 'room', (ARRAY['learning', 'creative', 'cultural'])[1 + n * 13 %% 17 %% 3]
"""
OF = "thread, pseudonym, quarter_hour, local_day, library_id, space_id, space_type, space_kind"
STAYS = f"""
INSERT INTO stay (reservation_id, {OF}, party_size, status, booked_minutes, terms_message_id)
SELECT gen_random_uuid(), 's' || n, {ANYBODY}, 1,
       (ARRAY['completed', 'cancelled', 'no_show', 'checked_in', 'confirmed'])[1 + n %% 23 %% 5],
       60, gen_random_uuid()
FROM generate_series(1, %(stays)s) AS n
"""
REFUSALS = f"""
INSERT INTO refusal (request_id, {OF}, codes, message_id)
SELECT gen_random_uuid(), 'r' || n, {ANYBODY}, ARRAY['slot_taken'], gen_random_uuid()
FROM generate_series(1, %(refusals)s) AS n
"""
SIGN_UPS = """
INSERT INTO registration (registration_id, thread, pseudonym, quarter_hour, local_day,
    library_event_id, library_id, programme, space_kind, party_size, status, late,
    status_message_id)
SELECT reservation_id, 'g' || thread, pseudonym, quarter_hour, local_day, gen_random_uuid(),
       library_id, 'salon', space_kind, 1,
       CASE status WHEN 'completed' THEN 'confirmed' WHEN 'no_show' THEN 'no_show'
                   ELSE 'waitlisted' END, false, gen_random_uuid() FROM stay
"""


@pytest.fixture
def connection(stage: Stage) -> Iterator[Connection]:
    facts = {"monday": MONDAY, "library": LIBRARY, "stays": WISHES * 9 // 10}
    with stage.engine.begin() as writing:
        writing.exec_driver_sql(STAYS, facts)
        writing.exec_driver_sql(REFUSALS, facts | {"refusals": WISHES // 10})
        writing.exec_driver_sql(SIGN_UPS)
    with stage.engine.connect() as reading:
        yield reading


def asked(funnel: str, **more: Any) -> dict[str, Any]:
    last = MONDAY + timedelta(days=27)
    steps = list(STEPS[funnel])
    return {"library": LIBRARY, "first": MONDAY, "last": last, "steps": steps, **more}


def cells(connection: Connection, statement: str, parameters: dict[str, Any]) -> list[Any]:
    rows = connection.exec_driver_sql(statement, parameters).mappings()
    found = [{name: row[name] for name in sorted(row)} for row in rows]
    return sorted(found, key=lambda row: (row["cell"], row["whole"], str(row["part"])))


@pytest.mark.parametrize("funnel", STEPS)
def test_it_counts_what_the_statement_of_all_reports_counts(
    connection: Connection, funnel: str
) -> None:
    rows, long = REACHED[funnel], STEP_BY_STEP.replace("{reached}", REACHED[funnel])
    own = cells(connection, OF_STEPS.by_kind(rows), asked(funnel))
    assert len(own) == len(STEPS[funnel]) * 4  # three kinds, and all of them together
    assert own == cells(connection, OF_CELLS.by_kind(long), asked(funnel))
    everywhere = asked(funnel, library=None)
    assert cells(connection, OF_STEPS.by_library(rows), everywhere) == cells(
        connection, OF_CELLS.by_library(long), everywhere
    )


def test_no_step_of_it_handles_more_than_twice_the_wishes(connection: Connection) -> None:
    """Counted step by step, five times as many are sorted, added and kept on disk."""
    plan = "EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) "
    statement = plan + OF_STEPS.by_kind(REACHED["booking"])
    answer = connection.exec_driver_sql(statement, asked("booking")).scalar_one()
    [explained] = json.loads(answer) if isinstance(answer, str) else answer
    handled = [node["Actual Rows"] * node["Actual Loops"] for node in nodes(explained["Plan"])]
    assert max(handled) <= 2 * WISHES


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for inner in plan.get("Plans", ()):
        yield from nodes(inner)
