"""Notices in and out of their table, with the mail each asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, RowMapping, Select, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from gateway.domain.mail import Status
from gateway.domain.notice import Kind, Notice
from gateway.domain.notice_ports import Told
from gateway.domain.places import KnownActivity, KnownSpace
from gateway.persistence.known_places import TIMEZONE
from gateway.persistence.notice_tables import known_activity, known_space, mail
from gateway.persistence.notice_tables import notice as table

FIELDS = tuple(name for name in table.c.keys() if name not in {"notice_id", "topic"})  # noqa: SIM118 - a column collection is no dict
SPACE_OF_NOTICE = known_space.c.space_id == table.c.space_id
ACTIVITY_OF_NOTICE = known_activity.c.library_event_id == table.c.subject_id


class SqlNotices:
    """What people were told, on a connection."""

    def __init__(self, connection: Connection) -> None:
        """Work inside this connection's transaction."""
        self._connection = connection

    def add(self, notices: Sequence[Notice], *, by_mail: bool) -> None:
        """Keep notices, with a mail for each if wanted; those there already are passed over."""
        if not notices:
            return
        rows = [to_row(one) for one in notices]
        added = insert(table).values(rows).on_conflict_do_nothing(constraint="notice_once")
        new = set(self._connection.execute(added.returning(table.c.notice_id)).scalars())
        mails = [
            {
                "notice_id": one.id,
                "status": Status.DUE.value,
                "due_since": one.created_at,
                "next_attempt_at": one.created_at,
            }
            for one in notices
            if one.id in new
        ]
        if by_mail and mails:
            self._connection.execute(insert(mail).values(mails))

    def mark_read(self, patron_id: UUID, notice_ids: Sequence[UUID] | None, now: datetime) -> int:
        """Note that a person has read these of theirs (None: all); return how many were unread."""
        these = update(table).where(table.c.patron_id == patron_id, table.c.read_at.is_(None))
        if notice_ids is not None:
            these = these.where(table.c.notice_id == func.any(list(notice_ids)))
        return self._connection.execute(these.values(read_at=now)).rowcount

    def forget_before(self, instant: datetime) -> int:
        """Forget notices older than this, with their mails; return how many."""
        return self._connection.execute(delete(table).where(table.c.created_at < instant)).rowcount


def told_query(*more: Any) -> Select[Any]:
    """Return the query of notices with what they speak of, and further columns."""
    return (
        select(table, known_space, known_activity, TIMEZONE, *more)
        .outerjoin(known_space, SPACE_OF_NOTICE)
        .outerjoin(known_activity, ACTIVITY_OF_NOTICE)
    )


def all_told(connection: Connection, query: Select[Any]) -> Sequence[tuple[Told, RowMapping]]:
    """Return what a `told_query` finds, with the rows; one query more for other spaces in them."""
    rows = connection.execute(query).mappings().all()
    found = [_told(row) for row in rows]
    others = {one.space_id for told in found for one in told.notice.alternatives}
    others |= {was for told in found if (was := told.notice.previous_space_id)}
    if others:
        these = select(known_space).where(known_space.c.space_id.in_(others))
        known = {row["space_id"]: KnownSpace(**row) for row in connection.execute(these).mappings()}
        found = [replace(told, instead=known) for told in found]
    return list(zip(found, rows, strict=True))


def _told(row: Mapping[Any, Any]) -> Told:
    space = {column.name: row[column] for column in known_space.columns}
    activity = {column.name: row[column] for column in known_activity.columns}
    known = activity["library_event_id"] is not None
    return Told(
        notice=to_notice(row),
        space=KnownSpace(**space) if space["space_id"] is not None else None,
        activity=KnownActivity(**activity, timezone=row[TIMEZONE]) if known else None,
    )


def to_notice(row: Mapping[Any, Any]) -> Notice:
    """Return the notice a row describes; the row may hold more."""
    fields = {name: row[table.c[name]] for name in FIELDS}
    return Notice(id=row[table.c.notice_id], **{**fields, "kind": Kind(fields["kind"])})


def to_row(notice: Notice) -> dict[str, Any]:
    """Return the row that describes a notice."""
    row = {name: getattr(notice, name) for name in FIELDS}
    more = {"notice_id": notice.id, "topic": notice.topic.value, "kind": notice.kind.value}
    return {**row, **more, "details": dict(notice.details)}
