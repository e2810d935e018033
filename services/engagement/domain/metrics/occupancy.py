"""How much of what the library offers is booked, used, or booked and not used."""

from typing import Any

from services.engagement.domain.metrics.definition import ISO_11620, Definition, Metric
from services.engagement.domain.metrics.expressions import BOOKING, count, in_scope, weigh
from services.engagement.domain.metrics.facts import Facts
from shared.contracts.booking import (
    CapacityPublished,
    ReservationCancelled,
    ReservationChanged,
    ReservationCompleted,
    ReservationConfirmed,
    ReservationNoShow,
    ReservationNoShowVoided,
)

PLACES = (
    " A place is a person of the party: a room for six that two have booked has two places in use."
)
STAYS = "Rooms held for activities; stays not yet ended; time before the booked start or after its"


def ended_stays(facts: Facts) -> Any:
    """Return the stays that have ended in use."""
    stays = in_scope(facts, facts.stay)
    return stays.filter(stays.status == "completed")


def _sampled(facts: Facts, split: str | None) -> Any:
    stays = ended_stays(facts)
    amount = stays.used_quarters * stays.party_size
    return count(stays, split, BOOKING, "completed_message_id", amount)


def _samples(facts: Facts, split: str | None) -> Any:
    offered = in_scope(facts, facts.capacity_day)
    return weigh(offered, split, offered.open_quarters * offered.places)


def _used(facts: Facts, split: str | None) -> Any:
    stays = ended_stays(facts)
    amount = stays.used_minutes * stays.party_size
    return count(stays, split, BOOKING, "completed_message_id", amount)


def _offered(facts: Facts, split: str | None) -> Any:
    offered = in_scope(facts, facts.capacity_day)
    return weigh(offered, split, offered.open_minutes * offered.places)


def _booked(facts: Facts, split: str | None) -> Any:
    stays = in_scope(facts, facts.stay)
    stays = stays.filter(stays.status != "cancelled")
    amount = stays.booked_minutes * stays.party_size
    return count(stays, split, BOOKING, "terms_message_id", amount)


def _settled(facts: Facts) -> Any:
    stays = in_scope(facts, facts.stay)
    return stays.filter(stays.status.isin(["completed", "no_show"]))


def _ghosts(facts: Facts, split: str | None) -> Any:
    stays = _settled(facts)
    stays = stays.mutate(
        told_by=(stays.status == "no_show").ifelse(
            stays.no_show_message_id, stays.completed_message_id
        ),
        unused=(stays.status == "no_show").ifelse(
            stays.booked_minutes, stays.booked_minutes - stays.used_minutes
        ),
    )
    stays = stays.filter(stays.unused > 0)
    return count(stays, split, BOOKING, "told_by", stays.unused * stays.party_size)


def _booked_of_settled(facts: Facts, split: str | None) -> Any:
    stays = _settled(facts)
    return weigh(stays, split, stays.booked_minutes * stays.party_size)


M05A = Metric(
    definition=Definition(
        id="M05a",
        version=1,
        name_en="User-places occupancy, sampled each quarter hour (%)",
        name_zh="座位占用率，按每刻钟采样（%）",
        scale=100,
        formula_en=(
            "Places in use at each quarter hour, summed over all quarter hours open, / places"
            " offered at them. Sums are divided, shares are not averaged." + PLACES
        ),
        formula_zh=(
            "各刻钟使用中的座位数之和（覆盖全部开放的刻钟）÷ 各该刻钟提供的座位数之和；"
            "先求和后相除，不对比率取平均。座位按人数计：两人预约六人间即占用两座。"
        ),
        counted=(ReservationCompleted.type, ReservationNoShowVoided.type),
        exclusions_en=STAYS + " end; quarter hours closed.",
        exclusions_zh="为活动保留的房间；尚未结束的使用；预约开始前与结束后的时间；闭馆的刻钟。",
        panel="benefit",
        splits=("space_kind", "day", "library"),
        empty="capacity_unknown",
        standard=ISO_11620,
        edition="2008",
        indicator_no="B.2.3.1",
        verified=True,
    ),
    counted=_sampled,
    base=_samples,
)
M05B = Metric(
    definition=Definition(
        id="M05b",
        version=1,
        name_en="User-places occupancy, by the minute (%)",
        name_zh="座位占用率，按分钟计（%）",
        scale=100,
        formula_en=(
            "Sum of (min(checked out, end) - max(checked in, start)) x party, in minutes, / sum of"
            " open minutes x places. The one we publish; M05a is for comparison." + PLACES
        ),
        formula_zh=(
            "Σ（离开与结束中较早者 − 签到与开始中较晚者）× 人数（分钟）÷"
            " Σ（开放分钟数 × 座位数）。对外公布此指标，M05a 供比较。"
            "座位按人数计：两人预约六人间即占用两座。"
        ),
        counted=(ReservationCompleted.type, ReservationNoShowVoided.type),
        exclusions_en=STAYS + " end.",
        exclusions_zh="为活动保留的房间；尚未结束的使用；预约开始前与结束后的时间。",
        panel="benefit",
        splits=("space_kind", "day", "library"),
        empty="capacity_unknown",
        standard=ISO_11620,
        edition="2008",
        indicator_no="B.2.3.1",
        verified=True,
    ),
    counted=_used,
    base=_offered,
)
M06 = Metric(
    definition=Definition(
        id="M06",
        version=1,
        name_en="Booked occupancy (%)",
        name_zh="预约占用率（%）",
        scale=100,
        formula_en="Booked minutes x party, cancelled ones taken out, / open minutes x places.",
        formula_zh="（预约分钟数 × 人数，扣除已取消）÷（开放分钟数 × 座位数）。",
        counted=(ReservationConfirmed.type, ReservationChanged.type, ReservationCancelled.type),
        exclusions_en=f"Rooms held for activities. Offered is what {CapacityPublished.type} says.",
        exclusions_zh="为活动保留的房间。开放容量以预约服务公布的为准。",
        panel="benefit",
        splits=("space_kind", "day", "library"),
        empty="capacity_unknown",
    ),
    counted=_booked,
    base=_offered,
)
M07 = Metric(
    definition=Definition(
        id="M07",
        version=1,
        name_en="Ghost rate: booked and not used (%)",
        name_zh="空置率：已预约而未使用（%）",
        scale=100,
        formula_en=(
            "(Booked - used minutes) x party / booked minutes x party, over stays that have ended:"
            " no-shows and early leaving both count."
        ),
        formula_zh=(
            "（（预约 − 实际使用）分钟数 × 人数）÷（预约分钟数 × 人数），"
            "仅计已结束者：爽约与提前离开都计入。"
        ),
        counted=(
            ReservationCompleted.type,
            ReservationNoShow.type,
            ReservationNoShowVoided.type,
        ),
        exclusions_en="Cancelled reservations; stays not yet ended; rooms held for activities.",
        exclusions_zh="已取消的预约；尚未结束的使用；为活动保留的房间。",
        panel="benefit",
        splits=("faculty", "level", "space_kind", "day", "library"),
        empty="nothing_ended",
    ),
    counted=_ghosts,
    base=_booked_of_settled,
)
