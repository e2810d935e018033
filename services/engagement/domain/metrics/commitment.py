"""Whether people keep what they have signed up for, or say so in time."""

from typing import Any

from services.engagement.domain.metrics.definition import Definition, Metric
from services.engagement.domain.metrics.expressions import EVENTS, count, in_scope, weigh
from services.engagement.domain.metrics.facts import Facts
from shared.contracts.events import RegistrationCancelled


def _sign_ups(facts: Facts) -> Any:
    signed = in_scope(facts, facts.registration)
    signed = signed.filter(signed.status.isin(["confirmed", "no_show", "cancelled"]))
    kinds = facts.library_event.select("library_event_id", "space_kind")
    return signed.inner_join(kinds, "library_event_id")


def _cancelled_late(facts: Facts, split: str | None) -> Any:
    signed = _sign_ups(facts)
    late = signed.filter(signed.status == "cancelled", signed.late)
    return count(late, split, EVENTS, "status_message_id", 1)


def _all(facts: Facts, split: str | None) -> Any:
    return weigh(_sign_ups(facts), split, 1)


M18 = Metric(
    definition=Definition(
        id="M18",
        version=1,
        name_en="Late cancellation rate of sign-ups (%)",
        name_zh="报名临期取消率（%）",
        scale=100,
        formula_en=(
            "Sign-ups given up within the activity's notice / sign-ups that have a place or were"
            " given up, for the activities of the period."
        ),
        formula_zh=("时段内活动的报名中，在活动规定的提前期之内取消者÷ 有名额或已取消的报名。"),
        counted=(RegistrationCancelled.type,),
        exclusions_en="Waiting sign-ups; walk-ins. Called off with the activity is not late.",
        exclusions_zh="候补中的报名；未报名到场者；因活动取消而终止的报名不算临期取消。",
        panel="trust",
        splits=("faculty", "level", "space_kind", "day", "library"),
        empty="nobody_took_part",
    ),
    counted=_cancelled_late,
    base=_all,
)
