"""The rules of the house hold; and each of them has been seen failing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture import house_rules
from tests.architecture.house_rules import RULES, Rule, breaches
from tests.support.source_tree import ROOT, SERVICES

SENTENCE = '"""Say something."""\n'


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_its_rules(rule: Rule) -> None:
    assert breaches(rule, ROOT) == []


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A small house that keeps every rule."""
    for folder in (*house_rules.PRODUCT, "tests"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "__init__.py").write_text(SENTENCE)
    for service in (*(f"services/{name}" for name in SERVICES), "gateway"):
        for room in (*house_rules.FOLDERS, *house_rules.EITHER):
            (tmp_path / service / room).mkdir(parents=True)
        for name in house_rules.FILES:
            (tmp_path / service / name).write_text(SENTENCE + "\nWORD = 1\n")
    return tmp_path


def put(path: str, text: str) -> Callable[[Path], None]:
    """Plant a file."""

    def plant(house: Path) -> None:
        (house / path).parent.mkdir(parents=True, exist_ok=True)
        (house / path).write_text(text)

    return plant


def fill(house: Path) -> None:
    """Make most files long, none too long."""
    for number in range(80):
        put(f"shared/room_{number}.py", SENTENCE + "x = 1\n" * 150)(house)


def remove_the_command_line(house: Path) -> None:
    (house / "services/events/cli.py").unlink()


PLANTS: list[tuple[Rule, Callable[[Path], None], str]] = [
    (
        house_rules.files_stay_short,
        put("shared/long.py", SENTENCE + "x = 1\n" * 300),
        "shared/long.py has 301 lines",
    ),
    (house_rules.files_stay_short, fill, "the median file has 151"),
    (
        house_rules.modules_open_with_a_sentence,
        put("gateway/silent.py", "x = 1\n"),
        "gateway/silent.py opens with ''",
    ),
    (
        house_rules.packages_say_one_sentence_and_hold_nothing,
        put("shared/kernel/__init__.py", SENTENCE + "from shared.kernel.clock import Clock\n"),
        "shared/kernel/__init__.py holds more",
    ),
    (
        house_rules.services_have_the_same_rooms,
        remove_the_command_line,
        "services/events has no cli.py",
    ),
    (
        house_rules.nothing_is_called_event,
        put("services/events/domain/talk.py", SENTENCE + "def plan(event):\n    return event\n"),
        "services/events/domain/talk.py:2",
    ),
    (
        house_rules.nothing_is_called_event,
        put("tests/test_talk.py", SENTENCE + "for event in []:\n    pass\n"),
        "tests/test_talk.py:2",
    ),
    (
        house_rules.nothing_is_a_drawer,
        put("shared/utils/dates.py", SENTENCE),
        "shared/utils/dates.py is called utils",
    ),
    (
        house_rules.the_present_comes_from_the_clock,
        put("infra/late.py", SENTENCE + "import datetime\nx = datetime.datetime.now()\n"),
        "infra/late.py:3",
    ),
    (
        house_rules.imports_are_absolute_and_named,
        put("shared/near.py", SENTENCE + "from . import kernel\n"),
        "shared/near.py:2",
    ),
    (
        house_rules.exceptions_carry_their_reason,
        put("shared/loud.py", SENTENCE + "x = eval('1')  # noqa" + ": S307\n"),
        "shared/loud.py:2",
    ),
    (
        house_rules.new_indexes_let_people_write_on,
        put(
            "gateway/persistence/migrations/versions/late.py",
            SENTENCE + 'op.execute("CREATE INDEX mail_late ON mail (late)")\n',
        ),
        "gateway/persistence/migrations/versions/late.py locks mail",
    ),
]


@pytest.mark.parametrize(
    ("rule", "plant", "expected"), PLANTS, ids=[f"{rule.__name__}: {e}" for rule, _, e in PLANTS]
)
def test_a_planted_breach_is_seen(
    house: Path, rule: Rule, plant: Callable[[Path], None], expected: str
) -> None:
    assert breaches(rule, house) == []
    plant(house)
    (breach,) = breaches(rule, house)
    assert breach.startswith(expected)


def test_every_rule_has_been_seen_failing() -> None:
    assert {rule for rule, _, _ in PLANTS} == set(RULES)
