"""Calendar feeds through the public door, parsed back and laid out by an independent engine."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import recurring_ical_events
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import Engine

from services.booking.api import calendars
from services.booking.domain.space import Space
from services.booking.persistence.unit_of_work import BookingUnitOfWork
from shared.kernel.clock import SetClock
from shared.persistence.transactions import OwnTransactions
from tests.support.booking_builders import (
    LIBRARY_ID,
    NOW,
    OTHER_ROOM,
    ROOM,
    a_library,
    a_space,
    hour,
)
from tests.support.tokens import bearer

PATH = "/api/booking/v1"
ME = UUID(int=1)


def signed_in(person: UUID = ME, **claims: Any) -> dict[str, str]:
    return bearer(person, now=NOW, lifetime_seconds=60 * 24 * 3600, **claims)


def reserved(client: FlaskClient, start: float = 10, space: Space = ROOM) -> dict[str, Any]:
    body = {
        "space_id": str(space.id),
        "starts_at": hour(start).isoformat(),
        "ends_at": hour(start + 1).isoformat(),
    }
    headers = {**signed_in(), "Idempotency-Key": str(uuid4())}
    answer = client.post(f"{PATH}/reservations", json=body, headers=headers)
    assert answer.status_code == 201, answer.get_json()
    made: dict[str, Any] = answer.get_json()
    return made


def cancel(client: FlaskClient, reservation: dict[str, Any]) -> None:
    path = f"{PATH}/reservations/{reservation['id']}"
    etag = client.get(path, headers=signed_in()).headers["ETag"]
    answer = client.delete(path, headers={**signed_in(), "If-Match": etag})
    assert answer.status_code == 200


def issue_key(client: FlaskClient) -> str:
    answer = client.post(f"{PATH}/feed-keys", headers=signed_in())
    assert answer.status_code == 201
    body = answer.get_json()
    assert body["url"] == f"http://localhost:8000{PATH}/feeds/{body['key']}.ics"
    key: str = body["key"]
    return key


def read(client: FlaskClient, key: str, query: str = "") -> Calendar:
    answer = client.get(f"{PATH}/feeds/{key}.ics{query}")
    assert answer.status_code == 200
    assert answer.content_type == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.data)


def test_the_feed_holds_ones_own_reservations(client: FlaskClient) -> None:
    made = reserved(client)
    (entry,) = read(client, issue_key(client)).walk("VEVENT")
    assert str(entry["UID"]) == f"{made['id']}@booking.atrium"
    assert entry.start == hour(10)
    assert entry.end == hour(11)
    assert entry["DTSTART"].to_ical() == b"20261124T020000Z"
    assert (str(entry["STATUS"]), entry["SEQUENCE"]) == ("CONFIRMED", 0)
    assert entry["DTSTAMP"].dt == NOW


def test_an_independent_engine_lays_it_out_on_the_same_days(client: FlaskClient) -> None:
    reserved(client, 10)
    reserved(client, 10 + 24, OTHER_ROOM)
    calendar = read(client, issue_key(client))
    laid_out = recurring_ical_events.of(calendar).between(hour(0), hour(72))
    assert sorted((one.start, one.end) for one in laid_out) == [
        (hour(10), hour(11)),
        (hour(34), hour(35)),
    ]


def test_a_cancelled_one_keeps_its_uid_counts_up_and_stays_thirty_days(
    client: FlaskClient, clock: SetClock
) -> None:
    key = issue_key(client)
    made = reserved(client)
    cancel(client, made)
    (entry,) = read(client, key).walk("VEVENT")
    assert str(entry["UID"]) == f"{made['id']}@booking.atrium"
    assert (str(entry["STATUS"]), entry["SEQUENCE"]) == ("CANCELLED", 1)
    clock.set(NOW + timedelta(days=29))
    assert len(read(client, key).walk("VEVENT")) == 1
    clock.set(NOW + timedelta(days=32))
    assert read(client, key).walk("VEVENT") == []


@pytest.mark.parametrize(
    ("query", "name"),
    [("?language=zh-CN", "澄心研讨室"), ("?language=en", "Chengxin room"), ("", "Chengxin room")],
)
def test_names_are_in_the_language_asked_for(client: FlaskClient, query: str, name: str) -> None:
    rename(client, name_zh="澄心研讨室", name_en="Chengxin room")
    reserved(client)
    (entry,) = read(client, issue_key(client), query).walk("VEVENT")
    assert str(entry["SUMMARY"]) == name


def test_long_names_are_folded_between_characters(client: FlaskClient) -> None:
    long_name = "研讨，室；" * 40
    rename(client, name_zh=long_name)
    reserved(client)
    key = issue_key(client)
    raw = client.get(f"{PATH}/feeds/{key}.ics?language=zh-CN").data
    lines = raw.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() is not None for line in lines)
    assert b"\n" not in raw.replace(b"\r\n", b"")
    (entry,) = Calendar.from_ical(raw).walk("VEVENT")
    assert str(entry["SUMMARY"]) == long_name


def test_what_has_not_changed_is_not_sent_again(client: FlaskClient, clock: SetClock) -> None:
    reserved(client)
    key = issue_key(client)
    first = client.get(f"{PATH}/feeds/{key}.ics")
    clock.set(NOW + timedelta(minutes=5))
    held = {"If-None-Match": first.headers["ETag"]}
    again = client.get(f"{PATH}/feeds/{key}.ics", headers=held)
    assert (again.status_code, again.data) == (304, b"")
    for name in ("ETag", "Vary", "Cache-Control"):
        assert again.headers[name] == first.headers[name]
    reserved(client, 15)
    assert client.get(f"{PATH}/feeds/{key}.ics", headers=held).status_code == 200


def test_a_new_address_ends_the_old_one_and_none_is_kept_readably(client: FlaskClient) -> None:
    old, new = issue_key(client), issue_key(client)
    assert client.get(f"{PATH}/feeds/{old}.ics").status_code == 404
    assert client.get(f"{PATH}/feeds/{new}.ics").status_code == 200
    engine: Engine = client.application.extensions["atrium_engine"]
    with engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT key_hash FROM feed_key").scalars().all()
    assert len(kept) == 1
    assert new.encode() not in bytes(kept[0])


def test_a_revoked_address_no_longer_works(client: FlaskClient) -> None:
    key = issue_key(client)
    assert client.delete(f"{PATH}/feed-keys", headers=signed_in()).status_code == 204
    assert client.get(f"{PATH}/feeds/{key}.ics").status_code == 404
    assert client.delete(f"{PATH}/feed-keys", headers=signed_in()).status_code == 404


@pytest.mark.parametrize("key", ["nobody", "%00", "密", "a" * 3000])
def test_an_address_nobody_was_given_is_not_found(client: FlaskClient, key: str) -> None:
    assert client.get(f"{PATH}/feeds/{key}.ics").status_code == 404


def test_the_closed_days_of_a_library_are_a_calendar_too(client: FlaskClient) -> None:
    path = f"{PATH}/hours/library/{LIBRARY_ID}/exceptions"
    said = {"name_zh": "国庆", "name_en": "National Day", "first_day": "2027-10-01"}
    headers = signed_in(roles=["staff"])
    for number, body in enumerate(
        (
            {**said, "last_day": "2027-10-07"},
            {**said, "first_day": "2027-10-09", "last_day": "2027-10-09", "as_weekday": 4},
        )
    ):
        key = {"Idempotency-Key": f"line {number}"}
        assert client.post(path, json=body, headers={**headers, **key}).status_code == 201
    answer = client.get(f"{PATH}/libraries/{LIBRARY_ID}/closures.ics?language=zh-CN")
    (entry,) = Calendar.from_ical(answer.data).walk("VEVENT")
    assert str(entry["SUMMARY"]) == "闭馆：国庆"
    assert (entry.start, entry.end) == (date(2027, 10, 1), date(2027, 10, 8))
    nowhere = client.get(f"{PATH}/libraries/{uuid4()}/closures.ics")
    assert nowhere.status_code == 404


def rename(client: FlaskClient, **names: str) -> None:
    engine: Engine = client.application.extensions["atrium_engine"]
    unit = BookingUnitOfWork(OwnTransactions(engine), clock=SetClock(datetime.now(UTC)))
    with unit as uow:
        uow.inventory.keep_space(a_space("R1", **names))
        uow.commit()


def test_messages_and_feed_number_the_versions_of_an_appointment_alike(
    client: FlaskClient,
) -> None:
    key = issue_key(client)
    made = reserved(client)
    in_feed = [int(one["sequence"]) for one in read(client, key).walk("VEVENT")]
    cancel(client, made)
    in_feed += [int(one["sequence"]) for one in read(client, key).walk("VEVENT")]
    with client.application.extensions["atrium_engine"].connect() as connection:
        said = "SELECT data FROM outbox WHERE subject = %(id)s ORDER BY position"
        told = connection.exec_driver_sql(said, {"id": made["id"]}).scalars()
        assert [data["calendar_sequence"] for data in told] == in_feed == [0, 1]


def test_a_library_with_an_odd_name_has_a_calendar_as_well() -> None:
    library = a_library(name_en="Law,\nnorth\x0bwing; old")
    feed = calendars.of_closures(library, [], "en")
    assert feed.count(b"X-WR-CALNAME:Law\\,\\nnorth wing\\; old: closed days\r\n") == 1
