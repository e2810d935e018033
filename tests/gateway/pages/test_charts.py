"""Charts as the server draws them."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import gateway
from gateway.pages.participation import charts
from tests.support.browser import browser, looking

__all__ = ["browser"]

SHEET = Path(gateway.__file__).parent / "static/css/charts.css"


def test_a_label_is_text_whatever_it_holds_and_no_longer_than_its_room() -> None:
    drawn = charts.bars([("<b>x</b>", 3.0), ("Economics and Management", 5.0), ("法学院", None)])
    assert "&lt;b&gt;x&lt;/b&gt;" in drawn
    assert "Economics and Mana…" in drawn
    assert "法学院" in drawn
    assert not re.search(r"<style|<script|<title|style=", drawn)


def test_a_gap_is_no_nought() -> None:
    drawn = charts.line([("1", 2.0), ("2", None), ("3", 4.0)])
    assert len(re.findall("<circle", drawn)) == 2


def test_nothing_to_draw_is_drawn_all_the_same() -> None:
    assert charts.bars([("a", None)]).startswith("<svg")
    assert charts.line([]).startswith("<svg")


@pytest.mark.browser
@pytest.mark.parametrize(
    "label",
    ["Economics and Management", "Minutes of the day used up", "计算机与人工智能学院", "AI 学院"],
)
def test_no_label_is_cut_off(browser: Browser, label: str) -> None:
    drawn = charts.bars([(label, 3.0), ("Law", 5.0)])
    with looking(browser) as page:
        page.set_content(f'<figure class="chart">{drawn}</figure>')
        page.add_style_tag(path=SHEET)
        lefts = page.eval_on_selector_all(
            "text", "all => all.map(one => one.getBBox().x + one.getCTM().e / one.getCTM().a)"
        )
    assert min(lefts) >= 0
