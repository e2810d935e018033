"""The door gunicorn uses: services.events.wsgi:build()."""

from flask import Flask

from services.events.app import create_app
from services.events.config import Settings


def build() -> Flask:
    """Return the app as the environment describes it; raises SettingError."""
    return create_app(Settings.from_environment())
