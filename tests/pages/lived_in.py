"""A small library that has been lived in: every state a page can show is there once."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.support.platform_campus import (
    BOOKING,
    ENGAGEMENT,
    EVENTS,
    PlatformCampus,
    build_campus,
    local_midnight,
    slot,
    this_minute,
    wait_until_told,
)
from tests.support.platform_people import PASSWORD, Person, first_administrator, sign_in
from tests.support.polling import eventually
from tests.support.running_platform import RunningPlatform
from tests.support.test_run import alone, run_folder

LAST_VISITOR = "visitor"
ROLES = ("student", "organizer", "staff", "manager", "admin")
ACCOUNTS = "/api/gateway/v1/accounts"


def live_in(platform: RunningPlatform) -> dict[str, str]:
    """Furnish the library once in a run; return what later tests must know of it."""
    known: Path = run_folder() / "lived-in.json"
    with alone("lived-in"):
        if not known.exists():
            known.write_text(json.dumps(_live(platform)), encoding="utf-8")
    told: dict[str, str] = json.loads(known.read_text(encoding="utf-8"))
    return told


def _live(platform: RunningPlatform) -> dict[str, str]:
    administrator = first_administrator(platform.process, platform.client)
    people = {role: _admit(administrator, role) for role in ROLES}
    campus = build_campus(administrator, rooms=3, capacity=4, start_step_minutes=30)
    coming = _within_a_day()
    _book(people["student"], administrator, campus, coming)
    _plan(platform, people, campus)
    _wish_to_move(people["organizer"], campus, coming)
    wait_until_told(campus)
    _suggest(people, campus)
    login = administrator.get("/api/gateway/v1/me")["login"]
    return {
        "library_id": campus.library_id,
        "space_id": campus.space_ids[0],
        "administrator": login,
    }


def _admit(administrator: Person, role: str) -> Person:
    """Admit somebody whose login is their role."""
    return admit_as(administrator, role, ["patron"] if role == "student" else ["patron", role])


def admit_as(administrator: Person, login: str, roles: list[str], language: str = "en") -> Person:
    """Admit somebody with exactly this login."""
    body = {
        "login": login,
        "password": PASSWORD,
        "family_name": "王",
        "given_name": "小明",
        "roles": roles,
        "language": language,
        "faculty": "science",
        "level": "bachelor",
        "study_year": 2,
        "mail": f"{login}@library.example",
    }
    administrator.post(ACCOUNTS, body)
    return sign_in(administrator.client, login)


def _within_a_day() -> datetime:
    """A half-hour so near that one may check in already, and so far that nothing else is there."""
    return this_minute() + timedelta(hours=22, minutes=30 - this_minute().minute % 30)


def _book(student: Person, staff: Person, campus: PlatformCampus, coming: datetime) -> None:
    """One coming, one being used, one given up."""
    student.post(f"{BOOKING}/reservations", slot(campus.space_ids[0], coming))
    now = this_minute() + timedelta(minutes=30 - this_minute().minute % 30)
    soon = student.post(f"{BOOKING}/reservations", slot(campus.space_ids[1], now))
    shown = staff.get(f"{BOOKING}/spaces/{campus.space_ids[1]}/check-in-code")
    student.post(f"{BOOKING}/reservations/{soon['id']}/check-in", {"code": shown["code"]})
    given_up = slot(campus.space_ids[2], coming + timedelta(hours=4))
    booked = student.post(f"{BOOKING}/reservations", given_up)
    student.delete(f"{BOOKING}/reservations/{booked['id']}")


def _plan(platform: RunningPlatform, people: dict[str, Person], campus: PlatformCampus) -> None:
    """A draft, one with places left, one that is full with somebody waiting."""
    organizer, student = people["organizer"], people["student"]
    platform.await_space(campus.space_ids[2])
    for hours, capacity, publish in ((20, 4, True), (30, 1, True), (40, 4, False)):
        begins = local_midnight(2) + timedelta(hours=hours)
        activity = organizer.post(
            f"{EVENTS}/library-events",
            {
                "programme": "workshop",
                "title_en": "Reading maps",
                "title_zh": "读地图",
                "description_en": "How to read old maps.",
                "description_zh": "怎样读老地图。",
                "space_id": campus.space_ids[2],
                "starts_at": begins.isoformat(),
                "ends_at": (begins + timedelta(hours=1)).isoformat(),
                "capacity": capacity,
                "waiting_list": True,
            },
        )
        address = f"{EVENTS}/library-events/{activity['id']}"
        eventually(_room_is_held(organizer, activity["id"]))
        if publish:
            organizer.post(f"{address}/publish")
            people["manager"].post(f"{address}/registrations", {})
            student.post(f"{address}/registrations", {})


def _wish_to_move(organizer: Person, campus: PlatformCampus, taken: datetime) -> None:
    """The first of them would move to where the student is by then, and is told no."""
    listed = organizer.get(f"{EVENTS}/library-events/mine", status="published", order="soonest")
    address = f"{EVENTS}/library-events/{listed['items'][0]['id']}"
    to = slot(campus.space_ids[0], taken)
    organizer.post(f"{address}/move", to, **{"If-Match": "*"})
    eventually(lambda: organizer.get(address)["move"]["state"] == "refused")


def _room_is_held(organizer: Person, activity_id: str) -> Callable[[], bool]:
    def held() -> bool:
        mine: list[dict[str, Any]] = organizer.get(f"{EVENTS}/library-events/mine")["items"]
        return next(one for one in mine if one["id"] == activity_id)["room"]["state"] == "held"

    return held


def _suggest(people: dict[str, Person], campus: PlatformCampus) -> None:
    """Two suggestions, one of them supported. Their words are numbers: they have no language."""
    for role, other in (("student", "manager"), ("organizer", "student")):
        said = {"library_id": campus.library_id, "space_kind": "learning"}
        words = {"title": f"{len(role)} 2026", "body": "100 + 100"}
        made = people[role].post(f"{ENGAGEMENT}/suggestions", {**said, **words})
        people[other].post(f"{ENGAGEMENT}/suggestions/{made['id']}/support", {})
