"""Outgoing mails and people's choices about mail, in and out of their tables."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, and_, delete, exists, select, update
from sqlalchemy.dialects.postgresql import insert

from gateway.domain.mail import Mail, Status
from gateway.domain.notice import Topic
from gateway.domain.notice_ports import Delivery
from gateway.persistence.accounts import to_account
from gateway.persistence.appointments import to_appointment
from gateway.persistence.notice_tables import appointment, mail_refusal, notice
from gateway.persistence.notice_tables import mail as table
from gateway.persistence.notices import all_told, told_query
from gateway.persistence.tables import account
from shared.kernel.refusal import NotFound

IS_REFUSED = (
    exists()
    .where(mail_refusal.c.patron_id == notice.c.patron_id, mail_refusal.c.topic == notice.c.topic)
    .label("is_refused")
)
THEIR_APPOINTMENT = and_(
    appointment.c.patron_id == notice.c.patron_id, appointment.c.subject_id == notice.c.subject_id
)


class SqlMails:
    """The outgoing mails, on a connection."""

    def __init__(self, connection: Connection) -> None:
        """Work inside this connection's transaction."""
        self._connection = connection

    def claim(self, now: datetime) -> Delivery | None:
        """Return the mail that has been due longest, locked; nobody else is given it meanwhile."""
        query = (
            told_query(table, account, appointment, IS_REFUSED)
            .join(table, table.c.notice_id == notice.c.notice_id)
            .outerjoin(account, account.c.patron_id == notice.c.patron_id)
            .outerjoin(appointment, THEIR_APPOINTMENT)
            .where(table.c.status == Status.DUE.value, table.c.next_attempt_at <= now)
            .order_by(table.c.next_attempt_at, table.c.notice_id)
            .limit(1)
            .with_for_update(of=table, skip_locked=True)
        )
        claimed = all_told(self._connection, query)
        if not claimed:
            return None
        ((told, row),) = claimed
        return Delivery(
            mail=to_mail(row),
            told=told,
            appointment=_appointment(row),
            account=_account(row),
            wanted=not row[IS_REFUSED],
        )

    def get(self, notice_id: UUID) -> Mail:
        """Return a mail, locked; raises NotFound."""
        query = select(table).where(table.c.notice_id == notice_id).with_for_update()
        row = self._connection.execute(query).mappings().first()
        if row is None:
            raise NotFound
        return to_mail(row)

    def save(self, mail: Mail) -> None:
        """Keep how it stands."""
        values = {name: getattr(mail, name) for name in table.c.keys()}  # noqa: SIM118 - a column collection is no dict
        values["status"] = mail.status.value
        changed = update(table).where(table.c.notice_id == values.pop("notice_id"))
        self._connection.execute(changed.values(values))


class SqlMailChoices:
    """Which mail people take, on a connection; what is not refused is taken."""

    def __init__(self, connection: Connection) -> None:
        """Work inside this connection's transaction."""
        self._connection = connection

    def change(self, patron_id: UUID, choices: Mapping[Topic, bool]) -> None:
        """Keep the choices; those not named stay."""
        for topic, wanted in sorted(choices.items()):
            row = {"patron_id": patron_id, "topic": topic.value}
            if wanted:
                these = (mail_refusal.c.patron_id == patron_id, mail_refusal.c.topic == topic.value)
                self._connection.execute(delete(mail_refusal).where(*these))
            else:
                refused = insert(mail_refusal).values(row).on_conflict_do_nothing()
                self._connection.execute(refused)


def to_mail(row: Mapping[Any, Any]) -> Mail:
    """Return the mail a row describes; the row may hold more."""
    fields = {column.name: row[column] for column in table.columns}
    return Mail(**{**fields, "status": Status(fields["status"])})


def _appointment(row: Mapping[Any, Any]) -> Any:
    return None if row[appointment.c.subject_id] is None else to_appointment(row)


def _account(row: Mapping[Any, Any]) -> Any:
    if row[account.c.patron_id] is None:
        return None
    return to_account({column.name: row[column] for column in account.columns})
