"""Which floor a space is on, in words."""

from typing import Any

from gateway.clients.service import ServiceClient
from gateway.pages import services
from gateway.pages.wording import in_language
from gateway.parts import current_parts

MOST = 200
"""A building has no more floors or zones than a page."""


def floor_name(space_id: str) -> str:
    """Return the name of a space's floor; empty where nobody can tell just now."""
    places = services.if_it_answers(services.places)
    space = places.space(space_id) if places else {}
    library_id, zone_id = space.get("library_id"), space.get("zone_id")
    if not library_id or not zone_id:
        return ""
    floors = services.if_it_answers(lambda: _floors_by_zone(library_id)) or {}
    return in_language(floors.get(zone_id, {}), "name")


def _floors_by_zone(library_id: str) -> dict[str, dict[str, Any]]:
    """Ask in nobody's name, so that one answer serves everybody for some seconds."""
    parts = current_parts()
    booking = ServiceClient("booking", parts.services, None, "en", parts.public_answers)
    floors, zones = (
        booking.get(f"/libraries/{library_id}/{what}", limit=MOST)["items"]
        for what in ("floors", "zones")
    )
    by_id = {floor["id"]: floor for floor in floors}
    return {zone["id"]: by_id.get(zone["floor_id"], {}) for zone in zones}
