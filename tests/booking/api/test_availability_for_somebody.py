"""Staff look for time for somebody else: that person's rules, and what that person has already."""

from typing import Any
from uuid import UUID, uuid4

from flask.testing import FlaskClient

from services.booking.domain.ports import Patron
from services.booking.persistence.unit_of_work import BookingUnitOfWork
from shared.kernel.clock import SetClock
from shared.persistence.transactions import OwnTransactions
from tests.booking.api.test_availability_over_http import engine_of, hold, starts
from tests.support.booking_builders import (
    LIBRARY_ID,
    NOW,
    SEAT,
    STAFF_ID,
    a_rulebook,
    hour,
    some_rules,
)
from tests.support.tokens import bearer

PATH = "/api/booking/v1"
SOMEBODY = UUID(int=7)


def asked(client: FlaskClient, *, library: UUID | None = LIBRARY_ID, **claims: Any) -> Any:
    query = {"from": hour(13).isoformat(), "to": hour(18).isoformat(), "minutes": 120}
    where = {"library": str(library)} if library else {}
    return client.get(
        f"{PATH}/patrons/{SOMEBODY}/availability",
        query_string={**query, **where, "space_type": "room"},
        headers=bearer(STAFF_ID, now=NOW, **{"roles": ["staff"], **claims}),
    )


def first_starts(client: FlaskClient) -> list[str]:
    answer = asked(client)
    assert answer.status_code == 200, answer.get_json()
    return starts(answer.get_json())["R1"]


def rule_for_doctoral(client: FlaskClient) -> None:
    """Let doctoral students begin on the hour alone, and somebody be one."""
    rules = some_rules(start_step_minutes=60)
    unit = BookingUnitOfWork(OwnTransactions(engine_of(client)), clock=SetClock(NOW))
    with unit as uow:
        uow.rulebooks.publish(a_rulebook(rules, patron_class="doctoral"))
        uow.patrons.describe(Patron(SOMEBODY, "doctoral"), NOW)
        uow.commit()


def test_no_time_is_offered_at_which_the_person_is_elsewhere(client: FlaskClient) -> None:
    hold(client, SEAT, 13, 120, patron_id=SOMEBODY)
    hold(client, SEAT, 16, 60, patron_id=STAFF_ID)
    assert first_starts(client) == ["15:00", "15:15", "15:30", "15:45", "16:00"]


def test_the_rules_of_the_persons_class_count_and_not_those_of_staff(client: FlaskClient) -> None:
    rule_for_doctoral(client)
    assert first_starts(client) == ["13:00", "14:00", "15:00", "16:00"]
    own = client.get(
        f"{PATH}/availability",
        query_string={
            "library": str(LIBRARY_ID),
            "from": hour(13).isoformat(),
            "to": hour(18).isoformat(),
            "minutes": 120,
        },
        headers=bearer(STAFF_ID, now=NOW, roles=["staff"]),
    )
    assert "13:15" in starts(own.get_json())["R1"]


def test_only_staff_of_the_library_ask_for_somebody(client: FlaskClient) -> None:
    assert asked(client, roles=["patron"]).status_code == 403
    assert asked(client, libraries=[str(uuid4())]).status_code == 403
    assert asked(client, libraries=[str(LIBRARY_ID)]).status_code == 200
    assert asked(client, library=None).status_code == 422
    assert asked(client, library=uuid4()).status_code == 404
