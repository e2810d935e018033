"""`make reset` wipes what `make run` keeps, people's mail included, and nothing else."""

from pathlib import Path

import pytest

from infra.local import reset
from infra.local.data_folder import DataFolder
from infra.local.metrics_folder import VARIABLE, counting_together
from tests.support.local_platform import LocalPlatform

STRANGE = "notes-of-the-operator.txt"


@pytest.fixture
def data(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder as a run leaves it, in which the operator keeps a file too."""
    data = folder / "data"
    for name in ("postgres/cluster", "secrets", "logs", "mail/2026-11-26"):
        (data / name).mkdir(parents=True)
    (data / "mail/2026-11-26/to-a-reader.eml").write_text("To: reader@example.edu", "utf-8")
    (data / "secrets/pseudonym-key").write_text("k" * 64, "utf-8")
    (data / "jwks.json").write_text("{}", "utf-8")
    monkeypatch.setenv("ATRIUM_DATA", str(data))
    return data


def test_nothing_is_left_of_what_a_run_keeps(data: Path) -> None:
    assert reset.main() == 0
    assert not data.exists()


def test_what_a_killed_run_has_counted_goes_too(data: Path) -> None:
    counted = Path(counting_together(data, {})[VARIABLE])
    assert counted.is_dir()
    assert reset.main() == 0
    assert not data.exists()
    assert not counted.parent.exists()


def test_what_is_not_ours_stays(data: Path) -> None:
    (data / STRANGE).write_text("kept", "utf-8")
    assert reset.main() == 0
    assert [one.name for one in data.iterdir()] == [STRANGE]


def test_a_platform_at_work_is_not_wiped(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    running = DataFolder(data)
    running.open()
    assert reset.main() == 2
    running.close()
    said = capsys.readouterr().err
    assert said.startswith("Atrium cannot be reset: Atrium already runs")
    assert len(said.strip().splitlines()) == 1
    assert (data / "mail/2026-11-26/to-a-reader.eml").exists()


def test_a_server_that_does_not_answer_is_named(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ATRIUM_POSTGRES_URL", "postgresql://postgres@127.0.0.1:1/x")
    assert reset.main() == 2
    said = capsys.readouterr().err
    assert "PostgreSQL does not drop our databases" in said
    assert (data / "secrets").exists()


def test_nothing_is_left_of_a_real_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with LocalPlatform(folder / "data") as platform:
        assert platform.start().stop() == 0
        assert (platform.data / "postgres").exists()
    monkeypatch.setenv("ATRIUM_DATA", str(platform.data))
    assert reset.main() == 0
    assert not platform.data.exists()
