"""Load the sample campus: `python -m infra.sample_campus.load`, once, into empty databases."""

import gc
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy import event as engine_events  # SQLAlchemy's own word for its hooks

from gateway.commands.import_people import ImportPeople, import_people
from gateway.commands.name_faculty import NameFaculty, name_faculty
from gateway.commands.snapshot_population import SnapshotPopulation, snapshot_population
from gateway.config import Settings as GatewaySettings
from gateway.domain.faculty import Faculty
from infra.local.platform_parts import PARTS
from infra.sample_campus import (
    demo_accounts,
    layout,
    madrid,
    people,
    places,
    requests,
    suggestions,
    terms,
    ucl,
    workshops,
)
from infra.sample_campus.activities import plan_activities
from infra.sample_campus.bus_by_hand import BusByHand
from infra.sample_campus.hands import Hands
from infra.sample_campus.life import DAYS
from infra.sample_campus.loading import Loading
from infra.sample_campus.progress import Tally, step
from infra.sample_campus.timeline import Timeline
from infra.sample_campus.weeks import Inhabitants, Weeks
from services.booking.commands.publish_capacity import PublishCapacity, publish_capacity
from shared.kernel.clock import SetClock, SystemClock

SETTLING_DAYS = 45


def main() -> int:
    """Load everything, showing each step; return the exit code."""
    now = SystemClock().now()
    clock = SetClock(now - timedelta(days=SETTLING_DAYS))
    with ExitStack() as stack:
        hands = _hands(clock, stack)
        timeline = Timeline(clock)
        loading = Loading(hands=hands, timeline=timeline, tally=Tally(), now=now)
        _load(loading)
    print("  What the rules made of it:")
    for line in loading.tally.lines():
        print(line)
    return 0


def _hands(clock: SetClock, stack: ExitStack) -> Hands:
    workers = [
        part.module("worker").build_worker(_quiet(part.settings()), clock=clock) for part in PARTS
    ]
    engines = {worker.service: worker.engine for worker in workers}
    for engine in engines.values():
        _commit_without_waiting(engine)
        stack.callback(engine.dispose)
    return Hands(clock=clock, bus=BusByHand(workers), engines=engines)


def _quiet(settings: Any) -> Any:
    """Let nobody be told of what is being loaded: all of it is history, even this morning's."""
    if isinstance(settings, GatewaySettings):
        return replace(settings, mail=replace(settings.mail, fresh_for=timedelta(0)))
    return settings


def _commit_without_waiting(engine: Engine) -> None:
    """Let commits not wait for the disk: a loading cut short is begun anew."""

    @engine_events.listens_for(engine, "connect")
    def _set(connection: object, record: object) -> None:
        del record
        with connection.cursor() as cursor:  # type: ignore[attr-defined]  # a psycopg connection
            cursor.execute("SET synchronous_commit = off")
        connection.commit()  # type: ignore[attr-defined]  # as above


def _load(loading: Loading) -> None:
    hands = loading.hands
    settled = hands.clock.now()
    _build(hands)
    with step("2,000 people in 12 faculties, and demo accounts"):
        demo = demo_accounts.create(hands)
        _name_faculties(hands)
        inhabitants = _people(hands, demo["student"])
    _replay_bookings_and_workshops(hands, loading.tally)
    with step("Decide Madrid: 80 proposals, a supporter for each hundred real ones"):
        # Of 2016 and 2017: nothing to find among what a student has done in this term.
        others = [one for one in inhabitants.patron_ids if one != demo["student"]]
        madrid.load_madrid(hands, loading.tally, others)
    hands.clock.set(settled)
    with step("four weeks of life") as tell:
        _live(loading, inhabitants, demo["organizer"], tell)
    with step("three who ask for the salon"):
        asking = inhabitants.patron_ids[:60]
        requests.ask_for_the_salon(hands, asking, loading.today, loading.zone)
    with step("everything over the bus, into the ledger of acts") as tell:
        hands.bus.move(lambda moved: tell(f"{moved} messages"))
    gc.collect()


def _build(hands: Hands) -> None:
    with step("the library: floors, seats, rooms, machines, hours, rules"):
        places.build_library(hands)
        places.set_hours(hands)
        places.publish_campus_rules(hands)
        terms.keep_terms(hands)
        hands.bus.move()


def _replay_bookings_and_workshops(hands: Hands, tally: Tally) -> None:
    with step("University College London: 261 rooms and the 680 bookings of 5 July 2017"):
        hands.clock.set(ucl.ASKED_AT - timedelta(days=1))
        ucl.build_rooms(hands)
        ucl.replay(hands, ucl.bookings(), tally)
    with step(f"The Carpentries: the workshops of {workshops.YEAR}") as tell:
        workshops.load_workshops(hands, tally, tell)


def _name_faculties(hands: Hands) -> None:
    for record in layout.campus()["faculties"]:
        faculty = Faculty(code=record["code"], name_zh=record["zh"], name_en=record["en"])
        name_faculty(NameFaculty(faculty), uow=hands.admitting()["uow"])


def _people(hands: Hands, student: UUID) -> Inhabitants:
    invented = people.invent(layout.campus()["faculties"])
    content = people.as_csv(invented).encode()
    report = import_people(
        ImportPeople(content=content, file_name="people.csv"), **hands.admitting()
    )
    if refused := [row for row in report.rows if row.outcome == "refused"]:
        msg = f"{len(refused)} invented people were refused, the first: {refused[0]}"
        raise RuntimeError(msg)
    ids = {row.number: row.patron_id for row in report.rows if row.patron_id is not None}
    return Inhabitants(
        people=[*invented, demo_accounts.STUDENT],
        patron_ids=[*(ids[person.number] for person in invented), student],
    )


def _live(
    loading: Loading, inhabitants: Inhabitants, organizer: UUID, tell: Callable[[str], None]
) -> None:
    timeline, now = loading.timeline, loading.now
    Weeks(loading, inhabitants).plan()
    plan_activities(loading, inhabitants, organizer)
    suggestions.plan_suggestions(loading, inhabitants)
    _plan_the_counts(loading)
    total = len(timeline)
    done = 0
    for back in range(DAYS + 14, -1, -1):
        end = min(now, now - timedelta(days=back) + timedelta(days=1))
        done += timeline.run_until(end)
        tell(f"{done} of {max(total, done + len(timeline))}")


def _plan_the_counts(loading: Loading) -> None:
    """Put on the timeline what is counted each morning: the capacity, and weekly the people."""
    hands, at = loading.hands, loading.timeline.at
    for back in range(DAYS + 1):
        day = loading.today - timedelta(days=back)
        morning = datetime.combine(day, datetime.min.time(), tzinfo=loading.zone).astimezone(UTC)
        chu = PublishCapacity(library_id=places.library_id("CHU"), day=day)
        at(morning, partial(publish_capacity, chu, **hands.inventory()))
        if day.weekday() == 0 or back in {0, DAYS}:
            count = SnapshotPopulation(day=day)
            at(morning, partial(snapshot_population, count, **hands.admitting()))


if __name__ == "__main__":
    sys.exit(main())
