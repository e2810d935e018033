"""A person's own points."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

ACCOUNT = (
    "SELECT a.opted_out, coalesce(sum(e.amount), 0) AS balance"
    " FROM points_account a LEFT JOIN points_entry e ON e.account_id = a.id"
    " WHERE a.pseudonym = %(pseudonym)s GROUP BY a.id"
)
ENTRIES = """
SELECT e.id, e.amount AS points, t.kind, t.rule_code, t.rule_version, t.source,
       t.message_id AS source_message_id, t.at, act.occurred_at, r.name_zh, r.name_en,
       (SELECT v.id FROM points_entry v WHERE v.transaction_id = t.voids
           AND v.account_id = e.account_id) AS voids_entry_id
FROM points_account a
JOIN points_entry e ON e.account_id = a.id
JOIN points_transaction t ON t.id = e.transaction_id
LEFT JOIN act ON act.source = t.source AND act.message_id = t.message_id
JOIN points_rule r ON r.code = t.rule_code AND r.version = t.rule_version
WHERE a.pseudonym = %(pseudonym)s
  AND (CAST(%(before)s AS uuid) IS NULL OR e.id < %(before)s)
ORDER BY e.id DESC LIMIT %(limit)s
"""
RULES = """
SELECT r.code, r.version, r.valid_from, r.act_type, r.amount, r.cap_per_day, r.condition,
       r.name_zh, r.name_en, r.version IS NOT DISTINCT FROM (
           SELECT max(begun.version) FROM points_rule begun
           WHERE begun.code = r.code AND begun.valid_from <= %(day)s) AS in_force
FROM points_rule r ORDER BY r.code, r.version
"""
UNBALANCED = (
    "SELECT transaction_id, sum(amount) AS amount FROM points_entry"
    " GROUP BY transaction_id HAVING sum(amount) <> 0 OR count(*) <> 2"
)


def account_of(connection: Connection, pseudonym: str) -> Mapping[Any, Any]:
    """Return the balance and whether the person opted out; who has no account has nothing."""
    row = connection.exec_driver_sql(ACCOUNT, {"pseudonym": pseudonym}).mappings().one_or_none()
    return row or {"opted_out": False, "balance": 0}


def entries_of(
    connection: Connection, pseudonym: str, *, before: UUID | None, limit: int
) -> Sequence[Mapping[Any, Any]]:
    """Return up to `limit` + 1 entries, newest first, each naming its rule and its message."""
    parameters = {"pseudonym": pseudonym, "before": before, "limit": limit + 1}
    return connection.exec_driver_sql(ENTRIES, parameters).mappings().all()


def rules(connection: Connection, day: date) -> Sequence[Mapping[Any, Any]]:
    """Return every version of every rule, and whether it is the one in force on a day."""
    return connection.exec_driver_sql(RULES, {"day": day}).mappings().all()


def unbalanced(connection: Connection) -> Sequence[Mapping[Any, Any]]:
    """Return transactions that are not two entries summing to zero; there are none."""
    return connection.exec_driver_sql(UNBALANCED).mappings().all()
