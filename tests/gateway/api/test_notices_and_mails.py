"""What people were told and which mail they take, over HTTP; and the administrator's view."""

import base64
import json
from collections.abc import Callable
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any, Self
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy import event as engine_events

from gateway.commands.send_mails import Postman
from gateway.domain.mail import MailRefused
from gateway.domain.mail_settings import MailSettings
from gateway.domain.notice import Kind
from gateway.letters.letter import LetterWriter
from gateway.parts import Parts
from shared.kernel.clock import SetClock
from tests.support.gateway_builders import NOON
from tests.support.notice_builders import a_known_activity, a_known_space, a_notice

ME = "/api/gateway/v1/me"
MAILS = "/api/gateway/v1/mails"
Bearer = Callable[..., dict[str, str]]


def whose(header: dict[str, str]) -> UUID:
    """Return the person a token speaks for."""
    body = header["Authorization"].split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return UUID(claims["sub"])


def tell(parts: Parts, header: dict[str, str], *kinds: Kind, by_mail: bool = True) -> list[str]:
    """Tell somebody something of each kind; return the notices' ids."""
    notices = [a_notice(kind, patron_id=whose(header)) for kind in kinds]
    with parts.notice_uow() as uow:
        uow.places.learn_space(a_known_space())
        uow.places.learn_activity(a_known_activity())
        uow.notices.add(notices, by_mail=by_mail)
        uow.commit()
    return [str(one.id) for one in notices]


def test_everything_is_mailed_until_somebody_chooses_otherwise(
    client: FlaskClient, bearer: Bearer
) -> None:
    mine = bearer(login="me")
    every = {"bookings": True, "activities": True, "reminders": True, "suggestions": True}
    assert client.get(f"{ME}/notifications", headers=mine).get_json() == {"mail": every}
    change = {"mail": {"reminders": False}}
    answer = client.patch(f"{ME}/notifications", json=change, headers=mine)
    assert answer.get_json() == {"mail": {**every, "reminders": False}}
    again = client.patch(f"{ME}/notifications", json={"mail": {"reminders": True}}, headers=mine)
    assert again.get_json() == {"mail": every}
    other = client.get(f"{ME}/notifications", headers=bearer(login="other"))
    assert other.get_json() == {"mail": every}


@pytest.mark.parametrize(
    "body", [{}, {"mail": {"weather": True}}, {"mail": {"bookings": "?"}}, {"mail": None}]
)
def test_nonsense_is_refused(client: FlaskClient, bearer: Bearer, body: Any) -> None:
    answer = client.patch(f"{ME}/notifications", json=body, headers=bearer())
    assert answer.status_code == 422


def test_notices_are_listed_newest_first_in_the_persons_language(
    client: FlaskClient, bearer: Bearer, parts: Parts
) -> None:
    mine = bearer(login="me")
    first, second = tell(parts, mine, Kind.BOOKING_CONFIRMED, Kind.PLACE_CONFIRMED, by_mail=False)
    page = client.get(f"{ME}/notices?limit=1", headers=mine).get_json()
    (newest,) = page["items"]
    assert (newest["notice_id"], newest["topic"]) == (second, "activities")
    assert newest["title"] == "You have a place: An evening of Song poems"
    rest = client.get(f"{ME}/notices?cursor={page['next_cursor']}", headers=mine).get_json()
    assert [one["notice_id"] for one in rest["items"]] == [first]
    client.patch(ME, json={"language": "zh-CN"}, headers=mine)
    chinese = client.get(f"{ME}/notices", headers=mine).get_json()["items"]
    assert [one["title"] for one in chinese] == ["报名成功：宋词夜读", "预约成功：研讨间 301"]


def test_reading_is_noted_and_nobody_reads_for_another(
    client: FlaskClient, bearer: Bearer, parts: Parts
) -> None:
    mine, others = bearer(login="me"), bearer(login="other")
    ids = tell(parts, mine, Kind.BOOKING_CONFIRMED, Kind.BOOKING_CANCELLED, Kind.PLACE_OFFERED)
    tell(parts, others, Kind.BOOKING_CONFIRMED)

    def read(header: dict[str, str], body: Any) -> int:
        answer = client.post(f"{ME}/notices/read", json=body, headers=header)
        left: int = answer.get_json()["unread"]
        return left

    assert client.get(f"{ME}/notices/unread", headers=mine).get_json() == {"unread": 3}
    assert read(others, {"notice_ids": ids}) == 1
    assert read(mine, {"notice_ids": ids[:1]}) == 2
    assert read(mine, {}) == 0
    assert client.get(f"{ME}/notices", headers=others).get_json()["items"][0]["read_at"] is None


def test_a_list_of_notices_costs_the_same_however_long_it_is(
    client: FlaskClient, bearer: Bearer, parts: Parts
) -> None:
    mine = bearer(login="me")
    tell(parts, mine, Kind.BOOKING_CONFIRMED)
    with counted(parts.engine) as few:
        client.get(f"{ME}/notices", headers=mine)
    tell(parts, mine, *[Kind.PLACE_CONFIRMED] * 30)
    with counted(parts.engine) as many:
        client.get(f"{ME}/notices", headers=mine)
    assert len(few) == len(many)


@contextmanager
def counted(engine: Engine) -> Any:
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    engine_events.listen(engine, "before_cursor_execute", note)
    yield statements
    engine_events.remove(engine, "before_cursor_execute", note)


class Refusing:
    """A server that refuses every letter; also the way to it."""

    def open(self) -> "Refusing":
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return

    def hand_over(self, letter: EmailMessage, address: str) -> None:
        del letter
        msg = f"550 no {address}"
        raise MailRefused(msg)


def test_an_administrator_sees_what_is_stuck_and_why_and_has_it_tried_again(
    client: FlaskClient, new_account: Any, bearer: Bearer, parts: Parts, clock: SetClock
) -> None:
    admin = bearer("admin")
    person = new_account("li", mail="li@example.edu")
    with parts.notice_uow() as uow:
        uow.notices.add([a_notice(patron_id=person.patron_id)], by_mail=True)
        uow.commit()
    writer = LetterWriter(
        MailSettings(), public_url="http://localhost", timezone="UTC", now=clock.now
    )
    Postman(
        unit_of_work=parts.notice_uow, mailer=Refusing(), composer=writer, clock=clock
    ).go_round()
    (stuck,) = client.get(f"{MAILS}?status=parked", headers=admin).get_json()["items"]
    assert stuck["reason"] == "550 no li@example.edu"
    assert (stuck["kind"], stuck["patron_id"]) == ("booking_confirmed", str(person.patron_id))
    assert stuck["done_at"] == NOON.isoformat().replace("+00:00", "Z")
    path = f"{MAILS}/{stuck['notice_id']}"
    assert client.post(f"{path}/retry", headers=admin).get_json()["status"] == "due"
    again = client.post(f"{path}/retry", headers=admin)
    assert (again.status_code, again.get_json()["code"]) == (409, "mail_not_parked")
    assert client.get(path, headers=admin).get_json()["status"] == "due"
    figures = client.get("/api/gateway/v1/health/metrics").get_data(as_text=True)
    assert 'atrium_mails{status="due"} 1.0' in figures
    assert "atrium_mail_oldest_due_seconds" in figures


@pytest.mark.parametrize("roles", [(), ("organizer",), ("staff",), ("manager",)])
def test_outgoing_mail_is_for_administrators_alone(
    client: FlaskClient, bearer: Bearer, parts: Parts, roles: tuple[str, ...]
) -> None:
    header = bearer(*roles)
    (notice_id,) = tell(parts, header, Kind.BOOKING_CONFIRMED)
    asked = [
        client.get(MAILS, headers=header),
        client.get(f"{MAILS}/{notice_id}", headers=header),
        client.post(f"{MAILS}/{notice_id}/retry", headers=header),
    ]
    assert [answer.status_code for answer in asked] == [403, 403, 403]
    assert client.get(MAILS).status_code == 401


def test_a_mail_that_never_was_is_not_found(client: FlaskClient, bearer: Bearer) -> None:
    admin = bearer("admin")
    path = f"{MAILS}/{UUID(int=5)}"
    assert client.get(path, headers=admin).status_code == 404
    assert client.post(f"{path}/retry", headers=admin).status_code == 404
