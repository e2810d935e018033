"""Builds the town as its people would, over HTTP; from then on whatever happens can be undone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

from gateway.domain.mail_settings import MailSettings
from gateway.worker import build_worker
from shared.kernel.clock import SetClock
from shared.messaging.parking import park_unreadable
from shared.messaging.reading import Unreadable
from tests.outside import for_everybody
from tests.outside.town import WHO, Town
from tests.outside.undone import Undone
from tests.support.gateway_house import Visitor, open_house
from tests.support.gateway_pages import sign_in

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)  # Tuesday, ten o'clock in Shanghai
BOOKING, EVENTS = "/api/booking/v1", "/api/events/v1"
ENGAGEMENT, GATEWAY = "/api/engagement/v1", "/api/gateway/v1"
NAMED = {"name_zh": "试验馆", "name_en": "Trial Library"}
NIGHT_AND_DAY = [
    {"weekday": day, "spans": [{"opens": "00:00", "closes": "24:00"}]} for day in range(7)
]
RULES = {"start_step_minutes": 1, "check_in_opens_before_minutes": 1440, "window_days": 30}
PEOPLE_FILE = (
    "number,family_name,given_name,mail,faculty,level,study_year,role\n"
    "B1,Zhao,Min,min@example.edu,science,bachelor,1,patron\n"
)
NONSENSE = Unreadable(
    source="atrium/nobody",
    message_id="1",
    type="nothing",
    sequence=None,
    body="nonsense",
    reason="no envelope",
)


def build_town(fresh_database: Callable[[str], str], broker_url: str, folder: Path) -> Town:
    """Return the town with everything in it."""
    clock = SetClock(NOW)
    house = open_house(fresh_database, broker_url, folder, clock, log_level="critical")
    mail = replace(house.parts.settings, mail=MailSettings(folder=folder), jwks_out=None)
    house.workers.append(build_worker(mail, clock=clock))
    people = {name: house.person(*roles, login=name) for name, roles in WHO.items()}
    town = Town(house, people)
    Furnisher(town).furnish()
    town.undone = Undone(app.extensions["atrium_engine"] for app in house.apps.values())
    return town


class Furnisher:
    """Fills the town, remembering the id of everything."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.ids = town.ids
        self.admin = town.people["admin"]
        self.room: dict[str, Any] = {}

    def furnish(self) -> None:
        self.places()
        self.reservations()
        self.activities()
        self.suggestions()
        self.accounts()
        self.town.house.move_messages()
        self.notices()

    def places(self) -> None:
        library = {"code": "T", **NAMED, "timezone": "Asia/Shanghai"}
        library_id = self.made("library_id", f"{BOOKING}/libraries", library)
        elsewhere = self.admin.post(f"{BOOKING}/libraries", {**library, "code": "U"})["id"]
        for who, ids in (("staff", [library_id]), ("staff_elsewhere", [elsewhere])):
            self.limit(who, ids)
            sign_in(self.town.people[who].browser, login=who)
        floor = self.made(
            "floor_id",
            f"{BOOKING}/libraries/{library_id}/floors",
            {"code": "F", **NAMED, "level": 1},
        )
        zone = self.made("zone_id", f"{BOOKING}/zones", {"code": "Z", **NAMED, "floor_id": floor})
        kind = {"space_type": "room", "space_kind": "learning", "capacity": 4}
        self.room = {**NAMED, "zone_id": zone, **kind}
        for key, code in (("space_id", "R1"), ("asking_space_id", "R2"), ("free_space_id", "R3")):
            self.made(key, f"{BOOKING}/spaces", {**self.room, "code": code})
        self.ids.update(scope_id=library_id, scope_type="library", service="booking", ending="csv")
        self.ids["problem"] = "not_found"
        self.admin.put(f"{BOOKING}/hours/library/{library_id}/weekly", {"days": NIGHT_AND_DAY})
        days = {"first_day": "2027-01-01", "last_day": "2027-01-01", **NAMED, "spans": []}
        self.made("exception_id", f"{BOOKING}/hours/library/{library_id}/exceptions", days)
        self.rule("library", library_id, RULES)
        self.rule("space", self.ids["asking_space_id"], {**RULES, "approval_required": True})
        closed = {"first_day": "2026-12-31", "last_day": "2026-12-31", **NAMED}
        where = {"scope_type": "library", "scope_id": library_id}
        made = self.admin.post(f"{BOOKING}/libraries/{library_id}/closures", {**closed, **where})
        self.ids["closure_id"] = made["closure"]["id"]
        self.made(
            "key_id", f"{BOOKING}/spaces/{self.ids['space_id']}/display-keys", {"label": "Door"}
        )
        self.town.house.move_messages()

    def limit(self, who: str, libraries: list[str]) -> None:
        """Let a member of staff serve these libraries alone."""
        person = self.town.people[who]
        path = f"{GATEWAY}/accounts/{person.account.patron_id}/roles"
        body = {"roles": sorted(person.account.roles), "libraries": libraries}
        answer = self.town.client(path).put(
            path, json=body, headers={**self.admin.headers, "If-Match": "*"}
        )
        assert answer.status_code == 200, answer.text
        served = frozenset(UUID(library) for library in libraries)
        person.account = replace(person.account, libraries=served)

    def rule(self, scope_type: str, scope_id: str, body: dict[str, Any]) -> None:
        scope = {"scope_type": scope_type, "scope_id": scope_id, "body": body}
        since = {"library_id": self.ids["library_id"], "valid_from": "2026-11-01T00:00:00Z"}
        self.admin.post(f"{BOOKING}/rulebooks", {**scope, **since})

    def reservations(self) -> None:
        owner = self.town.people["owner"]
        slot = {"space_id": self.ids["space_id"], "starts_at": "2026-11-24T03:00:00Z"}
        asked = {**slot, "space_id": self.ids["asking_space_id"]}
        later = {"starts_at": "2026-11-25T06:00:00Z", "ends_at": "2026-11-25T07:00:00Z"}
        self.made(
            "reservation_id",
            f"{BOOKING}/reservations",
            {**slot, "ends_at": "2026-11-24T04:00:00Z"},
            owner,
        )
        self.made("request_id", f"{BOOKING}/reservations", {**asked, **later}, owner)
        self.ids["key"] = owner.post(f"{BOOKING}/feed-keys")["key"]
        door = self.admin.get(f"{BOOKING}/spaces/{self.ids['space_id']}/check-in-code")
        self.ids["check_in_code"] = door["code"]
        for_everybody.is_there(self.town, self.room)
        for_everybody.was_missed(self.town, self.room)

    def activities(self) -> None:
        organizer, owner = self.town.people["organizer"], self.town.people["owner"]
        plan = {
            "programme": "salon",
            "title_en": "Poems on an autumn evening",
            "title_zh": "秋夜读诗",
            "place": "Botanical garden",
            "library_id": self.ids["library_id"],
            "space_kind": "cultural",
            "starts_at": "2026-11-24T02:10:00Z",
            "ends_at": "2026-11-24T04:00:00Z",
            "capacity": 1,
        }
        activity = self.made("library_event_id", f"{EVENTS}/library-events", plan, organizer)
        organizer.post(f"{EVENTS}/library-events/{activity}/publish")
        self.made("draft_id", f"{EVENTS}/library-events", {**plan, "title_en": "Draft"}, organizer)
        sign_up = f"{EVENTS}/library-events/{activity}/registrations"
        self.made("registration_id", sign_up, {"party_size": 1}, owner)
        self.made("waiting_id", sign_up, {"party_size": 1}, self.town.people["student"])
        present = {"attendees": [{"patron_id": str(owner.account.patron_id)}]}
        recorded = organizer.post(f"{EVENTS}/library-events/{activity}/attendances", present)
        self.ids["attendance_id"] = recorded["items"][0]["id"]
        shown = organizer.get(f"{EVENTS}/library-events/{activity}/attendance-code")
        ticket = owner.get(f"{EVENTS}/registrations/{self.ids['registration_id']}/ticket")
        self.ids.update(attendance_code=shown["code"], ticket_code=ticket["code"])
        self.an_offer(plan)
        self.a_refused_room(plan)
        for_everybody.activities(self.town, plan)

    def an_offer(self, plan: dict[str, Any]) -> None:
        """An activity whose one place was given back while the owner waited for it."""
        organizer, owner = self.town.people["organizer"], self.town.people["owner"]
        later = {"starts_at": "2026-11-27T02:00:00Z", "ends_at": "2026-11-27T04:00:00Z"}
        made = organizer.post(f"{EVENTS}/library-events", {**plan, **later})
        organizer.post(f"{EVENTS}/library-events/{made['id']}/publish")
        sign_up = f"{EVENTS}/library-events/{made['id']}/registrations"
        first = self.town.people["student"].post(sign_up, {"party_size": 1})
        self.made("offered_id", sign_up, {"party_size": 1}, owner)
        self.given_up(f"{EVENTS}/registrations/{first['id']}", self.town.people["student"])

    def given_up(self, path: str, by: Visitor) -> None:
        headers = {**by.headers, "If-Match": "*"}
        assert self.town.client(path).delete(path, headers=headers).status_code == 200

    def wished(self, activity: str, move: dict[str, Any], by: Visitor) -> None:
        path = f"{EVENTS}/library-events/{activity}/move"
        headers = {**by.headers, "If-Match": "*"}
        answer = self.town.client(path).post(path, json=move, headers=headers)
        assert answer.status_code == 202, answer.text

    def a_refused_room(self, plan: dict[str, Any]) -> None:
        """A draft, and an activity that would move, ask for the hour for which the owner has it."""
        organizer = self.town.people["organizer"]
        hour = {"starts_at": "2026-11-24T03:00:00Z", "ends_at": "2026-11-24T04:00:00Z"}
        room = {"space_id": self.ids["space_id"], "place": "", "library_id": None}
        asked = {**plan, **hour, **room, "space_kind": None}
        refused = self.made("refused_id", f"{EVENTS}/library-events", asked, organizer)
        moving = self.made("moving_id", f"{EVENTS}/library-events", plan, organizer)
        organizer.post(f"{EVENTS}/library-events/{moving}/publish")
        self.wished(moving, {**hour, "space_id": self.ids["space_id"]}, organizer)
        self.town.house.move_messages()
        told = organizer.get(f"{EVENTS}/library-events/{refused}/room")
        first = told["room"]["alternatives"][0]
        self.town.things["alternative"] = {
            name: first[name] for name in ("space_id", "starts_at", "ends_at")
        }

    def suggestions(self) -> None:
        said = {"library_id": self.ids["library_id"], "space_kind": "learning"}
        self.made(
            "suggestion_id",
            f"{ENGAGEMENT}/suggestions",
            {**said, "title": "More sockets upstairs", "body": "For all who write there."},
            self.town.people["owner"],
        )
        for_everybody.a_supported_suggestion(self.town, said)
        self.ids.update(metric_id="M10", name="booking", code="2026-1")
        term = f"{ENGAGEMENT}/terms/{self.ids['library_id']}/{self.ids['code']}"
        week = {"name_zh": "秋", "name_en": "Autumn", "from": "2026-09-07", "to": "2027-01-17"}
        answer = self.town.ask("admin", "PUT", term, json=week, headers={"If-Match": "*"})
        assert answer.status_code < 300, answer.text

    def accounts(self) -> None:
        owner = self.town.people["owner"]
        self.ids["patron_id"] = str(owner.account.patron_id)
        named = {"name": "mine", "scopes": ["booking:read"]}
        token = self.at_gateway("/api-tokens", owner, json=named)
        self.ids["token_id"] = token["record"]["token_id"]
        campus = {
            "name_en": "Campus",
            "name_zh": "校园",
            "issuer": "https://localhost:9",
            "client_id": "atrium",
            "client_secret": "a secret",
            "active": False,
        }
        provider = self.at_gateway("/sign-in-providers", self.admin, json=campus)
        self.ids["provider_id"] = provider.get("provider_id") or provider["id"]
        people = {"file": (BytesIO(PEOPLE_FILE.encode()), "people.csv")}
        self.ids["import_id"] = self.at_gateway("/imports", self.admin, data=people)["import_id"]

    def notices(self) -> None:
        """What the gateway heard has told the owner something; a message nobody could read."""
        owner = self.town.people["owner"]
        answer = self.town.ask("owner", "GET", f"{GATEWAY}/me/notices", headers=owner.headers)
        self.ids["notice_id"] = answer.json["items"][0]["notice_id"]
        for_everybody.a_parked_mail(self.town)
        for app in self.town.house.apps.values():
            with app.extensions["atrium_engine"].begin() as connection:
                park_unreadable(connection, NONSENSE)
                found = connection.exec_driver_sql("SELECT position FROM parked_message")
                self.ids["position"] = str(found.scalar_one())

    def at_gateway(self, path: str, by: Visitor, **sent: Any) -> Any:
        answer = self.town.client(GATEWAY).post(f"{GATEWAY}{path}", headers=by.headers, **sent)
        assert answer.status_code < 300, answer.text
        return answer.json

    def made(self, key: str, path: str, body: Any, by: Visitor | None = None) -> str:
        made = (by or self.admin).post(path, body)
        self.ids[key] = str(made.get("id") or made.get("key_id"))
        return self.ids[key]
