"""Words for what people and the library did, by the subject of the message that told of it."""

from gateway.pages.language import gettext as _


def acts() -> dict[str, str]:
    """Return the words for acts; the message's name without its version leads to them."""
    return {**_bookings(), **_activities(), **_suggestions()}


def _bookings() -> dict[str, str]:
    return {
        "booking.reservation.requested": _("Asked for a space"),
        "booking.reservation.confirmed": _("Booked a space"),
        "booking.reservation.rejected": _("Request for a space rejected"),
        "booking.reservation.expired": _("Request for a space lapsed"),
        "booking.reservation.changed": _("Changed a booking"),
        "booking.reservation.cancelled": _("Booking cancelled"),
        "booking.reservation.checked_in": _("Checked in to a space"),
        "booking.reservation.completed": _("Left a space"),
        "booking.reservation.no_show": _("Did not come to a booking"),
        "booking.reservation.no_show_voided": _("Absence taken back"),
        "booking.reservation.refused": _("Wish for a space refused"),
        "booking.room_hold.granted": _("Room held for an activity"),
        "booking.room_hold.refused": _("Room refused to an activity"),
        "booking.room_hold.released": _("Room of an activity released"),
        "booking.space.defined": _("Space described"),
        "booking.capacity.published": _("Places and opening hours of a day"),
    }


def _activities() -> dict[str, str]:
    return {
        "events.room.requested": _("Room asked for"),
        "events.room.given_back": _("Room given back"),
        "events.library_event.published": _("Activity published"),
        "events.library_event.moved": _("Activity moved"),
        "events.library_event.cancelled": _("Activity cancelled"),
        "events.library_event.closed": _("Activity closed"),
        "events.registration.confirmed": _("Signed up"),
        "events.registration.waitlisted": _("Joined a waiting list"),
        "events.registration.moved": _("Kept a sign-up through a move"),
        "events.registration.cancelled": _("Signed off"),
        "events.registration.no_show": _("Did not come to an activity"),
        "events.place.offered": _("Offered a place"),
        "events.place.offer_lapsed": _("Let an offered place go"),
        "events.attendance.recorded": _("Came to an activity"),
        "events.attendance.voided": _("Attendance taken back"),
        "events.headcount.recorded": _("People counted at an activity"),
    }


def _suggestions() -> dict[str, str]:
    return {
        "engagement.suggestion.submitted": _("Made a suggestion"),
        "engagement.suggestion.supported": _("Supported a suggestion"),
        "engagement.suggestion.support_withdrawn": _("Withdrew support"),
        "engagement.suggestion.stage_changed": _("Suggestion moved on"),
        "engagement.points.awarded": _("Got points"),
        "engagement.points.voided": _("Points taken back"),
        "gateway.patron.described": _("Faculty or level known"),
        "gateway.population.snapshotted": _("People counted by faculty"),
    }
