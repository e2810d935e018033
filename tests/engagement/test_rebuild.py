"""Facts made anew give the same digits, from the ledger and from the services' logs."""

from collections.abc import Callable
from random import Random

import pytest
from sqlalchemy import Engine

from services.engagement.commands.catch_up import catch_up
from shared.kernel.clock import SetClock
from tests.engagement.stage import INSTITUTION, Said, Stage
from tests.support.engagement_builders import at
from tests.support.engagement_month import a_month


@pytest.fixture
def lived(stage: Stage) -> Stage:
    stage.hear_all(a_month())
    return stage


def test_a_rebuild_from_the_ledger_changes_no_byte_and_no_fact(lived: Stage) -> None:
    exported, facts = lived.export(), lived.facts()
    assert b'"numerator":0' in exported or len(exported) > 1000
    assert lived.rebuild() > 20
    assert lived.export() == exported
    assert lived.facts() == facts


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE stay SET used_minutes = used_minutes + 1 WHERE used_minutes IS NOT NULL",
        "DELETE FROM participation_act WHERE act_type = 'attended'",
        "UPDATE registration SET faculty = 'Law'",
        "UPDATE capacity_day SET places = places + 1",
    ],
)
def test_control_one_wrong_fact_shows_in_the_export_and_a_rebuild_mends_it(
    lived: Stage, tampering: str
) -> None:
    exported = lived.export()
    with lived.engine.begin() as connection:
        assert connection.exec_driver_sql(tampering).rowcount
    assert lived.export() != exported
    lived.rebuild()
    assert lived.export() == exported


def test_another_house_that_reads_the_logs_one_by_one_comes_to_the_same_figures(
    lived: Stage, fresh_database: Callable[[str], str], open_engine: Callable[..., Engine]
) -> None:
    other = Stage(open_engine(fresh_database("engagement")))
    for log in logs_of(a_month()):
        heard = catch_up(log, uow=other.uow, institution=INSTITUTION, clock=SetClock(at(9, day=20)))
        assert heard.read == heard.new == len(log)
    other.rebuild()
    assert other.export() == lived.export()
    assert other.facts() == lived.facts()
    assert other.balances() == lived.balances()


def test_reading_the_logs_again_adds_nothing(lived: Stage) -> None:
    for log in logs_of(a_month()):
        heard = catch_up(log, uow=lived.uow, institution=INSTITUTION, clock=lived.clock)
        assert heard.new == 0


def logs_of(month: list[Said]) -> list[list[Said]]:
    """The month as the services' logs hold it: each in its own order, services in any order."""
    by_source: dict[str, list[Said]] = {}
    for said in month:
        by_source.setdefault(said[1].source, []).append(said)
    logs = list(by_source.values())
    Random(3).shuffle(logs)
    return logs
