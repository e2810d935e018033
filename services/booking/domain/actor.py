"""Who acts: a person on what is theirs, or staff on what is their libraries'."""

from dataclasses import dataclass
from uuid import UUID

from services.booking.domain.reservation import Reservation
from shared.kernel.refusal import NotAllowed, NotFound


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, and whether they act as staff; `libraries` limits staff, None means all."""

    id: UUID
    staff: bool = False
    libraries: frozenset[UUID] | None = None

    def may_serve(self, library_id: UUID) -> bool:
        """Tell whether they are staff of this library."""
        return self.staff and (self.libraries is None or library_id in self.libraries)

    def insist_serves(self, library_id: UUID) -> None:
        """Raise NotAllowed unless they are staff of this library."""
        if not self.may_serve(library_id):
            raise NotAllowed

    def insist_sees(self, reservation: Reservation) -> None:
        """Raise NotFound unless it is theirs or their library's: others' are not even there."""
        if reservation.patron_id != self.id and not self.may_serve(reservation.library_id):
            raise NotFound(id=str(reservation.id))

    def capacity_towards(self, reservation: Reservation) -> str:
        """Return "patron" when they act on what is theirs, else "staff"."""
        return "patron" if reservation.patron_id == self.id else "staff"
