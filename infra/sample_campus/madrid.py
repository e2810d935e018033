"""Real proposals of Madrid's citizens, with who stands behind them."""

import csv
from datetime import UTC, date, datetime, time
from random import Random
from uuid import UUID

from infra.sample_campus import layout, suggestions
from infra.sample_campus.hands import Hands
from infra.sample_campus.places import library_id, space_id
from infra.sample_campus.progress import Tally
from services.booking.commands.define_floor import DefineFloor, define_floor
from services.booking.commands.define_library import DefineLibrary, define_library
from services.booking.commands.define_space import DefineSpace, define_space
from services.booking.commands.define_zone import DefineZone, define_zone
from services.booking.commands.withdraw_space import WithdrawSpace, withdraw_space
from services.engagement.commands.submit_suggestion import SubmitSuggestion
from services.engagement.commands.support_suggestion import SupportSuggestion
from shared.kernel.identifiers import named_id

CODE = "MAD"
# One invented supporter for so many real ones: 228,140 supports become about 2,300.
SCALE = 100


def load_madrid(hands: Hands, tally: Tally, supporters: list[UUID]) -> int:
    """Make the 80 real proposals, each with its supports scaled down; return how many."""
    define_the_forum(hands)
    hands.bus.move()
    with (layout.DATA / "decide_madrid_proposals.csv").open(encoding="utf-8") as file:
        proposals = sorted(csv.DictReader(file), key=lambda row: row["date"])
    for nth, row in enumerate(proposals):
        random = Random(nth)  # noqa: S311 - which invented person stands for which hundred real ones
        made_at = datetime.combine(date.fromisoformat(row["date"]), time(12), tzinfo=UTC)
        hands.clock.set(made_at)
        suggestion_id = named_id("madrid proposal", row["code"])
        command = SubmitSuggestion(
            id=suggestion_id,
            patron_id=named_id("madrid author", row["code"]),
            library_id=library_id(CODE),
            space_kind="cultural",
            title=row["title"],
            body=row["summary"] or row["title"],
        )
        suggestions.submit(hands, tally, "Decide Madrid", command)
        for patron in random.sample(supporters, k=round(int(row["supports"]) / SCALE)):
            support = SupportSuggestion(suggestion_id=suggestion_id, patron_id=patron)
            suggestions.support(hands, tally, "Decide Madrid", support)
    return len(proposals)


def define_the_forum(hands: Hands) -> None:
    """Define what the proposals belong to: a place of words, where nothing can be booked."""
    mad, inventory = library_id(CODE), hands.inventory()
    floor, zone = named_id("floor", CODE, "FORO"), named_id("zone", CODE, "FORO")
    zh, en = "马德里市民提案", "Decide Madrid"
    library = DefineLibrary(
        library_id=mad, code=CODE, timezone="Europe/Madrid", name_zh=zh, name_en=en
    )
    define_library(library, **inventory)
    ground = DefineFloor(
        floor_id=floor, library_id=mad, code="FORO", level=0, name_zh=zh, name_en=en
    )
    define_floor(ground, **inventory)
    part = DefineZone(zone_id=zone, floor_id=floor, code="FORO", name_zh=zh, name_en=en)
    define_zone(part, **inventory)
    forum_id = space_id(CODE, "FORO")
    forum = DefineSpace(
        space_id=forum_id,
        zone_id=zone,
        code="FORO",
        name_zh="提案论坛",
        name_en="Forum of proposals",
        space_type="room",
        space_kind="cultural",
        capacity=1,
    )
    define_space(forum, **inventory)
    because = "A place of proposals: nothing can be booked here."
    withdraw_space(WithdrawSpace(space_id=forum_id, because=because), **inventory)
