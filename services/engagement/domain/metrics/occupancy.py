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
        formula=(
            "Places in use at each quarter hour, summed over all quarter hours open, / places"
            " offered at them. Sums are divided, shares are not averaged." + PLACES
        ),
        counted=(ReservationCompleted.type,),
        exclusions=STAYS + " end; quarter hours closed.",
        panel="benefit",
        splits=("space_kind", "day"),
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
        formula=(
            "Sum of (min(checked out, end) - max(checked in, start)) x party, in minutes, / sum of"
            " open minutes x places. The one we publish; M05a is for comparison." + PLACES
        ),
        counted=(ReservationCompleted.type,),
        exclusions=STAYS + " end.",
        panel="benefit",
        splits=("space_kind", "day"),
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
        formula="Booked minutes x party, cancelled ones taken out, / open minutes x places.",
        counted=(ReservationConfirmed.type, ReservationChanged.type, ReservationCancelled.type),
        exclusions=f"Rooms held for activities. Offered is what {CapacityPublished.type} says.",
        panel="benefit",
        splits=("space_kind", "day"),
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
        formula=(
            "(Booked - used minutes) x party / booked minutes x party, over stays that have ended:"
            " no-shows and early leaving both count."
        ),
        counted=(ReservationCompleted.type, ReservationNoShow.type),
        exclusions="Cancelled reservations; stays not yet ended; rooms held for activities.",
        panel="benefit",
        splits=("faculty", "level", "space_kind", "day"),
        empty="nothing_ended",
    ),
    counted=_ghosts,
    base=_booked_of_settled,
)
