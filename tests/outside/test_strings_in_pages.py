"""Strings that have hurt programs elsewhere, typed into every form: pages show them, do nothing.

A page with them is made of the same tags and attributes as one with plain words, and says them
letter for letter.
"""

from html import unescape
from html.parser import HTMLParser
from unicodedata import category

import pytest

from tests.outside.packs import packs, strings
from tests.outside.page_forms import FORMS, PageForm, Writer
from tests.outside.town import Town

PLAIN = "plain words"


class _Shape(HTMLParser):
    """Which tags a page is made of, each with the names of its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[tuple[str, ...]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add((tag, *sorted({name for name, _value in attrs})))


def shape(html: str) -> set[tuple[str, ...]]:
    parser = _Shape()
    parser.feed(html)
    return parser.found


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_what_is_typed_into_a_form_is_shown_and_does_nothing(town: Town, form: PageForm) -> None:
    writer = Writer(town, form)
    plain = writer.send(dict.fromkeys(form.texts, PLAIN))
    page = writer.read(plain)
    assert plain.status_code < 400, page
    expected = shape(page)
    for several in in_turn(form):
        town.undo()
        for typed in several:
            answer = writer.send(typed)
            assert answer.status_code == plain.status_code, (typed, answer.text)
        page = writer.read(answer)
        assert shape(page) <= expected, several
        said = as_read(unescape(page))
        for typed in several:
            for name in set(typed) - form.hidden:
                assert as_read(typed[name]) in said, (name, typed[name])


def in_turn(form: PageForm) -> list[list[dict[str, str]]]:
    """What is typed before each look at the page: every text has every string in it once."""
    texts = {name: packs(most) for name, most in form.texts.items()}
    if form.refuses_controls:
        texts = {name: [without_controls(text) for text in some] for name, some in texts.items()}
    all_of_it = [
        {name: packed[number % len(packed)] for name, packed in texts.items()}
        for number in range(max(map(len, texts.values())))
    ]
    return [all_of_it] if form.is_list else [[typed] for typed in all_of_it]


def without_controls(text: str) -> str:
    return "".join(letter for letter in text if category(letter) != "Cc")


def as_read(text: str) -> str:
    """What a browser shows: blanks and line ends run together."""
    return " ".join(text.split())


def test_every_string_is_in_the_packs_of_every_size() -> None:
    for most in (100, 4000):
        assert max(map(len, packs(most))) <= most
        for text in strings():
            assert any(text[:90] in pack for pack in packs(most)), text


def test_a_tag_that_is_typed_would_be_seen() -> None:
    assert not shape("<p>a</p><img src=x onerror=y>") <= shape("<p>a</p>")
    assert not shape("<p class='a' onclick='b'>a</p>") <= shape("<p class='a'>a</p>")
