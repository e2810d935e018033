"""How use is shared between learning, academic, cultural and creative space."""

from collections.abc import Callable
from typing import Any

from services.engagement.domain.metrics.activities import attended
from services.engagement.domain.metrics.definition import Definition, Metric
from services.engagement.domain.metrics.expressions import (
    BOOKING,
    count,
    first_per,
    over_total,
    weigh,
)
from services.engagement.domain.metrics.facts import Facts
from services.engagement.domain.metrics.occupancy import ended_stays
from services.engagement.domain.metrics.reach import PARTICIPATION, acts, present
from shared.contracts.booking import ReservationCompleted, ReservationNoShowVoided
from shared.contracts.events import AttendanceRecorded, HeadcountRecorded

Counted = Callable[[Facts, str | None], Any]


def _share_of(counted: Counted) -> Counted:
    def base(facts: Facts, split: str | None) -> Any:
        rows = counted(facts, split)
        return over_total(rows, rows.aggregate(amount=rows.amount.sum()))

    return base


def _minutes(facts: Facts, split: str | None) -> Any:
    stays = ended_stays(facts)
    amount = stays.used_minutes * stays.party_size
    return count(stays, split, BOOKING, "completed_message_id", amount)


def _persons(facts: Facts, split: str | None) -> Any:
    firsts = first_per(acts(facts, split), ("cell", "pseudonym"))
    return count(firsts, split, firsts.source, "message_id", 1)


def _all_persons(facts: Facts, split: str | None) -> Any:
    everybody = weigh(first_per(acts(facts, None), ("pseudonym",)), None, 1)
    total = everybody.aggregate(amount=everybody.amount.sum())
    return over_total(_persons(facts, split), total)


def _definition(id_: str, what: str, what_zh: str, counted: tuple[str, ...]) -> Definition:
    return Definition(
        id=id_,
        version=1,
        name_en=f"Space balance: share of {what} (%)",
        name_zh=f"空间均衡：{what_zh}占比（%）",
        scale=100,
        formula_en=f"{what[0].upper()}{what[1:]} in a kind of space / in all kinds.",
        formula_zh=f"某类空间的{what_zh} ÷ 各类空间合计。",
        counted=counted,
        exclusions_en="Void acts; signing up alone; stays not yet ended.",
        exclusions_zh="已作废的行为；仅报名；尚未结束的使用。",
        panel="participation",
        splits=("space_kind",),
        empty="nobody_took_part",
    )


M36A = Metric(
    definition=_definition(
        "M36a",
        "place-minutes",
        "座位使用时长",
        (ReservationCompleted.type, ReservationNoShowVoided.type),
    ),
    counted=_minutes,
    base=_share_of(_minutes),
)
M36B = Metric(
    definition=_definition(
        "M36b", "attendances", "参加人次", (AttendanceRecorded.type, HeadcountRecorded.type)
    ),
    counted=attended,
    base=_share_of(attended),
)
M36C = Metric(
    definition=_definition("M36c", "persons (of all who took part)", "参与者", PARTICIPATION),
    counted=_persons,
    base=_all_persons,
    present=present,
)
