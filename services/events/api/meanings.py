"""What names mean in the document of events, with values to try."""

from services.events.domain.plan import DEFAULT_OFFER_MINUTES, DEFAULT_PARTY_LIMIT
from shared.web.meanings import Meaning, Meanings

MEANINGS = Meanings(
    parameters={
        "library_event_id": Meaning("The activity."),
        "library_event": Meaning("Only sign-ups for this activity."),
        "registration_id": Meaning("The sign-up."),
        "attendance_id": Meaning("The presence."),
        "library": Meaning("Only activities of this library."),
        "programme": Meaning("Only activities of this kind."),
        "space_kind": Meaning("Only activities in, or counted for, spaces of this kind."),
        "language": Meaning("In which language `title` is; else that of `Accept-Language`."),
        "to": Meaning("Only what starts before this instant."),
        "status": Meaning("Only activities in this state."),
        "room": Meaning("Only activities with which it stands so with the room."),
    },
    members={
        "starts_at": Meaning("When it begins, without setting up."),
        "ends_at": Meaning("When it is over, without clearing up."),
        "library_event_id": Meaning("The activity."),
        "registration_id": Meaning("The sign-up; null for who came without one."),
        "attendance_id": Meaning("The presence; null while there is none."),
        "registered_at": Meaning("When they signed up: who waits, waits in this order."),
        "places": Meaning("How full it is."),
        "taken": Meaning("Places taken, open offers included."),
        "free": Meaning("Places nobody has."),
        "room": Meaning("How it stands with the room; for those who run it."),
        "move": Meaning("Where it shall be instead; null when nowhere else."),
        "state": Meaning("none, requested, held, refused or given_back."),
        "codes": Meaning("Why the room was refused, by code."),
        "alternatives": Meaning("What could be had instead of what was refused."),
        "note": Meaning("Why a room was given back; null otherwise."),
        "wanted": Meaning("What was asked for."),
        "recorded": Meaning("How many of them are new."),
        "recorded_at": Meaning("When it was entered."),
        "voided_at": Meaning("null: it counts."),
        "outcome": Meaning("What the scan came to, as a code."),
        "sign_ups": Meaning("How many sign-ups."),
        "people": Meaning("How many people, companions included."),
        "came": Meaning("Had a place and came."),
        "had_a_place": Meaning("Have a place that was not given up, whether they came or not."),
        "no_show": Meaning("Had a place and did not come, where attendance was taken."),
        "not_measured": Meaning("Had a place where nobody took attendance."),
        "unserved": Meaning("Waited to the end and got no place."),
        "gave_up": Meaning("Cancelled, or declined an offer or let it pass."),
        "walk_ins": Meaning("Came without a sign-up."),
        "numerator": Meaning("What is counted."),
        "denominator": Meaning("Of how many."),
        "value": Meaning("Their quotient; null where it says nothing."),
        "position": Meaning("On the waiting list; 1 is next, null: not waiting."),
        "policy": Meaning("By which rule the list goes on, as a code."),
        "rule": Meaning("The same as a sentence."),
        "decisions": Meaning("Everything decided about it, and why."),
        "organizer_id": Meaning("Who runs it."),
        "programme": Meaning("The kind of activity a library reports on."),
        "title_zh": Meaning("One title is needed, in either language.", "如何做一张学术海报"),
        "title_en": Meaning("One title is needed, in either language.", "Making a poster"),
        "description_zh": Meaning("Plain text."),
        "description_en": Meaning("Plain text."),
        "space_id": Meaning(
            "The library's space it needs; then library and kind of space are those of the space."
        ),
        "place": Meaning("Where it is, in words, when it needs no space of the library."),
        "library_id": Meaning("For which library it counts when it needs no space."),
        "space_kind": Meaning("For which kind of space it counts when it needs none."),
        "setup_minutes": Meaning("Needs the room so long before; 0 when left out.", 15),
        "teardown_minutes": Meaning("Needs the room so long after; 0 when left out.", 15),
        "capacity": Meaning("Places, companions included.", 4),
        "party_limit": Meaning(
            f"The most people one sign-up brings, the person included; {DEFAULT_PARTY_LIMIT} when "
            "left out.",
            2,
        ),
        "signup_opens_at": Meaning("null or left out: as soon as it is published."),
        "signup_closes_at": Meaning("null or left out: when it starts."),
        "late_cancel_minutes": Meaning(
            "Giving up a place nearer to the start counts as late; 1440 when left out.", 1440
        ),
        "offer_minutes": Meaning(
            "How long a place that became free is kept for who is next; "
            f"{DEFAULT_OFFER_MINUTES} when left out.",
            DEFAULT_OFFER_MINUTES,
        ),
        "waiting_list": Meaning("Whether there is one when it is full; true when left out."),
        "party_size": Meaning("How many people come, the person included."),
        "attended_at": Meaning(
            "When they came, from 30 minutes before the start on; now, when left out."
        ),
        "occurred_at": Meaning("By the scanner's clock; now, when left out."),
        "anonymous": Meaning("All who came and are not known by name.", 12),
        "by_audience": Meaning("", {"undergraduate": 8}),
        "more": Meaning(
            "Added to the last count, or taken from it when negative; not with `anonymous` and "
            "`by_audience`."
        ),
        "audience": Meaning("Who the `more` are."),
        "cancel_reason": Meaning("Why it was called off; empty otherwise."),
        "hold_expires_at": Meaning("Until when the room is held for a draft; null: no end."),
        "offer_expires_at": Meaning("Until when an offered place can be taken; null without one."),
        "attendance_measured": Meaning(
            "Whether anybody took attendance; null until the activity is closed."
        ),
        "method": Meaning("How the presence was recorded."),
        "ticket_code": Meaning("What the ticket shows."),
        "seconds_left": Meaning("For how long this code is shown; a new one follows."),
        "admits": Meaning("False while the person waits for a place."),
        "scan_id": Meaning("Sent again, a scan has its effect once."),
    },
)
