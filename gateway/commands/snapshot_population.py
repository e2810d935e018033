"""Tell how many people the library serves, by faculty, level and year: the denominators."""

from dataclasses import asdict, dataclass
from datetime import date

from gateway.domain.ports import UnitOfWork
from shared.contracts.gateway import FacultyName, PopulationSnapshotted
from shared.kernel.clock import Clock
from shared.kernel.identifiers import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotPopulation:
    """The day the count is for; `again` replaces what was told of that day before."""

    day: date
    again: bool = False


def snapshot_population(
    command: SnapshotPopulation, *, uow: UnitOfWork, clock: Clock
) -> PopulationSnapshotted | None:
    """Count the active persons and tell the services; None when that day was told already."""
    with uow:
        snapshot = PopulationSnapshotted(
            snapshot_id=new_id(),
            day=command.day,
            segments=tuple(uow.accounts.population()),
            faculties=tuple(FacultyName(**asdict(faculty)) for faculty in uow.faculties.all()),
        )
        is_new = uow.population_days.claim(command.day, snapshot.snapshot_id, clock.now())
        if not (is_new or command.again):
            return None
        uow.publish(snapshot)
        uow.commit()
    return snapshot
