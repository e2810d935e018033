"""The sentences of each language; English is what the sources are written in."""

import gettext as gettext_module
import io
from functools import cache
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

CATALOGUES = Path(__file__).resolve().parents[1] / "translations"


def locale_of(language: str) -> Locale:
    """Return Babel's locale of one of our languages."""
    return Locale.parse(language, sep="-")


@cache
def catalogue(language: str) -> gettext_module.NullTranslations:
    """Return the sentences of a language.

    A language is a folder of catalogues, one for each part of the site.
    """
    files = sorted((CATALOGUES / language).glob("*.po"))
    if not files:
        return gettext_module.NullTranslations()
    sentences = Catalog(locale=language.replace("-", "_"))
    for file in files:
        for message in read_catalogue(file):
            if message.id:
                sentences[message.id] = message
    compiled = io.BytesIO()
    write_mo(compiled, sentences)
    compiled.seek(0)
    return gettext_module.GNUTranslations(compiled)


def read_catalogue(file: Path) -> Catalog:
    """Return the sentences of one file; its folder says the language."""
    with file.open("rb") as source:
        return read_po(source, locale=file.parent.name.replace("-", "_"))
