"""What keeps the platform from starting is said in one sentence, and the exit code tells."""

import os
import socket
from pathlib import Path

import pytest

from infra.local import data_folder
from infra.local.data_folder import DataFolder
from infra.local.failure import CannotStart
from infra.local.postgres import EmbeddedPostgres
from tests.support.local_platform import LocalPlatform


def assert_one_sentence(platform: LocalPlatform, *words: str) -> None:
    code, said = platform.run_to_its_end()
    assert code == 2
    assert "Traceback" not in said
    assert len(said.strip().splitlines()) == 1
    assert said.startswith("Atrium cannot start: ")
    for word in words:
        assert word in said


def test_a_taken_port_is_named_with_its_holder(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        with LocalPlatform(folder / "data", ATRIUM_PORT=port) as platform:
            holder = f"(process {os.getpid()})"
            assert_one_sentence(platform, f"Port {port} is taken", holder, "ATRIUM_PORT=")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("ATRIUM_PORT", "eighty", ("ATRIUM_PORT", "number", "'eighty'")),
        ("ATRIUM_PORT", "70000", ("ATRIUM_PORT", "65535")),
        ("ATRIUM_POSTGRES_URL", "mysql://db", ("ATRIUM_POSTGRES_URL", "postgresql://")),
        ("ATRIUM_BROKER_URL", "redis://b", ("ATRIUM_BROKER_URL", "amqp://")),
        ("ATRIUM_SAMPLE_CAMPUS", "maybe", ("ATRIUM_SAMPLE_CAMPUS", "yes or no")),
        ("ATRIUM_RATE_LIMIT", "many", ("ATRIUM_RATE_LIMIT", "'many'")),
        ("ATRIUM_TIMEZONE", "Mars/Base", ("ATRIUM_TIMEZONE", "IANA")),
        ("ATRIUM_GATEWAY_SECRET", "short", ("ATRIUM_GATEWAY_SECRET", "32")),
        ("ATRIUM_LOG_LEVEL", "loud", ("ATRIUM_LOG_LEVEL", "'loud'")),
        ("ATRIUM_PUBLIC_URL", "library.example", ("ATRIUM_PUBLIC_URL", "https://")),
    ],
)
def test_a_broken_setting_is_named(
    folder: Path, name: str, value: str, words: tuple[str, ...]
) -> None:
    with LocalPlatform(folder / "data", **{name: value}) as platform:
        assert_one_sentence(platform, *words)


def test_a_data_folder_that_cannot_be_written_is_named(folder: Path) -> None:
    (folder / "file").write_text("in the way", encoding="utf-8")
    data = folder / "file" / "data"
    with LocalPlatform(data, said_in=folder) as platform:
        assert_one_sentence(platform, str(data), "ATRIUM_DATA")


@pytest.mark.parametrize(
    ("name", "nobody", "words"),
    [
        ("ATRIUM_POSTGRES_URL", "postgresql://postgres@127.0.0.1:1/x", ("PostgreSQL", "port 1")),
        (
            "ATRIUM_BOOKING_DATABASE_URL",
            "postgresql://x:hidden@127.0.0.1:1/x",
            ("ATRIUM_BOOKING_DATABASE_URL", "port 1"),
        ),
        (
            "ATRIUM_BROKER_URL",
            "amqp://x:hidden@127.0.0.1:1//",
            ("127.0.0.1:1 does not answer", "ATRIUM_BROKER_URL"),
        ),
        ("ATRIUM_BROKER_URL", "amqp://127.0.0.1:many//", ("ATRIUM_BROKER_URL", "no port")),
        ("ATRIUM_RATE_STORAGE", "redis://x:hidden@127.0.0.1:1", ("ATRIUM_RATE_STORAGE",)),
        ("ATRIUM_RATE_STORAGE", "nowhere://x:hidden@b", ("ATRIUM_RATE_STORAGE", "nowhere")),
        ("ATRIUM_RATE_STORAGE", "async+memory://", ("ATRIUM_RATE_STORAGE", "asynchronous")),
    ],
)
def test_a_server_that_does_not_answer_is_named(
    folder: Path, name: str, nobody: str, words: tuple[str, ...]
) -> None:
    with LocalPlatform(folder / "data", **{name: nobody}) as platform:
        assert_one_sentence(platform, *words)
        assert "hidden" not in platform.said()


def test_a_folder_for_mail_that_cannot_be_written_is_named(folder: Path) -> None:
    (folder / "file").write_text("in the way", encoding="utf-8")
    mail = folder / "file" / "mail"
    with LocalPlatform(folder / "data", ATRIUM_MAIL_FOLDER=str(mail)) as platform:
        assert_one_sentence(platform, str(mail), "ATRIUM_MAIL_FOLDER=")


def test_a_nearly_full_disk_is_named_with_its_numbers(folder: Path) -> None:
    full = DataFolder(folder / "data", least_free_bytes=10**18)
    with pytest.raises(CannotStart, match=r"has \d+ MB left; Atrium needs 1000000000000 MB"):
        full.open()
    full.close()


def test_whatever_fails_on_a_full_disk_is_put_down_to_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, failure = DataFolder(folder), CannotStart("The step failed.")
    data.blame_a_full_disk(failure)  # with room left, the failure speaks for itself
    monkeypatch.setattr(data_folder, "FULL_BYTES", 10**18)
    with pytest.raises(CannotStart, match=f"{folder} is full: make room"):
        data.blame_a_full_disk(failure)


def test_two_starts_do_not_share_a_data_folder(folder: Path) -> None:
    first, second = DataFolder(folder / "data"), DataFolder(folder / "data")
    first.open()
    with pytest.raises(CannotStart, match=f"already runs .* {os.getpid()}"):
        second.open()
    first.close()
    second.open()
    second.close()


def test_data_of_another_major_version_is_not_touched(folder: Path) -> None:
    server = EmbeddedPostgres(folder)
    cluster = server.folder / "cluster"
    cluster.mkdir(parents=True)
    (server.folder / "superuser-password").write_text("kept", encoding="utf-8")
    (cluster / "PG_VERSION").write_text("12\n", encoding="utf-8")
    with pytest.raises(CannotStart, match=r"written by PostgreSQL 12 .* `make upgrade-data`"):
        server.start()


def test_programs_named_by_the_operator_must_exist(folder: Path) -> None:
    with pytest.raises(CannotStart, match="ATRIUM_POSTGRES_PROGRAMS"):
        EmbeddedPostgres(folder, programs=folder / "nothing").start()
