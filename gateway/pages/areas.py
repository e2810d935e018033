"""Areas of work beyond a patron's own pages: who sees which, and the pages of each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gateway.domain.account import Account


@dataclass(frozen=True, slots=True)
class Entry:
    """A page in an area's row of links; `name` is asked for each time, in the page's language."""

    endpoint: str
    name: Callable[[], str]
    roles: frozenset[str] = frozenset()
    """Who sees it; nobody named: everybody who sees the area."""
    also: frozenset[str] = frozenset()
    """Further blueprints whose pages are reached from this one."""

    def holds(self, journey: str | None) -> bool:
        """Tell whether the pages of a blueprint belong to this entry."""
        return journey == self.endpoint.partition(".")[0] or journey in self.also


@dataclass(frozen=True, slots=True)
class Area:
    """The pages of one kind of work, for people with one of the roles.

    `own` is the role whose work it is: who has it begins here, others only come by.
    """

    code: str
    own: str
    name: Callable[[], str]
    roles: frozenset[str]
    entries: Sequence[Entry]

    def entries_for(self, account: Account) -> list[Entry]:
        """Return the pages this person may open."""
        return [
            entry
            for entry in self.entries
            if not entry.roles or not account.roles.isdisjoint(entry.roles)
        ]


def areas_for(account: Account | None, areas: Sequence[Area]) -> list[Area]:
    """Return the areas a person works in."""
    if account is None:
        return []
    return [area for area in areas if not account.roles.isdisjoint(area.roles)]


def main_area(account: Account | None, areas: Sequence[Area]) -> Area | None:
    """Return where a person's work begins, of the areas they work in."""
    if account is None or not areas:
        return None
    return next((area for area in areas if area.own in account.roles), areas[0])


def area_of(journey: str | None, areas: Sequence[Area]) -> Area | None:
    """Return the area a page's blueprint belongs to."""
    return next(
        (area for area in areas if any(entry.holds(journey) for entry in area.entries)), None
    )
