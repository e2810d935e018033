"""An engagement database that messages can be told to, and asked for figures."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from services.engagement.commands.rebuild import rebuild
from services.engagement.commands.record_act import Institution, RecordAct, record_act
from services.engagement.domain.disclosure import HIDE_NOTHING
from services.engagement.domain.figure import Figure, ToldCell
from services.engagement.domain.pseudonyms import Pseudonyms
from services.engagement.persistence.fact_tables import FACT_TABLES
from services.engagement.persistence.unit_of_work import EngagementUnitOfWork
from services.engagement.queries.counted_acts import Page, acts_behind
from services.engagement.queries.export import metrics_export
from services.engagement.queries.figures import Disclosure, Question, figure_for
from shared.contracts.domain_event import DomainEvent
from shared.contracts.envelope import Envelope
from shared.kernel.clock import SetClock
from shared.persistence.transactions import OwnTransactions
from tests.support.engagement_builders import KEY, ZONE, Town, at

Said = tuple[DomainEvent, Envelope]
INSTITUTION = Institution(Pseudonyms(KEY.encode()), ZoneInfo(ZONE))


@dataclass
class Stage:
    engine: Engine
    clock: SetClock = field(default_factory=lambda: SetClock(at(12)))
    town: Town = field(default_factory=Town)

    def uow(self) -> EngagementUnitOfWork:
        return EngagementUnitOfWork(OwnTransactions(self.engine), clock=self.clock)

    def hear(self, said: Said) -> bool:
        message, envelope = said
        return record_act(
            RecordAct(message, envelope), uow=self.uow(), institution=INSTITUTION, clock=self.clock
        )

    def hear_all(self, messages: Iterable[Said]) -> None:
        for said in messages:
            self.hear(said)

    def tell(self, message: DomainEvent, told_at: datetime | None = None) -> Said:
        said = self.town.say(message, told_at or at(9))
        self.hear(said)
        return said

    def figure(
        self,
        metric_id: str,
        split: str | None = None,
        *,
        days: tuple[int, int] = (1, 30),
        library_id: UUID | None = None,
        hide_below: int = HIDE_NOTHING,
    ) -> Figure:
        question = _question(metric_id, split, days, library_id)
        with self.engine.connect() as connection:
            return figure_for(connection, question, _showing(hide_below))

    def parts(self, metric_id: str, **asked: Any) -> tuple[int | None, int | None]:
        told = self.whole(metric_id, **asked)
        return told.numerator, told.denominator

    def whole(self, metric_id: str, **asked: Any) -> ToldCell:
        (cell,) = self.figure(metric_id, **asked).cells
        return cell

    def acts(
        self, metric_id: str, split: str | None = None, *, cell: str | None = None, limit: int = 500
    ) -> list[dict[str, Any]]:
        question = _question(metric_id, split, (1, 30), None)
        with self.engine.connect() as connection:
            page = Page(cell=cell, limit=limit)
            found = acts_behind(connection, question, page, _showing(HIDE_NOTHING))
            return [dict(row) for row in found]

    def export(self) -> bytes:
        with self.engine.connect() as connection:
            return metrics_export(connection, date(2026, 11, 1), date(2026, 11, 30))

    def rebuild(self) -> int:
        return rebuild(uow=self.uow(), institution_zone=INSTITUTION.zone)

    def facts(self) -> dict[str, list[str]]:
        with self.engine.connect() as connection:
            return {
                table.name: sorted(
                    str(tuple(row))
                    for row in connection.exec_driver_sql(f"SELECT * FROM {table.name}")
                )
                for table in FACT_TABLES
            }

    def balances(self) -> dict[str, int]:
        with self.engine.connect() as connection:
            rows = connection.exec_driver_sql(
                "SELECT a.pseudonym, sum(e.amount)::int AS balance FROM points_account a"
                " JOIN points_entry e ON e.account_id = a.id GROUP BY a.id ORDER BY 1 NULLS FIRST"
            )
            return {row.pseudonym or "library": row.balance for row in rows}

    def rows(self, statement: str) -> list[Any]:
        with self.engine.connect() as connection:
            return list(connection.exec_driver_sql(statement))

    def clear(self) -> None:
        """Empty the database for another run; superusers alone may switch the triggers off."""
        with self.engine.begin() as connection:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            names = ", ".join(table.name for table in FACT_TABLES)
            connection.exec_driver_sql("DELETE FROM act; DELETE FROM outbox")
            for name in (*names.split(", "), "points_entry", "points_transaction"):
                connection.exec_driver_sql(f"DELETE FROM {name}")
            connection.exec_driver_sql("DELETE FROM points_account WHERE pseudonym IS NOT NULL")


def _showing(hide_below: int) -> Disclosure:
    return Disclosure(hide_below=hide_below, today=date(2026, 12, 1))


def _question(
    metric_id: str, split: str | None, days: tuple[int, int], library_id: UUID | None
) -> Question:
    return Question(
        metric_id=metric_id,
        first_day=date(2026, 11, days[0]),
        last_day=date(2026, 11, days[1]),
        split=split,
        library_id=library_id,
    )
