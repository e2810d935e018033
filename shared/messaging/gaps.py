"""Notice messages that never came: each source counts what it says without gaps."""

import logging

from sqlalchemy import Engine

from shared.contracts.catalogue import LISTENERS, MESSAGES, SERVICES
from shared.contracts.envelope import source_of
from shared.kernel.identifiers import lock_key

log = logging.getLogger("atrium.messaging")

PATIENCE_SECONDS = 60  # a message may be late: on its way, or with a consumer that died

LOOK = """
WITH known AS (
    SELECT coalesce((SELECT complete_to FROM heard_through WHERE source = %(source)s), 0) AS upto
), heard AS (
    SELECT sequence FROM inbox, known WHERE source = %(source)s AND sequence > upto
    UNION
    SELECT sequence FROM parked_message, known WHERE source = %(source)s AND sequence > upto
), islands AS (
    SELECT sequence, sequence - row_number() OVER (ORDER BY sequence) AS island FROM heard
)
SELECT upto,
    coalesce((SELECT max(sequence) FROM islands WHERE island = upto), upto) AS complete_to,
    coalesce((SELECT max(sequence) FROM heard), upto) AS highest,
    (SELECT count(*) FROM heard) AS beyond
FROM known
"""
KEEP = """
INSERT INTO heard_through AS kept (source, complete_to, highest, missing, missing_since)
VALUES (%(source)s, %(complete_to)s, %(highest)s, %(missing)s,
    CASE WHEN %(missing)s > 0 THEN now() END)
ON CONFLICT (source) DO UPDATE SET complete_to = excluded.complete_to, highest = excluded.highest,
    missing = excluded.missing,
    missing_since = CASE WHEN excluded.missing > 0
        THEN coalesce(kept.missing_since, excluded.missing_since) END
RETURNING extract(epoch FROM now() - missing_since) AS missing_for
"""


def hears_everything(service: str) -> bool:
    """Tell whether a service listens to every message, so that it can notice a missing one."""
    return set(LISTENERS[service]) == set(MESSAGES)


def look_for_gaps(engine: Engine) -> dict[str, int]:
    """Return, per source, how many numbers below the highest heard are missing; log lasting ones.

    A parked message counts as heard. What lies beyond the highest number cannot be known here.
    """
    missing: dict[str, int] = {}
    for service in SERVICES:
        source = source_of(service)
        with engine.begin() as connection:
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (lock_key("gaps"),))
            seen = connection.exec_driver_sql(LOOK, {"source": source}).one()
            missing[source] = seen.highest - seen.upto - seen.beyond
            kept = connection.exec_driver_sql(
                KEEP,
                {
                    "source": source,
                    "complete_to": seen.complete_to,
                    "highest": seen.highest,
                    "missing": missing[source],
                },
            ).one()
        if kept.missing_for is not None and kept.missing_for > PATIENCE_SECONDS:
            log.error(
                "%s messages of %s after number %s have not come for %.0f s",
                missing[source],
                source,
                seen.complete_to,
                kept.missing_for,
            )
    return missing
