"""Participation acts: being there, attending, suggesting, supporting. Signing up is not one."""

from collections.abc import Sequence
from typing import Any

from services.engagement.domain.act import Act
from services.engagement.domain.projection.surroundings import FactRows, Surroundings, last_of
from shared.contracts import engagement

CHECKED_IN = "checked_in"
ATTENDED = "attended"
SUGGESTION_SUBMITTED = "suggestion_submitted"
SUGGESTION_SUPPORTED = "suggestion_supported"


def participation_row(
    act: Act, act_type: str, around: Surroundings, *, valid: bool = True
) -> dict[str, Any]:
    """Return the fact that a person took part; a void one stays, marked so."""
    return {
        **around.placed(act, act.occurred_at),
        "source": act.source,
        "message_id": act.message_id,
        "act_type": act_type,
        "library_id": act.library_id,
        "space_id": act.space_id,
        "space_kind": act.space_kind,
        "programme": act.programme,
        "points_day": around.points_day_of(act.occurred_at),
        "valid": valid,
    }


def fold_suggestion(acts: Sequence[Act], around: Surroundings) -> FactRows:
    """Return the act of a suggestion's author."""
    submitted = last_of(acts, engagement.SuggestionSubmitted.type)
    if submitted is None:
        return {}
    return {"participation_act": [participation_row(submitted, SUGGESTION_SUBMITTED, around)]}


def fold_support(acts: Sequence[Act], around: Surroundings) -> FactRows:
    """Return the act of a supporter: void once withdrawn, even if that was heard first."""
    supported = last_of(acts, engagement.SuggestionSupported.type)
    if supported is None:
        return {}
    held = last_of(acts, engagement.SuggestionSupportWithdrawn.type) is None
    row = participation_row(supported, SUGGESTION_SUPPORTED, around, valid=held)
    return {"participation_act": [row]}
