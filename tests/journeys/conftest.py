"""The running platform for journeys."""

from tests.support.platform_fixtures import platform

__all__ = ["platform"]
