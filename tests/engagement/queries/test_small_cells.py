"""No two answers of one cell differ by a few people; nothing adds up to a hidden one."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from random import Random

import pytest

from services.engagement.domain.disclosure import HIDE_NOTHING
from services.engagement.domain.metrics.catalogue import METRICS
from services.engagement.queries.figures import Disclosure, Question, figure_for
from tests.engagement.stage import Stage
from tests.support.engagement_builders import LIBRARY, Stay, Talk, at, described, population

FEW = 5
MONDAY = date(2026, 11, 2)
WEEKS = range(4)
FACULTIES = {
    "Science": range(30),
    "Law": range(30, 52),
    "Music": range(52, 60),
    "Art": range(60, 66),
}
Presence = set[tuple[int, int]]
"""Person and week."""


@pytest.fixture
def came(stage: Stage) -> Presence:
    """Four weeks in which most faculties have a thin week somewhere."""
    random = Random(7)
    stage.tell(population(dict.fromkeys(FACULTIES, 100)))
    for faculty, people in FACULTIES.items():
        for who in people:
            stage.tell(described(who, faculty), at(7, day=1))
    present: Presence = set()
    for week in WEEKS:
        for people in FACULTIES.values():
            share = random.choice((0.1, 0.6, 0.9))
            present |= {(who, week) for who in people if random.random() < share}
    for who, week in sorted(present):
        stage.tell(Stay(100 * who + week, who=who, starts_at=at(10, day=3 + 7 * week)).checked_in())
    return present


def told(stage: Stage, period: tuple[int, int], hide_below: int) -> dict[str, int | None]:
    first, last = period
    question = Question(
        metric_id="M10",
        first_day=MONDAY + timedelta(weeks=first),
        last_day=MONDAY + timedelta(weeks=last, days=6),
        split="faculty",
        library_id=LIBRARY,
    )
    with stage.engine.connect() as connection:
        figure = figure_for(
            connection, question, Disclosure(hide_below=hide_below, today=date(2026, 12, 7))
        )
    return {cell.cell: cell.numerator for cell in figure.cells}


def people_of(faculty: str, weeks: set[int], came: Presence) -> int:
    return len({who for who, week in came if week in weeks and who in FACULTIES[faculty]})


def revealing(stage: Stage, came: Presence, hide_below: int) -> list[str]:
    """List what two answers about one faculty, or one answer alone, would tell of a few people."""
    periods = [(first, last) for first in WEEKS for last in WEEKS if first <= last]
    answers = {period: told(stage, period, hide_below) for period in periods}
    alone = [
        f"{faculty} in {period}"
        for period, cells in answers.items()
        for faculty in FACULTIES
        if cells.get(faculty) and people_of(faculty, _weeks(period), came) < FEW
    ]
    together = [
        f"{faculty} by {one} and {other}"
        for one, other in combinations(periods, 2)
        if _weeks(one) < _weeks(other) or _weeks(other) < _weeks(one)
        for faculty in FACULTIES
        if None not in (answers[one].get(faculty), answers[other].get(faculty))
        and 0 < people_of(faculty, _weeks(one) ^ _weeks(other), came) < FEW
    ]
    return alone + together


def _weeks(period: tuple[int, int]) -> set[int]:
    return set(range(period[0], period[1] + 1))


def test_neither_one_answer_nor_two_tell_of_a_few_people(stage: Stage, came: Presence) -> None:
    assert revealing(stage, came, FEW) == []
    shown = told(stage, (0, 3), FEW)
    assert any(value is not None for value in shown.values())  # it does not hide everything


def test_without_the_guard_they_would(stage: Stage, came: Presence) -> None:
    assert revealing(stage, came, HIDE_NOTHING) != []


def test_one_hidden_faculty_is_never_alone(stage: Stage, came: Presence) -> None:
    assert came
    for period in ((week, week) for week in WEEKS):
        hidden = [faculty for faculty, value in told(stage, period, FEW).items() if value is None]
        assert len(hidden) != 1


def test_a_librarys_whole_is_the_same_number_however_it_is_computed(
    stage: Stage, came: Presence
) -> None:
    assert came
    question = Question(
        metric_id="",
        first_day=MONDAY,
        last_day=MONDAY + timedelta(weeks=4, days=-1),
        library_id=LIBRARY,
    )
    with stage.engine.connect() as connection:
        for metric_id in METRICS:
            asked = replace(question, metric_id=metric_id)
            held, open_ = (
                figure_for(connection, asked, Disclosure(hide_below=few, today=date(2026, 12, 7)))
                for few in (1, HIDE_NOTHING)
            )
            assert held == open_, metric_id


@pytest.mark.parametrize(("who_came", "hidden"), [(4, True), (5, False)])
def test_a_thin_week_of_the_numerator_alone_is_not_found_by_taking_two_periods_apart(
    stage: Stage, who_came: int, *, hidden: bool
) -> None:
    """Six sign up in the first week and ten in the second: the denominator is never thin."""
    stage.tell(population({"Science": 100}))
    for week, (signed_up, came) in enumerate([(6, who_came), (10, 10)]):
        talk = Talk(week, starts_at=at(15, day=3 + 7 * week))
        stage.tell(talk.published())
        for who in range(signed_up):
            stage.tell(described(who, "Science"), at(7, day=1))
            stage.tell(talk.registered(who))
            stage.tell(talk.attended(who) if who < came else talk.missed(who))
        stage.tell(talk.closed(), at(18, day=3 + 7 * week))
    question = Question(
        metric_id="M16",
        first_day=MONDAY,
        last_day=MONDAY + timedelta(weeks=2, days=-1),
        split="space_kind",
        library_id=LIBRARY,
    )
    with stage.engine.connect() as connection:
        disclosure = Disclosure(hide_below=FEW, today=date(2026, 12, 7))
        [cell] = figure_for(connection, question, disclosure).cells
    assert (cell.reason == "suppressed") is hidden
    assert cell.numerator == (None if hidden else 15)
