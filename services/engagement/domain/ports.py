"""What engagement's commands need from the world."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import TracebackType
from typing import Protocol, Self
from uuid import UUID
from zoneinfo import ZoneInfo

from services.engagement.domain.act import Act
from services.engagement.domain.points import Account, EarningAct, PointsRule
from services.engagement.domain.points_rules import NamedRule
from services.engagement.domain.projection.surroundings import FactRows, Row
from services.engagement.domain.segment import Description
from services.engagement.domain.suggestion import Answer, Suggestion, Support
from services.engagement.domain.term import Term
from shared.contracts.domain_event import DomainEvent


@dataclass(frozen=True, slots=True)
class Gathered:
    """A thread's acts with its library's zone (None: not told) and its person's history."""

    acts: Sequence[Act]
    zone: str | None
    history: Sequence[Description]


class Ledger(Protocol):
    """The append-only ledger of acts."""

    def lock(self) -> None:
        """Wait for the turn to write; held until the transaction ends."""
        ...

    def append(self, act: Act, institution_zone: ZoneInfo) -> bool:
        """Wait for the turn to write, and keep an act; False when it was there already."""
        ...

    def gather(self, thread: str) -> Gathered:
        """Return the acts of a thread, and what is known now of its library and its person."""
        ...

    def threads(self, kinds: Iterable[str]) -> Iterator[tuple[str, Sequence[Act]]]:
        """Return every thread of these kinds with its acts."""
        ...


class Facts(Protocol):
    """The facts projected from the ledger."""

    def zone_of(self, library_id: UUID) -> str | None:
        """Return the library's IANA zone as last told by a space, or None."""
        ...

    def replace(self, thread: str, rows: FactRows) -> None:
        """Put these rows where the thread's facts were."""
        ...

    def threads_of_person(self, pseudonym: str, since: datetime | None) -> Sequence[str]:
        """Return the threads with facts about a person from a quarter hour on."""
        ...

    def threads_of_library(self, library_id: UUID) -> Sequence[str]:
        """Return the threads whose facts are placed in a library's days."""
        ...

    def clear(self) -> None:
        """Forget all facts."""
        ...

    def zones(self) -> Mapping[UUID, str]:
        """Return the zone of every library a space has told of."""
        ...

    def histories(self) -> Mapping[str, Sequence[Description]]:
        """Return what was said of everybody."""
        ...

    def add(self, name: str, rows: Sequence[Row]) -> None:
        """Insert rows of threads that have no facts yet."""
        ...


class Points(Protocol):
    """The double-entry ledger of points."""

    def account_of(self, pseudonym: str) -> Account:
        """Return the person's account, opened if need be, locked until the transaction ends."""
        ...

    def rules_on(self, day: date, act_type: str) -> Sequence[PointsRule]:
        """Return the rules in force on a day for a type of act."""
        ...

    def acts_of_day(
        self, pseudonym: str, rule: PointsRule, day: date, account: Account
    ) -> Sequence[EarningAct]:
        """Return a person's acts of a day with what each has earned under a rule."""
        ...

    def award(self, account: Account, rule: PointsRule, act: EarningAct, now: datetime) -> UUID:
        """Write an award; return the person's entry."""
        ...

    def void(self, account: Account, rule: PointsRule, act: EarningAct, now: datetime) -> UUID:
        """Write the compensation of the act's award; return the person's entry."""
        ...

    def choose(self, account: Account, *, opted_out: bool, now: datetime) -> None:
        """Keep a person's choice to take part in points or not."""
        ...


class PointsRules(Protocol):
    """The rules of points; every version stays."""

    def lock_versions(self, code: str) -> Sequence[PointsRule]:
        """Return all versions of a rule; nobody else publishes one until the transaction ends."""
        ...

    def publish(self, published: NamedRule) -> None:
        """Keep a version."""
        ...


class Suggestions(Protocol):
    """Suggestions and their supports."""

    def add(self, suggestion: Suggestion) -> None:
        """Keep a new suggestion."""
        ...

    def get(self, suggestion_id: UUID) -> Suggestion:
        """Return it locked until the transaction ends; raises SuggestionNotFound."""
        ...

    def add_support(self, support: Support) -> bool:
        """Keep a support and count it; False when this person already supports it."""
        ...

    def withdraw_support(
        self, suggestion_id: UUID, patron_id: UUID, now: datetime
    ) -> Support | None:
        """End a person's support and count it off; None when there is none."""
        ...

    def follow(self, suggestion_id: UUID, patron_id: UUID, now: datetime) -> None:
        """Keep that a person follows it; twice is once."""
        ...

    def unfollow(self, suggestion_id: UUID, patron_id: UUID) -> None:
        """Forget that a person follows it."""
        ...

    def answer(self, answer: Answer) -> None:
        """Keep an answer, and its stage as where the suggestion stands."""
        ...

    def listeners(self, suggestion_id: UUID) -> Sequence[UUID]:
        """Return who made, supports or follows it."""
        ...


class Terms(Protocol):
    """The calendar of terms."""

    def put(self, term: Term) -> None:
        """Keep a term in the place of one with its code; raises TermOverlaps."""
        ...

    def drop(self, library_id: UUID, code: str) -> bool:
        """Forget a term; False when there is none."""
        ...


class UnitOfWork(Protocol):
    """One transaction over all of them, and the messages about it."""

    @property
    def ledger(self) -> Ledger:
        """The ledger of acts."""
        ...

    @property
    def facts(self) -> Facts:
        """The facts."""
        ...

    @property
    def points(self) -> Points:
        """The points."""
        ...

    @property
    def points_rules(self) -> PointsRules:
        """The rules of points."""
        ...

    @property
    def suggestions(self) -> Suggestions:
        """The suggestions."""
        ...

    @property
    def terms(self) -> Terms:
        """The terms."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def publish(self, *messages: DomainEvent) -> None:
        """Say something to the other services."""
        ...

    def commit(self) -> None:
        """Keep state and messages."""
        ...
