"""Accounts to sign in with, one for each role, as the start-up prints them."""

from uuid import UUID

from gateway.commands.create_account import CreateAccount, create_account
from infra.sample_campus.demo_logins import ACCOUNTS, PASSWORD
from infra.sample_campus.hands import Hands
from infra.sample_campus.people import Person
from shared.kernel.identifiers import named_id

STUDENT = Person(
    number="student",
    family_name="林",
    given_name="晓舟",
    mail="student@chenghu.example",
    faculty="computing",
    level="bachelor",
    study_year=2,
)
"""The demo student as one of the people who live through the four weeks."""


def create(hands: Hands) -> dict[str, UUID]:
    """Create the demo accounts; return their patron ids by login."""
    ids = {}
    for login, role, family, given, faculty, level, year in ACCOUNTS:
        patron_id = named_id("demo account", login)
        create_account(
            CreateAccount(
                login=login,
                password=PASSWORD,
                family_name=family,
                given_name=given,
                roles=frozenset({"patron", role}),
                faculty=faculty,
                level=level,
                study_year=year,
                mail=f"{login}@chenghu.example",
                patron_id=patron_id,
            ),
            **hands.admitting(),
        )
        ids[login] = patron_id
    return ids
