"""For whom staff reserve: a person chosen at the desk, until they have booked or say otherwise."""

from uuid import UUID

from flask import g, session

from gateway.pages import visitor
from gateway.pages.people_directory import names_of
from gateway.pages.staff.at_work import STAFF_ROLES
from gateway.queries.people import Person

SESSION_KEY = "on_behalf"


def begin(person: Person) -> None:
    """Reserve for this person from now on, on the pages everybody uses."""
    session[SESSION_KEY] = str(person.patron_id)
    g.pop(SESSION_KEY, None)


def end() -> None:
    """Reserve for oneself again."""
    session.pop(SESSION_KEY, None)
    g.pop(SESSION_KEY, None)


def whom() -> Person | None:
    """Return for whom the visitor reserves, if not for themselves; asked once per request."""
    if SESSION_KEY not in session:
        return None
    if SESSION_KEY not in g:
        setattr(g, SESSION_KEY, _chosen(session[SESSION_KEY]))
    found: Person | None = getattr(g, SESSION_KEY)
    return found


def _chosen(patron_id: str) -> Person | None:
    account = visitor.account_or_none()
    if account is None or account.roles.isdisjoint(STAFF_ROLES):
        return None
    return names_of([UUID(patron_id)]).get(patron_id)
