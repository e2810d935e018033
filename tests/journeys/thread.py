"""What the thread's story is told with: figures, points, outbox rows of a running platform."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import text

from services.booking.commands.publish_capacity import publish_due_capacity
from services.booking.persistence.unit_of_work import BookingUnitOfWork
from shared.kernel.clock import SystemClock
from shared.persistence.transactions import OwnTransactions
from tests.support.platform_campus import (
    ENGAGEMENT,
    EVENTS,
    SHANGHAI_OFFSET,
    PlatformCampus,
    build_campus,
    this_minute,
    wait_until_told,
)
from tests.support.platform_people import Person, admit
from tests.support.polling import eventually
from tests.support.running_platform import RunningPlatform
from tests.support.test_run import alone

OUTBOX = (
    "SELECT id, traceparent, data FROM outbox WHERE type = :type AND data->>:field = :value"
    " ORDER BY position DESC LIMIT 1"
)


@dataclass
class Story:
    """A library, its administrator, and people who live there."""

    platform: RunningPlatform
    administrator: Person
    campus: PlatformCampus

    def figure(self, metric: str) -> dict[str, Any]:
        """The whole figure of this library, over yesterday until tomorrow."""
        cells = self._asked(metric)["cells"]
        assert len(cells) == 1
        cell: dict[str, Any] = cells[0]
        return cell

    def numerator(self, metric: str) -> int:
        return int(self.figure(metric)["numerator"] or 0)

    def acts(self, metric: str) -> list[dict[str, Any]]:
        """The acts a figure counts: the drill-down."""
        found: list[dict[str, Any]] = self._asked(f"{metric}/acts")["items"]
        return found

    @cached_property
    def period(self) -> dict[str, str]:
        today = (datetime.now(UTC) + SHANGHAI_OFFSET).date()
        day = timedelta(days=1)
        return {"from": str(today - day), "to": str(today + day)}

    def outbox_row(self, service: str, kind: str, field: str, value: str) -> Any:
        """The last message a service has written about something."""
        with self.platform.engine(service).connect() as connection:
            asked = {"type": kind, "field": field, "value": value}
            return connection.execute(text(OUTBOX), asked).one()

    def an_activity(self, space_id: str, **plan: Any) -> dict[str, Any]:
        """Plan an activity in a room; return it once booking has held that room for it."""
        body = {
            "programme": "workshop",
            "title_en": "Reading maps",
            "space_id": space_id,
            "starts_at": (this_minute() + timedelta(minutes=20)).isoformat(),
            "ends_at": (this_minute() + timedelta(minutes=80)).isoformat(),
            "capacity": 10,
            **plan,
        }
        runner = self.administrator
        self.platform.await_space(space_id)
        made = runner.post(f"{EVENTS}/library-events", body)
        eventually(lambda: self.room_of(made["id"])["state"] == "held")
        return runner.post(f"{EVENTS}/library-events/{made['id']}/publish")

    def room_of(self, activity_id: str) -> dict[str, Any]:
        mine = self.administrator.get(f"{EVENTS}/library-events/mine")["items"]
        room: dict[str, Any] = next(one["room"] for one in mine if one["id"] == activity_id)
        return room

    def _asked(self, path: str) -> dict[str, Any]:
        query = {**self.period, "library": self.campus.library_id}
        return self.administrator.get(f"{ENGAGEMENT}/metrics/{path}", **query)


def begin(platform: RunningPlatform) -> Story:
    """Furnish a library and say what it offers."""
    administrator = platform.staff()
    story = Story(platform, administrator, build_campus(administrator, rooms=3))
    publish_capacity(platform)
    wait_until_told(story.campus)
    return story


@contextmanager
def population_at_rest(platform: RunningPlatform) -> Iterator[None]:
    """Let nobody else of the run count the people of this platform meanwhile.

    How many people there are belongs to no library: it is the one thing its tests share.
    """
    with alone(f"population-{platform.process.shape}"):
        eventually(lambda: _snapshots(platform, "engagement", "act") == _told(platform))
        yield


def _told(platform: RunningPlatform) -> int:
    return _snapshots(platform, "gateway", "outbox")


def _snapshots(platform: RunningPlatform, service: str, table: str) -> int:
    counted = f"SELECT count(*) FROM {table} WHERE type = 'gateway.population.snapshotted.v1'"
    with platform.engine(service).connect() as connection:
        return int(connection.exec_driver_sql(counted).scalar_one())


def publish_capacity(platform: RunningPlatform) -> None:
    """Say what libraries offer, as the worker does each minute."""
    clock = SystemClock()
    uow = BookingUnitOfWork(OwnTransactions(platform.engine("booking")), clock=clock)
    publish_due_capacity(uow=uow, clock=clock)


def students(story: Story, *logins: str) -> list[Person]:
    """Admit students and let them sign in."""
    details = {"faculty": "Science", "level": "bachelor"}
    return [admit(story.administrator, login, **details) for login in logins]


def points_of(person: Person) -> dict[str, Any]:
    return person.get(f"{ENGAGEMENT}/my/points")
