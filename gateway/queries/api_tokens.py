"""A person's API tokens."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Engine

from gateway.domain.api_token import ApiToken
from gateway.persistence.api_tokens import SqlApiTokens


def tokens_of(engine: Engine, patron_id: UUID) -> Sequence[ApiToken]:
    """Return the tokens that are not revoked, newest first."""
    with engine.connect() as connection:
        return SqlApiTokens(connection).of(patron_id)
