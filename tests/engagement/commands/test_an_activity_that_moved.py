"""An activity that moved counts for the day it moved to, and its sign-ups stand as they stood."""

import itertools
from dataclasses import replace

from shared.contracts.domain_event import DomainEvent
from tests.engagement.stage import Stage
from tests.support.engagement_builders import Talk, at, described
from tests.support.engagement_moves import moved, sign_up_moved

BEFORE, AFTER = at(15, day=2), at(15, day=9)
DAYS = "SELECT local_day::text, status FROM {table}"


def talk() -> Talk:
    return Talk(1, starts_at=AFTER)


def messages() -> list[DomainEvent]:
    there, planned = talk(), replace(talk(), starts_at=BEFORE)
    return [
        planned.published(),
        planned.registered(1),
        moved(there, BEFORE),
        sign_up_moved(there, 1, BEFORE),
    ]


def kept(stage: Stage, table: str) -> list[tuple[str, str]]:
    return [tuple(row) for row in stage.rows(DAYS.format(table=table))]


def test_its_day_and_its_sign_ups_days_follow_in_whatever_order_it_is_heard(stage: Stage) -> None:
    stage.tell(described(1, "Science"), at(7, day=1))
    told = [stage.town.say(one, at(12)) for one in messages()]
    for said in itertools.permutations(told):
        stage.clear()
        stage.hear_all([*said, *said])
        assert kept(stage, "library_event") == [("2026-11-09", "published")]
        assert kept(stage, "registration") == [("2026-11-09", "confirmed")]


def test_figures_by_day_follow_and_a_rebuild_changes_no_byte(stage: Stage) -> None:
    stage.tell(described(1, "Science"), at(7, day=1))
    for one in messages():
        stage.tell(one, at(12))
    there = talk()
    stage.tell(there.attended(1), AFTER)
    stage.tell(there.closed(), at(18, day=9))
    exported, facts = stage.export(), stage.facts()
    assert kept(stage, "library_event") == [("2026-11-09", "closed")]
    stage.rebuild()
    assert (stage.export(), stage.facts()) == (exported, facts)


def test_a_move_heard_before_anything_else_says_how_the_sign_up_stands(stage: Stage) -> None:
    stage.tell(sign_up_moved(talk(), 2, BEFORE, status="waitlisted"), at(12))
    assert kept(stage, "registration") == [("2026-11-09", "waitlisted")]


def test_the_ledger_keeps_no_words_of_a_place_that_was_left(stage: Stage) -> None:
    stage.tell(moved(talk(), BEFORE), at(12))
    assert "Wang" not in str(stage.rows("SELECT data::text FROM act"))
