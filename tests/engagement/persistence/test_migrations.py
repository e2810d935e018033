"""What the migrations make is what the code believes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, text

from services.engagement import persistence
from services.engagement.persistence.tables import ACT, TABLES
from shared.persistence.migrate import upgrade

ELSEWHERE = {"idempotency_key", "inbox", "outbox", "parked_message", "heard_through"}
MIGRATIONS = Path(persistence.__file__).with_name("migrations")
ACTIVITIES = """
INSERT INTO library_event (library_event_id, thread, library_id, programme, space_kind, local_day,
    quarter_hour, capacity, status, attendance_measured, status_message_id)
SELECT gen_random_uuid(), thread, gen_random_uuid(), 'lecture', 'cultural', '2026-11-02',
    '2026-11-02 07:00Z', 20, status, status = 'closed', gen_random_uuid()
FROM (VALUES ('talk/1', 'closed'), ('talk/2', 'published')) AS talk (thread, status)
"""
CLOSED_BEFORE = """
INSERT INTO act (source, message_id, type, occurred_at, recorded_at, local_day, quarter_hour,
    thread, data)
VALUES ('/atrium/events', gen_random_uuid(), 'events.library_event.closed.v1', '2026-11-02 10:00Z',
    '2026-11-02 10:00Z', '2026-11-02', '2026-11-02 10:00Z', 'talk/1', cast(:closed AS jsonb))
"""
SPACES = """
INSERT INTO space (space_id, thread, library_id, timezone, space_kind, space_type, name_zh, name_en,
    told_at, told_sequence)
SELECT gen_random_uuid(), thread, gen_random_uuid(), 'Asia/Shanghai', 'learning', 'room', thread,
    thread, '2026-11-02 07:00Z', 2
FROM (VALUES ('space/1'), ('space/2'), ('space/3')) AS known (thread)
"""
TOLD_BEFORE = """
INSERT INTO act (source, message_id, type, occurred_at, recorded_at, local_day, quarter_hour,
    thread, sequence, data)
SELECT '/atrium/booking', gen_random_uuid(), 'booking.space.defined.v1', '2026-11-02 10:00Z',
    '2026-11-02 10:00Z', '2026-11-02', '2026-11-02 10:00Z', thread, sequence, data::jsonb
FROM (VALUES
    ('space/1', 2, '{"library_zh": "澄湖馆", "library_en": "Chenghu"}'),
    ('space/1', 1, '{"library_zh": "旧馆", "library_en": "Old"}'),
    ('space/2', 1, '{}')
) AS told (thread, sequence, data)
"""
BY_EXPRESSION = {"suggestion_words"}


def test_migrated_tables_are_the_declared_tables(
    fresh_database: Callable[[str], str], open_engine: Callable[..., Engine]
) -> None:
    engine = open_engine(fresh_database("engagement"))
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), ACT.metadata)
    ours = [d for d in differences if not _expected(d)]
    assert ours == []
    assert len(TABLES) == 21


@pytest.mark.parametrize(("told", "known"), [("false", False), ("true", True), (None, True)])
def test_activities_closed_before_learn_from_the_ledger_whether_names_were_taken(
    told: str | None,
    known: bool,
    fresh_database: Callable[[str], str],
    open_engine: Callable[..., Engine],
) -> None:
    """The first messages did not say: then names were taken."""
    url = fresh_database("empty")
    upgrade(MIGRATIONS, url, "engagement_0003")
    engine = open_engine(url)
    with engine.begin() as connection:
        said = {"closed": "{}" if told is None else f'{{"attendance_named": {told}}}'}
        connection.execute(text(ACTIVITIES))
        connection.execute(text(CLOSED_BEFORE), said)
    upgrade(MIGRATIONS, url)
    with engine.connect() as connection:
        found = connection.execute(text("SELECT status, attendance_named FROM library_event"))
        assert sorted(found.all()) == [("closed", known), ("published", None)]


def test_spaces_known_before_learn_from_the_ledger_what_their_library_is_called(
    fresh_database: Callable[[str], str], open_engine: Callable[..., Engine]
) -> None:
    """The first messages did not say; of a space without any nothing is known."""
    url = fresh_database("empty")
    upgrade(MIGRATIONS, url, "engagement_0004")
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(text(SPACES))
        connection.exec_driver_sql(TOLD_BEFORE)
    upgrade(MIGRATIONS, url)
    with engine.connect() as connection:
        found = connection.execute(text("SELECT thread, library_zh, library_en FROM space"))
        assert sorted(found.all()) == [
            ("space/1", "澄湖馆", "Chenghu"),
            ("space/2", "", ""),
            ("space/3", "", ""),
        ]


def _expected(difference: object) -> bool:
    kind, thing, *_ = difference if isinstance(difference, tuple) else ("", None)
    if kind == "remove_table":
        return thing.name in ELSEWHERE  # type: ignore[union-attr]  # a table
    if kind in {"remove_index", "add_index"}:
        return thing.name in BY_EXPRESSION or thing.table.name in ELSEWHERE  # type: ignore[union-attr]  # an index
    return False
