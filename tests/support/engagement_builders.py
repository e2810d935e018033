"""Messages of all services about one small library, as their envelopes reach engagement."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from uuid import UUID

from shared.contracts import booking, engagement, events, gateway
from shared.contracts.catalogue import publisher_of
from shared.contracts.domain_event import DomainEvent
from shared.contracts.envelope import Envelope, source_of
from shared.kernel.identifiers import named_id
from shared.messaging.codec import to_data

LIBRARY = named_id("engagement tests", "library")
ROOM = named_id("engagement tests", "room")
SALON = named_id("engagement tests", "salon")
MONDAY = date(2026, 11, 2)
KEY = "a key that only the tests know"
ZONE = "Asia/Shanghai"


def at(hour: int, minute: int = 0, *, day: int = 2) -> datetime:
    """An instant of November 2026, told in the library's time."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


def person(number: int) -> UUID:
    return named_id("engagement tests", "person", str(number))


@dataclass
class Town:
    """Gives messages their envelopes: numbered per source without gaps, as relays do."""

    sequences: dict[str, Iterator[int]] = field(default_factory=dict)

    def say(self, message: DomainEvent, told_at: datetime) -> tuple[DomainEvent, Envelope]:
        service = publisher_of(type(message))
        number = next(self.sequences.setdefault(service, count(1)))
        envelope = Envelope(
            id=named_id("engagement tests", "message", service, str(number)),
            source=source_of(service),
            type=message.type,
            subject=message.subject(),
            time=told_at,
            recordedat=told_at,
            data=to_data(message),
            sequence=number,
        )
        return message, envelope


def renamed(said: tuple[DomainEvent, Envelope], number: int) -> tuple[DomainEvent, Envelope]:
    """The same message as if it were another: what hearing twice would be without the guard."""
    message, envelope = said
    return message, replace(envelope, id=named_id(str(envelope.id), str(number)))


def described(number: int, faculty: str = "Science", level: str = "bachelor") -> DomainEvent:
    return gateway.PatronDescribed(
        patron_id=person(number), patron_class="undergraduate", faculty=faculty, level=level
    )


def population(headcounts: dict[str, int], day: date = MONDAY) -> DomainEvent:
    segments = tuple(
        gateway.PopulationSegment(faculty=f, level="bachelor", study_year=1, headcount=n)
        for f, n in headcounts.items()
    )
    return gateway.PopulationSnapshotted(
        snapshot_id=named_id("snapshot", day.isoformat()), day=day, segments=segments
    )


def space(space_id: UUID = ROOM, kind: str = "learning", zone: str = ZONE) -> DomainEvent:
    return booking.SpaceDefined(
        space_id=space_id,
        library_id=LIBRARY,
        library_timezone=zone,
        code="R1",
        name_zh="研讨室",
        name_en="Study room",
        space_type="room",
        space_kind=kind,
        capacity=6,
    )


def capacity(day: int = 2, places: int = 6) -> DomainEvent:
    span = booking.OpenSpan(opens_at=at(8, day=day), closes_at=at(18, day=day))
    return booking.CapacityPublished(
        library_id=LIBRARY,
        day=date(2026, 11, day),
        spaces=(
            booking.SpaceCapacity(
                space_id=ROOM,
                space_type="room",
                space_kind="learning",
                places=places,
                open_minutes=600,
                open_spans=(span,),
            ),
        ),
    )


@dataclass
class Stay:
    """One reservation, and what can be said of it."""

    number: int
    who: int
    starts_at: datetime
    minutes: int = 60
    party: int = 1

    def _terms(self) -> dict[str, object]:
        return {
            "reservation_id": named_id("engagement tests", "stay", str(self.number)),
            "patron_id": person(self.who),
            "library_id": LIBRARY,
            "space_id": ROOM,
            "space_type": "room",
            "space_kind": "learning",
            "starts_at": self.starts_at,
            "ends_at": self.starts_at + timedelta(minutes=self.minutes),
            "party_size": self.party,
        }

    def confirmed(self) -> DomainEvent:
        return booking.ReservationConfirmed(**self._terms())  # type: ignore[arg-type]  # one dict

    def cancelled(self) -> DomainEvent:
        return booking.ReservationCancelled(**self._terms())  # type: ignore[arg-type]  # as above

    def checked_in(self, late: int = 0) -> DomainEvent:
        return booking.ReservationCheckedIn(
            **self._terms(),  # type: ignore[arg-type]  # as above
            checked_in_at=self.starts_at + timedelta(minutes=late),
        )

    def completed(self, late: int = 0, used: int = 60) -> DomainEvent:
        arrived = self.starts_at + timedelta(minutes=late)
        return booking.ReservationCompleted(
            **self._terms(),  # type: ignore[arg-type]  # as above
            checked_in_at=arrived,
            checked_out_at=arrived + timedelta(minutes=used),
        )

    def no_show(self) -> DomainEvent:
        return booking.ReservationNoShow(
            **self._terms(),  # type: ignore[arg-type]  # as above
            released_at=self.starts_at + timedelta(minutes=15),
        )

    def no_show_voided(self, outcome: str = "was_there") -> DomainEvent:
        there = {"checked_in_at": self.starts_at}
        there["checked_out_at"] = self.starts_at + timedelta(minutes=15)
        return booking.ReservationNoShowVoided(
            **self._terms(),  # type: ignore[arg-type]  # as above
            voided_at=self.starts_at + timedelta(hours=3),
            outcome=outcome,
            **(there if outcome == "was_there" else {}),
        )


@dataclass
class Talk:
    """One activity with its sign-ups and attendances."""

    number: int
    starts_at: datetime
    capacity: int = 30

    @property
    def id(self) -> UUID:
        return named_id("engagement tests", "talk", str(self.number))

    def _terms(self) -> dict[str, object]:
        return {
            "library_event_id": self.id,
            "library_id": LIBRARY,
            "programme": "lecture",
            "space_id": SALON,
            "space_kind": "cultural",
            "starts_at": self.starts_at,
            "ends_at": self.starts_at + timedelta(hours=2),
            "capacity": self.capacity,
        }

    def published(self) -> DomainEvent:
        return events.LibraryEventPublished(**self._terms())  # type: ignore[arg-type]  # one dict

    def closed(self, *, measured: bool = True, named: bool = True) -> DomainEvent:
        return events.LibraryEventClosed(
            **self._terms(),  # type: ignore[arg-type]  # as above
            attendance_measured=measured,
            attendance_named=named,
        )

    def called_off(self) -> DomainEvent:
        return events.LibraryEventCancelled(**self._terms())  # type: ignore[arg-type]  # as above

    def headcount(self, anonymous: int) -> DomainEvent:
        return events.HeadcountRecorded(
            library_event_id=self.id,
            library_id=LIBRARY,
            programme="lecture",
            space_kind="cultural",
            counted_at=self.starts_at + timedelta(hours=1),
            anonymous=anonymous,
        )

    def registration_id(self, who: int) -> UUID:
        return named_id("engagement tests", "sign-up", str(self.number), str(who))

    def _sign_up(self, who: int) -> dict[str, object]:
        return {
            "registration_id": self.registration_id(who),
            "library_event_id": self.id,
            "library_id": LIBRARY,
            "patron_id": person(who),
            "programme": "lecture",
            "space_kind": "cultural",
            "starts_at": self.starts_at,
        }

    def registered(self, who: int) -> DomainEvent:
        return events.RegistrationConfirmed(**self._sign_up(who))  # type: ignore[arg-type]  # as above

    def missed(self, who: int) -> DomainEvent:
        return events.RegistrationNoShow(**self._sign_up(who))  # type: ignore[arg-type]  # as above

    def attended(self, who: int, *, walk_in: bool = False) -> DomainEvent:
        return events.AttendanceRecorded(
            attendance_id=named_id("engagement tests", "attendance", str(self.number), str(who)),
            library_event_id=self.id,
            library_id=LIBRARY,
            patron_id=person(who),
            registration_id=None if walk_in else self.registration_id(who),
            programme="lecture",
            space_kind="cultural",
            attended_at=self.starts_at + timedelta(minutes=5),
            method="code",
        )

    def voided(self, who: int) -> DomainEvent:
        return events.AttendanceVoided(
            attendance_id=named_id("engagement tests", "attendance", str(self.number), str(who)),
            library_event_id=self.id,
            library_id=LIBRARY,
            patron_id=person(who),
            reason="wrong person",
        )


@dataclass
class Wish:
    """One suggestion and its supports."""

    number: int
    author: int
    submitted_at: datetime

    @property
    def id(self) -> UUID:
        return named_id("engagement tests", "wish", str(self.number))

    def submitted(self) -> DomainEvent:
        return engagement.SuggestionSubmitted(
            suggestion_id=self.id,
            library_id=LIBRARY,
            patron_id=person(self.author),
            space_kind="creative",
            submitted_at=self.submitted_at,
        )

    def supported(self, who: int) -> DomainEvent:
        return engagement.SuggestionSupported(
            suggestion_id=self.id,
            support_id=named_id("engagement tests", "support", str(self.number), str(who)),
            library_id=LIBRARY,
            patron_id=person(who),
            space_kind="creative",
            supported_at=self.submitted_at + timedelta(minutes=30),
        )

    def withdrawn(self, who: int) -> DomainEvent:
        return engagement.SuggestionSupportWithdrawn(
            suggestion_id=self.id,
            support_id=named_id("engagement tests", "support", str(self.number), str(who)),
            library_id=LIBRARY,
            patron_id=person(who),
            withdrawn_at=self.submitted_at + timedelta(minutes=45),
        )
