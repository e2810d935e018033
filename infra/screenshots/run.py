"""`make screenshots`: every page of a running platform, as pictures in a folder.

Each role walks from its home page over all links; each kind of page is taken at 390 and 1280 px, in
Chinese and English, light and dark: <folder>/<role>/<page>.<language>.<theme>.<width>.png.
"""

import argparse
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from infra.sample_campus.demo_logins import ACCOUNTS
from infra.screenshots.chromium import FLAGS, find_chromium
from infra.screenshots.visitor import sign_in
from infra.screenshots.walk import VisitedPage, walk

LANGUAGES = ("zh-CN", "en")
THEMES = ("light", "dark")
WIDTHS = {390: 844, 1280: 900}
LONGEST_PICTURE = 4000


def main() -> None:
    """Take the pictures that the command line asks for."""
    asked = _arguments()
    chromium = find_chromium()
    if chromium is None:
        raise SystemExit("Screenshots need chromium: sh infra/install/servers.sh chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        for role in asked.roles:
            for language in asked.languages:
                taken = _picture_role(browser, asked, role, language)
                print(f"{role} {language}: {taken} pictures")
        browser.close()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://localhost:8000")
    parser.add_argument("--folder", type=Path, default=Path("build/screenshots"))
    roles = ["stranger", *(account[0] for account in ACCOUNTS)]
    parser.add_argument("--roles", nargs="+", choices=roles, default=roles)
    parser.add_argument("--languages", nargs="+", choices=LANGUAGES, default=LANGUAGES)
    parser.add_argument("--themes", nargs="+", choices=THEMES, default=THEMES)
    parser.add_argument(
        "--widths", nargs="+", type=int, choices=tuple(WIDTHS), default=tuple(WIDTHS)
    )
    parser.add_argument("--only", default="", help="a regular expression for the pages' addresses")
    return parser.parse_args()


def _picture_role(browser: Browser, asked: argparse.Namespace, role: str, language: str) -> int:
    client = sign_in(asked.url, None if role == "stranger" else role, language)
    pages = [page for page in walk(client) if re.search(asked.only, page.address)]
    cookies = [
        {"name": cookie.name, "value": cookie.value or "", "url": asked.url}
        for cookie in client.cookies.jar
    ]
    taken = 0
    for theme, width in product(asked.themes, asked.widths):
        context = browser.new_context(
            viewport={"width": width, "height": WIDTHS[width]},
            locale=language,
            color_scheme=theme,
        )
        context.add_cookies(cookies)  # type: ignore[arg-type]  # plain dicts of the right shape
        for picture in _pictures(context, pages, f"{language}.{theme}.{width}"):
            (asked.folder / role).mkdir(parents=True, exist_ok=True)
            (asked.folder / role / picture[0]).write_bytes(picture[1])
            taken += 1
        context.close()
    return taken


def _pictures(
    context: BrowserContext, pages: list[VisitedPage], ending: str
) -> Iterator[tuple[str, bytes]]:
    page = context.new_page()
    width = page.viewport_size["width"] if page.viewport_size else min(WIDTHS)
    for visited in pages:
        page.goto(visited.address, wait_until="load")
        tall = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": min(tall, LONGEST_PICTURE)})
        yield f"{visited.file_name}.{ending}.png", page.screenshot()
        page.set_viewport_size({"width": width, "height": WIDTHS[width]})


if __name__ == "__main__":
    main()
