"""What people were told, how mail about it stands, and which mail they take."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, func, select

from gateway.domain.notice import Topic
from gateway.domain.notice_ports import Told
from gateway.persistence.notice_tables import mail, mail_refusal, notice
from gateway.persistence.notices import all_told, told_query
from shared.kernel.refusal import NotFound


def notices_of(
    engine: Engine, patron_id: UUID, *, before: UUID | None, limit: int
) -> Sequence[Told]:
    """Return a person's notices, newest first."""
    query = told_query().where(notice.c.patron_id == patron_id)
    if before is not None:
        query = query.where(notice.c.notice_id < before)
    query = query.order_by(notice.c.notice_id.desc()).limit(limit)
    with engine.connect() as connection:
        return [told for told, _ in all_told(connection, query)]


def count_unread(engine: Engine, patron_id: UUID) -> int:
    """Return how many notices a person has not read."""
    query = select(func.count()).where(notice.c.patron_id == patron_id, notice.c.read_at.is_(None))
    with engine.connect() as connection:
        return int(connection.execute(query).scalar_one())


def mail_choices(engine: Engine, patron_id: UUID) -> dict[Topic, bool]:
    """Return for each topic whether a person takes mail about it."""
    query = select(mail_refusal.c.topic).where(mail_refusal.c.patron_id == patron_id)
    with engine.connect() as connection:
        refused = set(connection.execute(query).scalars())
    return {topic: topic.value not in refused for topic in Topic}


MAIL_COLUMNS = (
    mail,
    notice.c.kind,
    notice.c.patron_id,
    notice.c.subject_id,
    notice.c.created_at,
)


def mails(
    engine: Engine, *, status: str | None, before: UUID | None, limit: int
) -> Sequence[Mapping[str, Any]]:
    """Return outgoing mails, the newest notices first."""
    query = select(*MAIL_COLUMNS).join(notice).order_by(mail.c.notice_id.desc()).limit(limit)
    if status is not None:
        query = query.where(mail.c.status == status)
    if before is not None:
        query = query.where(mail.c.notice_id < before)
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(query).mappings()]


def one_mail(engine: Engine, notice_id: UUID) -> Mapping[str, Any]:
    """Return a mail; raises NotFound."""
    query = select(*MAIL_COLUMNS).join(notice).where(mail.c.notice_id == notice_id)
    with engine.connect() as connection:
        row = connection.execute(query).mappings().first()
    if row is None:
        raise NotFound
    return dict(row)
