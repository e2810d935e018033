"""Looking for time through the public door: search, day grid, week."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy import event as sql_hooks

from services.booking.domain.reservation import Status
from services.booking.domain.space import Space
from services.booking.persistence.unit_of_work import BookingUnitOfWork
from shared.kernel.clock import SetClock
from shared.persistence.transactions import OwnTransactions
from tests.support.booking_builders import (
    LIBRARY_ID,
    MACHINE,
    NOW,
    OTHER_ROOM,
    ROOM,
    SEAT,
    a_reservation,
    a_space,
    hour,
)
from tests.support.tokens import bearer

PATH = "/api/booking/v1"
ME = UUID(int=1)


def engine_of(client: FlaskClient) -> Engine:
    engine: Engine = client.application.extensions["atrium_engine"]
    return engine


def hold(client: FlaskClient, space: Space, start: float, minutes: int, **changes: Any) -> None:
    """Reserve from an hour of the 24th, past the rules."""
    reservation = a_reservation(space, starting=hour(start), minutes=minutes, **changes)
    unit = BookingUnitOfWork(OwnTransactions(engine_of(client)), clock=SetClock(NOW))
    with unit as uow:
        assert uow.reservations.place(
            reservation, actor=reservation.patron_id, message=reservation.confirmed()
        )
        uow.commit()


def add_spaces(client: FlaskClient, *spaces: Space) -> None:
    unit = BookingUnitOfWork(OwnTransactions(engine_of(client)), clock=SetClock(NOW))
    with unit as uow:
        for space in spaces:
            uow.inventory.keep_space(space)
        uow.commit()


def signed_in(person: UUID = ME) -> dict[str, str]:
    return bearer(person, now=NOW, lifetime_seconds=10 * 24 * 3600)


def search(
    client: FlaskClient, start: float = 13, end: float = 18, minutes: int = 120, **asked: Any
) -> dict[str, Any]:
    query = {
        "library": str(LIBRARY_ID),
        "from": hour(start).isoformat(),
        "to": hour(end).isoformat(),
        "minutes": minutes,
        "space_type": "room",
        **asked,
    }
    answer = client.get(f"{PATH}/availability", query_string=query, headers=signed_in())
    assert answer.status_code == 200, answer.get_json()
    found: dict[str, Any] = answer.get_json()
    return found


def starts(found: dict[str, Any]) -> dict[str, list[str]]:
    """Return by space the starts as wall hours in Shanghai."""

    def wall(text: str) -> str:
        return f"{int(text[11:13]) + 8:02d}:{text[14:16]}"

    return {one["space"]["code"]: [*map(wall, one["starts"])] for one in found["items"]}


@contextmanager
def counted_queries(client: FlaskClient) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        seen.append(statement)

    sql_hooks.listen(engine_of(client), "before_cursor_execute", note)
    yield seen
    sql_hooks.remove(engine_of(client), "before_cursor_execute", note)


def test_spaces_are_offered_at_the_starts_where_the_stay_fits(client: FlaskClient) -> None:
    hold(client, ROOM, 13, 60)
    hold(client, ROOM, 16.5, 90)
    assert starts(search(client)) == {
        "R1": ["14:00", "14:15", "14:30"],
        "R2": [f"{h}:{m:02d}" for h in (13, 14, 15) for m in (0, 15, 30, 45)] + ["16:00"],
    }


def test_the_nearest_fit_of_capacity_comes_first(client: FlaskClient) -> None:
    add_spaces(client, a_space("A9", capacity=30), a_space("Z2", capacity=2))
    found = search(client, party=2)
    assert [one["space"]["code"] for one in found["items"]] == ["Z2", "R1", "R2", "A9"]
    assert [one["space"]["code"] for one in search(client, party=7)["items"]] == ["A9"]


def test_the_pages_hold_every_space_once(client: FlaskClient) -> None:
    first = search(client, limit=1)
    second = search(client, limit=1, cursor=first["next_cursor"])
    assert [one["space"]["code"] for one in first["items"] + second["items"]] == ["R1", "R2"]
    assert second["next_cursor"] is None


def test_closing_time_is_the_end(client: FlaskClient) -> None:
    found = search(client, start=20, end=24, minutes=90)
    assert starts(found)["R1"] == ["20:00", "20:15", "20:30"]


def test_a_person_is_not_offered_times_at_which_they_are_elsewhere(client: FlaskClient) -> None:
    hold(client, SEAT, 13, 120, patron_id=ME)
    hold(client, MACHINE, 15, 120, patron_id=ME)
    assert starts(search(client))["R1"][0] == "15:00"


def test_when_nothing_fits_the_nearest_is_offered(client: FlaskClient) -> None:
    hold(client, ROOM, 12, 360)
    hold(client, OTHER_ROOM, 13.5, 300)
    found = search(client, start=13, end=15)
    assert found["items"] == []
    nearest = found["alternatives"][0]
    assert nearest["space_id"] == str(OTHER_ROOM.id)
    assert (nearest["starts_at"], nearest["shift_minutes"]) == ("2026-11-24T03:30:00Z", -90)


def test_a_room_without_the_feature_is_better_than_none(client: FlaskClient) -> None:
    found = search(client, features="piano")
    assert found["items"] == []
    assert {one["space_id"] for one in found["alternatives"]} == {
        str(ROOM.id),
        str(OTHER_ROOM.id),
    }


def test_what_is_offered_instead_can_be_reserved(client: FlaskClient) -> None:
    hold(client, ROOM, 13, 120)
    hold(client, OTHER_ROOM, 13, 120)
    offered = search(client, start=13, end=15)["alternatives"]
    assert len(offered) >= 2
    for one in offered:
        body = {name: one[name] for name in ("space_id", "starts_at", "ends_at")}
        headers = {**signed_in(UUID(int=one["cut_minutes"] + 1000)), "Idempotency-Key": str(one)}
        answer = client.post(f"{PATH}/reservations", json=body, headers=headers)
        assert answer.status_code in {201, 409}, answer.get_json()
        if answer.status_code == 409:  # an alternative taken a moment ago overlaps this one
            assert answer.get_json()["code"] == "slot_taken" or all(
                violation["code"] == "already_elsewhere"
                for violation in answer.get_json()["violations"]
            )


@pytest.mark.parametrize(
    ("window", "why"),
    [
        ({"start": 15, "end": 13}, "window_reversed"),
        ({"minutes": 301}, "window_too_short"),
        ({"start": 0, "end": 24 * 8}, "window_too_wide"),
    ],
)
def test_a_window_that_makes_no_sense_is_refused(
    client: FlaskClient, window: Any, why: str
) -> None:
    asked = {"start": 13, "end": 18, "minutes": 120, **window}
    query = {
        "from": hour(asked["start"]).isoformat(),
        "to": hour(asked["end"]).isoformat(),
        "minutes": asked["minutes"],
    }
    answer = client.get(f"{PATH}/availability", query_string=query)
    assert answer.status_code == 422
    assert answer.get_json()["code"] == "window_makes_no_sense"
    assert answer.get_json()["violations"][0]["code"] == why


def test_the_grid_shows_open_and_held_time_and_nobodys_name(client: FlaskClient) -> None:
    hold(client, ROOM, 13, 60)
    hold(client, ROOM, 15, 60, patron_id=ME)
    hold(client, OTHER_ROOM, 9, 60, status=Status.CANCELLED)
    answer = client.get(
        f"{PATH}/grid?library={LIBRARY_ID}&day=2026-11-24&space_type=room", headers=signed_in()
    )
    assert answer.status_code == 200
    body = answer.get_json()
    assert body["window"] == {
        "starts_at": "2026-11-23T16:00:00Z",
        "ends_at": "2026-11-24T16:00:00Z",
    }
    room, other = body["spaces"]
    assert room["open"] == [
        {"starts_at": "2026-11-24T00:00:00Z", "ends_at": "2026-11-24T14:00:00Z"}
    ]
    assert room["busy"] == [
        {"starts_at": "2026-11-24T05:00:00Z", "ends_at": "2026-11-24T06:00:00Z", "own": False},
        {"starts_at": "2026-11-24T07:00:00Z", "ends_at": "2026-11-24T08:00:00Z", "own": True},
    ]
    assert other["busy"] == []
    assert str(ME) not in answer.get_data(as_text=True)


def test_a_visitor_sees_the_same_without_anything_of_their_own(client: FlaskClient) -> None:
    hold(client, ROOM, 15, 60, patron_id=ME)
    body = client.get(f"{PATH}/grid?library={LIBRARY_ID}&day=2026-11-24").get_json()
    assert [busy["own"] for space in body["spaces"] for busy in space["busy"]] == [False]


def test_the_week_goes_over_seven_days(client: FlaskClient) -> None:
    hold(client, ROOM, 13, 60)
    hold(client, ROOM, 13 + 5 * 24, 60)
    hold(client, ROOM, 13 + 6 * 24, 60)
    body = client.get(
        f"{PATH}/week?library={LIBRARY_ID}&from=2026-11-23&space_type=room"
    ).get_json()
    assert body["days"] == 7
    room = body["spaces"][0]
    assert len(room["open"]) == 7
    assert [busy["starts_at"][:10] for busy in room["busy"]] == ["2026-11-24", "2026-11-29"]


def test_a_library_that_is_not_there_is_not_found(client: FlaskClient) -> None:
    nowhere = UUID(int=99)
    assert client.get(f"{PATH}/grid?library={nowhere}&day=2026-11-24").status_code == 404
    assert client.get(f"{PATH}/week?library={nowhere}&from=2026-11-24").status_code == 404


SEARCH = (
    f"/availability?library={LIBRARY_ID}&minutes=120"
    "&from=2026-11-24T05:00:00Z&to=2026-11-24T10:00:00Z"
)


@pytest.mark.parametrize(
    "path",
    [
        f"/grid?library={LIBRARY_ID}&day=2026-11-24",
        f"/week?library={LIBRARY_ID}&from=2026-11-23",
        SEARCH,
        f"{SEARCH}&features=piano",
        "/spaces",
    ],
    ids=["the grid", "the week", "a search", "a search that finds nothing", "the list of spaces"],
)
def test_ten_times_the_spaces_and_reservations_take_no_more_queries(
    client: FlaskClient, path: str
) -> None:
    def queries() -> list[str]:
        client.get(PATH + path, headers=signed_in())  # the catalogue is read once after a change
        with counted_queries(client) as seen:
            assert client.get(PATH + path, headers=signed_in()).status_code == 200
        return seen

    hold(client, ROOM, 9, 30)
    few = queries()
    more = [a_space(f"X{number:02d}") for number in range(40)]
    add_spaces(client, *more)
    for space in more:
        hold(client, space, 13, 60)
    assert len(queries()) == len(few) <= 4
