"""What happens by the clock: population told daily, keys renewed, what is over swept away."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from gateway.commands.publish_keys import publish_keys
from gateway.commands.rotate_keys import RotateKeys, rotate_keys
from gateway.commands.sessions import sweep_sessions
from gateway.commands.snapshot_population import SnapshotPopulation, snapshot_population
from gateway.commands.sweep_attempts import sweep_attempts
from gateway.parts import Parts
from gateway.security.sealing import Sealer
from shared.messaging.jobs import Job

HOUR = 3600.0


def jobs_of(parts: Parts) -> Sequence[Job]:
    """Return the gateway's timed jobs."""
    return (
        Job("tell_population", HOUR, lambda: tell_population(parts)),
        Job("renew_keys", HOUR, lambda: renew_keys(parts)),
        Job("sweep", HOUR, lambda: sweep(parts)),
    )


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
        sealer=Sealer(parts.settings.secret),
    )
    parts.keys.forget()
    publish_keys(parts.settings.jwks_out, parts.keys)


def sweep(parts: Parts) -> None:
    """Forget ended sessions and failures that no longer count."""
    sweep_sessions(parts.settings.lifetimes, uow=parts.uow(), clock=parts.clock)
    sweep_attempts(uow=parts.uow(), clock=parts.clock)
