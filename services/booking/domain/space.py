"""The places of a library: floors, zones, and the spaces that can be reserved."""

import secrets
from dataclasses import dataclass, field
from typing import ClassVar
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from shared.contracts.booking import SpaceDefined
from shared.kernel.refusal import Refusal, Violation

SPACE_TYPES = ("room", "seat", "machine")
SPACE_KINDS = ("learning", "academic", "cultural", "creative")
MOST_PLACES = 10_000
SECRET_BYTES = 32
# In the database of zones, yet nowhere on earth; the first is another zone on every machine.
NO_PLACE = frozenset({"localtime", "Factory"})


class MakesNoSense(Refusal):
    """What was described cannot exist; the violations say why."""

    code: ClassVar[str] = "makes_no_sense"
    status: ClassVar[int] = 422


class CodeTaken(Refusal):
    """Something else of the same library has this code already."""

    code: ClassVar[str] = "code_taken"
    status: ClassVar[int] = 409


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """A library, its time zone, and its names in both languages."""

    id: UUID
    code: str
    name_zh: str
    name_en: str
    timezone: str
    version: int = 1

    @property
    def zone_info(self) -> ZoneInfo:
        """The rules of the library's wall clock."""
        return ZoneInfo(self.timezone)

    @property
    def known_by(self) -> tuple[str, str, str]:
        """What other services are told of it, with each of its spaces."""
        return (self.timezone, self.name_zh, self.name_en)

    def violations(self) -> list[Violation]:
        """Return what keeps this library from being a library."""
        found = _unnamed(self.code, self.name_zh, self.name_en)
        if self.timezone not in available_timezones() - NO_PLACE:
            found.append(Violation("unknown_timezone", {"timezone": self.timezone}))
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """A floor of a library; `level` orders floors from the ground up."""

    id: UUID
    library_id: UUID
    code: str
    name_zh: str
    name_en: str
    level: int
    version: int = 1

    def violations(self) -> list[Violation]:
        """Return what keeps this floor from being a floor."""
        return _unnamed(self.code, self.name_zh, self.name_en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A part of a floor; it may have opening hours of its own."""

    id: UUID
    library_id: UUID
    floor_id: UUID
    code: str
    name_zh: str
    name_en: str
    quiet: bool = False
    version: int = 1

    def violations(self) -> list[Violation]:
        """Return what keeps this zone from being a zone."""
        return _unnamed(self.code, self.name_zh, self.name_en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Where a space lies on its floor's plan, in decimetres from the north-west corner."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """A room, a seat or a machine: whatever one reservation can hold."""

    id: UUID
    library_id: UUID
    zone_id: UUID
    code: str
    name_zh: str
    name_en: str
    space_type: str
    space_kind: str
    capacity: int
    features: tuple[str, ...] = ()
    accessible: bool = False
    plan: Plan | None = None
    in_use: bool = True
    out_of_use_because: str | None = None
    secret: bytes = field(default=b"", repr=False)
    """What the check-in code is made from."""
    version: int = 1

    def violations(self) -> list[Violation]:
        """Return what keeps this space from being a space."""
        found = _unnamed(self.code, self.name_zh, self.name_en)
        if self.space_type not in SPACE_TYPES:
            found.append(Violation("unknown_space_type", {"space_type": self.space_type}))
        if self.space_kind not in SPACE_KINDS:
            found.append(Violation("unknown_space_kind", {"space_kind": self.space_kind}))
        if not 1 <= self.capacity <= MOST_PLACES:
            limits = {"capacity": self.capacity, "least": 1, "most": MOST_PLACES}
            found.append(Violation("capacity_out_of_range", limits))
        return found

    def described(self, library: Library) -> SpaceDefined:
        """Return the message that tells the other services how the space of this library is now."""
        return SpaceDefined(
            space_id=self.id,
            library_id=self.library_id,
            library_timezone=library.timezone,
            code=self.code,
            name_zh=self.name_zh,
            name_en=self.name_en,
            space_type=self.space_type,
            space_kind=self.space_kind,
            capacity=self.capacity,
            features=self.features,
            in_use=self.in_use,
            library_zh=library.name_zh,
            library_en=library.name_en,
        )


def new_secret() -> bytes:
    """Return a fresh secret for a space's check-in code."""
    return secrets.token_bytes(SECRET_BYTES)


def insist(violations: list[Violation]) -> None:
    """Raise MakesNoSense if there is anything to object."""
    if violations:
        raise MakesNoSense().because(violations)


def _unnamed(code: str, name_zh: str, name_en: str) -> list[Violation]:
    named = {"code": code, "name_zh": name_zh, "name_en": name_en}
    return [
        Violation("name_missing", {"field": field_name})
        for field_name, text in named.items()
        if not text.strip()
    ]
