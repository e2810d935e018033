"""Who is asking, as far as the rules of activities care."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A signed-in person. Staff run every activity of their libraries (None: of all of them)."""

    patron_id: UUID
    organizer: bool = False
    staff: bool = False
    libraries: frozenset[UUID] | None = None

    def runs(self, organizer_id: UUID, library_id: UUID) -> bool:
        """Tell whether an activity of this organizer in this library is theirs to run."""
        if self.staff and (self.libraries is None or library_id in self.libraries):
            return True
        return self.organizer and self.patron_id == organizer_id
