"""Points follow from acts: capped, balanced, taken back with the act, never given twice."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy.exc import DBAPIError

from services.engagement.commands.choose_points import ChoosePoints, choose_points
from services.engagement.domain.points import LIBRARY_ACCOUNT
from services.engagement.queries.points import unbalanced
from tests.engagement.stage import INSTITUTION, Stage
from tests.support.engagement_builders import Stay, Talk, Town, Wish, at, person


def balance(stage: Stage, who: int) -> int:
    return stage.balances().get(INSTITUTION.pseudonyms.of(person(who)), 0)


def test_a_check_in_earns_two_points_and_says_which_message_for(stage: Stage) -> None:
    said = stage.tell(Stay(1, who=1, starts_at=at(10)).checked_in())
    assert balance(stage, 1) == 2
    (told,) = stage.rows("SELECT type, data FROM outbox")
    assert told.type == "engagement.points.awarded.v1"
    assert told.data["source_message_id"] == str(said[1].id)
    assert told.data["patron_id"] == str(person(1))


def test_what_people_gain_the_library_gives(stage: Stage) -> None:
    stage.tell(Stay(1, who=1, starts_at=at(10)).checked_in())
    stage.tell(Wish(1, author=2, submitted_at=at(11)).submitted())
    assert stage.balances()["library"] == -5
    with stage.engine.connect() as connection:
        assert unbalanced(connection) == []


def test_a_day_earns_no_more_than_its_cap_and_the_next_day_earns_again(stage: Stage) -> None:
    for number, hour in enumerate((8, 10, 12, 14)):
        stage.tell(Stay(number, who=1, starts_at=at(hour)).checked_in())
    assert balance(stage, 1) == 4
    stage.tell(Stay(9, who=1, starts_at=at(8, day=3)).checked_in())
    assert balance(stage, 1) == 6


def test_the_day_of_a_cap_is_the_institutions_day(stage: Stage) -> None:
    for number, starts_at in enumerate((at(23), at(23, 30), at(0, 5, day=3))):
        stage.tell(Stay(number, who=1, starts_at=starts_at).checked_in())
    assert balance(stage, 1) == 6


def test_points_of_a_void_attendance_are_taken_back_by_a_compensating_entry(stage: Stage) -> None:
    talk = Talk(1, starts_at=at(15))
    stage.tell(talk.attended(1))
    stage.tell(talk.voided(1))
    assert balance(stage, 1) == 0
    kinds = [row.kind for row in stage.rows("SELECT kind FROM points_transaction ORDER BY id")]
    assert kinds == ["award", "void"]
    told = [row.type for row in stage.rows("SELECT type FROM outbox ORDER BY position")]
    assert told == ["engagement.points.awarded.v1", "engagement.points.voided.v1"]


def test_room_under_the_cap_that_a_void_leaves_goes_to_the_act_it_kept_out(stage: Stage) -> None:
    talks = [Talk(number, starts_at=at(9 + 2 * number)) for number in range(3)]
    for talk in talks:
        stage.tell(talk.attended(1))
    assert balance(stage, 1) == 10
    stage.tell(talks[0].voided(1))
    assert balance(stage, 1) == 10


def test_who_opted_out_earns_nothing_but_counts_in_totals(stage: Stage) -> None:
    choose(stage, opted_out=True)
    stage.tell(Stay(1, who=1, starts_at=at(10)).checked_in())
    assert balance(stage, 1) == 0
    assert stage.parts("M17") == (0, 1)


def test_coming_back_does_not_earn_for_the_time_away(stage: Stage) -> None:
    choose(stage, opted_out=True)
    stage.tell(Stay(1, who=1, starts_at=at(10)).checked_in())
    choose(stage, opted_out=False)  # at noon
    stage.tell(Stay(2, who=1, starts_at=at(14)).checked_in())
    assert balance(stage, 1) == 2


def choose(stage: Stage, *, opted_out: bool) -> None:
    command = ChoosePoints(patron_id=person(1), opted_out=opted_out)
    choose_points(command, uow=stage.uow(), pseudonyms=INSTITUTION.pseudonyms, clock=stage.clock)


def test_a_transaction_that_does_not_sum_to_zero_cannot_be_committed(stage: Stage) -> None:
    with stage.engine.connect() as connection:
        transaction = uuid4()
        connection.exec_driver_sql(
            "INSERT INTO points_transaction"
            " (id, kind, rule_code, rule_version, source, message_id, at)"
            " VALUES (%s, 'award', 'check_in', 1, '/atrium/booking', %s, now())",
            (transaction, uuid4()),
        )
        connection.exec_driver_sql(
            "INSERT INTO points_entry (id, transaction_id, account_id, amount)"
            " VALUES (%s, %s, %s, 2)",
            (uuid4(), transaction, LIBRARY_ACCOUNT),
        )
        with pytest.raises(DBAPIError, match="does not sum to zero"):
            connection.commit()


def test_the_database_itself_refuses_to_award_one_message_twice(stage: Stage) -> None:
    stage.tell(Stay(1, who=1, starts_at=at(10)).checked_in())
    with stage.engine.connect() as connection, pytest.raises(DBAPIError, match="_once"):
        connection.exec_driver_sql(
            "INSERT INTO points_transaction SELECT %s, kind, rule_code, rule_version, source,"
            " message_id, voids, at FROM points_transaction",
            (uuid4(),),
        )


def test_rules_of_another_version_hold_from_their_day_on(stage: Stage) -> None:
    with stage.engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO points_rule SELECT code, 2, '2026-11-03', act_type, 7, NULL, condition,"
            " name_zh, name_en FROM points_rule WHERE code = 'check_in'"
        )
    stage.tell(Stay(1, who=1, starts_at=at(10)).checked_in())
    stage.tell(Stay(2, who=1, starts_at=at(10, day=3)).checked_in())
    assert balance(stage, 1) == 2 + 7


def test_a_condition_keeps_a_rule_to_the_acts_it_is_meant_for(stage: Stage) -> None:
    with stage.engine.begin() as connection:
        connection.exec_driver_sql(
            'UPDATE points_rule SET condition = \'{"space_kind": ["creative"]}\''
            " WHERE code = 'check_in'"
        )
    stage.tell(Stay(1, who=1, starts_at=at(10)).checked_in())
    assert balance(stage, 1) == 0


def test_an_award_is_dated_by_the_clock_not_by_the_act(stage: Stage) -> None:
    town = Town()
    stage.clock.set(at(12) + timedelta(days=5))
    stage.hear(town.say(Stay(1, who=1, starts_at=at(10)).checked_in(), at(10)))
    assert [row.at for row in stage.rows("SELECT at FROM points_transaction")] == [at(12, day=7)]
