"""Give a faculty its names."""

from dataclasses import dataclass

from gateway.domain.faculty import Faculty
from gateway.domain.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class NameFaculty:
    """A faculty as it shall be called; one of the same code is renamed."""

    faculty: Faculty


def name_faculty(command: NameFaculty, *, uow: UnitOfWork) -> None:
    """Keep the names; who belongs to the faculty does not change. Raises FacultyRejected."""
    command.faculty.check()
    with uow:
        uow.faculties.put(command.faculty)
        uow.commit()
