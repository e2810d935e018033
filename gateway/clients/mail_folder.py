"""A folder instead of a mail server: each letter a file that mail programs can open."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

from gateway.domain.mail import MailServerDown


class MailFolder:
    """Writes letters as .eml files; the same letter twice is one file."""

    def __init__(self, folder: Path) -> None:
        """Write into this folder, made when the first letter comes."""
        self._folder = folder

    @contextmanager
    def open(self) -> Iterator["MailFolder"]:
        """Open a way: there is nothing to connect to."""
        yield self

    def hand_over(self, letter: EmailMessage, address: str) -> None:
        """Write a letter; raises MailServerDown when the folder cannot be written."""
        del address  # it stands in the letter
        mark = re.sub(r"[^A-Za-z0-9_.-]", "", str(letter["Message-ID"]).partition("@")[0])
        file = self._folder / f"{mark}.eml"
        new = file.with_suffix(".new")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            new.write_bytes(letter.as_bytes())
            new.replace(file)
        except OSError as error:
            msg = f"{self._folder} cannot be written: {error.strerror}"
            raise MailServerDown(msg) from error
