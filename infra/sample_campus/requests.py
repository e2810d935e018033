"""Hall and salon are lent on request: two who want the same evening wait for the answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from infra.sample_campus.hands import STAFF, Hands
from infra.sample_campus.places import library_id, space_id
from services.booking.commands.publish_rules import PublishRules, publish_rules
from services.booking.commands.reserve import Reserve, reserve
from services.booking.domain.errors import SlotTaken
from shared.kernel.refusal import Refusal

LIBRARY, SALON = "CHU", "SALON"
RULES = {
    "min_minutes": 60,
    "max_minutes": 240,
    "default_minutes": 120,
    "start_step_minutes": 30,
    "approval_required": True,
    "approval_expires_minutes": 5 * 24 * 60,
}
LENT = {SALON: RULES, "HALL": {**RULES, "min_party": 20}}
DAYS_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Wanted:
    """From when on, for how many minutes and people."""

    at: time
    minutes: int
    party: int


# The first two want some of the same time.
WANTED = (Wanted(time(14), 120, 18), Wanted(time(15), 120, 12), Wanted(time(10), 90, 25))


def ask_for_the_salon(hands: Hands, patron_ids: Sequence[UUID], today: date, zone: ZoneInfo) -> int:
    """Publish the rules of what is lent, let people ask for the salon; return how many wait."""
    for code, body in LENT.items():
        publish_rules(
            PublishRules(
                library_id=library_id(LIBRARY),
                scope_type="space",
                scope_id=str(space_id(LIBRARY, code)),
                body=body,
                actor=STAFF,
            ),
            **hands.reserving(),
        )
    salon = space_id(LIBRARY, SALON)
    people = iter(patron_ids)
    day = today + timedelta(days=DAYS_AHEAD)
    return sum(
        _ask(hands, people, salon, datetime.combine(day, one.at, zone), one) for one in WANTED
    )


def _ask(
    hands: Hands, people: Iterator[UUID], salon: UUID, starts_at: datetime, wanted: Wanted
) -> int:
    """Let the first who may ask for it; return 0 when nobody may."""
    for patron_id in people:
        command = Reserve(
            space_id=salon,
            patron_id=patron_id,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=wanted.minutes),
            party_size=wanted.party,
        )
        try:
            reserve(command, **hands.reserving())
        except SlotTaken:
            return 0
        except Refusal:
            continue
        return 1
    return 0
