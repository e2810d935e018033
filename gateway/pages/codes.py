"""Words for the codes that services answer with: states, kinds, features."""

from collections.abc import Callable

from gateway.pages import act_codes, activity_codes
from gateway.pages.language import gettext as _

Words = Callable[[], dict[str, str]]

REGISTRATION_TAGS = {
    "confirmed": "good",
    "attended": "good",
    "offered": "wait",
    "waitlisted": "wait",
    "no_show": "bad",
}
STAGE_TAGS = {
    "submitted": "",
    "obtain": "wait",
    "refine": "wait",
    "implement": "wait",
    "test": "good",
    "declined": "bad",
}
STEPS = ("obtain", "refine", "implement", "test")
"""The way of a need, in order."""
RESERVATION_TAGS = {
    "confirmed": "good",
    "checked_in": "good",
    "completed": "good",
    "away": "wait",
    "pending": "wait",
    "no_show": "bad",
    "released": "bad",
    "rejected": "bad",
}


def registration_status() -> dict[str, str]:
    """Return the words for where a sign-up stands."""
    return {
        "confirmed": _("You have a place"),
        "waitlisted": _("On the waiting list"),
        "offered": _("A place is offered to you"),
        "attended": _("You were there"),
        "no_show": _("You did not come"),
        "cancelled": _("Given up"),
        "lapsed": _("Offer not taken"),
        "unserved": _("No place became free"),
    }


def reservation_status() -> dict[str, str]:
    """Return the words for where a reservation stands."""
    return {
        "pending": _("Waiting for approval"),
        "confirmed": _("Booked"),
        "checked_in": _("Checked in"),
        "away": _("Away for a moment"),
        "completed": _("Completed"),
        "cancelled": _("Cancelled"),
        "no_show": _("Not used"),
        "left_early": _("Left early"),
        "released": _("Given back by the library"),
        "rejected": _("Not approved"),
        "expired": _("Expired"),
    }


def suggestion_stage() -> dict[str, str]:
    """Return the words for where a suggestion stands: the four steps of a need, or a no."""
    return {
        "submitted": _("Waiting for an answer"),
        "obtain": _("Understood"),
        "refine": _("Being worked out"),
        "implement": _("Being made"),
        "test": _("Being tried"),
        "declined": _("Not possible"),
    }


def programmes() -> dict[str, str]:
    """Return the words for kinds of activity."""
    return {
        "lecture": _("Lecture"),
        "workshop": _("Workshop"),
        "exhibition": _("Exhibition"),
        "reading_group": _("Reading group"),
        "salon": _("Salon"),
        "training": _("Training"),
    }


def space_kinds() -> dict[str, str]:
    """Return the words for the four kinds of space."""
    return {
        "learning": _("Learning"),
        "academic": _("Academic"),
        "cultural": _("Cultural"),
        "creative": _("Creative"),
    }


def space_types() -> dict[str, str]:
    """Return the words for rooms, seats and machines."""
    return {"room": _("Room"), "seat": _("Seat"), "machine": _("Machine")}


def features() -> dict[str, str]:
    """Return the words for what a space has; one without words of ours is shown as it is."""
    return {
        "whiteboard": _("Whiteboard"),
        "screen": _("Display"),
        "projector": _("Projector"),
        "power": _("Power socket"),
        "quiet": _("Quiet"),
        "window": _("Window"),
        "wheelchair": _("Step-free"),
        "videoconference": _("Video conference"),
        "workstation": _("Workstation"),
        "microphone": _("Microphone"),
        "stage": _("Stage"),
        "piano": _("Piano"),
        "coffee": _("Coffee"),
        "ventilation": _("Ventilation"),
        "safety_glasses": _("Safety glasses"),
        "embroidery": _("Embroidery"),
        "pla": _("PLA filament"),
        "petg": _("PETG filament"),
    }


def levels() -> dict[str, str]:
    """Return the words for levels of study."""
    return {
        "bachelor": _("Bachelor"),
        "master": _("Master"),
        "doctor": _("Doctor"),
        "staff": _("Staff"),
    }


def panels() -> dict[str, str]:
    """Return the words for the three panels of figures."""
    return {
        "participation": _("Participation"),
        "trust": _("Trust"),
        "benefit": _("Benefit"),
    }


def splits() -> dict[str, str]:
    """Return the words for ways to split a figure."""
    return {
        "faculty": _("Faculty"),
        "level": _("Level"),
        "space_kind": _("Kind of space"),
        "day": _("Day"),
        "library": _("Library"),
    }


TABLES: dict[str, Words] = {
    "act": act_codes.acts,
    "activity_status": activity_codes.activity_status,
    "room_state": activity_codes.room_state,
    "sign_up_status": activity_codes.sign_up_status,
    "audience": activity_codes.audiences,
    "registration_status": registration_status,
    "reservation_status": reservation_status,
    "programme": programmes,
    "space_kind": space_kinds,
    "space_type": space_types,
    "feature": features,
    "suggestion_stage": suggestion_stage,
    "level": levels,
}


def word(code: str | None, table: str) -> str:
    """Return the words for a code, or the code itself made readable."""
    if not code:
        return ""
    return TABLES[table]().get(code, code.replace("_", " "))
