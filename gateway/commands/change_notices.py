"""What people and administrators do about notices: read them, choose mail, retry a mail."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from gateway.domain.mail import Mail
from gateway.domain.notice import Topic
from gateway.domain.notice_ports import NoticeUnitOfWork
from shared.kernel.clock import Clock

NOTICES_KEPT_FOR = timedelta(days=180)
APPOINTMENTS_KEPT_FOR = timedelta(days=30)


def choose_mail(patron_id: UUID, choices: Mapping[Topic, bool], *, uow: NoticeUnitOfWork) -> None:
    """Send this person mail about these topics, or not; topics not named stay as they are."""
    with uow:
        uow.mail_choices.change(patron_id, choices)
        uow.commit()


def mark_read(
    patron_id: UUID, notice_ids: Sequence[UUID] | None, *, uow: NoticeUnitOfWork, clock: Clock
) -> int:
    """Note that the person has read these notices of theirs (None: all); return how many."""
    with uow:
        count = uow.notices.mark_read(patron_id, notice_ids, clock.now())
        uow.commit()
    return count


def retry_mail(notice_id: UUID, *, uow: NoticeUnitOfWork, clock: Clock) -> Mail:
    """Try a parked mail anew; raises NotFound, MailNotParked."""
    with uow:
        mail = uow.mails.get(notice_id)
        mail.retry(clock.now())
        uow.mails.save(mail)
        uow.commit()
    return mail


def sweep_notices(*, uow: NoticeUnitOfWork, clock: Clock) -> int:
    """Forget notices of half a year ago and appointments long over; return how many notices."""
    now = clock.now()
    with uow:
        count = uow.notices.forget_before(now - NOTICES_KEPT_FOR)
        uow.appointments.forget_before(now - APPOINTMENTS_KEPT_FOR)
        uow.commit()
    return count
