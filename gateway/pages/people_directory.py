"""Names for pages of those who work with people: asked once for all rows of a page."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from flask import abort

from gateway.domain.account import Account
from gateway.pages import visitor
from gateway.parts import current_parts
from gateway.queries.people import (
    DIRECTORY_ROLES,
    MOST_IDS,
    SHORTEST_BEGINNING,
    Person,
    people_beginning,
    people_by_ids,
)


def names_of(patron_ids: Iterable[UUID | str]) -> Mapping[str, Person]:
    """Return who these are, by id as text; raises 403 unless the visitor works with people.

    One query for every hundred people; ids nobody has are left out.
    """
    account = _who_works_with_people()
    wanted = sorted({UUID(str(patron_id)) for patron_id in patron_ids})
    engine = current_parts().engine
    found: dict[str, Person] = {}
    for first in range(0, len(wanted), MOST_IDS):
        some = wanted[first : first + MOST_IDS]
        for person in people_by_ids(engine, some, asked_by=account.patron_id):
            found[str(person.patron_id)] = person
    return found


def find_people(beginning: str) -> Sequence[Person]:
    """Return people whose number or name begins so; nobody for less than two characters."""
    account = _who_works_with_people()
    text = beginning.strip().replace("\x00", "")[:200]
    if len(text) < SHORTEST_BEGINNING:
        return []
    return people_beginning(current_parts().engine, text, asked_by=account.patron_id)


def the_one_called(text: str) -> Person | None:
    """Return who has this number, or this whole name alone; None for nobody or several."""
    wanted = text.strip()
    found = [one for one in find_people(wanted) if wanted in (one.number, one.display_name)]
    return found[0] if len(found) == 1 else None


def _who_works_with_people() -> Account:
    account = visitor.current_account()
    if account.roles.isdisjoint(DIRECTORY_ROLES):
        abort(403)
    return account
