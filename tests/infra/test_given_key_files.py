"""Files of public keys the operator names are tried before anything is made."""

import json
from pathlib import Path

import pytest

from infra.local.failure import CannotStart
from infra.local.foundation import Foundation, Wiring
from infra.local.key_files import check_key_files
from infra.local.run_settings import RunSettings
from tests.support.local_platform import LocalPlatform

KEYS = json.dumps({"keys": [{"kty": "OKP"}]})


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunSettings:
    monkeypatch.setenv("ATRIUM_DATA", str(tmp_path / "data"))
    return RunSettings.from_environment()


@pytest.mark.parametrize(
    ("name", "below", "words"),
    [
        ("ATRIUM_JWKS", "nothing/jwks.json", ("ATRIUM_JWKS names", "there is no such file")),
        ("ATRIUM_JWKS_OUT", "file/jwks.json", ("ATRIUM_JWKS_OUT names", "file")),
    ],
)
def test_a_place_that_cannot_be_used_is_named_and_nothing_made(
    tmp_path: Path, name: str, below: str, words: tuple[str, ...]
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    place = str(tmp_path / below)
    with LocalPlatform(tmp_path / "data", **{name: place}) as platform:
        code, said = platform.run_to_its_end()
    assert code == 2
    assert len(said.strip().splitlines()) == 1
    assert said.startswith("Atrium cannot start: ")
    for word in (place, *words):
        assert word in said
    assert not platform.data.exists()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("no keys", "no JSON Web Key Set"),
        ("[1]", "no JSON Web Key Set"),
        ("{}", "no JSON Web Key Set"),
        ('{"keys": []}', "there is no key in it"),
    ],
)
def test_a_file_without_keys_is_refused(
    settings: RunSettings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    content: str,
    reason: str,
) -> None:
    (tmp_path / "jwks.json").write_text(content, encoding="utf-8")
    monkeypatch.setenv("ATRIUM_JWKS", str(tmp_path / "jwks.json"))
    with pytest.raises(CannotStart, match=f"{reason}.* public keys to .*data/jwks.json"):
        check_key_files(settings)


def test_a_folder_in_the_files_place_is_refused(
    settings: RunSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATRIUM_JWKS_OUT", str(tmp_path))
    with pytest.raises(
        CannotStart, match="ATRIUM_JWKS_OUT names cannot be written: it is a folder"
    ):
        check_key_files(settings)


@pytest.mark.parametrize("read", ["", "same", "https://library.example/.well-known/jwks.json"])
def test_what_will_be_written_need_not_be_there_yet(
    settings: RunSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: str
) -> None:
    place = tmp_path / "new" / "folder" / "jwks.json"
    monkeypatch.setenv("ATRIUM_JWKS_OUT", str(place))
    if read:
        monkeypatch.setenv("ATRIUM_JWKS", str(place) if read == "same" else read)
    check_key_files(settings)
    assert list(place.parent.iterdir()) == []


def test_a_file_of_keys_that_is_there_will_do(
    settings: RunSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "jwks.json").write_text(KEYS, encoding="utf-8")
    monkeypatch.setenv("ATRIUM_JWKS", str(tmp_path / "jwks.json"))
    check_key_files(settings)


def test_services_read_keys_where_the_gateway_was_told_to_write_them(
    settings: RunSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATRIUM_JWKS_OUT", str(tmp_path / "keys.json"))
    environment = Foundation(settings, print).environment(Wiring("", {}, ""))
    assert environment["ATRIUM_JWKS"] == environment["ATRIUM_JWKS_OUT"]
