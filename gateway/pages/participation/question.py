"""What a manager asks: whole weeks of a library, of everybody or of one group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import request

from gateway.clients.space_directory import Places
from gateway.pages import codes, services
from gateway.pages.answers import day
from gateway.pages.faculty_names import faculty_names
from gateway.pages.language import gettext as _
from gateway.pages.wish import home_library
from gateway.pages.wording import in_language, today

Json = dict[str, Any]
WEEK = timedelta(weeks=1)
SUNDAY = timedelta(days=6)
WEEKS = {"last-week": 1, "4-weeks": 4, "12-weeks": 12}
USUAL = "4-weeks"
OWN = "own"
GROUPS = ("space_kind", "faculty", "level")
LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Which weeks, which library, and of whom: everybody, or one cell of a split."""

    period: str
    first: date
    last: date
    library: Json | None
    group: str | None = None
    cell: str | None = None
    refused: tuple[date, date] | None = None
    """Own dates the wrong way round, as they were typed: figures are of the usual weeks then."""

    @property
    def typed(self) -> tuple[date, date]:
        """Return the days that stand in the form."""
        return self.refused or (self.first, self.last)

    @property
    def asked(self) -> dict[str, str | None]:
        """Return the days and the library as the service is asked."""
        return {
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "library": self.library["id"] if self.library else None,
        }

    @property
    def only(self) -> str:
        """Return the group as one word of an address, empty for everybody."""
        return f"{self.group}:{self.cell}" if self.group else ""

    def address(self, **more: Any) -> dict[str, Any]:
        """Return the parameters that ask the same of another page."""
        same = {**self.asked, "period": self.period, "only": self.only or None}
        return {name: value for name, value in {**same, **more}.items() if value}

    def without_group(self) -> dict[str, Any]:
        """Return the parameters that ask the same of everybody."""
        return self.address(only=None)


def read_question(*, usual: str = USUAL) -> Question:
    """Read the question from the address; nonsense becomes the usual, days become whole weeks."""
    library = home_library(*_places_and_library())
    here = today(library["timezone"] if library else None)
    this_monday = monday_of(here)
    period = request.args.get("period", "")
    if not period:
        period = OWN if "from" in request.args or "to" in request.args else usual
    refused = _backwards() if period == OWN else None
    first, last = _days(usual if refused else period, this_monday, library)
    group, cell = _group(request.args.get("only", ""))
    return Question(
        period=period,
        first=first,
        last=last,
        library=library,
        group=group,
        cell=cell,
        refused=refused,
    )


def _backwards() -> tuple[date, date] | None:
    first, last = day("from", date.min), day("to", date.max)
    return (first, last) if first > last else None


def _places_and_library() -> tuple[Places, str | None]:
    """Return the inventory, read again for a library that it does not know yet."""
    places, asked = services.places(), request.args.get("library")
    if asked and asked not in places.libraries and places.newer:
        places = places.newer()
    return places, asked


def monday_of(found: date) -> date:
    """Return the Monday of a day's week."""
    return found - timedelta(days=found.weekday())


def _days(period: str, this_monday: date, library: Json | None) -> tuple[date, date]:
    last_sunday = this_monday - timedelta(days=1)
    if period.startswith("term:") and library:
        for term in terms(library):
            begins = date.fromisoformat(term["from"])
            if term["code"] == period.removeprefix("term:") and begins < this_monday:
                return begins, min(date.fromisoformat(term["to"]), last_sunday)
    if period == OWN:
        last = day("to", last_sunday)
        first = day("from", monday_of(last))
        return monday_of(first), monday_of(last) + SUNDAY
    return this_monday - WEEKS.get(period, WEEKS[USUAL]) * WEEK, last_sunday


def _group(only: str) -> tuple[str | None, str | None]:
    group, _separator, cell = only.partition(":")
    if group in GROUPS and 0 < len(cell) <= LONGEST:
        return group, cell
    return None, None


def terms(library: Json) -> Sequence[Json]:
    """Return the library's terms."""
    return services.engagement().terms(library["id"])


def period_choices(question: Question) -> Sequence[tuple[str, str]]:
    """Return the periods to choose from, with their names."""
    named = {
        "last-week": _("Last week"),
        "4-weeks": _("Last 4 weeks"),
        "12-weeks": _("Last 12 weeks"),
    }
    begun = today().isoformat()
    of_terms = [
        (f"term:{term['code']}", str(term["name"]))
        for term in reversed(terms(question.library) if question.library else [])
        if term["from"] <= begun
    ]
    return [*named.items(), *of_terms, (OWN, _("Own dates"))]


def group_choices() -> Mapping[str, Sequence[tuple[str, str]]]:
    """Return the groups to choose from, by what they are told apart by."""
    found = {
        "space_kind": codes.space_kinds().items(),
        "faculty": faculty_names().items(),
        "level": codes.levels().items(),
    }
    return {
        codes.splits()[split]: [(f"{split}:{code}", name) for code, name in words]
        for split, words in found.items()
        if words
    }


def library_choices() -> Sequence[tuple[str, str]]:
    """Return the libraries to choose from."""
    return [
        (library["id"], in_language(library, "name"))
        for library in services.places().bookable_libraries()
    ]
