"""Write the published keys where services on the same machine read them."""

import json
from pathlib import Path
from tempfile import NamedTemporaryFile

from gateway.security.key_ring import KeyRing
from shared.kernel.settings import SettingError


def publish_keys(place: Path | None, keys: KeyRing) -> None:
    """Write the JSON Web Key Set to a file, whole or not at all; nothing when there is no place.

    Raises SettingError when it cannot be written.
    """
    if place is None:
        return
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w", dir=place.parent, delete=False, encoding="utf-8") as file:
            json.dump(keys.published(), file)
        written = Path(file.name)
        written.chmod(0o644)
        written.replace(place)
    except OSError as error:
        msg = f"ATRIUM_JWKS_OUT cannot be written: {error.strerror}: {place}"
        raise SettingError(msg) from error
