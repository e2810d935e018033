"""The step every heard message about an appointment ends with: keep it, and tell the person."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from gateway.domain.appointment import Appointment, Standing, when_to_remind
from gateway.domain.mail_settings import MailSettings
from gateway.domain.notice import INVITES, WITHDRAWS, Kind, Notice
from gateway.domain.notice_ports import NoticeUnitOfWork
from shared.kernel.identifiers import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """The outside of a message: which one it is, its place in the order, when it happened."""

    message_id: UUID
    sequence: int
    happened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """When people are told, and whether by mail as well. See MailSettings."""

    fresh_for: timedelta = timedelta(hours=48)
    booking_lead: timedelta = timedelta(minutes=60)
    activity_lead: timedelta = timedelta(hours=24)
    by_mail: bool = True

    @classmethod
    def of(cls, settings: MailSettings) -> "Policy":
        """Return what the operator's settings amount to."""
        return cls(
            fresh_for=settings.fresh_for,
            booking_lead=settings.booking_lead,
            activity_lead=settings.activity_lead,
            by_mail=settings.goes_out,
        )

    def is_news(self, heard: Heard, now: datetime) -> bool:
        """Tell whether a fact is recent enough to be told; the rest is history."""
        return self.fresh_for > timedelta(0) and now - heard.happened_at < self.fresh_for


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """An appointment as a message leaves it, and what its owner is told (None: nothing)."""

    appointment: Appointment
    kind: Kind | None
    details: Mapping[str, Any] = field(default_factory=dict)


def tell(news: News, heard: Heard, *, uow: NoticeUnitOfWork, now: datetime, policy: Policy) -> None:
    """Keep the appointment and make the notice, in the caller's transaction.

    History of what is over leaves nothing. A message that comes after a later one about the same
    appointment changes nothing and tells nothing.
    """
    is_news = policy.is_news(heard, now)
    appointment = news.appointment
    if not is_news and (appointment.ends_at or appointment.starts_at) <= now:
        return
    in_calendars = news.kind in INVITES or news.kind in WITHDRAWS
    sequence = uow.appointments.keep(
        _to_remind(appointment, heard, policy), in_calendars=in_calendars
    )
    if sequence is None or news.kind is None or not is_news:
        return
    notice = Notice(
        id=new_id(),
        kind=news.kind,
        source_id=heard.message_id,
        patron_id=appointment.patron_id,
        subject_id=appointment.subject_id,
        heard=heard.sequence,
        created_at=now,
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        space_id=appointment.space_id,
        calendar_sequence=sequence,
        details=news.details,
    )
    uow.notices.add([notice], by_mail=policy.by_mail)


def _to_remind(appointment: Appointment, heard: Heard, policy: Policy) -> Appointment:
    if appointment.standing is not Standing.CONFIRMED:
        return appointment
    lead = policy.activity_lead if appointment.is_activity else policy.booking_lead
    due = when_to_remind(appointment.starts_at, lead, happened_at=heard.happened_at)
    return replace(appointment, remind_at=due)
