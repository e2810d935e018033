"""A build that must have every server does not pass by skipping."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
SKIPPING = """
import pytest

@pytest.mark.rabbitmq
def test_marked():
    pytest.skip("no server")

@pytest.fixture
def server():
    pytest.skip("installed_postgres: no server")

def test_asking_for_a_server(server):
    pass

def test_for_another_reason():
    pytest.skip("not on this system")
"""


def outcome_of_skipping(tmp_path: Path, required: str) -> str:
    (tmp_path / "test_skipping.py").write_text(SKIPPING, encoding="utf-8")
    plugins = [
        "-p",
        "tests.support.required_servers",
        "-p",
        "no:randomly",
        "-p",
        "no:cacheprovider",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *plugins, "-c", "pyproject.toml", str(tmp_path)],
        cwd=REPOSITORY,
        env=os.environ | {"ATRIUM_REQUIRE_SERVERS": required},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip().splitlines()[-1]


@pytest.mark.parametrize(
    ("required", "expected"),
    [("1", "1 failed, 1 skipped, 1 error"), ("0", "3 skipped")],
    ids=["required", "not required"],
)
def test_skipped_server_tests_fail_only_where_servers_are_required(
    tmp_path: Path, required: str, expected: str
) -> None:
    assert expected in outcome_of_skipping(tmp_path, required)
