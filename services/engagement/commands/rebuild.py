"""Make all facts anew from the ledger of acts."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from services.engagement.domain.act import Act
from services.engagement.domain.ports import Facts, UnitOfWork
from services.engagement.domain.projection.project import FIRST, FOLDS, project
from services.engagement.domain.projection.surroundings import Row, Surroundings
from services.engagement.domain.segment import Description

BATCH = 1000


def rebuild(*, uow: UnitOfWork, institution_zone: ZoneInfo) -> int:
    """Replace every fact in one transaction; return how many threads were folded.

    Readers see the old facts until it commits; consumers wait for their turn at the ledger.
    """
    folded = 0
    with uow:
        uow.ledger.lock()
        uow.facts.clear()
        for kinds in (FIRST.keys(), FOLDS.keys() - FIRST.keys()):
            writer = _Writer(uow.facts, institution_zone)
            for _, acts in uow.ledger.threads(sorted(kinds)):
                writer.fold(acts)
                folded += 1
            writer.flush()
        uow.commit()
    return folded


class _Writer:
    """Folds threads with everything they lean on at hand, and writes rows in batches."""

    def __init__(self, facts: Facts, institution_zone: ZoneInfo) -> None:
        self._facts = facts
        self._institution_zone = institution_zone
        self._zones: Mapping[UUID, str] = facts.zones()
        self._histories: Mapping[str, Sequence[Description]] = facts.histories()
        self._waiting: dict[str, list[Row]] = {}

    def fold(self, acts: Sequence[Act]) -> None:
        first = acts[0]
        zone = None if first.library_id is None else self._zones.get(first.library_id)
        around = Surroundings(
            library_zone=self._institution_zone if zone is None else ZoneInfo(zone),
            institution_zone=self._institution_zone,
            history=self._histories.get(first.pseudonym or "", ()),
        )
        for table, rows in project(acts, around).items():
            waiting: list[Any] = self._waiting.setdefault(table, [])
            waiting.extend(rows)
            if len(waiting) >= BATCH:
                self._write(table)

    def flush(self) -> None:
        for table in list(self._waiting):
            self._write(table)

    def _write(self, table: str) -> None:
        if rows := self._waiting.pop(table, []):
            self._facts.add(table, rows)
