"""Words for the codes administrators meet."""

from gateway.domain import vocabulary
from gateway.pages.language import gettext as _


def role_words() -> dict[str, str]:
    """Return the words for roles."""
    words = {
        "patron": _("Reader"),
        "organizer": _("Organizer"),
        "staff": _("Library staff"),
        "manager": _("Manager"),
        "admin": _("Administrator"),
    }
    return {role: words[role] for role in vocabulary.ROLES}


def outcome_words() -> dict[str, str]:
    """Return the words for what became of a row of a people file."""
    return {
        "created": _("New"),
        "changed": _("Changed"),
        "unchanged": _("As before"),
        "refused": _("Refused"),
    }


def parked_words() -> dict[str, str]:
    """Return the words for where a message on the desk stands."""
    return {
        "retrying": _("Being tried again"),
        "dead": _("No longer tried"),
        "discarded": _("Let go"),
    }


def service_words() -> dict[str, str]:
    """Return the words for the parts of the platform."""
    return {
        "gateway": _("People, sign-in and pages"),
        "booking": _("Spaces and bookings"),
        "events": _("Activities"),
        "engagement": _("Suggestions, points and figures"),
    }
