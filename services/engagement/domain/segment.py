"""The group a person belonged to at an instant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.engagement.domain.act import QUARTER_MINUTES

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

    told_at: tuple[datetime, int, str]
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


def unsettled_from(history: Sequence[Description], new: Description) -> datetime | None:
    """Return the quarter from which a new description may change facts; None: from the start."""
    first = min(history, key=lambda description: description.told_at)
    if first.told_at == new.told_at:
        return None
    return new.told_at[0] - QUARTER
