"""What became of each row of a list of people."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.kernel.refusal import Violation

OUTCOMES = ("created", "changed", "unchanged", "refused")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedRow:
    """One row's outcome; a violation's `field` number is the column it is about."""

    line: int
    number: str
    outcome: str
    patron_id: UUID | None = None
    violations: Sequence[Violation] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleImport:
    """The report of one import. It holds numbers and reasons, never names."""

    import_id: UUID
    imported_by: UUID | None
    file_name: str
    imported_at: datetime
    rows: Sequence[ImportedRow]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many rows came to each outcome."""
        found = Counter(row.outcome for row in self.rows)
        return {outcome: found[outcome] for outcome in OUTCOMES}
