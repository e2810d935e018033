"""The door gunicorn uses: services.booking.wsgi:build()."""

from flask import Flask

from services.booking.app import create_app
from services.booking.config import Settings


def build() -> Flask:
    """Return the app as the environment describes it; raises SettingError."""
    return create_app(Settings.from_environment())
