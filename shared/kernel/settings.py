"""Settings come from the environment; a secret may come from a file named by NAME_FILE."""

import os
from pathlib import Path


class SettingError(Exception):
    """A setting is missing or makes no sense; the text is one sentence for the operator."""


def read_setting(name: str, default: str | None = None) -> str:
    """Return ATRIUM_<name>, or the content of the file ATRIUM_<name>_FILE names, or the default.

    Raises SettingError when there is none of the three, or the file cannot be read.
    """
    variable = f"ATRIUM_{name}"
    if path := os.environ.get(f"{variable}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            msg = f"The file that {variable}_FILE names cannot be read: {error.strerror}: {path}"
            raise SettingError(msg) from error
    if (value := os.environ.get(variable)) is not None and value != "":
        return value
    if default is not None:
        return default
    msg = f"The setting {variable} (or {variable}_FILE) is missing."
    raise SettingError(msg)


def read_number(name: str, default: int, *, least: int = 0, most: int = 2**31) -> int:
    """Return a whole-number setting within its bounds; raises SettingError otherwise."""
    text = read_setting(name, str(default))
    try:
        number = int(text)
    except ValueError:
        number = least - 1
    if not least <= number <= most:
        msg = f"The setting ATRIUM_{name} must be a number from {least} to {most}, not {text!r}."
        raise SettingError(msg)
    return number


def read_address(name: str, default: str) -> str:
    """Return a setting that is an http(s) address; raises SettingError otherwise."""
    address = read_setting(name, default)
    if not address.startswith(("http://", "https://")):
        msg = f"The setting ATRIUM_{name} must start with http:// or https://, not {address!r}."
        raise SettingError(msg)
    return address
