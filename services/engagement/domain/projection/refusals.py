"""A refusal: what somebody wanted, and why it could not be."""

from collections.abc import Sequence

from services.engagement.domain.act import Act
from services.engagement.domain.projection.surroundings import FactRows, Surroundings


def fold_refusal(acts: Sequence[Act], around: Surroundings) -> FactRows:
    """Return the wish, placed where it would have begun."""
    told = acts[-1]
    row = {
        **around.placed(told, told.moment("starts_at")),
        "request_id": told.identifier("request_id"),
        "library_id": told.library_id,
        "space_id": told.space_id,
        "space_type": told.data["space_type"],
        "space_kind": told.space_kind,
        "codes": list(told.data["codes"]),
        "message_id": told.message_id,
    }
    return {"refusal": [row]}
