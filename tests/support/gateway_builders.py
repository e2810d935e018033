"""People for tests of the gateway: everything has a default, name only what matters."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from gateway.domain.account import Account

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
PASSWORD = "correct horse battery"
SECRET = "a secret of the tests that is long enough"


def an_account(**changed: Any) -> Account:
    return Account(
        **{
            "patron_id": uuid4(),
            "login": "xiaoming",
            "number": "B2600001",
            "family_name": "王",
            "given_name": "小明",
            "name_order": "family_first",
            "mail": "xiaoming@example.edu",
            "patron_class": "undergraduate",
            "faculty": "science",
            "level": "bachelor",
            "study_year": 2,
            **changed,
        }
    )


def people_csv(
    *rows: str, header: str = "number,family_name,given_name,mail,faculty,level,study_year,role"
) -> bytes:
    return "\n".join([header, *rows, ""]).encode()
