"""The operator's commands find the platform that runs, and say so when none does."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.local_platform import REPOSITORY, LocalPlatform


def operate(platform: LocalPlatform, *command: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "infra.local.operate", *command],
        cwd=REPOSITORY,
        env=platform.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout.strip(), done.stderr.strip()


@pytest.mark.timeout(180)
def test_every_parts_commands_work_on_what_runs(folder: Path) -> None:
    with LocalPlatform(folder / "data") as platform:
        platform.start()
        for part in ("gateway", "booking", "events", "engagement"):
            assert operate(platform, part, "dead-letters", "list") == (0, "The desk is empty.", "")
        code, _, said = operate(platform, "engagement", "rebuild")
        assert code == 0, said
        platform.stop()
        code, _, said = operate(platform, "engagement", "rebuild")
        assert (code, len(said.splitlines())) == (2, 1)
        assert "No Atrium runs on the data folder" in said


def test_where_nothing_ever_ran_nothing_is_made(folder: Path) -> None:
    platform = LocalPlatform(folder / "data")
    assert operate(platform, "gateway", "dead-letters", "list")[0] == 2
    assert not platform.data.exists()


def test_a_part_there_is_not_is_told_which_there_are(folder: Path) -> None:
    code, _, said = operate(LocalPlatform(folder / "data"), "billing")
    assert code == 2
    assert "gateway, booking, events, engagement" in said
