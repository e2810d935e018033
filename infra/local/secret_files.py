"""Secrets: made on the first start, one file each, readable by their owner alone."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from infra.local.failure import CannotStart


class SecretFiles:
    """A folder of secrets."""

    def __init__(self, folder: Path) -> None:
        """Keep secrets in this folder, which is made when needed."""
        self.folder = folder

    def get(self, name: str, make: Callable[[], str] | None = None) -> str:
        """Return a secret, made now (a random password by default) if it is not there yet."""
        path = self.path(name, make)
        try:
            return path.read_text(encoding="utf-8")
        except OSError as error:
            raise CannotStart(f"The secret {path} cannot be read: {error.strerror}.") from error

    def path(self, name: str, make: Callable[[], str] | None = None) -> Path:
        """Return the file of a secret, which exists afterwards."""
        path = self.folder / name
        if not path.exists():
            self._write(path, (make or _password)())
        return path

    def _write(self, path: Path, value: str) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = path.with_name(f"{path.name}.unfinished")
        unfinished.unlink(missing_ok=True)
        unfinished.touch(mode=0o600)
        with unfinished.open("w", encoding="utf-8") as file:
            file.write(value)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)  # a kill half-way leaves no half secret


def _password() -> str:
    return secrets.token_urlsafe(24)
