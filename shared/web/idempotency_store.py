"""Where answers are kept by Idempotency-Key: a row per caller and key, beside the effects."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Engine

from shared.kernel.clock import Clock
from shared.kernel.identifiers import lock_key

KEPT_FOR = timedelta(hours=24)

# The lock is tried and the row looked for in one round trip. The row may have been committed
# between the statement's snapshot and the lock; KEEP finds that out.
FIND = (
    "SELECT pg_try_advisory_xact_lock(%(lock)s), k.fingerprint, k.status, k.headers, k.body"
    " FROM (SELECT 1) AS one LEFT JOIN idempotency_key AS k"
    " ON k.caller = %(caller)s AND k.key = %(key)s"
)
KEEP = (
    "INSERT INTO idempotency_key (caller, key, fingerprint, status, headers, body, created_at)"
    " VALUES (%(caller)s, %(key)s, %(fingerprint)s, %(status)s, %(headers)s, %(body)s, %(now)s)"
    " ON CONFLICT DO NOTHING"
)
PURGE = "DELETE FROM idempotency_key WHERE created_at < %(before)s"


@dataclass(frozen=True, slots=True)
class KeyName:
    """A key belongs to its caller: another's equal key is another key."""

    caller: UUID
    key: str


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """What was answered, and to which request (its fingerprint)."""

    fingerprint: bytes
    status: int
    headers: Mapping[str, str]
    body: bytes


def find(connection: Connection, name: KeyName) -> tuple[bool, StoredAnswer | None]:
    """Return whether this transaction now holds the key's lock, and the answer kept under it."""
    lock = lock_key("idempotency", str(name.caller), name.key)
    parameters = {"lock": lock, "caller": name.caller, "key": name.key}
    row = connection.exec_driver_sql(FIND, parameters).one()
    held, fingerprint, status, headers, body = row
    if fingerprint is None:
        return held, None
    kept = msgspec.json.decode(headers, type=dict[str, str])
    return held, StoredAnswer(bytes(fingerprint), status, kept, bytes(body))


def keep(connection: Connection, name: KeyName, answer: StoredAnswer, *, now: datetime) -> bool:
    """Keep an answer in this transaction; False when one is kept already."""
    row = {
        "caller": name.caller,
        "key": name.key,
        "fingerprint": answer.fingerprint,
        "status": answer.status,
        "headers": msgspec.json.encode(answer.headers).decode(),
        "body": answer.body,
        "now": now,
    }
    return connection.exec_driver_sql(KEEP, row).rowcount == 1


def purge(engine: Engine, *, clock: Clock) -> int:
    """Forget keys older than 24 hours and return how many; run it every few minutes as a job."""
    with engine.begin() as connection:
        before = clock.now() - KEPT_FOR
        return connection.exec_driver_sql(PURGE, {"before": before}).rowcount
