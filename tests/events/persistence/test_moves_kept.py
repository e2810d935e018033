"""A wished move is kept beside the plan; what older releases wrote has none."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, text

from services.events import persistence
from services.events.domain.move import Move
from services.events.domain.ports import UnitOfWork
from services.events.persistence.tables import metadata
from services.events.persistence.unit_of_work import EventsUnitOfWork
from shared.kernel.clock import SetClock
from shared.kernel.identifiers import new_id
from shared.persistence.migrate import upgrade
from shared.persistence.transactions import OwnTransactions
from tests.events.moves import HALL, LATER
from tests.support.event_builders import NOW, a_library_event, a_plan

MIGRATIONS = Path(persistence.__file__).with_name("migrations")
COLUMNS = "id, organizer_id, status, programme, title_zh, title_en, description_zh, description_en"
OLD_ACTIVITY = f"""
INSERT INTO library_event ({COLUMNS}, space_id, place, library_id, space_kind, timezone, starts_at,
    ends_at, setup_minutes, teardown_minutes, capacity, party_limit, late_cancel_minutes,
    offer_minutes, waiting_list, room_state, room_request_id, room_codes, room_alternatives,
    attendance_secret, calendar_sequence, created_at, changed_at, version)
VALUES (:id, gen_random_uuid(), 'published', 'salon', '', 'Poems', '', '', gen_random_uuid(), '',
    gen_random_uuid(), 'cultural', 'Asia/Shanghai', '2026-12-01 10:00Z', '2026-12-01 12:00Z', 0, 0,
    20, 5, 1440, 720, true, 'held', gen_random_uuid(), '{{}}', '[]', 'secret', 3, now(), now(), 4)
"""
OLD_TURN = """
INSERT INTO room_turn (library_event_id, at, state, request_id, starts_at, ends_at, codes,
    alternatives)
SELECT id, changed_at, 'held', room_request_id, starts_at, ends_at, '{}', '[]' FROM library_event
"""


@pytest.mark.parametrize("state", ["waits", "refused", "released"])
def test_a_wished_move_comes_back_as_it_was_kept(uow: UnitOfWork, state: str) -> None:
    wish = Move.into(a_plan(**LATER, setup_minutes=30), HALL, new_id(), now=NOW)
    wish = {
        "waits": wish,
        "refused": wish.refused(("slot_taken",)),
        "released": wish.released(),
    }[state]
    activity = a_library_event(move=wish, moved_at=NOW)
    with uow:
        uow.library_events.add(activity)
        uow.commit()
    with uow:
        again = uow.library_events.lock(activity.id)
        assert again is not None
        assert (again.move, again.moved_at) == (wish, NOW)
        again.move = None
        uow.library_events.save(again)
        uow.commit()
    with uow:
        settled = uow.library_events.lock(activity.id)
        assert settled is not None
        assert settled.move is None


def test_each_turn_about_either_room_is_written_down_once(engine: Engine, clock: SetClock) -> None:
    uow = EventsUnitOfWork(OwnTransactions(engine), clock=clock)
    activity = a_library_event()
    wish = Move.into(a_plan(**LATER), HALL, new_id(), now=NOW)
    with uow:
        uow.library_events.add(activity)
        for turn in (wish, wish, wish.refused(("slot_taken",)), None):
            activity.move = turn
            uow.library_events.save(activity)
        activity.room = replace(activity.room, hold_expires_at=NOW)
        uow.library_events.save(activity)
        uow.commit()
    with engine.connect() as connection:
        turns = connection.exec_driver_sql(
            "SELECT state, of_move FROM room_turn ORDER BY position"
        ).all()
    assert [tuple(turn) for turn in turns] == [
        ("held", False),
        ("requested", True),
        ("refused", True),
    ]


def test_migrated_tables_are_the_declared_tables(engine: Engine) -> None:
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    named = {getattr(d[-1], "name", "") for d in differences if isinstance(d, tuple)}
    assert named.isdisjoint({"move", "moved_at", "of_move"})


def test_what_an_older_release_wrote_has_never_moved(
    fresh_database: Callable[[str], str], open_engine: Callable[..., Engine], clock: SetClock
) -> None:
    url = fresh_database("empty")
    upgrade(MIGRATIONS, url, "events_0004_tickets")
    engine = open_engine(url)
    activity = new_id()
    with engine.begin() as connection:
        connection.execute(text(OLD_ACTIVITY), {"id": activity})
        connection.execute(text(OLD_TURN))
    upgrade(MIGRATIONS, url)
    uow = EventsUnitOfWork(OwnTransactions(engine), clock=clock)
    with uow:
        kept = uow.library_events.lock(activity)
        assert kept is not None
        assert (kept.move, kept.moved_at, kept.calendar_sequence) == (None, None, 3)
        uow.library_events.save(kept)
        uow.commit()
    with engine.connect() as connection:
        turns = connection.exec_driver_sql("SELECT of_move FROM room_turn").scalars().all()
    assert turns == [False]
