"""A storm: a platform of its own, people at work, kills; then the account when all is calm."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field

import httpx

from shared.messaging.bus import open_bus
from tests.storm.kills.account import Account, Accountant
from tests.storm.kills.deeds import Deed, Doing, planned, rooms_needed, slots_of
from tests.storm.kills.insisting import Insisting, People
from tests.storm.kills.killer import SHARES, Killer
from tests.storm.kills.record import Record
from tests.support import brokers
from tests.support.platform_campus import PlatformCampus, build_campus, wait_until_told
from tests.support.platform_start import own_platform
from tests.support.polling import eventually
from tests.support.running_platform import RunningPlatform, connected

CALM_SECONDS = 240.0
LOOK_SECONDS = 1.0
REQUEST_SECONDS = 20.0


@dataclass(frozen=True)
class Size:
    """How much is done and killed."""

    operations: int
    kills: int
    clients: int
    patrons: int
    seed: int


@dataclass
class Storm:
    """One storm on a running platform."""

    platform: RunningPlatform
    campus: PlatformCampus
    size: Size
    people: People
    record: Record = field(default_factory=Record)
    shares: dict[str, int] = field(default_factory=lambda: dict(SHARES))
    killed: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    calm_after: float = 0.0

    def __post_init__(self) -> None:
        self.doing = Doing(self.campus.library_id, self.record, seed=self.size.seed)

    def rage(self, gate: Callable[[], bool] = lambda: True) -> None:
        """Let everybody work while processes are killed; the next deed waits for the gate."""
        size, process, doing = self.size, self.platform.process, self.doing
        deeds = planned(
            self.campus, operations=size.operations, people=size.patrons, seed=size.seed
        )
        began = time.monotonic()
        with (
            self.clients(size.clients) as clients,
            Killer(
                process.pid,
                self.shares,
                kills=size.kills,
                operations=size.operations,
                progress=lambda: doing.done,
                seed=size.seed,
            ) as killer,
        ):
            doing.all(deeds, clients, lambda: not killer.is_behind() and gate())
            eventually(lambda: killer.killed.total() == size.kills, within=120)
        self.killed = dict(killer.killed)
        self.seconds = time.monotonic() - began

    def book(self, count: int, *, a_second: float) -> list[float]:
        """Let people reserve slots nobody else wants, so many a second; return what each took."""
        slots = slots_of(self.campus, random.Random(self.doing.done))
        taken = {(held.space_id, held.starts_at) for held in self.record.held.values()}
        free = (one for one in slots if (one["space_id"], zulu(one["starts_at"])) not in taken)
        deeds = [Deed("reserve", n % self.size.patrons, next(free)) for n in range(count)]
        began, done_before = time.monotonic(), self.doing.done

        def is_due() -> bool:
            return time.monotonic() - began >= (self.doing.done - done_before) / a_second

        with self.clients(self.size.clients) as clients:
            self.doing.all(deeds, clients, is_due)
            return [took for client in clients for took in client.seconds]

    def account_when_calm(self) -> Account:
        """Return a clean account, or the last one that was not once patience has run out."""
        began = time.monotonic()
        accountant = Accountant(self.platform, self.campus.library_id, self.record)
        last: list[Account] = []

        def clean() -> bool:
            last[:] = [accountant.account()]
            return last[0].clean

        with suppress(AssertionError):  # the account says what is wrong, and its reader judges
            eventually(clean, within=CALM_SECONDS, step=LOOK_SECONDS)
        self.calm_after = time.monotonic() - began
        assert last, "the databases did not come back"
        self.tell(last[0])
        return last[0]

    def account_when_nothing_moves(self) -> Account:
        """Return the account once outboxes and queues are empty, clean or not."""
        process = self.platform.process
        url = process.broker_url or brokers.embedded_broker(process.database_url("bus"))
        bus = open_bus(url, process.exchange)

        def still() -> bool:
            return not bus.waiting("engagement") and not self.unpublished()

        eventually(still, within=CALM_SECONDS, step=LOOK_SECONDS)
        account = Accountant(self.platform, self.campus.library_id, self.record).account()
        self.tell(account)
        return account

    def unpublished(self) -> int:
        waiting = 0
        for name in ("gateway", "booking", "events", "engagement"):
            with self.platform.engine(name).connect() as connection:
                query = "SELECT count(*) FROM outbox WHERE published_at IS NULL"
                waiting += connection.exec_driver_sql(query).scalar_one()
        return waiting

    def tell(self, account: Account) -> None:
        """Print what a report needs: seed, numbers, durations, the four counters."""
        report(
            f"seed {self.size.seed}: {self.size.operations} operations in {self.seconds:.0f} s,"
            f" killed {self.killed}, calm after {self.calm_after:.0f} s"
            f"\nanswers {dict(self.record.answers)}, refused {self.record.refused},"
            f" deeds recovered {self.record.recovered}\n{account}"
        )

    @contextmanager
    def clients(self, count: int) -> Iterator[Sequence[Insisting]]:
        with ExitStack() as opened:
            yield [
                Insisting(
                    opened.enter_context(
                        httpx.Client(
                            base_url=self.platform.process.base_url, timeout=REQUEST_SECONDS
                        )
                    ),
                    self.people,
                    self.record,
                    number,
                )
                for number in range(count)
            ]


def report(said: str) -> None:
    """Say something for whoever runs with `-s` or `-rP`."""
    print(f"\n{said}", flush=True)  # noqa: T201  # the counters are the test's result


@contextmanager
def a_storm(shape: str, name: str, size: Size, *program: str, **settings: str) -> Iterator[Storm]:
    """Start a platform, furnish it, admit people."""
    with own_platform(shape, name, *program, **settings) as process, connected(process) as platform:
        campus = build_campus(
            platform.staff(), rooms=rooms_needed(size.operations), no_simultaneous=False
        )
        wait_until_told(campus)
        people = People(platform.crowd(), patrons=size.patrons, staff=8)
        yield Storm(platform, campus, size, people)


def zulu(instant: str) -> str:
    """The instant as the services write it."""
    return instant.replace("+00:00", "Z")


def a_seed() -> int:
    """Another storm each time; the seed is printed with the result."""
    return random.SystemRandom().randrange(1_000_000)
