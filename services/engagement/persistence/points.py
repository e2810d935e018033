"""The double-entry ledger of points in PostgreSQL."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from services.engagement.domain.points import (
    LIBRARY_ACCOUNT,
    Account,
    Award,
    EarningAct,
    PointsRule,
)
from shared.kernel.identifiers import new_id

# The update changes nothing; it takes the row's lock whether the account is new or old.
ACCOUNT = (
    "INSERT INTO points_account (id, pseudonym) VALUES (%(id)s, %(pseudonym)s)"
    " ON CONFLICT (pseudonym) DO UPDATE SET pseudonym = excluded.pseudonym"
    " RETURNING id, opted_out, opted_in_at"
)
RULES = (
    "SELECT DISTINCT ON (code) code, version, valid_from, act_type, amount, cap_per_day, condition"
    " FROM points_rule WHERE act_type = %(act_type)s AND valid_from <= %(day)s"
    " ORDER BY code, version DESC"
)
ACTS = """
SELECT p.source, p.message_id, p.quarter_hour, p.valid,
       p.space_kind, p.programme, t.id AS transaction_id, t.rule_version,
       e.id AS entry_id, e.amount, v.id IS NOT NULL AS voided
FROM participation_act p
LEFT JOIN points_transaction t ON t.source = p.source AND t.message_id = p.message_id
     AND t.rule_code = %(rule)s AND t.kind = 'award'
LEFT JOIN points_entry e ON e.transaction_id = t.id AND e.account_id = %(account)s
LEFT JOIN points_transaction v ON v.voids = t.id
WHERE p.pseudonym = %(pseudonym)s AND p.act_type = %(act_type)s AND p.points_day = %(day)s
"""
BOOK = """
WITH booked AS (
    INSERT INTO points_transaction
        (id, kind, rule_code, rule_version, source, message_id, voids, at)
    VALUES (%(id)s, %(kind)s, %(rule)s, %(version)s, %(source)s, %(message_id)s, %(voids)s, %(at)s)
    RETURNING id
)
INSERT INTO points_entry (id, transaction_id, account_id, amount)
SELECT entry.id, booked.id, entry.account, entry.amount FROM booked, (VALUES
    (CAST(%(gain)s AS uuid), CAST(%(person)s AS uuid), CAST(%(amount)s AS int)),
    (CAST(%(loss)s AS uuid), CAST(%(library)s AS uuid), -CAST(%(amount)s AS int))
) AS entry (id, account, amount)
"""
CHOOSE = (
    "UPDATE points_account SET opted_out = %(opted_out)s, opted_in_at = %(opted_in_at)s"
    " WHERE id = %(id)s"
)


class SqlPoints:
    """Accounts, transactions and entries; triggers keep them balanced and unchangeable."""

    def __init__(self, connection: Connection) -> None:
        """Work on this connection."""
        self._connection = connection

    def account_of(self, pseudonym: str) -> Account:
        """Return the person's account, opened if need be, locked until the transaction ends."""
        parameters = {"id": new_id(), "pseudonym": pseudonym}
        row = self._connection.exec_driver_sql(ACCOUNT, parameters).one()
        return Account(id=row.id, opted_out=row.opted_out, opted_in_at=row.opted_in_at)

    def rules_on(self, day: date, act_type: str) -> Sequence[PointsRule]:
        """Return the rules in force on a day for a type of act."""
        rows = self._connection.exec_driver_sql(RULES, {"act_type": act_type, "day": day})
        return [PointsRule(**row) for row in rows.mappings()]

    def acts_of_day(
        self, pseudonym: str, rule: PointsRule, day: date, account: Account
    ) -> Sequence[EarningAct]:
        """Return a person's acts of a day with what each has earned under a rule."""
        parameters = {
            "pseudonym": pseudonym,
            "rule": rule.code,
            "act_type": rule.act_type,
            "day": day,
            "account": account.id,
        }
        return [_earning_act(row) for row in self._connection.exec_driver_sql(ACTS, parameters)]

    def award(self, account: Account, rule: PointsRule, act: EarningAct, now: datetime) -> UUID:
        """Write an award; return the person's entry."""
        return self._write(
            account,
            rule.amount,
            {"kind": "award", "version": rule.version, "voids": None}
            | {"rule": rule.code, "source": act.source, "message_id": act.message_id, "at": now},
        )

    def void(self, account: Account, rule: PointsRule, act: EarningAct, now: datetime) -> UUID:
        """Write the compensation of the act's award; return the person's entry."""
        if act.award is None:
            raise ValueError("only an award can be voided")
        voided = {"version": act.award.rule_version, "voids": act.award.transaction_id}
        return self._write(
            account,
            -act.award.amount,
            {"kind": "void", **voided}
            | {"rule": rule.code, "source": act.source, "message_id": act.message_id, "at": now},
        )

    def _write(self, account: Account, amount: int, transaction: dict[str, Any]) -> UUID:
        entry_id = new_id()
        entries = {"gain": entry_id, "loss": new_id(), "amount": amount}
        accounts = {"person": account.id, "library": LIBRARY_ACCOUNT}
        self._connection.exec_driver_sql(
            BOOK, {"id": new_id(), **transaction, **entries, **accounts}
        )
        return entry_id

    def choose(self, account: Account, *, opted_out: bool, now: datetime) -> None:
        """Keep a person's choice to take part in points or not."""
        opted_in_at = account.opted_in_at if opted_out else now
        self._connection.exec_driver_sql(
            CHOOSE, {"id": account.id, "opted_out": opted_out, "opted_in_at": opted_in_at}
        )


def _earning_act(row: Any) -> EarningAct:
    award = None
    if row.transaction_id is not None:
        award = Award(
            transaction_id=row.transaction_id,
            entry_id=row.entry_id,
            amount=row.amount,
            rule_version=row.rule_version,
            voided=row.voided,
        )
    return EarningAct(
        source=row.source,
        message_id=row.message_id,
        quarter_hour=row.quarter_hour,
        valid=row.valid,
        traits={"space_kind": row.space_kind, "programme": row.programme},
        award=award,
    )
