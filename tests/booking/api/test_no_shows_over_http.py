"""A no-show is taken back by staff: the person was there, or is excused."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from services.booking.commands.release_no_shows import release_no_shows
from services.booking.persistence.unit_of_work import BookingUnitOfWork
from shared.kernel.clock import SetClock
from shared.persistence.transactions import OwnTransactions
from tests.booking.api.test_closures_over_http import last_message
from tests.booking.api.test_reserving_over_http import (
    ME,
    SOMEBODY,
    as_staff,
    reserved,
    reserving,
    said,
    signed_in,
)
from tests.support.booking_builders import hour

API = "/api/booking/v1/reservations"


@pytest.fixture
def missed(client: FlaskClient, clock: SetClock) -> dict[str, Any]:
    """A reservation from ten to eleven, released at a quarter past ten: nobody came."""
    made = reserved(client, ME, hours=1, start=hour(10))
    clock.set(hour(10.25))
    engine: Engine = client.application.extensions["atrium_engine"]
    unit = BookingUnitOfWork(OwnTransactions(engine), clock=clock)
    assert release_no_shows(uow=unit, clock=clock) == 1
    clock.set(hour(15))
    return made


def taking_back(
    client: FlaskClient,
    made: dict[str, Any],
    outcome: str = "was_there",
    headers: dict[str, str] | None = None,
) -> TestResponse:
    body = {"outcome": outcome, "reason": "The screen was dark"}
    path = f"{API}/{made['id']}/void-no-show"
    return client.post(path, json=body, headers=headers or as_staff())


def test_who_was_there_has_used_the_space_until_it_was_released(
    client: FlaskClient, missed: dict[str, Any]
) -> None:
    answer = taking_back(client, missed)
    assert (answer.status_code, answer.get_json()["status"]) == (200, "completed")
    message = last_message(client)
    assert said(client)[-1] == "booking.reservation.no_show_voided.v1"
    assert (message["outcome"], message["checked_in_at"]) == ("was_there", missed["starts_at"])
    assert message["checked_out_at"] == "2026-11-24T02:15:00Z"
    assert "reason" not in message


def test_who_is_excused_has_cancelled_in_time(client: FlaskClient, missed: dict[str, Any]) -> None:
    answer = taking_back(client, missed, "excused").get_json()
    assert (answer["status"], answer["status_reason"]) == ("cancelled", "The screen was dark")
    assert last_message(client)["checked_in_at"] is None


def test_it_is_written_down_who_took_it_back_and_why(
    client: FlaskClient, missed: dict[str, Any]
) -> None:
    taking_back(client, missed)
    history = client.get(f"{API}/{missed['id']}/history", headers=as_staff()).get_json()["items"]
    assert [one["change"]["action"] for one in history][-2:] == ["no_show", "no_show_voided"]
    assert history[-1]["change"]["reason"] == "The screen was dark"
    assert history[-1]["actor"] is not None


def test_it_is_taken_back_once_and_only_what_is_one(
    client: FlaskClient, missed: dict[str, Any]
) -> None:
    assert taking_back(client, missed).status_code == 200
    again = taking_back(client, missed, "excused")
    assert (again.status_code, again.get_json()["code"]) == (409, "status_forbids")
    coming = reserved(client, SOMEBODY, start=hour(18))
    assert taking_back(client, coming).status_code == 409
    assert said(client).count("booking.reservation.no_show_voided.v1") == 1


def test_what_was_released_stays_with_who_took_it(
    client: FlaskClient, missed: dict[str, Any], clock: SetClock
) -> None:
    clock.set(hour(10.25))
    assert reserving(client, SOMEBODY, start=hour(10.25), hours=1).status_code == 201
    assert taking_back(client, missed).status_code == 200


def test_only_the_librarys_staff_take_it_back(client: FlaskClient, missed: dict[str, Any]) -> None:
    assert taking_back(client, missed, headers=signed_in()).status_code == 403
    assert taking_back(client, missed, outcome="forgotten").status_code == 422
