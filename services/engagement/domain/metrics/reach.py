"""Whom the library reaches, and who comes again."""

from typing import Any

from services.engagement.domain.metrics.definition import ISO_11620, Definition, Metric
from services.engagement.domain.metrics.expressions import (
    cell_of,
    count,
    first_per,
    in_scope,
    over_people,
    weigh,
)
from services.engagement.domain.metrics.facts import Facts
from shared.contracts.booking import ReservationCheckedIn, ReservationNoShowVoided
from shared.contracts.engagement import SuggestionSubmitted, SuggestionSupported
from shared.contracts.events import AttendanceRecorded

RETURN_DAYS = 90
PARTICIPATION = (
    ReservationCheckedIn.type,
    ReservationNoShowVoided.type,
    AttendanceRecorded.type,
    SuggestionSubmitted.type,
    SuggestionSupported.type,
)


def acts(facts: Facts, split: str | None) -> Any:
    """Return the participation acts that hold, each with its cell."""
    held = in_scope(facts, facts.participation_act)
    held = held.filter(held.valid)
    return held.mutate(cell=cell_of(held, split))


def _of_the_population(facts: Facts, split: str | None) -> Any:
    described = acts(facts, split)
    return described.filter(described.faculty.notnull())


def reached(facts: Facts, split: str | None) -> Any:
    """List one act for each person reached: their first in the cell."""
    firsts = first_per(_of_the_population(facts, split), ("cell", "pseudonym"))
    return count(firsts, split, firsts.source, "message_id", 1)


def present(facts: Facts, split: str | None) -> Any:
    """List everybody's acts: whom a longer period would add is not only who is new in it."""
    return weigh(acts(facts, split), split, 1)


def _served(facts: Facts, split: str | None) -> Any:
    return over_people(facts, split, reached(facts, split))


def _with_first_day(facts: Facts, split: str | None) -> Any:
    held = acts(facts, split)
    first = held.group_by(["cell", "pseudonym"]).aggregate(first_day=held.local_day.min())
    return held.inner_join(first, ["cell", "pseudonym"])


def _came_again(facts: Facts, split: str | None) -> Any:
    table = _with_first_day(facts, split)
    days = table.local_day.delta(table.first_day, unit="day")
    again = first_per(table.filter(days >= 1, days <= RETURN_DAYS), ("cell", "pseudonym"))
    return count(again, split, again.source, "message_id", 1)


def _came(facts: Facts, split: str | None) -> Any:
    firsts = first_per(acts(facts, split), ("cell", "pseudonym"))
    return weigh(firsts, split, 1)


M10 = Metric(
    definition=Definition(
        id="M10",
        version=1,
        name_en="Target population reached (%)",
        name_zh="目标人群覆盖率（%）",
        scale=100,
        formula_en=(
            "Distinct persons with at least one participation act in the period / people served at"
            " its middle. Split by space kind or day, each cell is over all people served."
        ),
        formula_zh=(
            "时段内至少有一次参与行为的人数（去重）÷ 时段中点的服务人口。"
            "按空间类型或日划分时，各格均除以全部服务人口。"
        ),
        counted=PARTICIPATION,
        exclusions_en=(
            "Signing up alone; void acts; persons the gateway never described (they are outside"
            " the population). The drill-down lists each person's first act."
        ),
        exclusions_zh="仅报名；已作废的行为；门户从未登记的人（不属服务人口）。明细列出每人的第一次行为。",
        panel="participation",
        splits=("faculty", "level", "space_kind", "day", "library"),
        empty="population_unknown",
        standard=ISO_11620,
        edition="2008",
        indicator_no="B.2.4.1",
        over_people=True,
    ),
    counted=reached,
    base=_served,
    present=present,
)
M24 = Metric(
    definition=Definition(
        id="M24",
        version=1,
        name_en=f"Came again within {RETURN_DAYS} days (%)",
        name_zh=f"{RETURN_DAYS} 天内再次参与率（%）",
        scale=100,
        formula_en=(
            f"Persons with a further participation act on a later day, at most {RETURN_DAYS} days"
            " after their first act of the period and within it / persons with an act in it."
        ),
        formula_zh=(
            f"时段内首次参与行为之后（不晚于 {RETURN_DAYS} 天且在时段内）"
            "另有一日再次参与的人数 ÷ 时段内有参与行为的人数。"
        ),
        counted=PARTICIPATION,
        exclusions_en="Signing up alone; void acts; returns after the period's end.",
        exclusions_zh="仅报名；已作废的行为；时段结束之后的再次参与。",
        panel="participation",
        splits=("faculty", "level", "space_kind", "library"),
        empty="nobody_took_part",
    ),
    counted=_came_again,
    base=_came,
    present=present,
)
