"""Nothing on a page is said in one language only."""

import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from jinja2 import Environment, nodes

from gateway.api.wording import WORDING
from gateway.letters.catalogues import CATALOGUES, read_catalogue

GATEWAY = Path(__file__).resolve().parents[3] / "gateway"
TEMPLATES = sorted((GATEWAY / "templates").rglob("*.html"))
METHODS = [("pages/**.py", "python"), ("letters/**.py", "python"), ("templates/**.html", "jinja2")]
OPTIONS = {
    "templates/**.html": {
        "extensions": "jinja2.ext.i18n",
        "trimmed": "true",
        "newstyle_gettext": "true",
    }
}
# The product, a version's letter before its number, names of standards.
NAMES_ALIKE_EVERYWHERE = {"Atrium", "v", "OpenAPI", "AsyncAPI", "CloudEvents"}


def said() -> Iterator[tuple[str, int, str | tuple[str, ...]]]:
    """Yield every sentence the pages may say: file, line, text (and its plural)."""
    found = extract_from_dir(str(GATEWAY), METHODS, OPTIONS)
    for name, line, text, _comments, _context in found:
        yield name, line, text


def chinese() -> dict[str, Message]:
    """Return every Chinese sentence by its English one; the same in two files is a fault."""
    found: dict[str, Message] = {}
    for file in sorted((CATALOGUES / "zh-CN").glob("*.po")):
        for message in read_catalogue(file):
            if message.id:
                key = message.id[0] if isinstance(message.id, tuple) else message.id
                assert key not in found, f"{key!r} stands in {file.name} and in another file"
                found[key] = message
    return found


def test_every_sentence_has_its_chinese() -> None:
    catalogue = chinese()
    missing = []
    for name, line, text in said():
        key = text[0] if isinstance(text, tuple) else text
        message = catalogue.get(key)
        told = message.string if message else ""
        if not message or message.fuzzy or not all([told] if isinstance(told, str) else told):
            missing.append(f"{name}:{line}: {key}")
    assert missing == []


def test_no_chinese_is_kept_for_sentences_nobody_says() -> None:
    keys = {text[0] if isinstance(text, tuple) else text for _, _, text in said()}
    assert set(chinese()) - keys == set()


def test_both_languages_fill_in_the_same_things() -> None:
    for english, message in chinese().items():
        told = message.string if isinstance(message.string, str) else message.string[0]
        assert set(re.findall(r"%\(\w+\)s", told)) == set(re.findall(r"%\(\w+\)s", english)), (
            english
        )


@pytest.mark.parametrize("template", TEMPLATES, ids=[path.name for path in TEMPLATES])
def test_a_template_holds_no_text_of_its_own(template: Path) -> None:
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    tree = environment.parse(template.read_text(encoding="utf-8"))
    page = "".join(data.data for data in tree.find_all(nodes.TemplateData))
    page = re.sub(r"<!doctype[^>]*>", "", page)
    spoken = re.findall(r'(?:aria-label|title|placeholder|alt)="([^"]*)"', page)
    text = re.sub(r"<[^>]*>?|^[^<]*>", " ", page)
    words = set(re.findall(r"[^\W\d_]+", " ".join([text, *spoken])))
    assert words - NAMES_ALIKE_EVERYWHERE == set()


def test_every_code_of_the_api_is_worded_in_both_languages_alike() -> None:
    parse = string.Formatter().parse
    for code, texts in WORDING.items():
        assert set(texts) == {"en", "zh-CN"}, code
        fields = [{field for _, field, _, _ in parse(text) if field} for text in texts.values()]
        assert fields[0] == fields[1], code
