"""What only shows where much has happened: every shade and tag is readable, and paper is white."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from gateway.pages import assets
from gateway.pages.assets import sheet
from tests.support.browser import browser, looking

__all__ = ["browser"]

pytestmark = pytest.mark.browser
TOKENS = Path(assets.__file__).parents[1] / "static" / "css" / "tokens.css"
SHADES = ("h0", "h1", "h2", "h3", "h4", "h5", "kept")
TAGS = ("tag", "tag good", "tag bad", "tag wait")
NOTICES = ("notice", "notice good", "notice bad", "notice wait")
CELLS = ("busy", "own")


def show(page: Page, theme: str) -> None:
    """Put each thing that has a colour of its own on a page."""
    heat = "".join(f'<td class="{one}">12</td>' for one in SHADES)
    tags = "".join(f'<span class="{one}">12</span>' for one in TAGS)
    notices = "".join(f'<p class="{one}">12</p>' for one in NOTICES)
    day = "".join(f'<td class="{one}">12</td>' for one in CELLS)
    page.set_content(
        f'<html lang="en" data-theme="{theme}"><title>x</title><style>{sheet().decode()}</style>'
        f'<main><h1>x</h1><div class="card"><table class="heat"><tr>{heat}</tr></table>{tags}</div>'
        f'{tags}{notices}<table class="day-grid"><tr>{day}</tr></table>'
        "<details><summary>More</summary><p id='more'>All of it</p></details></main></html>"
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_shade_is_readable(browser: Browser, theme: str) -> None:
    with looking(browser, theme=theme) as page:
        show(page, theme)
        answer = Axe().run(page, options={"runOnly": ["color-contrast"]}).response
    faults = [node["html"] for found in answer["violations"] for node in found["nodes"]]
    assert faults == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_paper_is_white_and_nothing_on_it_is_folded(browser: Browser, theme: str) -> None:
    with looking(browser, theme=theme) as page:
        show(page, theme)
        page.emulate_media(media="print", color_scheme=theme)  # type: ignore[arg-type]  # light or dark
        ink, paper = page.evaluate(
            "() => { const seen = getComputedStyle(document.body);"
            " return [seen.color, seen.backgroundColor] }"
        )
        unfolded = page.evaluate("document.getElementById('more').checkVisibility()")
    assert re.findall(r"\d+", ink) == ["0"] * 3
    assert re.findall(r"\d+", paper) == ["255"] * 3
    assert unfolded


def test_the_dark_that_is_chosen_and_the_dark_of_the_device_are_the_same() -> None:
    """They stand there twice, for a sheet without a build has no other way."""
    tokens = TOKENS.read_text(encoding="utf-8")
    chosen, of_the_device = re.findall(r"  :root[^{]*\{([^}]*color-scheme: dark;[^}]*)\}", tokens)
    assert chosen == of_the_device
    assert chosen.count("--") > 10
