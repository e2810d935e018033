"""Suggestions and supports in PostgreSQL."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from services.engagement.domain import errors
from services.engagement.domain.suggestion import Answer, Suggestion, Support
from services.engagement.persistence.tables import (
    SUGGESTION,
    SUGGESTION_ANSWER,
    SUGGESTION_FOLLOW,
    SUGGESTION_SUPPORT,
)

LISTENERS = """
SELECT author_id AS patron_id FROM suggestion WHERE id = %(id)s
UNION SELECT patron_id FROM suggestion_support
    WHERE suggestion_id = %(id)s AND withdrawn_at IS NULL
UNION SELECT patron_id FROM suggestion_follow WHERE suggestion_id = %(id)s
ORDER BY patron_id
"""


class SqlSuggestions:
    """Rows of `suggestion` and `suggestion_support`."""

    def __init__(self, connection: Connection) -> None:
        """Work on this connection."""
        self._connection = connection

    def add(self, suggestion: Suggestion) -> None:
        """Keep a new suggestion."""
        self._connection.execute(insert(SUGGESTION), asdict(suggestion))

    def get(self, suggestion_id: UUID) -> Suggestion:
        """Return it locked until the transaction ends; raises SuggestionNotFound."""
        query = select(SUGGESTION).where(SUGGESTION.c.id == suggestion_id).with_for_update()
        row = self._connection.execute(query).mappings().one_or_none()
        if row is None:
            raise errors.SuggestionNotFound
        return Suggestion(**row)

    def add_support(self, support: Support) -> bool:
        """Keep a support and count it; False when this person already supports it."""
        kept = (
            upsert(SUGGESTION_SUPPORT).on_conflict_do_nothing().returning(SUGGESTION_SUPPORT.c.id)
        )
        if self._connection.execute(kept, asdict(support)).one_or_none() is None:
            return False
        self._count(support.suggestion_id, 1)
        return True

    def withdraw_support(
        self, suggestion_id: UUID, patron_id: UUID, now: datetime
    ) -> Support | None:
        """End a person's support and count it off; None when there is none."""
        table = SUGGESTION_SUPPORT
        statement = (
            update(table)
            .where(table.c.suggestion_id == suggestion_id, table.c.patron_id == patron_id)
            .where(table.c.withdrawn_at.is_(None))
            .values(withdrawn_at=now)
            .returning(table.c.id, table.c.suggestion_id, table.c.patron_id, table.c.supported_at)
        )
        row = self._connection.execute(statement).mappings().one_or_none()
        if row is None:
            return None
        self._count(suggestion_id, -1)
        return Support(**row)

    def follow(self, suggestion_id: UUID, patron_id: UUID, now: datetime) -> None:
        """Keep that a person follows it; twice is once."""
        row = {"suggestion_id": suggestion_id, "patron_id": patron_id, "followed_at": now}
        self._connection.execute(upsert(SUGGESTION_FOLLOW).on_conflict_do_nothing(), row)

    def unfollow(self, suggestion_id: UUID, patron_id: UUID) -> None:
        """Forget that a person follows it."""
        table = SUGGESTION_FOLLOW
        self._connection.execute(
            delete(table).where(
                table.c.suggestion_id == suggestion_id, table.c.patron_id == patron_id
            )
        )

    def answer(self, answer: Answer) -> None:
        """Keep an answer, and its stage as where the suggestion stands."""
        self._connection.execute(insert(SUGGESTION_ANSWER), asdict(answer))
        self._connection.execute(
            update(SUGGESTION)
            .where(SUGGESTION.c.id == answer.suggestion_id)
            .values(status=answer.stage)
        )

    def listeners(self, suggestion_id: UUID) -> Sequence[UUID]:
        """Return who made, supports or follows it."""
        rows = self._connection.exec_driver_sql(LISTENERS, {"id": suggestion_id})
        return [row.patron_id for row in rows]

    def _count(self, suggestion_id: UUID, by: int) -> None:
        self._connection.execute(
            update(SUGGESTION)
            .where(SUGGESTION.c.id == suggestion_id)
            .values(support_count=SUGGESTION.c.support_count + by)
        )
