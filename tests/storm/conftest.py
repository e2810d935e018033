"""The running platform for storms."""

from tests.support.platform_fixtures import platform

__all__ = ["platform"]
