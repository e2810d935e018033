"""Every code has its words in both languages; no list costs a query per row."""

import ast
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from string import Formatter
from uuid import UUID

import pytest
from sqlalchemy import Engine  # its own name for hooks
from sqlalchemy import event as sqlalchemy_hooks

from services.events.api.wording import LABELS, WORDING
from services.events.domain import errors
from services.events.domain.room import RoomNote, RoomState
from services.events.domain.waiting_list import POLICY, Reason
from shared.kernel.refusal import Refusal
from tests.events.api.callers import Callers
from tests.support.event_builders import ORGANIZER

SAID = {**WORDING, **LABELS}
DOMAIN = Path(errors.__file__).parents[1]


def codes_in_the_code() -> set[str]:
    """Every code given to a Violation anywhere in the service."""
    found: set[str] = set()
    for path in DOMAIN.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_violation = (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "Violation"
            )
            if is_violation and isinstance(node.args[0], ast.Constant):
                found.add(str(node.args[0].value))
    return found


def test_every_refusal_violation_reason_and_room_state_has_words():
    refusals = {
        each.code
        for each in vars(errors).values()
        if isinstance(each, type)
        and issubclass(each, Refusal)
        and each.__module__ == errors.__name__
    }
    rooms = {f"room_{word}" for word in [*RoomState, *RoomNote]}
    needed = refusals | codes_in_the_code() | {reason.value for reason in Reason} | rooms | {POLICY}
    assert len(codes_in_the_code()) > 15
    assert needed - set(SAID) == set()


@pytest.mark.parametrize("code", sorted(SAID))
def test_both_languages_say_the_same_numbers(code):
    named = [
        {name for _, name, _, _ in Formatter().parse(SAID[code][language]) if name}
        for language in ("en", "zh-CN")
    ]
    assert named[0] == named[1]
    assert re.search("[\u4e00-\u9fff]", SAID[code]["zh-CN"])


@contextmanager
def counting_queries(engine: Engine) -> Iterator[list[str]]:
    asked: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        asked.append(statement)

    sqlalchemy_hooks.listen(engine, "before_cursor_execute", note)
    yield asked
    sqlalchemy_hooks.remove(engine, "before_cursor_execute", note)


def test_lists_cost_the_same_however_long_they_are(callers: Callers, engine: Engine) -> None:
    def cost() -> list[int]:
        paths = ["/library-events", "/calendar.ics", "/library-events/mine", "/registrations"]
        if activities:
            paths += [
                f"/library-events/{activities[0]}/registrations",
                f"/library-events/{activities[0]}/attendances",
                f"/library-events/{activities[0]}/registrations.csv",
                f"/library-events/{activities[0]}/results",
                f"/library-events/{activities[0]}/room",
            ]
        counts = []
        for path in paths:
            with counting_queries(engine) as asked:
                assert callers.organizer("GET", path).status_code == 200
            counts.append(len(asked))
        return counts

    activities = [callers.published(title_en="One")]
    callers.sign_up(activities[0], ORGANIZER)
    few = cost()
    for number in range(6):
        activities.append(callers.published(title_en=f"Number {number}"))
        callers.sign_up(activities[-1], ORGANIZER)
        callers.sign_up(activities[0], UUID(int=100 + number))
    assert cost() == few
    assert max(few) <= 4
