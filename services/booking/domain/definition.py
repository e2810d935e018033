"""Defining a place anew: whose it is, which version was meant, and what becomes of it."""

from dataclasses import replace
from typing import TypeVar

from services.booking.domain.space import Floor, Library, Space, Zone
from shared.kernel.refusal import NotFound, VersionConflict

Place = TypeVar("Place", Library, Floor, Zone, Space)
InLibrary = Floor | Zone | Space


def insist_on_library(before: InLibrary | None, wanted: InLibrary) -> None:
    """Raise NotFound if the id is already that of a place in another library."""
    if before is not None and before.library_id != wanted.library_id:
        raise NotFound


def insist_on_version(before: Library | InLibrary | None, expected: int | None) -> None:
    """Raise VersionConflict unless it is at the version expected: 0 for none yet, None for any."""
    if expected not in (None, before.version if before else 0):
        raise VersionConflict


def following(before: Place | None, wanted: Place) -> Place:
    """Return the wanted place at its next version; at the one it has where nothing changes."""
    if before is None:
        return wanted
    unchanged = replace(wanted, version=before.version)
    return unchanged if unchanged == before else replace(wanted, version=before.version + 1)
