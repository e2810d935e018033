"""The web server's door: gunicorn "gateway.wsgi:build()"."""

from flask import Flask

from gateway.app import create_app, prepare_keys
from gateway.config import Settings


def build() -> Flask:
    """Return the app, from the environment's settings, with a key to sign tokens with."""
    settings = Settings.from_environment()
    app = create_app(settings)
    if settings.jwks_out is None:
        prepare_keys(app)
    return app
