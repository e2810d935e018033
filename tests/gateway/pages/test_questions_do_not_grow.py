"""A page asks as many questions of the databases about thirty things as about three."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event as sql_hooks
from werkzeug.test import TestResponse

from infra.screenshots.walk import kind_of, links_in
from shared.kernel.clock import SetClock
from tests.support.gateway_builders import NOON
from tests.support.gateway_house import House, Visitor, open_house
from tests.support.platform_campus import build_campus

pytestmark = pytest.mark.timeout(400)
FEW, MANY = 3, 30
STAFF = ("organizer", "staff", "manager", "admin")


@pytest.fixture
def build(
    fresh_database: Callable[[str], str],
    embedded_broker_url: str,
    tmp_path: Path,
    clock: SetClock,
) -> Iterator[Callable[[int], House]]:
    with ExitStack() as houses:

        def opened(size: int) -> House:
            folder = tmp_path / str(size)
            folder.mkdir()
            house = open_house(fresh_database, embedded_broker_url, folder, clock)
            houses.callback(house.close)
            return house

        yield opened


def furnish(house: House, things: int) -> Visitor:
    """Fill a library: so many rooms, bookings, activities, sign-ups, suggestions, people."""
    chief = house.person(*STAFF, login="chief")
    campus = build_campus(chief, rooms=things, capacity=4, start_step_minutes=30)  # type: ignore[arg-type]  # as good as a Person
    house.move_messages()
    others = [house.person() for _ in range(things)]
    for number, other in enumerate(others):
        space = campus.space_ids[number]
        at = NOON + timedelta(hours=20 + number)
        span = {"starts_at": at.isoformat(), "ends_at": (at + timedelta(minutes=60)).isoformat()}
        chief.post("/api/booking/v1/reservations", {"space_id": space, **span})
        plan = {
            "programme": "workshop",
            "title_en": f"Workshop {number}",
            "place": "Outside",
            "space_kind": "learning",
            "library_id": campus.library_id,
            "capacity": things,
            "waiting_list": True,
            **span,
        }
        activity = chief.post("/api/events/v1/library-events", plan)
        address = f"/api/events/v1/library-events/{activity['id']}"
        chief.post(f"{address}/publish")
        for guest in others if number == 0 else [chief]:
            guest.post(f"{address}/registrations", {})
        said = {"library_id": campus.library_id, "space_kind": "learning"}
        words = {"title": f"Wish number {number}", "body": "Because."}
        wish = other.post("/api/engagement/v1/suggestions", {**said, **words})
        chief.post(f"/api/engagement/v1/suggestions/{wish['id']}/support", {})
    house.move_messages()
    return chief


@contextmanager
def counted(house: House) -> Iterator[Counter[str]]:
    """Count the statements each service sends to its database."""
    said: Counter[str] = Counter()
    with ExitStack() as hooks:
        for name, app in house.apps.items():
            engine = app.extensions["atrium_engine"]

            def note(*_: Any, name: str = name) -> None:
                said[name] += 1

            sql_hooks.listen(engine, "before_cursor_execute", note)
            hooks.callback(sql_hooks.remove, engine, "before_cursor_execute", note)
        yield said


@dataclass
class Walk:
    """What each kind of page asks of the databases once caches are warm, and where it is."""

    house: House
    visitor: Visitor
    addresses: dict[str, str] = field(default_factory=dict)
    asked: dict[str, Counter[str]] = field(default_factory=dict)

    def over_all_pages(self) -> "Walk":
        waiting = ["/"]
        while waiting:
            address = waiting.pop(0)
            kind = kind_of(address)
            if kind in self.asked or len(self.asked) > 150:
                continue
            self.visitor.browser.get(address)
            answer = self.count(kind, address)
            if "html" in answer.content_type:
                html = answer.get_data(as_text=True)
                found = links_in(html, f"http://localhost{address}")
                waiting += [re.sub(r"^http://localhost", "", link) or "/" for link in found]
        return self

    def count(self, kind: str, address: str) -> TestResponse:
        """Ask once more; what is kept for some seconds may end between two requests, so the least
        that was ever asked counts.
        """
        with counted(self.house) as said:
            answer = self.visitor.browser.get(address)
        least = min((self.asked.get(kind, said), said), key=Counter.total)
        self.addresses[kind], self.asked[kind] = address, least
        return answer


def grown(few: Walk, many: Walk) -> dict[str, tuple[dict[str, int], dict[str, int]]]:
    return {
        kind: (dict(few.asked[kind]), dict(many.asked[kind]))
        for kind in sorted(few.asked.keys() & many.asked.keys())
        if many.asked[kind].total() > few.asked[kind].total()
    }


def test_no_page_asks_more_because_there_is_more(build: Callable[[int], House]) -> None:
    few, many = (Walk(house := build(size), furnish(house, size)) for size in (FEW, MANY))
    few.over_all_pages()
    many.over_all_pages()
    shared = few.asked.keys() & many.asked.keys()
    assert len(shared) > 20, sorted(shared)
    for kind in grown(few, many):
        many.count(kind, many.addresses[kind])
    assert grown(few, many) == {}


def test_the_count_sees_what_is_asked_for_each_row(build: Callable[[int], House]) -> None:
    house = build(FEW)
    engine = house.apps["booking"].extensions["atrium_engine"]
    with counted(house) as said, engine.connect() as connection:
        for _ in range(MANY):
            connection.exec_driver_sql("SELECT 1")
    assert said["booking"] >= MANY
