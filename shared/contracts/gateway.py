"""What the gateway tells the others: who exists, without saying who they are."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from shared.contracts.domain_event import DomainEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class PatronDescribed(DomainEvent):
    """A person's group memberships, as they are now. The last one said holds."""

    type: ClassVar[str] = "gateway.patron.described.v1"
    subject_field: ClassVar[str] = "patron_id"
    patron_id: UUID
    patron_class: str
    """undergraduate, postgraduate, academic or professional; rules may differ by it."""
    faculty: str
    level: str
    """bachelor, master, doctor or staff."""
    study_year: int | None = None
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PopulationSegment:
    """How many people share a faculty, a level and a year."""

    faculty: str
    level: str
    study_year: int | None
    headcount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FacultyName:
    """What the faculty of a code is called."""

    code: str
    name_zh: str
    name_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PopulationSnapshotted(DomainEvent):
    """How many people the library serves on a day, by segment: the denominators."""

    type: ClassVar[str] = "gateway.population.snapshotted.v1"
    subject_field: ClassVar[str] = "snapshot_id"
    snapshot_id: UUID
    day: date
    segments: tuple[PopulationSegment, ...]
    faculties: tuple[FacultyName, ...] = ()
    """The names the faculties have on that day; a code nobody has named is not among them."""
