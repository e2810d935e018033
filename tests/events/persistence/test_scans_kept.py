"""Tickets shown at doors are kept with whose they were, in memory and in PostgreSQL."""

from dataclasses import replace

from services.events.domain.attendance import Attendance, Method
from services.events.domain.door import DoorScan, Outcome
from shared.kernel.identifiers import new_id
from tests.events.persistence.test_repositories import keep
from tests.support.event_builders import NOW, ORGANIZER, a_library_event, a_registration


def a_scan(library_event, outcome, *, registration_id, attendance_id):
    return DoorScan(
        library_event_id=library_event.id,
        scan_id=new_id(),
        outcome=outcome,
        registration_id=registration_id,
        attendance_id=attendance_id,
        occurred_at=NOW,
        recorded_at=NOW,
        recorded_by=ORGANIZER,
    )


def test_a_scan_and_a_ticket_are_found_again(uow):
    library_event = a_library_event()
    registration = a_registration(library_event_id=library_event.id)
    keep(uow, library_event, registration)
    scan = a_scan(
        library_event, Outcome.WAITING, registration_id=registration.id, attendance_id=None
    )
    with uow:
        uow.scans.add(scan)
        uow.commit()
    with uow:
        assert list(uow.scans.of(library_event.id, [new_id(), scan.scan_id])) == [scan]
        assert list(uow.scans.of(new_id(), [scan.scan_id])) == []
        [found] = uow.registrations.with_tickets(["0", registration.ticket_code])
        assert found.id == registration.id


def test_a_scan_kept_before_scans_knew_whose_ticket_it_was_says_it_by_the_attendance(uow):
    library_event = a_library_event()
    registration = a_registration(library_event_id=library_event.id)
    keep(uow, library_event, registration)
    there = Attendance(
        id=new_id(),
        library_event_id=library_event.id,
        patron_id=registration.patron_id,
        registration_id=registration.id,
        method=Method.TICKET,
        party_size=1,
        attended_at=NOW,
        recorded_at=NOW,
        recorded_by=ORGANIZER,
    )
    scan = a_scan(library_event, Outcome.ADMITTED, registration_id=None, attendance_id=there.id)
    with uow:
        uow.attendances.add(there)
        uow.scans.add(scan)
        uow.commit()
    with uow:
        [found] = uow.scans.of(library_event.id, [scan.scan_id])
        assert found == replace(scan, registration_id=registration.id)
