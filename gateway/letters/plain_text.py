"""Names and titles as one harmless line, whatever somebody once typed into them."""

import unicodedata

HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Controls, line breaks, marks that turn the direction of writing, halves of characters."""

SPECIALS = frozenset('()<>[]:;@\\,"')


def one_line(text: str) -> str:
    """Return the text without line breaks, controls and invisible marks; spaces run together.

    What goes into a header, an invitation or a list must not begin a new line of its own.
    """
    shown = ("" if _is_joiner(letter) else " " if _is_hidden(letter) else letter for letter in text)
    return " ".join("".join(shown).split())


def for_header(text: str) -> str:
    """Return one line that a mail's header shows as it stands.

    An encoded word (RFC 2047) that somebody typed would be decoded on its way into the header, and
    may hold a line break of its own.
    """
    return one_line(text).replace("=?", "= ?")


def for_address(name: str) -> str:
    """Return a name to stand before a mail address.

    Marks that have a meaning there (RFC 5322, 3.2.3: specials) are left out rather than quoted: not
    every program that folds a long header keeps the quotes.
    """
    return one_line("".join(" " if letter in SPECIALS else letter for letter in for_header(name)))


def _is_hidden(letter: str) -> bool:
    return unicodedata.category(letter) in HIDDEN


def _is_joiner(letter: str) -> bool:
    return unicodedata.category(letter) == "Cf"
