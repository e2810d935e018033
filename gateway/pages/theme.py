"""Light, dark, or as the device is set: a choice that stays with the browser."""

from flask import session

THEMES = ("auto", "light", "dark")
SESSION_KEY = "theme"


def current_theme() -> str:
    """Return the theme of this browser."""
    chosen = session.get(SESSION_KEY)
    return chosen if chosen in THEMES else "auto"


def remember(theme: str) -> None:
    """Keep the theme for this browser."""
    session[SESSION_KEY] = theme
