"""The invented activities: drafted, given a room over the bus, published, attended, closed."""

from datetime import datetime, time, timedelta
from functools import partial
from random import Random
from typing import Any
from uuid import UUID

import yaml

from infra.sample_campus import layout
from infra.sample_campus.loading import Loading
from infra.sample_campus.places import space_id
from infra.sample_campus.weeks import CODE, Inhabitants
from services.events.commands.answer_offer import AcceptOffer, accept_offer
from services.events.commands.attend_by_code import AttendByCode, attend_by_code
from services.events.commands.cancel_library_event import CancelLibraryEvent, cancel_library_event
from services.events.commands.cancel_registration import CancelRegistration, cancel_registration
from services.events.commands.close_library_event import CloseLibraryEvent, close_library_event
from services.events.commands.count_heads import CountHeads, count_heads
from services.events.commands.draft_library_event import DraftLibraryEvent, draft_library_event
from services.events.commands.expire_offers import expire_offers
from services.events.commands.publish_library_event import (
    PublishLibraryEvent,
    publish_library_event,
)
from services.events.commands.record_attendance import (
    Attendee,
    RecordAttendance,
    record_attendance,
)
from services.events.commands.sign_up import SignUp, sign_up
from services.events.domain.actor import Actor
from services.events.domain.plan import Plan, Programme
from services.events.domain.registration import Registration, Status
from shared.kernel.identifiers import named_id
from shared.kernel.rotating_code import code_at

LEAD_DAYS = 12
GIVES_UP = 0.06


def plan_activities(loading: Loading, inhabitants: Inhabitants, organizer: UUID) -> int:
    """Put every activity on the timeline; return how many there are."""
    records = yaml.safe_load((layout.DATA / "activities.yaml").read_text(encoding="utf-8"))
    for nth, record in enumerate(records):
        activity = Activity(loading, record, Random(nth))  # noqa: S311 - invented
        activity.plan(inhabitants, organizer)
    return len(records)


class Activity:
    """One activity from its draft to its close."""

    def __init__(self, loading: Loading, record: dict[str, Any], random: Random) -> None:
        """Follow this record of the activities file."""
        self._hands = loading.hands
        self._timeline = loading.timeline
        self._tally = loading.tally
        self._today = loading.today
        self._zone = loading.zone
        self._record = record
        self._random = random
        self._id = named_id("activity", record["title_en"])
        self._registrations: list[Registration] = []

    def plan(self, inhabitants: Inhabitants, organizer: UUID) -> None:
        """Put draft, publication, sign-ups, presence and close on the timeline."""
        hour, minute = map(int, self._record["at"].split(":"))
        day = self._today + timedelta(days=self._record["day"])
        self._starts = datetime.combine(day, time(hour, minute), tzinfo=self._zone)
        self._ends = self._starts + timedelta(minutes=self._record["minutes"])
        self._by = Actor(patron_id=organizer, organizer=True)
        drafted = self._starts - timedelta(days=LEAD_DAYS)
        published = drafted + timedelta(hours=3)
        at = self._timeline.at
        at(drafted, self._draft)
        at(drafted + timedelta(minutes=1), partial(self._hands.bus.ask, "events", "booking"))
        at(published, self._publish)
        for patron in self._random.sample(inhabitants.patron_ids, k=self._record["draws"]):
            share = self._random.random() ** 2
            asks = published + (self._starts - published) * share + timedelta(minutes=1)
            at(min(asks, self._starts - timedelta(hours=1)), partial(self._sign_up, patron))
        for hours in range(1, 24 * LEAD_DAYS, 6):
            at(published + timedelta(hours=hours), lambda: expire_offers(**self._with()))
        self._plan_the_day()

    def _plan_the_day(self) -> None:
        at = self._timeline.at
        if self._record.get("cancelled"):
            cancel = CancelLibraryEvent(library_event_id=self._id, by=self._by)
            at(
                self._starts - timedelta(days=1),
                lambda: self._try(
                    "cancelled", lambda: cancel_library_event(cancel, **self._with())
                ),
            )
            return
        how = self._record["measured"]
        if how != "none":
            at(self._starts + timedelta(minutes=5), lambda: self._open_the_door(how))
        if how == "headcount":
            at(self._ends, self._count)
        close = CloseLibraryEvent(library_event_id=self._id, by=self._by)
        at(
            self._ends + timedelta(hours=2),
            lambda: self._try("closed", lambda: close_library_event(close, **self._with())),
        )

    def _draft(self) -> None:
        record = self._record
        plan = Plan(
            programme=Programme(record["programme"]),
            title_zh=record["title_zh"],
            title_en=record["title_en"],
            description_zh=record["description_zh"],
            description_en=record["description_en"],
            space_id=space_id(CODE, record["space"]),
            starts_at=self._starts,
            ends_at=self._ends,
            setup_minutes=30,
            teardown_minutes=15,
            capacity=record["capacity"],
        )
        command = DraftLibraryEvent(by=self._by, plan=plan, library_event_id=self._id)
        self._try("drafted", lambda: draft_library_event(command, **self._with()))

    def _publish(self) -> None:
        command = PublishLibraryEvent(library_event_id=self._id, by=self._by)
        self._try("published", lambda: publish_library_event(command, **self._with()))

    def _sign_up(self, patron: UUID) -> None:
        command = SignUp(library_event_id=self._id, patron_id=patron)
        made = self._tally.attempt(
            "Chenghu: activity sign-ups", lambda: sign_up(command, **self._with())
        )
        if made is None:
            return
        self._registrations.append(made)
        if self._random.random() < GIVES_UP:
            left = self._starts - self._hands.clock.now()
            leaves = self._hands.clock.now() + left * self._random.uniform(0.1, 0.9)
            give_up = CancelRegistration(registration_id=made.id, patron_id=patron)
            self._timeline.at(
                leaves,
                lambda: self._try(
                    "sign-ups given up", lambda: cancel_registration(give_up, **self._with())
                ),
            )
        if made.status is Status.WAITLISTED:
            for hours in range(6, 24 * LEAD_DAYS, 6):
                self._timeline.at(
                    self._hands.clock.now() + timedelta(hours=hours), lambda: self._accept(made)
                )

    def _accept(self, made: Registration) -> None:
        """Take the place if it has been offered meanwhile, as most who wait do."""
        collaborators = self._with()
        with collaborators["uow"] as uow:
            live = uow.registrations.live_of(self._id, [made.patron_id])
        if live and live[0].status is Status.OFFERED:
            command = AcceptOffer(registration_id=made.id, patron_id=made.patron_id)
            self._try("offers accepted", lambda: accept_offer(command, **self._with()))

    def _open_the_door(self, how: str) -> None:
        collaborators = self._with()
        with collaborators["uow"] as uow:
            library_event = uow.library_events.lock(self._id)
            patrons = [made.patron_id for made in self._registrations]
            live = uow.registrations.live_of(self._id, patrons)
        if library_event is None:
            return
        came = [
            r.patron_id
            for r in live
            if r.status is Status.CONFIRMED and self._random.random() < self._record["comes"]
        ]
        if how == "code":
            code = code_at(library_event.attendance_secret, self._hands.clock.now())
            for patron in came:
                said = AttendByCode(library_event_id=self._id, patron_id=patron, code=code)
                self._try("attendances", partial(attend_by_code, said, **self._with()))
        elif how == "staff" and came:
            command = RecordAttendance(
                library_event_id=self._id,
                by=self._by,
                attendees=[Attendee(patron_id=patron) for patron in came],
            )
            self._try("attendance lists", lambda: record_attendance(command, **self._with()))

    def _count(self) -> None:
        heads = round(len(self._registrations) * self._record["comes"])
        command = CountHeads(library_event_id=self._id, by=self._by, anonymous=heads)
        self._try("head-counts", lambda: count_heads(command, **self._with()))

    def _try(self, kind: str, act: Any) -> None:
        self._tally.attempt(f"Chenghu: {kind}", act)

    def _with(self) -> dict[str, Any]:
        return self._hands.arranging()
