"""The ticket: digits a person shows at the door, as a QR code or aloud, to prove their sign-up."""

import secrets

DIGITS = 12
"""A guess hits one of a hundred sign-ups once in ten thousand million; and the door is watched."""


def new_ticket_code() -> str:
    """Return fresh, unguessable digits."""
    return str(secrets.randbelow(10**DIGITS)).zfill(DIGITS)


def read_ticket_code(typed: str) -> str:
    """Return the digits in what was scanned or typed: groups, hyphens, full-width digits or not.

    What is no decimal digit is left out; the rest is matched as it stands.
    """
    return "".join(str(int(character)) for character in typed if character.isdecimal())
