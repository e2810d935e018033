"""The rules of points in PostgreSQL, each version a row that stays."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection

from services.engagement.domain.points import PointsRule
from services.engagement.domain.points_rules import NamedRule
from shared.kernel.identifiers import lock_key

LOCK = "SELECT pg_advisory_xact_lock(%(key)s)"
VERSIONS = (
    "SELECT code, version, valid_from, act_type, amount, cap_per_day, condition"
    " FROM points_rule WHERE code = %(code)s ORDER BY version"
)
PUBLISH = """
INSERT INTO points_rule
    (code, version, valid_from, act_type, amount, cap_per_day, condition, name_zh, name_en)
VALUES (%(code)s, %(version)s, %(valid_from)s, %(act_type)s, %(amount)s, %(cap_per_day)s,
    %(condition)s::jsonb, %(name_zh)s, %(name_en)s)
"""


class SqlPointsRules:
    """Versions of rules; see domain/ports.py."""

    def __init__(self, connection: Connection) -> None:
        """Work on this connection."""
        self._connection = connection

    def lock_versions(self, code: str) -> Sequence[PointsRule]:
        """Return all versions of a rule; nobody else publishes one until the transaction ends."""
        self._connection.exec_driver_sql(LOCK, {"key": lock_key("points_rule", code)})
        rows = self._connection.exec_driver_sql(VERSIONS, {"code": code})
        return [PointsRule(**row) for row in rows.mappings()]

    def publish(self, published: NamedRule) -> None:
        """Keep a version."""
        rule = published.rule
        row = {
            "code": rule.code,
            "version": rule.version,
            "valid_from": rule.valid_from,
            "act_type": rule.act_type,
            "amount": rule.amount,
            "cap_per_day": rule.cap_per_day,
            "condition": msgspec.json.encode(rule.condition).decode(),
            "name_zh": published.name_zh,
            "name_en": published.name_en,
        }
        self._connection.exec_driver_sql(PUBLISH, row)
