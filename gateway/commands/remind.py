"""Remind people of what is about to start."""

from datetime import datetime

from gateway.commands.tell_people import Policy
from gateway.domain.appointment import Appointment
from gateway.domain.notice import Kind, Notice
from gateway.domain.notice_ports import NoticeUnitOfWork
from shared.kernel.clock import Clock
from shared.kernel.identifiers import named_id, new_id

BATCH = 200


def remind(*, uow: NoticeUnitOfWork, clock: Clock, policy: Policy) -> int:
    """Make the reminders that are due; return how many. What has begun already has none."""
    now = clock.now()
    with uow:
        due = uow.appointments.lock_due(now, BATCH)
        uow.notices.add([_reminder(one, now) for one in due], by_mail=policy.by_mail)
        uow.appointments.reminded(due)
        uow.commit()
    return len(due)


def _reminder(appointment: Appointment, now: datetime) -> Notice:
    start = appointment.starts_at.isoformat()
    return Notice(
        id=new_id(),
        kind=Kind.ACTIVITY_REMINDER if appointment.is_activity else Kind.BOOKING_REMINDER,
        # Named for the start: once for each time it has, however often this runs.
        source_id=named_id("reminder", str(appointment.subject_id), start),
        patron_id=appointment.patron_id,
        subject_id=appointment.subject_id,
        heard=appointment.heard,
        created_at=now,
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        space_id=appointment.space_id,
    )
