"""The door gunicorn uses: services.engagement.wsgi:build()."""

from flask import Flask

from services.engagement.app import create_app
from services.engagement.config import Settings


def build() -> Flask:
    """Return the app as the environment describes it; raises SettingError."""
    return create_app(Settings.from_environment())
