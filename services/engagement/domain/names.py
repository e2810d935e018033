"""What the cells of a figure are called, in both languages side by side: for files that leave."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from uuid import UUID

from services.engagement.domain.figure import WHOLE

OWN_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "space_kind": {
            "learning": "学习 Learning",
            "academic": "学术 Academic",
            "cultural": "文化 Cultural",
            "creative": "创意 Creative",
        },
        "level": {
            "bachelor": "本科 Bachelor",
            "master": "硕士 Master",
            "doctor": "博士 Doctor",
            "staff": "教职工 Staff",
        },
    }
)
"""Words the house has itself, by split and cell."""

WITHOUT_SPLIT: Mapping[str, str] = MappingProxyType(
    {WHOLE: "全部 All", "unknown": "未知 Not known"}
)
"""Cells that may stand in any split."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names others have told: of libraries by id, of faculties by code."""

    libraries: Mapping[str, str] = field(default_factory=dict)
    faculties: Mapping[str, str] = field(default_factory=dict)

    def library(self, library_id: UUID | None) -> str:
        """Return what a library is called, its id while nobody has told, or that all are meant."""
        if library_id is None:
            return WITHOUT_SPLIT[WHOLE]
        return self.libraries.get(str(library_id), str(library_id))

    def cell(self, split: str | None, cell: str) -> str:
        """Return what a cell of a split is called; empty when it has no name besides itself."""
        told = {"library": self.libraries, "faculty": self.faculties, **OWN_WORDS}
        words = told.get(split or "", {})
        return words.get(cell) or WITHOUT_SPLIT.get(cell, "")
