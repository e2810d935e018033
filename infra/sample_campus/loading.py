"""What every part of the loader shares: hands, timeline, tally, and the day it is."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from infra.sample_campus import layout
from infra.sample_campus.hands import Hands
from infra.sample_campus.progress import Tally
from infra.sample_campus.timeline import Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Loading:
    """One loading: who acts, what is still to be done, what the rules made of what was done.

    `now` is the aware instant the loading was begun at; what is put on the timeline may lie before
    it and after it.
    """

    hands: Hands
    timeline: Timeline
    tally: Tally
    now: datetime

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the invented library."""
        return ZoneInfo(layout.campus()["library"]["timezone"])

    @property
    def today(self) -> date:
        """The day it is in the invented library."""
        return self.now.astimezone(self.zone).date()
