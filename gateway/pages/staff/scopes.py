"""What rules, hours and closures are about: a library, a zone of it, a space."""

from typing import Any

from gateway.pages import services
from gateway.pages.language import gettext as _
from gateway.pages.wording import in_language

Json = dict[str, Any]


def scope_options(library: Json) -> list[tuple[str, str]]:
    """Return scopes as `<type>/<id>` with their names: the library, its zones, its rooms.

    Seats are many and alike: they are chosen by their zone.
    """
    return [*scope_names(library, seats=False).items()]


def scope_names(library: Json, *, seats: bool = True) -> dict[str, str]:
    """Return the names of a library's scopes by `<type>/<id>`."""
    found = {
        f"library/{library['id']}": _("All of %(library)s", library=in_language(library, "name"))
    }
    for zone in services.closures().zones(library["id"]):
        found[f"zone/{zone['id']}"] = _("Zone: %(name)s", name=in_language(zone, "name"))
    spaces = [
        one for one in services.places().spaces.values() if one["library_id"] == library["id"]
    ]
    for space in sorted(spaces, key=lambda one: str(one["code"])):
        if seats or space["space_type"] != "seat":
            name = in_language(space, "name")
            found[f"space/{space['id']}"] = f"{name} ({space['code']})"
    return found


def scope_of(library: Json, text: str) -> str:
    """Return a scope that was sent if the library has it, else the library itself."""
    return text if text in scope_names(library) else f"library/{library['id']}"
