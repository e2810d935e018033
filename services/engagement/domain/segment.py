"""The group a person belonged to at an instant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.engagement.domain.act import QUARTER_MINUTES

ToldAt = tuple[datetime, int, str]
"""When something was told, and what settles ties: see Act.told_at."""

QUARTER = timedelta(minutes=QUARTER_MINUTES)


@dataclass(frozen=True, slots=True)
class Segment:
    """Faculty, level and year of study; a person nobody described has none of them."""

    faculty: str | None = None
    level: str | None = None
    study_year: int | None = None


UNKNOWN = Segment()


@dataclass(frozen=True, slots=True)
class Description:
    """What the gateway said of a person, and its place in time (see Act.told_at)."""

    told_at: ToldAt
    segment: Segment


def segment_in(history: Sequence[Description], quarter: datetime) -> Segment:
    """Return the segment in a quarter hour: the last description told before its end.

    Facts keep quarter hours, so the end of the quarter stands for the act. A person first
    described after an act (a late import) gets that first description: better than no faculty at
    all, and the same whichever arrived first.
    """
    ordered = sorted(history, key=lambda description: description.told_at)
    told = [d for d in ordered if d.told_at[0] < quarter + QUARTER]
    if told:
        return told[-1].segment
    return ordered[0].segment if ordered else UNKNOWN


def unsettled_from(told: Sequence[ToldAt], new: ToldAt) -> datetime | None:
    """Return the quarter from which a new description may change facts; None: from the start.

    `told` are the places in time of all descriptions of the person, the new one included.
    """
    return None if min(told) == new else new[0] - QUARTER
