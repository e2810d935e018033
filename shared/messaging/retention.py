"""How long messages are kept once they are said or heard: for good, unless the operator says less.

The outbox is the service's log, from which others catch up and rebuild; the inbox is what makes a
message heard twice harmless. What is counted is the time since the *latest* message of the same
kind, not since now: after an outage of whatever length, what comes again is still known.
"""

from dataclasses import dataclass
from typing import Self

from sqlalchemy import Engine

from shared.kernel.settings import SettingError, read_number

BATCH = 5000
MOST_DAYS = 36_500
# The desk tries for minutes, a broker hands out again what a hung consumer held for half an hour;
# a week is what a restored backup or a forgotten replica may lag behind the others.
LEAST_INBOX_DAYS = 7

# The last number stays: the relay counts on from it.
FORGET_SAID = """
DELETE FROM outbox WHERE position IN (
    SELECT position FROM outbox
    WHERE published_at < (SELECT max(published_at) FROM outbox) - make_interval(days => %(days)s)
      AND sequence < (SELECT max(sequence) FROM outbox)
    ORDER BY position LIMIT %(most)s
)
"""
# What lies beyond a gap stays: the search for missing messages counts it.
FORGET_HEARD = """
WITH latest AS (SELECT source, max(heard_at) AS heard_at FROM inbox GROUP BY source)
DELETE FROM inbox WHERE (source, id) IN (
    SELECT inbox.source, inbox.id FROM inbox
    JOIN latest USING (source)
    LEFT JOIN heard_through USING (source)
    WHERE inbox.heard_at < latest.heard_at - make_interval(days => %(days)s)
      AND (inbox.sequence <= heard_through.complete_to) IS NOT FALSE
    LIMIT %(most)s
)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """Days for which messages said and heard are kept; 0 keeps them for good."""

    outbox_days: int = 0
    inbox_days: int = 0

    def __post_init__(self) -> None:
        """Refuse an inbox that forgets what may come again, with SettingError."""
        if 0 < self.inbox_days < LEAST_INBOX_DAYS:
            msg = (
                f"The setting ATRIUM_INBOX_KEEP_DAYS must be 0 (for good) or at least "
                f"{LEAST_INBOX_DAYS}, not {self.inbox_days}: a message that comes again after it "
                "was forgotten would count twice."
            )
            raise SettingError(msg)

    @classmethod
    def from_environment(cls) -> Self:
        """Read the settings; raises SettingError when one makes no sense."""
        return cls(
            outbox_days=read_number("OUTBOX_KEEP_DAYS", 0, most=MOST_DAYS),
            inbox_days=read_number("INBOX_KEEP_DAYS", 0, most=MOST_DAYS),
        )


def forget_old_messages(engine: Engine, retention: Retention) -> int:
    """Delete what is older than it is kept for, a batch at a time; return how many rows.

    Nothing goes that the broker does not have yet, and never the last number given.
    """
    gone = 0
    for days, statement in (
        (retention.outbox_days, FORGET_SAID),
        (retention.inbox_days, FORGET_HEARD),
    ):
        while days:
            with engine.begin() as connection:
                values = {"days": days, "most": BATCH}
                deleted = connection.exec_driver_sql(statement, values).rowcount
            gone += deleted
            if deleted < BATCH:
                break
    return gone
