"""The ledger keeps each message once, without anybody's id, and cannot be changed."""

import dataclasses
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.engagement.domain.projection.project import FOLDS
from services.engagement.domain.threads import kind_of, thread_of
from shared.contracts.booking import (
    ReservationCancelled,
    ReservationConfirmed,
    ReservationRequested,
)
from shared.contracts.catalogue import MESSAGES
from shared.contracts.domain_event import DomainEvent
from tests.engagement.stage import Stage
from tests.support.engagement_builders import (
    ROOM,
    Stay,
    Talk,
    Town,
    Wish,
    at,
    described,
    person,
    space,
)
from tests.support.messages import a_message


@pytest.mark.parametrize("kind", MESSAGES, ids=lambda kind: kind.type)
def test_every_message_of_the_catalogue_is_kept_without_a_persons_id(
    stage: Stage, kind: type[DomainEvent]
) -> None:
    who = uuid4()
    personal = {"patron_id": who} if _has(kind, "patron_id") else {}
    personal |= {"organizer_id": who} if _has(kind, "organizer_id") else {}
    zone = {"library_timezone": "Asia/Shanghai"} if _has(kind, "library_timezone") else {}
    stage.tell(a_message(kind, **personal, **zone))
    (row,) = stage.rows("SELECT to_jsonb(act)::text AS whole, type, pseudonym FROM act")
    assert row.type == kind.type
    assert str(who) not in row.whole
    assert (row.pseudonym is not None) == _has(kind, "patron_id")


def _has(kind: type[DomainEvent], name: str) -> bool:
    return any(field.name == name for field in dataclasses.fields(kind))


def test_no_fact_holds_a_persons_id(stage: Stage) -> None:
    stage.tell(described(1))
    stay = Stay(1, who=1, starts_at=at(10))
    stage.tell(stay.confirmed())
    stage.tell(stay.checked_in())
    assert str(person(1)) not in str(stage.facts())


def test_every_kind_of_message_belongs_to_a_thread() -> None:
    kinds = {kind_of(thread_of(a_message(kind), "somebody")) for kind in MESSAGES}
    assert kinds - set(FOLDS) == {"room_request", "points"}


def test_the_same_message_is_kept_once(stage: Stage) -> None:
    said = stage.tell(space())
    assert stage.hear(said) is False
    assert len(stage.rows("SELECT 1 FROM act")) == 1


@pytest.mark.parametrize("table", ["act", "points_entry", "points_transaction"])
@pytest.mark.parametrize("deed", ["UPDATE {} SET source = source", "DELETE FROM {}", "TRUNCATE {}"])
def test_nobody_changes_what_was_written(stage: Stage, table: str, deed: str) -> None:
    statement = (
        deed.format(table).replace("source", "id")
        if table == "points_entry"
        else (deed.format(table))
    )
    with stage.engine.connect() as connection, pytest.raises(DBAPIError) as refused:
        connection.execute(text(statement + (" CASCADE" if "TRUNCATE" in deed else "")))
    assert isinstance(refused.value.orig, psycopg.errors.RestrictViolation)


def test_completed_before_checked_in_gives_the_same_facts(stage: Stage) -> None:
    town, stay = Town(), Stay(1, who=1, starts_at=at(10))
    told = [town.say(m, at(9)) for m in (stay.confirmed(), stay.checked_in(), stay.completed())]
    stage.hear_all(told)
    in_order = stage.facts()
    stage.clear()
    stage.hear_all(reversed(told))
    assert stage.facts() == in_order


def test_a_support_withdrawn_before_it_is_heard_of_counts_for_nothing(stage: Stage) -> None:
    wish = Wish(1, author=1, submitted_at=at(10))
    given, taken = (stage.town.say(m, at(11)) for m in (wish.supported(2), wish.withdrawn(2)))
    stage.hear_all([taken, given])
    assert stage.parts("M24") == (0, 0)
    assert stage.balances() == {}


def test_a_library_heard_of_late_has_its_days_put_right(stage: Stage) -> None:
    late_evening_in_london = Stay(1, who=1, starts_at=at(6, day=3))  # 22:00 on the 2nd in London
    stage.tell(late_evening_in_london.confirmed())
    stage.tell(space(zone="Europe/London"))
    (row,) = stage.rows("SELECT local_day FROM stay")
    assert row.local_day.day == 2


def test_a_person_described_late_is_put_into_their_faculty_from_the_start(stage: Stage) -> None:
    stay = Stay(1, who=1, starts_at=at(10))
    stage.tell(stay.confirmed())
    stage.tell(described(1, "Law"), at(12))
    assert [row.faculty for row in stage.rows("SELECT faculty FROM stay")] == ["Law"]


def test_moving_to_another_faculty_leaves_the_past_where_it_was(stage: Stage) -> None:
    stage.tell(described(1, "Law"), at(8))
    before, after = Stay(1, who=1, starts_at=at(10)), Stay(2, who=1, starts_at=at(10, day=5))
    for stay in (before, after):
        stage.tell(stay.confirmed())
    stage.tell(described(1, "Science"), at(8, day=4))
    rows = stage.rows("SELECT faculty FROM stay ORDER BY local_day")
    assert [row.faculty for row in rows] == ["Law", "Science"]


def test_a_later_headcount_replaces_the_one_before(stage: Stage) -> None:
    talk = Talk(1, starts_at=at(15))
    for message in (talk.published(), talk.headcount(9), talk.headcount(7), talk.closed()):
        stage.tell(message)
    assert stage.parts("M19") == (7, 30)


def test_where_an_act_happened_is_kept_with_it(stage: Stage) -> None:
    stage.tell(Stay(1, who=1, starts_at=at(10), party=3).confirmed())
    (row,) = stage.rows("SELECT space_id, space_kind, party_size, thread FROM act")
    assert (row.space_id, row.space_kind, row.party_size) == (ROOM, "learning", 3)


def test_a_request_is_no_stay_until_it_is_approved_in_whichever_order_it_is_heard(
    stage: Stage,
) -> None:
    said = {
        kind: stage.town.say(a_message(kind, space_id=ROOM), at(9, number))
        for number, kind in enumerate((ReservationRequested, ReservationCancelled))
    }
    stage.tell(space())
    stage.hear(said[ReservationCancelled])
    stage.hear(said[ReservationRequested])
    assert stage.rows("SELECT status FROM stay") == []
    stage.tell(a_message(ReservationConfirmed, space_id=ROOM), at(10))
    assert [row.status for row in stage.rows("SELECT status FROM stay")] == ["confirmed"]
