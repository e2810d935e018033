"""What a fold needs to know besides the acts of its thread."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from services.engagement.domain.act import Act, local_day, quarter_of
from services.engagement.domain.segment import Description, segment_in

Row = Mapping[str, Any]
FactRows = Mapping[str, Sequence[Row]]
"""Table name to rows; together they replace whatever the thread had before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The library's time zone, the institution's, and what is known of the thread's person.

    A library whose zone no space has told yet is taken to be in the institution's zone; its facts
    are folded again once it is told.
    """

    library_zone: ZoneInfo
    institution_zone: ZoneInfo
    history: Sequence[Description] = ()

    def placed(self, act: Act, instant: datetime) -> dict[str, Any]:
        """Return the columns that place a person's fact in time and in a segment."""
        quarter = quarter_of(instant)
        segment = segment_in(self.history, quarter)
        return {
            "thread": act.thread,
            "pseudonym": act.pseudonym,
            "faculty": segment.faculty,
            "level": segment.level,
            "study_year": segment.study_year,
            "quarter_hour": quarter,
            "local_day": self.day_of(instant),
        }

    def day_of(self, instant: datetime) -> date:
        """Return the library's day at an instant."""
        return local_day(instant, self.library_zone)

    def points_day_of(self, instant: datetime) -> date:
        """Return the institution's day: one person's caps must not depend on where they sat."""
        return local_day(instant, self.institution_zone)


def last_of(acts: Sequence[Act], *types: str) -> Act | None:
    """Return the last act of these types; `acts` are in order."""
    return next((act for act in reversed(acts) if act.type in types), None)
