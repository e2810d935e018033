"""From the acts of one thread to its facts."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from services.engagement.domain.act import Act
from services.engagement.domain.projection import (
    activities,
    master_data,
    participation,
    refusals,
    stays,
)
from services.engagement.domain.projection.surroundings import FactRows, Surroundings
from services.engagement.domain.threads import kind_of

Fold = Callable[[Sequence[Act], Surroundings], FactRows]

FIRST: Mapping[str, Fold] = MappingProxyType(
    {"space": master_data.fold_space, "person": master_data.fold_person}
)
"""What other facts lean on; a rebuild makes these first."""

FOLDS: Mapping[str, Fold] = MappingProxyType(
    {
        **FIRST,
        "capacity": master_data.fold_capacity,
        "population": master_data.fold_population,
        "stay": stays.fold_stay,
        "library_event": activities.fold_library_event,
        "registration": activities.fold_registration,
        "attendance": activities.fold_attendance,
        "suggestion": participation.fold_suggestion,
        "support": participation.fold_support,
        "refusal": refusals.fold_refusal,
    }
)
"""Acts of other threads (room requests, points) are kept, but make no facts."""

TABLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "space": ("space",),
        "person": ("segment",),
        "capacity": ("capacity_day",),
        "population": ("population", "faculty_name"),
        "stay": ("stay", "participation_act"),
        "library_event": ("library_event",),
        "registration": ("registration",),
        "attendance": ("attendance", "participation_act"),
        "suggestion": ("participation_act",),
        "support": ("participation_act",),
        "refusal": ("refusal",),
    }
)
"""Which tables the facts of a thread live in."""


def project(acts: Sequence[Act], around: Surroundings) -> FactRows:
    """Return the facts of one thread.

    A pure function of the set of acts: their order of arrival cannot matter, nor hearing one twice.
    """
    ordered = sorted(acts, key=lambda act: act.order)
    fold = FOLDS.get(kind_of(ordered[0].thread))
    return {} if fold is None else fold(ordered, around)
