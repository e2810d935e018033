"""How far a database's migrations are, read without the second that importing alembic takes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_REVISION = re.compile(r"^revision\s*(?::[^=]*)?=\s*[\"']([^\"']+)", re.MULTILINE)
_DOWN_REVISION = re.compile(r"^down_revision\s*(?::[^=]*)?=\s*[\"']([^\"']+)", re.MULTILINE)

HAS_TABLE = "SELECT to_regclass('alembic_version') IS NOT NULL"
FOUND = "SELECT version_num FROM alembic_version ORDER BY version_num"


@dataclass(frozen=True, slots=True)
class Revisions:
    """The revisions a folder of migrations knows, and those no other one follows."""

    known: frozenset[str]
    newest: Sequence[str]

    def are_behind(self, found: Sequence[str]) -> bool:
        """Tell whether a database at these revisions lacks what this code needs.

        One we do not know is a newer program's: migrations only add, so that we can work with it.
        """
        return not found or (self.known.issuperset(found) and sorted(found) != self.newest)


def revisions_in(migrations: Path) -> Revisions:
    """Return what the files of a migrations folder say; nothing for a folder that is not there."""
    texts = [path.read_text("utf-8") for path in migrations.glob("versions/*.py")]
    known = {name for text in texts for name in _REVISION.findall(text)}
    followed = {name for text in texts for name in _DOWN_REVISION.findall(text)}
    return Revisions(frozenset(known), sorted(known - followed))
