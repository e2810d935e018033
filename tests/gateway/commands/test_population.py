"""The denominators: how many active people there are, by faculty, level and year."""

from datetime import date, timedelta

from gateway.commands.name_faculty import NameFaculty, name_faculty
from gateway.commands.snapshot_population import SnapshotPopulation, snapshot_population
from gateway.domain.faculty import Faculty
from shared.contracts.gateway import FacultyName, PopulationSnapshotted
from shared.kernel.clock import SetClock
from tests.support.gateway_builders import NOON, an_account
from tests.support.gateway_fakes import FakeUnitOfWork

TODAY = date(2026, 11, 24)


def people(*described: dict[str, object]) -> FakeUnitOfWork:
    uow = FakeUnitOfWork()
    with uow:
        accounts = [
            an_account(login=f"p{number}", number=f"B{number}", **one)
            for number, one in enumerate(described)
        ]
        uow.accounts.add(accounts, now=NOON)
        uow.commit()
    return uow


def take(uow: FakeUnitOfWork, day: date = TODAY, *, again: bool = False) -> object:
    command = SnapshotPopulation(day=day, again=again)
    return snapshot_population(command, uow=uow, clock=SetClock(NOON))


def test_active_persons_of_a_faculty_are_counted_by_level_and_year() -> None:
    uow = people({}, {}, {"study_year": 3}, {"faculty": "law"}, {"active": False}, {"faculty": ""})
    told = take(uow)
    assert isinstance(told, PopulationSnapshotted)
    counted = [(s.faculty, s.level, s.study_year, s.headcount) for s in told.segments]
    assert counted == [
        ("law", "bachelor", 2, 1),
        ("science", "bachelor", 2, 2),
        ("science", "bachelor", 3, 1),
    ]
    assert uow.kept.messages == [told]


def test_the_faculties_names_of_that_day_go_along() -> None:
    uow = people({})
    law = Faculty(code="law", name_zh="法学院", name_en="Law")
    name_faculty(NameFaculty(law), uow=uow)
    told = take(uow)
    assert isinstance(told, PopulationSnapshotted)
    assert told.faculties == (FacultyName(code="law", name_zh="法学院", name_en="Law"),)


def test_a_day_is_told_once_unless_it_is_asked_for_again() -> None:
    uow = people({})
    assert take(uow) is not None
    assert take(uow) is None
    assert take(uow, TODAY + timedelta(days=1)) is not None
    assert take(uow, again=True) is not None
    assert len(uow.kept.messages) == 3
