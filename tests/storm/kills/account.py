"""The account after a storm: what clients were told, beside what the databases hold.

Counted anew from rows, by code that shares nothing with the services' own.
"""

import hashlib
import hmac
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from shared.contracts.catalogue import LISTENERS, SERVICES
from tests.storm.kills.record import Record
from tests.support.running_platform import RunningPlatform

RESERVATIONS = (
    "SELECT id, patron_id, space_id, status, lower(during) AS starts_at, lower(held) AS held_from,"
    " upper(held) AS held_until, checked_in_at FROM reservation WHERE library_id = :library"
)
TOLD_OF = (
    "SELECT type, data->>'reservation_id' AS id FROM act"
    " WHERE type LIKE 'booking.reservation.%' AND library_id = :library"
    " AND data ? 'reservation_id'"
)
POINTS = (
    "SELECT a.pseudonym, sum(e.amount) AS points FROM points_entry e JOIN points_account a"
    " ON a.id = e.account_id WHERE a.pseudonym IS NOT NULL GROUP BY a.pseudonym"
)
UNBALANCED = (
    "SELECT (SELECT coalesce(sum(amount), 0) FROM points_entry) AS balance,"
    " (SELECT count(*) FROM (SELECT 1 FROM points_entry GROUP BY transaction_id"
    " HAVING sum(amount) <> 0) AS lopsided) AS lopsided"
)
SUPPORTS = "SELECT suggestion_id, patron_id, supported_at, withdrawn_at FROM suggestion_support"
OUTBOX = "SELECT id, type, sequence, published_at FROM outbox"
ACTIVE = {"confirmed", "checked_in", "away"}
SAID_IN = {
    "confirmed": ("confirmed",),
    "checked_in": ("confirmed", "checked_in"),
    "cancelled": ("confirmed", "cancelled"),
}
CHECK_IN, SUGGESTION, SUPPORT = (2, 4), (3, 6), (1, 5)  # points for each, and most a day
SHANGHAI_HOURS = 8
FAILURES = {"500", "501", "502", "504"}  # "not available just now" is 503 and honest


@dataclass
class Four:
    """Jepsen's four counters, each with what it counted."""

    lost: list[str] = field(default_factory=list)
    duplicated: list[str] = field(default_factory=list)
    unexpected: list[str] = field(default_factory=list)
    recovered: int = 0

    @property
    def clean(self) -> bool:
        return not (self.lost or self.duplicated or self.unexpected)

    def __str__(self) -> str:
        return (
            f"lost {len(self.lost)}, duplicated {len(self.duplicated)},"
            f" unexpected {len(self.unexpected)}, recovered {self.recovered}"
        )


@dataclass
class Account:
    """Bookings beside the clients' record, messages beside the outboxes, and what is at odds."""

    bookings: Four
    messages: Four
    odds: list[str]
    numbers: dict[str, int]

    @property
    def clean(self) -> bool:
        return self.bookings.clean and self.messages.clean and not self.odds

    def __str__(self) -> str:
        shown = [f"bookings: {self.bookings}", f"messages: {self.messages}", f"{self.numbers}"]
        for four in (self.bookings, self.messages):
            shown += [*four.lost[:5], *four.duplicated[:5], *four.unexpected[:5]]
        return "\n".join([*shown, *self.odds[:10]])


class Accountant:
    """Draws up accounts of one platform and one storm."""

    def __init__(self, platform: RunningPlatform, library_id: str, record: Record) -> None:
        self._platform = platform
        self._library = {"library": library_id}
        self._record = record

    def account(self) -> Account:
        """Read what there is now; a message on its way still counts as lost."""
        acts = Counter(
            (row.source, str(row.message_id))
            for row in self._rows("engagement", "SELECT source, message_id FROM act")
        )
        inboxes = {
            name: {(row.source, str(row.id)) for row in self._rows(name, "SELECT * FROM inbox")}
            for name in SERVICES
        }
        outboxes = {name: self._rows(name, OUTBOX) for name in SERVICES}
        reservations = self._rows("booking", RESERVATIONS, **self._library)
        points = {
            row.pseudonym: int(row.points) for row in self._rows("engagement", POINTS) if row.points
        }
        odds = [
            *two_owners(reservations),
            *unpublished(outboxes),
            *unheard(outboxes, inboxes),
            *self._parked(),
            *self._balance(),
            *self._ledger_of_reservations(reservations),
            *at_odds("points", points, self._points_due(reservations)),
            *self._supports(),
            *(f"unanswered: {one}" for one in self._record.unanswered),
            *(f"surprise: {one}" for one in self._record.surprises),
            *(f"answered {code}" for code in FAILURES & self._record.answers.keys()),
        ]
        return Account(
            bookings=self._bookings(reservations),
            messages=self._messages(acts, outboxes),
            odds=odds,
            numbers={
                "reservations": len(reservations),
                "acknowledged": len(self._record.held),
                "unanswered": len(self._record.unanswered),
                "messages": sum(len(rows) for rows in outboxes.values()),
                "acts": acts.total(),
                "points": sum(points.values()),
            },
        )

    def _bookings(self, reservations: list[Any]) -> Four:
        rows = {str(row.id): row for row in reservations}
        held = self._record.held
        four = Four(recovered=len(self._record.recovered_reservations))
        for one, told in held.items():
            row = rows.get(one)
            found = (str(row.patron_id), str(row.space_id), row.status) if row else None
            if one not in self._record.uncertain and found != (
                told.patron_id,
                told.space_id,
                told.state,
            ):
                four.lost.append(f"acknowledged {one} as {told}, found {found}")
        wishes = Counter((row.patron_id, row.space_id, row.starts_at) for row in reservations)
        four.duplicated += [f"{n} for one wish: {wish}" for wish, n in wishes.items() if n > 1]
        if not self._record.unanswered:
            four.unexpected += [f"nobody was told of {one}" for one in rows.keys() - held.keys()]
        return four

    def _messages(self, acts: Counter[Any], outboxes: dict[str, list[Any]]) -> Four:
        said = {
            (f"/atrium/{name}", str(row.id)): row.type
            for name, rows in outboxes.items()
            for row in rows
        }
        confirmed = "booking.reservation.confirmed.v1"
        told_of = self._rows("engagement", TOLD_OF, **self._library)
        return Four(
            lost=[f"{said[one]} {one}" for one in said.keys() - acts.keys()],
            duplicated=[f"{n} times {one}" for one, n in acts.items() if n > 1],
            unexpected=[str(one) for one in acts.keys() - said.keys()],
            recovered=sum(
                row.type == confirmed and row.id in self._record.recovered_reservations
                for row in told_of
            ),
        )

    def _ledger_of_reservations(self, reservations: list[Any]) -> Iterator[str]:
        """Every reservation's story stands in the ledger once, and nothing else does."""
        due = Counter(
            (f"booking.reservation.{said}.v1", str(row.id))
            for row in reservations
            for said in SAID_IN.get(row.status, (row.status,))
        )
        kept = Counter(
            (row.type, row.id) for row in self._rows("engagement", TOLD_OF, **self._library)
        )
        yield from at_odds("ledger", kept, due)

    def _points_due(self, reservations: list[Any]) -> dict[str, int]:
        """What rows say everybody has earned: so much for each act, up to the day's most."""
        suggestions = self._rows("engagement", "SELECT author_id, submitted_at FROM suggestion")
        supports = self._rows("engagement", SUPPORTS)
        earned: dict[UUID, int] = defaultdict(int)
        for (each, most), acts in (
            (CHECK_IN, [(r.patron_id, r.checked_in_at) for r in reservations if r.checked_in_at]),
            (SUGGESTION, [(row.author_id, row.submitted_at) for row in suggestions]),
            (SUPPORT, [(r.patron_id, r.supported_at) for r in supports if not r.withdrawn_at]),
        ):
            for (patron_id, _), times in Counter((who, day_of(at)) for who, at in acts).items():
                earned[patron_id] += min(each * times, most)
        key = self._platform.process.secret("pseudonym-key").strip().encode()
        return {
            hmac.new(key, patron_id.bytes, hashlib.sha256).hexdigest(): points
            for patron_id, points in earned.items()
        }

    def _supports(self) -> Iterator[str]:
        standing, withdrawn = set(), set()
        for row in self._rows("engagement", SUPPORTS):
            pair = str(row.suggestion_id), str(row.patron_id)
            (withdrawn if row.withdrawn_at else standing).add(pair)
        suggested = {str(r.id) for r in self._rows("engagement", "SELECT id FROM suggestion")}
        if not self._record.unanswered:
            yield from (f"support at odds: {one}" for one in standing ^ self._record.supported)
            yield from (f"withdrawal at odds: {one}" for one in withdrawn ^ self._record.withdrawn)
            yield from (f"suggestion at odds: {one}" for one in suggested ^ self._record.suggested)

    def _balance(self) -> Iterator[str]:
        (row,) = self._rows("engagement", UNBALANCED)
        if row.balance or row.lopsided:
            yield f"points do not balance: {row}"

    def _parked(self) -> Iterator[str]:
        for name in SERVICES:
            for row in self._rows(name, "SELECT type, status, reason FROM parked_message"):
                yield f"{name} has parked {row}"

    def _rows(self, service: str, query: str, **values: str) -> list[Any]:
        try:
            with self._platform.engine(service).connect() as connection:
                return list(connection.execute(text(query), values))
        except OperationalError as error:
            raise AssertionError("the database is not back yet") from error


def day_of(instant: datetime) -> date:
    return (instant.astimezone(UTC) + timedelta(hours=SHANGHAI_HOURS)).date()


def two_owners(reservations: Iterable[Any]) -> Iterator[str]:
    """Sweep each space by start: an active reservation begins when the one before has ended."""
    spaces: dict[UUID, list[Any]] = defaultdict(list)
    for row in reservations:
        if row.status in ACTIVE:
            spaces[row.space_id].append(row)
    for rows in spaces.values():
        for before, after in pairwise(sorted(rows, key=lambda row: row.held_from)):
            if after.held_from < before.held_until:
                yield f"one slot, two owners: {before.id} and {after.id}"


def unpublished(outboxes: dict[str, list[Any]]) -> Iterator[str]:
    """Every message is numbered, without a gap, and published."""
    for name, rows in outboxes.items():
        numbers = sorted(row.sequence for row in rows if row.sequence is not None)
        if numbers != list(range(1, len(rows) + 1)):
            yield f"{name}'s sequence has gaps: {len(rows)} messages, {numbers[-3:]} last"
        if waiting := sum(row.published_at is None for row in rows):
            yield f"{name} has {waiting} messages not published"


def unheard(
    outboxes: dict[str, list[Any]], inboxes: dict[str, set[tuple[str, str]]]
) -> Iterator[str]:
    """Every listener has heard exactly what is for it."""
    for listener, heard in inboxes.items():
        types = {message.type for message in LISTENERS[listener]}
        meant = {
            (f"/atrium/{name}", str(row.id))
            for name, rows in outboxes.items()
            for row in rows
            if row.type in types
        }
        if odd := meant ^ heard:
            missing, extra = len(meant - heard), len(heard - meant)
            yield f"{listener}'s inbox: {missing} missing, {extra} not meant for it of {len(odd)}"


def at_odds(what: str, found: dict[Any, int], due: dict[Any, int]) -> Iterator[str]:
    for key in found.keys() | due.keys():
        if found.get(key, 0) != due.get(key, 0):
            yield f"{what} of {key}: {found.get(key, 0)} found, {due.get(key, 0)} due"
