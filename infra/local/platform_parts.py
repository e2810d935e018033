"""The four deployables, named once for everything in infra that starts or checks them."""

import importlib
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from infra.local.run_settings import REPOSITORY


@dataclass(frozen=True)
class Part:
    """One deployable: its name, its package and the path it serves."""

    name: str
    package: str
    prefix: str

    def module(self, room: str) -> ModuleType:
        """Import one of its modules."""
        return importlib.import_module(f"{self.package}.{room}")

    @property
    def migrations(self) -> Path:
        """The folder of its database migrations."""
        return REPOSITORY.joinpath(*self.package.split("."), "persistence", "migrations")

    def settings(self) -> Any:
        """Read its settings; raises SettingError."""
        return self.module("config").Settings.from_environment()


GATEWAY = Part("gateway", "gateway", "/")
BOOKING = Part("booking", "services.booking", "/api/booking/")
EVENTS = Part("events", "services.events", "/api/events/")
ENGAGEMENT = Part("engagement", "services.engagement", "/api/engagement/")
SERVICES = (BOOKING, EVENTS, ENGAGEMENT)
PARTS = (GATEWAY, *SERVICES)
