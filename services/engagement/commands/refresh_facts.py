"""Make the facts of a thread anew from its acts, and of whatever leans on them."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from services.engagement.domain.act import Act
from services.engagement.domain.ports import UnitOfWork
from services.engagement.domain.projection.project import FOLDS, project
from services.engagement.domain.projection.surroundings import FactRows, Surroundings
from services.engagement.domain.segment import unsettled_from
from services.engagement.domain.threads import kind_of


def refresh_facts(act: Act, *, uow: UnitOfWork, institution_zone: ZoneInfo) -> FactRows:
    """Bring facts up to date with an act just kept; return its thread's rows.

    Costs one fold of the act's own thread, except when somebody's past or a library's time zone
    turns out otherwise than believed: then every thread this touches is folded again.
    """
    kind = kind_of(act.thread)
    if kind not in FOLDS:
        return {}
    library_id = act.library_id if kind == "space" else None
    zone_before = None if library_id is None else uow.facts.zone_of(library_id)
    rows = fold_thread(act.thread, uow=uow, institution_zone=institution_zone)
    for thread in _leaning_on(act, rows, zone_before, uow):
        fold_thread(thread, uow=uow, institution_zone=institution_zone)
    return rows


def _leaning_on(
    act: Act, rows: FactRows, zone_before: str | None, uow: UnitOfWork
) -> Sequence[str]:
    kind = kind_of(act.thread)
    if kind == "person" and act.pseudonym is not None:
        told = [
            (row["told_at"], row["told_sequence"], str(row["message_id"]))
            for row in rows["segment"]
        ]
        return uow.facts.threads_of_person(act.pseudonym, unsettled_from(told, act.told_at))
    if kind == "space" and act.library_id is not None:
        changed = uow.facts.zone_of(act.library_id) != zone_before
        return uow.facts.threads_of_library(act.library_id) if changed else ()
    return ()


def fold_thread(thread: str, *, uow: UnitOfWork, institution_zone: ZoneInfo) -> FactRows:
    """Replace the facts of one thread; return them."""
    gathered = uow.ledger.gather(thread)
    around = Surroundings(
        library_zone=institution_zone if gathered.zone is None else ZoneInfo(gathered.zone),
        institution_zone=institution_zone,
        history=gathered.history,
    )
    rows = project(gathered.acts, around)
    uow.facts.replace(thread, rows)
    return rows
