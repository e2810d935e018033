"""What a test on the running platform works with: its process, HTTP, engines, people."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx
from sqlalchemy import Engine, text

from shared.persistence.engine import make_engine
from tests.support.platform_people import Crowd, Person
from tests.support.platform_process import PlatformProcess
from tests.support.polling import eventually


@dataclass
class RunningPlatform:
    """One of the run's platforms, as one process of the tests sees it."""

    process: PlatformProcess
    client: httpx.Client
    engines: dict[str, Engine] = field(default_factory=dict)

    def engine(self, service: str) -> Engine:
        """The superuser's engine on a service's database."""
        if service not in self.engines:
            self.engines[service] = make_engine(self.process.database_url(service))
        return self.engines[service]

    def await_space(self, space_id: str) -> None:
        """Return once the events service has heard of a space over the bus."""
        eventually(lambda: self._has_heard_of(space_id))

    def _has_heard_of(self, space_id: str) -> bool:
        with self.engine("events").connect() as connection:
            asked = text("SELECT count(*) FROM space WHERE id = :id")
            return bool(connection.execute(asked, {"id": space_id}).scalar_one())

    def crowd(self) -> Crowd:
        return Crowd(self.process, self.engine("gateway"), self.client)

    def staff(self) -> Person:
        """Somebody who may do everything."""
        return self.crowd().person("organizer", "staff", "manager", "admin")


@contextmanager
def connected(process: PlatformProcess) -> Iterator[RunningPlatform]:
    """Open what a test needs on a platform; closed again afterwards, the platform stays."""
    with httpx.Client(base_url=process.base_url, timeout=30) as client:
        platform = RunningPlatform(process, client)
        try:
            yield platform
        finally:
            for engine in platform.engines.values():
                engine.dispose()
