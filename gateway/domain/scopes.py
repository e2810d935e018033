"""What a token may be used for; roles say what its bearer may do, scopes only narrow that.

A token without scopes is that of a person at the keyboard: everything their roles allow.
"""

from collections.abc import Iterable

SERVICES = ("booking", "events", "engagement", "gateway")
SCOPES = tuple(f"{service}:{act}" for service in SERVICES for act in ("read", "write"))
UNLIMITED: frozenset[str] = frozenset()


def unknown_scopes(scopes: Iterable[str]) -> list[str]:
    """Return those that are no scopes, sorted."""
    return sorted(set(scopes) - set(SCOPES))


def scopes_beyond(asked: frozenset[str], held: frozenset[str]) -> list[str]:
    """Return those asked for and not held, sorted; whoever is unlimited holds every scope."""
    return sorted(asked - (held or set(SCOPES)))
