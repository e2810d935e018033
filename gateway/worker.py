"""The gateway's worker: relay, reception, timed jobs, and the mail that goes out."""

from gateway.app import make_parts
from gateway.clients.mail_folder import MailFolder
from gateway.clients.smtp import SmtpMailer
from gateway.commands.send_mails import Postman
from gateway.commands.tell_people import Policy
from gateway.config import Settings
from gateway.consumers import build_consumers
from gateway.domain.mail_settings import MailSettings
from gateway.domain.notice_ports import Mailer
from gateway.jobs import jobs_of, notice_jobs_of
from gateway.letters.letter import LetterWriter
from gateway.parts import Parts
from gateway.persistence.unit_of_work import GatewayUnitOfWork
from shared.kernel.clock import Clock, SystemClock
from shared.messaging.bus import open_bus
from shared.messaging.worker import WORKER_POOL, Worker


def build_worker(settings: Settings, *, clock: Clock | None = None) -> Worker:
    """Return the worker, ready to run."""
    parts = make_parts(settings, clock or SystemClock(), pool_size=WORKER_POOL)
    policy = Policy.of(settings.mail)
    return Worker(
        build_consumers(
            lambda shared: GatewayUnitOfWork(shared, clock=parts.clock),
            policy=policy,
            clock=parts.clock,
        ),
        engine=parts.engine,
        bus=open_bus(settings.broker_url, settings.exchange),
        jobs=(*jobs_of(parts), *notice_jobs_of(parts, policy, postman_of(parts))),
        retention=settings.retention,
    )


def postman_of(parts: Parts) -> Postman | None:
    """Return who carries the mail out; None where no mail is written."""
    mailer = mailer_of(parts.settings.mail)
    if mailer is None:
        return None
    settings = parts.settings
    writer = LetterWriter(
        settings.mail,
        public_url=settings.public_url,
        timezone=settings.timezone,
        now=parts.clock.now,
    )
    return Postman(unit_of_work=parts.notice_uow, mailer=mailer, composer=writer, clock=parts.clock)


def mailer_of(settings: MailSettings) -> Mailer | None:
    """Return the way out the operator chose: a server, else a folder, else none."""
    if settings.smtp is not None:
        return SmtpMailer(settings.smtp, sender=settings.sender)
    if settings.folder is not None:
        return MailFolder(settings.folder)
    return None
