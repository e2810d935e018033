"""Which things of the town the parameters of paths and the members of bodies may name."""

from tests.outside.town import Town

# More than one thing goes by the same name.
ALSO = {
    "reservation_id": ("request_id", "checked_in_id"),
    "space_id": ("free_space_id", "asking_space_id"),
    "library_event_id": ("draft_id", "open_id", "joined_id", "over_id"),
    "registration_id": ("waiting_id",),
    "suggestion_id": ("supported_id",),
}
LIKE = {"library": "library_id"}


def known(town: Town, name: str) -> list[str]:
    """Return the ids a parameter of this name may take; none when the town has no such thing."""
    first = LIKE.get(name, name)
    return [town.ids[key] for key in (first, *ALSO.get(first, ())) if key in town.ids]
