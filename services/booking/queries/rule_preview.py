"""Hold what was reserved and refused lately, and what lies ahead, against a draft of the rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row

from services.booking.domain.ports import Terms
from services.booking.domain.reservation import COUNTED
from services.booking.domain.rule_preview import Case, Sandbox, Tally, by_person
from services.booking.domain.rulebook import Rulebook, in_force
from services.booking.persistence.catalogue import read_catalogue
from services.booking.persistence.rulebooks import SqlRulebooks
from services.booking.queries.inventory import known_library
from shared.kernel.refusal import NotFound
from shared.kernel.time_span import TimeSpan

MOST_CASES = 4000
"""The latest so many of each kind are looked at, so that a preview takes seconds at most."""
_FOUND = (
    "SELECT id, space_id, patron_id, during, party_size, created_at, status FROM reservation"
    " WHERE library_id = %(library_id)s AND purpose = 'patron' AND"
)
_LATEST = "ORDER BY created_at DESC LIMIT %(most)s"
# Two questions with an index each: either of them alone would read every reservation there was.
_RESERVATIONS = (
    "SELECT r.id, r.space_id, r.patron_id, coalesce(p.patron_class, '') AS patron_class,"
    " lower(r.during) AS starts_at, upper(r.during) AS ends_at, r.party_size, r.created_at,"
    f" r.status FROM (({_FOUND} created_at > %(since)s {_LATEST}) UNION ({_FOUND}"
    f" status IN ('confirmed', 'pending') AND lower(during) > %(now)s {_LATEST})) AS r"
    f" LEFT JOIN patron AS p USING (patron_id) {_LATEST}"
)
_REFUSALS = (
    "SELECT o.id, o.time, o.data, coalesce(p.patron_class, '') AS patron_class FROM outbox AS o"
    " LEFT JOIN patron AS p ON p.patron_id = (o.data ->> 'patron_id')::uuid"
    " WHERE o.type = 'booking.reservation.refused.v1' AND o.time > %(since)s"
    " AND o.data ->> 'library_id' = %(library)s ORDER BY o.time DESC, o.position DESC"
    " LIMIT %(most)s"
)
_KEPT_FROM = (
    "SELECT time FROM outbox WHERE sequence > 1"
    " AND NOT EXISTS (SELECT FROM outbox WHERE sequence = 1) ORDER BY sequence LIMIT 1"
)
"""Since when messages are kept; no row when none was ever let go: the first is number 1."""
_COUNTED = frozenset(status.value for status in COUNTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """Whom the draft touches: ahead, and had it been in force over the last days."""

    spaces: int
    days: int
    ahead: Tally
    refused: Tally
    allowed: Tally
    complete: bool
    """Whether everything was looked at: not only the latest MOST_CASES, nor only what is kept."""
    looked_from: datetime
    """The instant since which everything was looked at; `days` ago when complete."""


def preview(connection: Connection, draft: Rulebook, *, days: int, now: datetime) -> Preview:
    """Return what a draft would change, in a fixed number of queries; raises NotFound.

    Nothing is published. Quotas are counted over what was looked at.
    """
    scope = (draft.library_id, draft.scope_type, draft.scope_id)
    catalogue = read_catalogue(connection)
    known_library(catalogue, draft.library_id)
    if not SqlRulebooks(connection).scope_exists(*scope):
        raise NotFound(scope_type=draft.scope_type, scope_id=draft.scope_id)
    since = now - timedelta(days=days)
    asked = {
        "library_id": draft.library_id,
        "library": str(draft.library_id),
        "now": now,
        "since": since,
        "most": MOST_CASES,
    }
    rows = connection.exec_driver_sql(_RESERVATIONS, asked).all()
    refused = connection.exec_driver_sql(_REFUSALS, asked).all()
    kept_from = connection.exec_driver_sql(_KEPT_FROM).scalar_one_or_none()
    cut = [*_cut([row.created_at for row in rows]), *_cut([row.time for row in refused])]
    if kept_from is not None and kept_from > since:
        cut.append(kept_from)
    cases = {row.id: _case(row) for row in rows}
    sandbox = Sandbox(catalogue.terms, draft, now, by_person(cases.values()))
    ahead = (cases[row.id] for row in rows if _is_ahead(row, now))
    lately = (cases[row.id] for row in rows if row.created_at > since)
    return Preview(
        spaces=_spaces_under(draft, catalogue.terms, now),
        days=days,
        ahead=sandbox.newly_refused(ahead),
        refused=sandbox.newly_refused(lately),
        allowed=sandbox.newly_allowed(map(_refusal, refused)),
        complete=not cut,
        looked_from=max([since, *cut]),
    )


def _cut(latest_first: Sequence[datetime]) -> Sequence[datetime]:
    """Return since when a list is complete, if it may have been cut short."""
    return latest_first[-1:] if len(latest_first) >= MOST_CASES else ()


def _is_ahead(row: Row[Any], now: datetime) -> bool:
    return row.status in ("confirmed", "pending") and row.starts_at > now


def _case(row: Row[Any]) -> Case:
    return Case(
        id=row.id,
        space_id=row.space_id,
        patron_id=row.patron_id,
        patron_class=row.patron_class,
        span=TimeSpan(row.starts_at, row.ends_at),
        asked_at=row.created_at,
        party_size=row.party_size,
        counts=row.status in _COUNTED,
    )


def _refusal(row: Row[Any]) -> Case:
    said = row.data
    start, end = (datetime.fromisoformat(said[name]) for name in ("starts_at", "ends_at"))
    return Case(
        id=row.id,
        space_id=UUID(said["space_id"]),
        patron_id=UUID(said["patron_id"]),
        patron_class=row.patron_class,
        span=TimeSpan(start, end),
        asked_at=row.time,
        codes=frozenset(said["codes"]),
    )


def _spaces_under(draft: Rulebook, terms: Mapping[UUID, Terms], now: datetime) -> int:
    """Count the spaces where somebody would be under the draft."""
    return sum(
        one.space.library_id == draft.library_id and _holds(draft, one, now)
        for one in terms.values()
    )


def _holds(draft: Rulebook, terms: Terms, now: datetime) -> bool:
    books = (*terms.rulebooks, draft)
    return in_force(books, terms.space, draft.patron_class or "", now) is draft
