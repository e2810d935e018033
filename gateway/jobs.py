"""What happens by the clock: population told, keys renewed, mail sent, what is over swept away."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from gateway.commands.campus_sign_in import sweep_flows
from gateway.commands.change_notices import sweep_notices
from gateway.commands.publish_keys import publish_keys
from gateway.commands.remind import remind
from gateway.commands.rotate_keys import RotateKeys, rotate_keys
from gateway.commands.send_mails import Postman
from gateway.commands.sessions import sweep_sessions
from gateway.commands.snapshot_population import SnapshotPopulation, snapshot_population
from gateway.commands.sweep_attempts import sweep_attempts
from gateway.commands.tell_people import Policy
from gateway.parts import Parts
from shared.messaging.jobs import Job

HOUR = 3600.0
REMINDERS_EVERY_SECONDS = 30.0
MAIL_EVERY_SECONDS = 2.0


def jobs_of(parts: Parts) -> Sequence[Job]:
    """Return the gateway's timed jobs."""
    return (
        Job("tell_population", HOUR, lambda: tell_population(parts)),
        Job("renew_keys", HOUR, lambda: renew_keys(parts)),
        Job("sweep_sessions", HOUR, lambda: sweep_ended_sessions(parts)),
        Job("sweep_flows", HOUR, lambda: sweep_unfinished_flows(parts)),
        Job("sweep_attempts", HOUR, lambda: sweep_old_attempts(parts)),
    )


def notice_jobs_of(parts: Parts, policy: Policy, postman: Postman | None) -> Sequence[Job]:
    """Return the jobs about notices; without a postman no mail goes out."""
    jobs = [
        Job(
            "remind",
            REMINDERS_EVERY_SECONDS,
            lambda: remind(uow=parts.notice_uow(), clock=parts.clock, policy=policy),
        ),
        Job(
            "sweep notices",
            HOUR,
            lambda: sweep_notices(uow=parts.notice_uow(), clock=parts.clock),
        ),
    ]
    if postman is not None:
        jobs.append(Job("send mail", MAIL_EVERY_SECONDS, postman.go_round))
    return jobs


def tell_population(parts: Parts) -> None:
    """Tell today's population, once a day."""
    today = parts.clock.now().astimezone(ZoneInfo(parts.settings.timezone)).date()
    snapshot_population(SnapshotPopulation(day=today), uow=parts.uow(), clock=parts.clock)


def renew_keys(parts: Parts, *, rotation: RotateKeys | None = None) -> None:
    """Rotate the signing keys (when due, if nothing else is said); publish the public ones."""
    rotate_keys(
        rotation or RotateKeys(only_if_due=True),
        uow=parts.uow(),
        clock=parts.clock,
        sealer=parts.sealer,
    )
    parts.keys.forget()
    publish_keys(parts.settings.jwks_out, parts.keys)


def sweep_ended_sessions(parts: Parts) -> None:
    """Forget sessions that are over."""
    sweep_sessions(parts.settings.lifetimes, uow=parts.uow(), clock=parts.clock)


def sweep_unfinished_flows(parts: Parts) -> None:
    """Forget ways to the campus that nobody can finish any more."""
    sweep_flows(uow=parts.uow(), clock=parts.clock)


def sweep_old_attempts(parts: Parts) -> None:
    """Forget failures to sign in that no longer count."""
    sweep_attempts(uow=parts.uow(), clock=parts.clock)
