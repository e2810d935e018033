"""How long a page takes in a browser until nothing moves any more, seen as a first visit."""

import statistics
from dataclasses import dataclass

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from infra.bench.yardstick import BenchError
from infra.screenshots.chromium import find_chromium

PAGES = ("/", "/find", "/whats-on", "/suggestions")
PHONE: ViewportSize = {"width": 390, "height": 844}
# Milliseconds from the click to the later of: the page's load, the end of the last answer.
WHEN_SETTLED = """() => Math.max(
  performance.getEntriesByType("navigation")[0].loadEventEnd,
  ...performance.getEntriesByType("resource").map(one => one.responseEnd))"""


@dataclass(frozen=True, slots=True)
class Settled:
    """A page, and the median of how long its visits took to settle, in milliseconds."""

    path: str
    median_ms: float
    slowest_ms: float


def browser_program() -> str:
    """Return the browser's path; raises BenchError when there is none."""
    program = find_chromium()
    if program is None:
        raise BenchError("chromium is missing; Debian's chromium-headless-shell has it.")
    return program


def settle(base_url: str, visits: int, program: str) -> list[Settled]:
    """Open each of PAGES so many times, each time in a browser that has kept nothing."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        try:
            return [_settled(browser, base_url, path, visits) for path in PAGES]
        finally:
            browser.close()


def _settled(browser: Browser, base_url: str, path: str, visits: int) -> Settled:
    times = [_visit(browser, f"{base_url}{path}") for _ in range(visits)]
    return Settled(path, round(statistics.median(times), 1), round(max(times), 1))


def _visit(browser: Browser, address: str) -> float:
    context = browser.new_context(viewport=PHONE)
    try:
        page = context.new_page()
        page.goto(address, wait_until="networkidle")
        return float(page.evaluate(WHEN_SETTLED))
    finally:
        context.close()
