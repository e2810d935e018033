"""The files of public keys: the gateway must be able to write them where the services read them."""

import errno
import json
from pathlib import Path
from tempfile import TemporaryFile

from infra.local.failure import CannotStart, reason_of
from infra.local.run_settings import RunSettings
from shared.kernel.settings import read_setting


def check_key_files(settings: RunSettings) -> None:
    """Raise CannotStart when keys cannot be written to ATRIUM_JWKS_OUT or read from ATRIUM_JWKS."""
    written = settings.keys_file
    _try_to_write(written)
    read = read_setting("JWKS", str(written))
    if not read.startswith(("http://", "https://")) and Path(read).resolve() != written.resolve():
        _try_to_read(Path(read), written)


def _try_to_write(place: Path) -> None:
    if not read_setting("JWKS_OUT", ""):
        return  # in the data folder, which is looked at by itself
    try:
        if place.is_dir():
            raise IsADirectoryError(errno.EISDIR, "")
        place.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=place.parent) as probe:
            probe.write(b"x" * 4096)
    except OSError as error:
        raise CannotStart(
            f"The file {place} that ATRIUM_JWKS_OUT names cannot be written: {reason_of(error)}."
        ) from error


def _try_to_read(place: Path, written: Path) -> None:
    try:
        keys = json.loads(place.read_bytes())["keys"]
        reason = "" if keys else "there is no key in it"
    except OSError as error:
        reason = reason_of(error)
    except (ValueError, LookupError, TypeError):
        reason = "it is no JSON Web Key Set"
    if reason:
        raise CannotStart(
            f"The file {place} that ATRIUM_JWKS names cannot be used: {reason} (the gateway writes "
            f"its public keys to {written})."
        )
