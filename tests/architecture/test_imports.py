"""The import rules of pyproject.toml hold; and each of them has been seen failing."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.support.source_tree import ROOT, copy_of_the_product

LINTER = Path(sys.executable).parent / "lint-imports"

# The contract, the module a line is planted in, the line, and what the linter says about it.
PLANTS: list[tuple[str, str, str, str]] = [
    (
        "Services do not know each other",
        "services/engagement/domain/planted.py",
        "import services.booking.domain",
        "services.engagement.domain.planted -> services.booking",
    ),
    (
        "Inside every service, dependencies point at the domain",
        "services/events/domain/planted.py",
        "import services.events.api",
        "services.events.domain.planted -> services.events.api",
    ),
    (
        "Inside every service, dependencies point at the domain",
        "services/booking/commands/planted.py",
        "import services.booking.persistence",
        "services.booking.commands.planted -> services.booking.persistence",
    ),
    (
        "Inside every service, dependencies point at the domain",
        "services/booking/drawer.py",
        "",
        "services.booking.drawer",
    ),
    (
        "The domain is plain Python",
        "services/booking/domain/planted.py",
        "import sqlalchemy",
        "services.booking.domain.planted -> sqlalchemy",
    ),
    (
        "Commands do not know HTTP, SQL or the broker",
        "services/events/commands/planted.py",
        "import flask",
        "services.events.commands.planted -> flask",
    ),
    (
        "Edges reach data through commands and queries",
        "services/engagement/api/planted.py",
        "import services.engagement.persistence",
        "services.engagement.api.planted -> services.engagement.persistence",
    ),
    (
        "Contracts are the standard library alone",
        "shared/contracts/planted.py",
        "import kombu",
        "shared.contracts.planted -> kombu",
    ),
    (
        "Gateway and services meet only over HTTP and the bus",
        "gateway/clients/planted.py",
        "import services.booking",
        "gateway.clients.planted -> services.booking",
    ),
    (
        "Inside the gateway as well",
        "gateway/domain/planted.py",
        "import gateway.api",
        "gateway.domain.planted -> gateway.api",
    ),
]


def lint(root: Path) -> tuple[int, str]:
    """Run the import linter on a tree; return its status and its report on one line each."""
    done = subprocess.run(
        [LINTER, "--no-cache", "--no-logo"],
        cwd=root,
        env={"PYTHONPATH": str(root), "PATH": "/usr/bin:/bin", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The linter's report on a copy in which every rule is broken."""
    root = copy_of_the_product(tmp_path_factory.mktemp("spoilt"))
    for _, path, line, _ in PLANTS:
        planted = root / path
        planted.write_text(f'"""Break a rule."""\n\n{line}\n')
    status, report = lint(root)
    assert status == 1, report
    return report


def test_the_import_rules_hold() -> None:
    status, report = lint(ROOT)
    assert status == 0, report


@pytest.mark.parametrize(
    ("contract", "expected"),
    [(contract, expected) for contract, _, _, expected in PLANTS],
    ids=[expected for *_, expected in PLANTS],
)
def test_a_planted_import_is_seen(spoilt: str, contract: str, expected: str) -> None:
    assert f"{contract} BROKEN" in spoilt
    assert expected in spoilt


def test_every_import_rule_has_been_seen_failing() -> None:
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    assert {rule["name"] for rule in rules["contracts"]} == {plant[0] for plant in PLANTS}
