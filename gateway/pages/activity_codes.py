"""Words for the codes of those who run activities: states, sign-ups as they see them, audiences."""

from gateway.pages.language import gettext as _

ACTIVITY_TAGS = {"published": "good", "cancelled": "bad", "draft": "wait"}
ROOM_TAGS = {"held": "good", "requested": "wait", "refused": "bad", "given_back": "bad"}


def activity_status() -> dict[str, str]:
    """Return the words for how far an activity is."""
    return {
        "draft": _("Draft"),
        "published": _("Published"),
        "closed": _("Settled"),
        "cancelled": _("Called off"),
    }


def room_state() -> dict[str, str]:
    """Return the words for how it stands with the room."""
    return {
        "none": _("No room needed"),
        "requested": _("Room asked for"),
        "held": _("Room held"),
        "refused": _("Room refused"),
        "given_back": _("Room given back"),
    }


def sign_up_status() -> dict[str, str]:
    """Return the words for where somebody else's sign-up stands."""
    return {
        "confirmed": _("Has a place"),
        "waitlisted": _("Waits"),
        "offered": _("Offered a place"),
        "attended": _("Came"),
        "no_show": _("Did not come"),
        "cancelled": _("Gave up"),
        "lapsed": _("Let the offer pass"),
        "unserved": _("Waited in vain"),
    }


def audiences() -> dict[str, str]:
    """Return the words for who people counted without names are."""
    return {
        "undergraduate": _("Undergraduates"),
        "postgraduate": _("Postgraduates"),
        "academic": _("Academic staff"),
        "professional": _("Other staff"),
        "visitor": _("Visitors from outside"),
    }
