"""Who somebody is, and lists of accounts for administrators."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine, any_, literal, or_, select, update

from gateway.domain.account import Account
from gateway.domain.session import Lifetimes, Session, secret_hash
from gateway.persistence.accounts import to_account
from gateway.persistence.tables import account, session
from shared.kernel.refusal import NotFound


def account_by_id(engine: Engine, patron_id: UUID) -> Account:
    """Return an account; raises NotFound."""
    with engine.connect() as connection:
        query = select(account).where(account.c.patron_id == patron_id)
        row = connection.execute(query).mappings().first()
    if row is None:
        raise NotFound
    return to_account(row)


def who_is_signed_in(
    engine: Engine, secret: str, lifetimes: Lifetimes, now: datetime
) -> Account | None:
    """Return whose session a cookie belongs to, or None; notes its use once a minute."""
    query = (
        select(account, session.c.token_hash, session.c.last_seen_at, session.c.created_at)
        .join(account, account.c.patron_id == session.c.patron_id)
        .where(session.c.token_hash == secret_hash(secret), account.c.active)
    )
    with engine.connect() as connection:
        row = connection.execute(query).mappings().first()
        if row is None:
            return None
        found = Session(
            token_hash=row[session.c.token_hash],
            patron_id=row[account.c.patron_id],
            created_at=row[session.c.created_at],
            last_seen_at=row[session.c.last_seen_at],
        )
        if not found.is_alive(now, lifetimes):
            return None
        if found.should_be_noticed(now):
            seen = update(session).where(session.c.token_hash == found.token_hash)
            connection.execute(seen.values(last_seen_at=now))
            connection.commit()
        return to_account(row)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountSearch:
    """What to look for: words of a name, a login, a number or a mail address; a role; open."""

    text: str = ""
    role: str | None = None
    active: bool | None = None


def find_accounts(
    engine: Engine, search: AccountSearch, *, after: UUID | None, limit: int
) -> Sequence[Account]:
    """Return up to `limit` accounts in order of their ids, after the given one."""
    query = select(account).order_by(account.c.patron_id).limit(limit)
    if search.text:
        full = account.c.family_name + account.c.given_name
        fields = (account.c.login, account.c.number, account.c.mail, full)
        spaced = account.c.given_name + " " + account.c.family_name
        wanted = search.text.strip()
        query = query.where(
            or_(*(field.icontains(wanted, autoescape=True) for field in (*fields, spaced)))
        )
    if search.role:
        query = query.where(literal(search.role) == any_(account.c.roles))
    if search.active is not None:
        query = query.where(account.c.active.is_(search.active))
    if after is not None:
        query = query.where(account.c.patron_id > after)
    with engine.connect() as connection:
        return [to_account(row) for row in connection.execute(query).mappings()]
