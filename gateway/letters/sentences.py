"""The title and the first sentence of each kind of notice."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from gateway.domain.notice import Kind, Notice
from gateway.letters.speech import Speech


def _cancelled(speech: Speech, notice: Notice) -> str:
    if notice.details.get("cancelled_by") == "patron":
        return speech.gettext("You have cancelled this booking.")
    return speech.gettext("The library has cancelled this booking. We are sorry.")


def _rejected(speech: Speech, notice: Notice) -> str:
    if notice.details.get("cause") == "slot_given":
        return speech.gettext(
            "The library has given this time to somebody else who had asked for it as well. We are "
            "sorry; please choose another time or another space."
        )
    return speech.gettext("The library could not approve what you asked for. We are sorry.")


def _no_show_voided(speech: Speech, notice: Notice) -> str:
    if notice.details.get("outcome") == "excused":
        return speech.gettext(
            "The library has excused you: this booking no longer counts as one you did not come to."
        )
    return speech.gettext(
        "The library has noted that you were there after all: this booking no longer counts as one "
        "you did not come to."
    )


def _moved(speech: Speech, notice: Notice) -> str:
    if notice.details.get("has_a_place"):
        return speech.gettext(
            "This activity takes place at another time or in another place. You keep your place; "
            "if you cannot come then, please give it up. This is how it is now:"
        )
    if notice.instant("offer_expires_at"):
        return speech.gettext(
            "This activity takes place at another time or in another place. The place that is kept "
            "for you stays kept until the time below. This is how it is now:"
        )
    return speech.gettext(
        "This activity takes place at another time or in another place. You stay where you are on "
        "the waiting list. This is how it is now:"
    )


TITLES: Mapping[Kind, Callable[[Speech, str], str]] = MappingProxyType(
    {
        Kind.BOOKING_REQUESTED: lambda s, what: s.gettext("Asked for: %(what)s", what=what),
        Kind.BOOKING_REJECTED: lambda s, what: s.gettext("Not possible: %(what)s", what=what),
        Kind.BOOKING_EXPIRED: lambda s, what: s.gettext(
            "Not answered in time: %(what)s", what=what
        ),
        Kind.BOOKING_CONFIRMED: lambda s, what: s.gettext("Booked: %(what)s", what=what),
        Kind.BOOKING_CHANGED: lambda s, what: s.gettext("Booking changed: %(what)s", what=what),
        Kind.BOOKING_CANCELLED: lambda s, what: s.gettext("Booking cancelled: %(what)s", what=what),
        Kind.BOOKING_REMINDER: lambda s, what: s.gettext("Starts soon: %(what)s", what=what),
        Kind.NO_SHOW_VOIDED: lambda s, what: s.gettext("No-show taken back: %(what)s", what=what),
        Kind.PLACE_CONFIRMED: lambda s, what: s.gettext("You have a place: %(what)s", what=what),
        Kind.PLACE_WAITLISTED: lambda s, what: s.gettext(
            "You are on the waiting list: %(what)s", what=what
        ),
        Kind.PLACE_OFFERED: lambda s, what: s.gettext("A place for you: %(what)s", what=what),
        Kind.PLACE_LAPSED: lambda s, what: s.gettext(
            "The place went to somebody else: %(what)s", what=what
        ),
        Kind.PLACE_GIVEN_UP: lambda s, what: s.gettext("Place given up: %(what)s", what=what),
        Kind.ACTIVITY_MOVED: lambda s, what: s.gettext("Moved: %(what)s", what=what),
        Kind.ACTIVITY_CANCELLED: lambda s, what: s.gettext("Called off: %(what)s", what=what),
        Kind.ACTIVITY_REMINDER: lambda s, what: s.gettext("Coming up: %(what)s", what=what),
        Kind.SUGGESTION_ANSWERED: lambda s, _what: s.gettext("An answer to a suggestion"),
    }
)


def _answered(speech: Speech, notice: Notice) -> str:
    stage = str(notice.details.get("stage", ""))
    words = STAGES[stage](speech) if stage in STAGES else speech.gettext("answered")
    return speech.gettext(
        "The library has answered a suggestion that you made, support or follow. It now stands "
        "at: %(stage)s.",
        stage=words,
    )


STAGES: Mapping[str, Callable[[Speech], str]] = MappingProxyType(
    {
        "obtain": lambda s: s.gettext("Understood"),
        "refine": lambda s: s.gettext("Being worked out"),
        "implement": lambda s: s.gettext("Being made"),
        "test": lambda s: s.gettext("Being tried"),
        "declined": lambda s: s.gettext("Not possible"),
    }
)

LEADS: Mapping[Kind, Callable[[Speech, Notice], str]] = MappingProxyType(
    {
        Kind.BOOKING_REQUESTED: lambda s, _n: s.gettext(
            "The library has to approve this. Nothing is held for you until then; we write to you "
            "as soon as there is an answer."
        ),
        Kind.BOOKING_REJECTED: _rejected,
        Kind.BOOKING_EXPIRED: lambda s, _n: s.gettext(
            "The library has not answered what you asked for in time. We are sorry; please ask "
            "again or choose another space."
        ),
        Kind.BOOKING_CONFIRMED: lambda s, _n: s.gettext("Your booking is confirmed."),
        Kind.BOOKING_CHANGED: lambda s, _n: s.gettext(
            "Your booking has been changed. This is how it is now:"
        ),
        Kind.BOOKING_CANCELLED: _cancelled,
        Kind.BOOKING_REMINDER: lambda s, _n: s.gettext(
            "Your booking starts soon. Please check in when you are there. If you cannot come, "
            "cancel it, so that somebody else can have the space."
        ),
        Kind.NO_SHOW_VOIDED: _no_show_voided,
        Kind.PLACE_CONFIRMED: lambda s, _n: s.gettext("You have a place at this activity."),
        Kind.PLACE_WAITLISTED: lambda s, n: s.gettext(
            "All places are taken. You are number %(position)s on the waiting list. We write to "
            "you when a place is free for you.",
            position=n.details.get("position", "?"),
        ),
        Kind.PLACE_OFFERED: lambda s, _n: s.gettext(
            "A place has become free and is kept for you. Please say whether you take it; after "
            "the time below it goes to the next on the waiting list."
        ),
        Kind.PLACE_LAPSED: lambda s, _n: s.gettext(
            "The place that was kept for you was not taken in time; it went to the next on the "
            "waiting list."
        ),
        Kind.PLACE_GIVEN_UP: lambda s, _n: s.gettext("You have given up your place."),
        Kind.ACTIVITY_MOVED: _moved,
        Kind.ACTIVITY_CANCELLED: lambda s, _n: s.gettext(
            "This activity will not take place. We are sorry."
        ),
        Kind.ACTIVITY_REMINDER: lambda s, _n: s.gettext(
            "You have a place at this activity. If you cannot come, please give it up, so that "
            "somebody who waits can have it."
        ),
        Kind.SUGGESTION_ANSWERED: _answered,
    }
)
