"""A term: the weeks a library thinks in."""

import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.engagement.domain import errors
from services.engagement.domain.disclosure import Period

MOST_DAYS = 371
NAME_LENGTH = 80
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}")
"""What stands for a term in an address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """From a Monday to a Sunday, both included; no two of a library share a day."""

    library_id: UUID
    code: str
    name_zh: str
    name_en: str
    first_day: date
    last_day: date

    def check(self) -> None:
        """Raise TermCodeMalformed; PeriodInvalid, PeriodNotWholeWeeks for days of no figure."""
        if not CODE.fullmatch(self.code):
            raise errors.TermCodeMalformed
        if not 0 <= (self.last_day - self.first_day).days < MOST_DAYS:
            raise errors.PeriodInvalid(most_days=MOST_DAYS)
        period = Period(self.first_day, self.last_day)
        if not period.is_whole_weeks:
            weeks = period.weeks_around
            raise errors.PeriodNotWholeWeeks(
                first=weeks.first_day.isoformat(), last=weeks.last_day.isoformat()
            )
