"""Things of the town that people of every kind may do something with, and states seldom met."""

from typing import Any
from uuid import UUID

from sqlalchemy import Engine, text

from tests.outside.town import Town

BOOKING, EVENTS = "/api/booking/v1", "/api/events/v1"
ENGAGEMENT = "/api/engagement/v1"
SIGNED_UP = ("owner", "student", "organizer", "manager")
PARK = text("""
    UPDATE mail SET status = 'parked', reason = 'the server did not answer for a week'
    WHERE notice_id = (SELECT notice_id FROM mail WHERE notice_id <> :other LIMIT 1)
    RETURNING notice_id
""")
NOT_COMING = text(
    "UPDATE reservation SET status = 'no_show', ended_at = check_in_until WHERE id = :id"
)
LET_IT_BE_OVER = text("""
    UPDATE library_event SET starts_at = starts_at - interval '7 days',
        ends_at = ends_at - interval '7 days'
    WHERE id = :id
""")


def is_there(town: Town, space: dict[str, Any]) -> None:
    """Let the owner be in a room of their own: they can leave."""
    owner, admin = town.people["owner"], town.people["admin"]
    room = admin.post(f"{BOOKING}/spaces", {**space, "code": "R4"})["id"]
    stay = {"starts_at": "2026-11-24T02:10:00Z", "ends_at": "2026-11-24T02:50:00Z"}
    booked = owner.post(f"{BOOKING}/reservations", {"space_id": room, **stay})["id"]
    code = admin.get(f"{BOOKING}/spaces/{room}/check-in-code")["code"]
    owner.post(f"{BOOKING}/reservations/{booked}/check-in", {"code": code})
    town.ids.update(checked_in_id=booked, student_id=str(town.people["student"].account.patron_id))


def was_missed(town: Town, space: dict[str, Any]) -> None:
    """Let a student not come to a room of their own."""
    student, admin = town.people["student"], town.people["admin"]
    room = admin.post(f"{BOOKING}/spaces", {**space, "code": "R5"})["id"]
    stay = {"starts_at": "2026-11-24T02:10:00Z", "ends_at": "2026-11-24T02:50:00Z"}
    missed = student.post(f"{BOOKING}/reservations", {"space_id": room, **stay})["id"]
    with engine_of(town, "booking").begin() as connection:
        connection.execute(NOT_COMING, {"id": UUID(missed)})
    town.ids["missed_id"] = missed


def activities(town: Town, plan: dict[str, Any]) -> None:
    """One for whoever wants to come, one with everybody in it, one that is over."""
    organizer = town.people["organizer"]
    for name, capacity in (("open_id", 20), ("joined_id", 20), ("over_id", 20)):
        made = organizer.post(f"{EVENTS}/library-events", {**plan, "capacity": capacity})
        organizer.post(f"{EVENTS}/library-events/{made['id']}/publish")
        town.ids[name] = made["id"]
    joined = f"{EVENTS}/library-events/{town.ids['joined_id']}"
    for who in SIGNED_UP:
        town.people[who].post(f"{joined}/registrations", {"party_size": 1})
    town.ids["joined_code"] = organizer.get(f"{joined}/attendance-code")["code"]
    with engine_of(town, "events").begin() as connection:
        connection.execute(LET_IT_BE_OVER, {"id": UUID(town.ids["over_id"])})


def a_supported_suggestion(town: Town, said: dict[str, Any]) -> None:
    """Everybody but its author is for it."""
    told = {**said, "title": "Lamps on the stairs", "body": "It is dark there."}
    made = town.people["owner"].post(f"{ENGAGEMENT}/suggestions", told)["id"]
    for who in SIGNED_UP[1:]:
        town.people[who].post(f"{ENGAGEMENT}/suggestions/{made}/support")
    town.ids["supported_id"] = made


def a_parked_mail(town: Town) -> None:
    """One that was tried for too long."""
    with engine_of(town, "gateway").begin() as connection:
        parked = connection.execute(PARK, {"other": UUID(town.ids["notice_id"])})
        town.ids["parked_notice_id"] = str(parked.scalar_one())


def engine_of(town: Town, service: str) -> Engine:
    engine: Engine = town.house.apps[service].extensions["atrium_engine"]
    return engine
