"""No answer of a report, and no two of them subtracted, tell of a few people."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import permutations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from services.engagement.domain import disclosure, report_table
from services.engagement.domain.disclosure import HIDE_NOTHING
from services.engagement.domain.figure import ToldCell
from services.engagement.queries import reports
from services.engagement.queries.figures import Disclosure
from services.engagement.queries.funnels import funnel
from services.engagement.queries.heat_map import heat_map
from services.engagement.queries.reports import ReportQuestion
from services.engagement.queries.unmet_demand import unmet_demand
from tests.engagement.report_world import (
    KINDS,
    STEPS,
    WEEKS,
    Asked,
    Behind,
    Group,
    World,
    everything_asked,
    replace_kind,
)
from tests.engagement.stage import Stage
from tests.support.engagement_builders import LIBRARY, person

FEW = 5
TODAY = date(2026, 12, 7)
DENOMINATOR = len(STEPS)
Lists = dict[str, Sequence[ToldCell]]


@dataclass(frozen=True)
class Told:
    """A number somebody was told, and what it counts."""

    list: str
    name: str
    part: str
    asked: Asked
    counts: Behind
    number: int

    def holds(self, other: "Told") -> bool:
        """Tell whether anybody who knows what the numbers mean knows this one to hold the other."""
        if self.list != other.list or not self.asked.holds(other.asked):
            return False
        if self.list == "steps":
            return STEPS.index(self.name) <= STEPS.index(other.name)
        return self.part == "denominator" or (self.name, self.part) == (other.name, other.part)


def answers(connection: Connection, asked: Asked, hide_below: int) -> Lists:
    showing = Disclosure(hide_below=hide_below, today=TODAY)
    question = ReportQuestion(period=asked.period, library_id=LIBRARY, space_kind=asked.kind)
    return {
        "starts": heat_map(connection, question, "starts", showing),
        "steps": funnel(connection, question, "booking", showing),
        **unmet_demand(connection, question, showing).lists,
    }


def told_numbers(world: World, asked: Asked, lists: Lists) -> Iterable[Told]:
    truth = {"starts": world.starts(asked), "steps": world.steps(asked), **world.lists(asked)}
    refused = {wish.id: wish.person for wish in world.refused(asked)}
    missed, served = world.missed(asked), world.served(asked)
    wanted = {("missed", key): who for key, who in missed.items()}
    wanted |= {("served", key): who for key, who in served.items()}
    whole = {"persons": wanted, **dict.fromkeys(("code", "space_kind", "hour"), refused)}
    for name, cells in lists.items():
        for cell in cells:
            if cell.numerator is None or name == "waiting":
                continue
            counts = truth[name].get(cell.cell, {})
            counts = {("missed", k): v for k, v in counts.items()} if name == "persons" else counts
            yield Told(name, cell.cell, "numerator", asked, counts, cell.numerator)
            if name in whole:
                base = whole[name]
                yield Told(name, cell.cell, "denominator", asked, base, cell.denominator or 0)


def all_told(stage: Stage, world: World, hide_below: int = FEW) -> Sequence[Told]:
    world.write(stage.engine)
    with stage.engine.connect() as connection:
        return [
            told
            for asked in everything_asked()
            for told in told_numbers(world, asked, answers(connection, asked, hide_below))
        ]


def few(counts: Iterable[Any], of: Behind) -> bool:
    return 0 < len({of[one] for one in counts}) < FEW


def revealing(told: Sequence[Told]) -> list[str]:
    """List what one number alone, or one subtracted from another, tells of a few people."""
    alone = [f"{one}" for one in told if few(one.counts, one.counts)]
    together = [
        f"{larger} less {smaller}"
        for larger, smaller in permutations({str(t): t for t in told}.values(), 2)
        if larger.holds(smaller)
        and few(larger.counts.keys() - smaller.counts.keys(), larger.counts)
    ]
    return alone + together


GROUPS = st.builds(
    Group,
    week=st.sampled_from(WEEKS),
    size=st.sampled_from((1, 2, 4, 5, 6, 8)),
    first=st.sampled_from((0, 3, 6, 20)),
    kind=st.sampled_from(KINDS),
    weekday=st.sampled_from((1, 2)),
    hour=st.sampled_from((10, 14)),
    outcome=st.sampled_from(("completed", "checked_in", "no_show", "cancelled", "refused")),
    codes=st.sampled_from((("taken",), ("quota",), ("quota", "taken"))),
)


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(groups=st.lists(GROUPS, min_size=4, max_size=24))
def test_no_two_answers_of_a_report_tell_of_a_few_people(stage: Stage, groups: list[Group]) -> None:
    told = all_told(stage, World(groups))
    assert [f"{one}" for one in told if one.number != len(one.counts)] == []
    assert revealing(told) == []


BUSY = (
    [Group(week, 9, 20, kind=kind) for week in WEEKS for kind in KINDS]
    + [Group(week, 8, 40, kind=kind, outcome="refused") for week in WEEKS for kind in KINDS]
    + [Group(week, 7, 60, outcome="no_show", hour=14) for week in WEEKS]
)
THIN: dict[str, list[Group]] = {
    "edge_persons": [Group(0, 9), Group(1, 2, 9)],
    "gap_persons": [Group(0, 9), Group(0, 2, 20, outcome="no_show")],
    "persons": [Group(0, 3), Group(0, 9, 10, outcome="cancelled")],
    "base_persons": [Group(0, 9), Group(0, 2, 20, "creative", outcome="cancelled")],
}


def test_where_many_take_part_every_number_is_told(stage: Stage) -> None:
    told = all_told(stage, World(BUSY))
    shown = {(one.list, one.name, one.asked.kind) for one in told if one.number}
    assert {("starts", "1-10", kind) for kind in (None, *KINDS)} <= shown
    assert {("steps", step, None) for step in STEPS} <= shown
    assert {("code", "taken", "creative"), ("persons", "all", "learning")} <= shown


def test_without_any_guard_a_few_people_are_told_of(stage: Stage) -> None:
    for groups in THIN.values():
        assert revealing(all_told(stage, World(groups), HIDE_NOTHING)) != []


@pytest.mark.parametrize("guard", ["edge_persons", "gap_persons"])
def test_with_one_guard_off_a_few_people_are_told_of(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, guard: str
) -> None:
    world = World(THIN[guard])
    assert revealing(all_told(stage, world)) == []
    seen = reports._cell
    monkeypatch.setattr(reports, "_cell", lambda *given: replace(seen(*given), **{guard: 0}))
    assert revealing(all_told(stage, world)) != []


def test_without_the_guard_of_the_kinds_one_kind_is_the_whole_less_the_other(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World([Group(0, 9), Group(0, 2, 20, "creative")])
    assert revealing(all_told(stage, world)) == []
    monkeypatch.setattr(report_table, "_by_every_kind_or_none", lambda _table, hidden: hidden)
    assert revealing(all_told(stage, world)) != []


def test_the_same_few_people_in_two_hours_do_not_hide_each_other(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three people in two hours are three, not six: a third hour is held back with them."""
    hours = [Group(0, 3, hour=9), Group(0, 3, hour=11), Group(0, 8, 20, hour=14)]
    world = World([*hours, Group(0, 9, 40, hour=16)])

    def shown() -> set[str]:
        told = all_told(stage, world)
        return {one.name for one in told if one.list == "starts" and one.asked == Asked(0, 0)}

    assert shown() == {"1-16"}
    apart = disclosure._together(FEW, apart=True)
    monkeypatch.setattr(disclosure, "_together", lambda _few, **_: apart)
    assert shown() == {"1-14", "1-16"}


def test_a_library_that_is_held_back_among_libraries_has_no_report(stage: Stage) -> None:
    """All libraries less this one would be the few of the other."""
    small = Group(0, 2, 50, library=person(1))
    enough = Group(0, 6, 50, library=person(1))
    for other, is_shown in ((enough, True), (small, False)):
        told = all_told(stage, World([Group(0, 9), other]))
        assert any(one.number and one.list == "starts" for one in told) is is_shown
        assert any(one.number and one.name == "completed" for one in told) is is_shown


def test_a_kind_asked_for_alone_adds_up_to_the_whole(stage: Stage) -> None:
    """Who was refused both kinds of space on a day counts to the one asked for first."""
    both = [
        Group(0, 8, kind=kind, hour=hour, outcome="refused")
        for kind, hour in (("learning", 10), ("creative", 14))
    ]
    told = all_told(stage, World(both), HIDE_NOTHING)
    persons = {
        one.asked.kind: one.number
        for one in told
        if one.list == "persons"
        and one.part == "numerator"
        and replace_kind(one.asked) == Asked(0, 0)
    }
    assert persons == {None: 8, "learning": 8, "creative": 0}
