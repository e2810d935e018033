"""Make the facts of a thread anew from its acts, and of whatever leans on them."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from services.engagement.domain.act import Act
from services.engagement.domain.ports import UnitOfWork
from services.engagement.domain.projection.project import FOLDS, project
from services.engagement.domain.projection.surroundings import FactRows, Surroundings
from services.engagement.domain.segment import Description, Segment, unsettled_from
from services.engagement.domain.threads import kind_of


def refresh_facts(act: Act, *, uow: UnitOfWork, institution_zone: ZoneInfo) -> FactRows:
    """Bring facts up to date with an act just kept; return its thread's rows.

    Costs one fold of the act's own thread, except when somebody's past or a library's time zone
    turns out otherwise than believed: then every thread this touches is folded again.
    """
    kind = kind_of(act.thread)
    if kind not in FOLDS:
        return {}
    zone_before = uow.facts.zone_of(act.library_id) if kind == "space" else None
    rows = fold_thread(act.thread, uow=uow, institution_zone=institution_zone)
    for thread in _leaning_on(act, kind, zone_before, uow):
        fold_thread(thread, uow=uow, institution_zone=institution_zone)
    return rows


def fold_thread(thread: str, *, uow: UnitOfWork, institution_zone: ZoneInfo) -> FactRows:
    """Replace the facts of one thread; return them."""
    return fold_acts(uow.ledger.of_thread(thread), uow=uow, institution_zone=institution_zone)


def fold_acts(acts: Sequence[Act], *, uow: UnitOfWork, institution_zone: ZoneInfo) -> FactRows:
    """Replace the facts of the thread these acts make up; return them."""
    first = acts[0]
    zone = uow.facts.zone_of(first.library_id)
    around = Surroundings(
        library_zone=institution_zone if zone is None else ZoneInfo(zone),
        institution_zone=institution_zone,
        history=uow.facts.history_of(first.pseudonym),
    )
    rows = project(acts, around)
    uow.facts.replace(first.thread, rows)
    return rows


def _leaning_on(act: Act, kind: str, zone_before: str | None, uow: UnitOfWork) -> Sequence[str]:
    if kind == "person" and act.pseudonym is not None:
        history = uow.facts.history_of(act.pseudonym)
        new = Description(act.told_at, Segment())
        return uow.facts.threads_of_person(act.pseudonym, unsettled_from(history, new))
    if kind == "space" and act.library_id is not None:
        changed = uow.facts.zone_of(act.library_id) != zone_before
        return uow.facts.threads_of_library(act.library_id) if changed else ()
    return ()
