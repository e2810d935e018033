"""Take over a file of spaces, row by row: new ones are added, known codes changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from services.booking.commands.define_space import DefineSpace, define_space
from services.booking.domain.actor import Actor
from services.booking.domain.inventory_ports import InventoryUnitOfWork
from services.booking.domain.space import Space
from services.booking.domain.spaces_file import OutOfUse, SpaceRow, ZoneUnknown, read_rows
from shared.kernel.clock import Clock
from shared.kernel.refusal import Refusal

ADDED, CHANGED, UNCHANGED, REFUSED = OUTCOMES = ("added", "changed", "unchanged", "refused")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSpaces:
    """Into which library, the file's text, its zones by code (one that is not unique is none)."""

    library_id: UUID
    text: str
    zones: Mapping[str, UUID]
    actor: Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedSpace:
    """What became of a row: added, changed, unchanged, or refused for a reason."""

    line: int
    code: str
    outcome: str
    refusal: Refusal | None = None


def import_spaces(
    command: ImportSpaces, *, uow: InventoryUnitOfWork, clock: Clock
) -> list[ImportedSpace]:
    """Return what became of each row; one that is refused keeps no other from being taken.

    A known space keeps its place on the plan; one out of use is left alone. Raises FileUnreadable,
    TooManyRows, NotAllowed.
    """
    command.actor.insist_serves(command.library_id)
    rows = read_rows(command.text)
    with uow:
        known = {space.code: space for space in uow.inventory.spaces_of(command.library_id)}
    report = []
    for row in rows:
        before = known.get(row.code)
        try:
            space = _take(row, before, command, uow, clock)
        except Refusal as refusal:
            done = ImportedSpace(line=row.line, code=row.code, outcome=REFUSED, refusal=refusal)
        else:
            known[row.code] = space
            done = ImportedSpace(line=row.line, code=row.code, outcome=_outcome(before, space))
        report.append(done)
    return report


def _take(
    row: SpaceRow,
    before: Space | None,
    command: ImportSpaces,
    uow: InventoryUnitOfWork,
    clock: Clock,
) -> Space:
    zone_id = command.zones.get(row.zone)
    if zone_id is None:
        raise ZoneUnknown(zone=row.zone)
    wanted = DefineSpace(
        zone_id=zone_id,
        code=row.code,
        name_zh=row.name_zh,
        name_en=row.name_en,
        space_type=row.space_type,
        space_kind=row.space_kind,
        capacity=row.capacity,
        features=row.features,
        accessible=row.accessible,
        plan=before.plan if before else None,
        space_id=before.id if before else None,
    )
    if before is not None and not before.in_use:
        raise OutOfUse(code=row.code)
    return define_space(wanted, uow=uow, clock=clock)


def _outcome(before: Space | None, space: Space) -> str:
    if before is None:
        return ADDED
    return UNCHANGED if before == space else CHANGED
