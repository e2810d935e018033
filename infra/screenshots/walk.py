"""Every page a person can reach by following links from the home page, one example of each."""

import re
from collections import deque
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

import httpx

IDENTIFIER = re.compile(r"(?<=/)[^/]*\d[^/]*")
"""A part of a path that names one thing of many: ids, codes and numbers of metrics hold a digit."""
FILES = (".ics", ".csv", ".xlsx", ".css", ".js", ".svg", ".json", ".yaml", ".png")
MOST_PAGES = 200


@dataclass(frozen=True, slots=True)
class VisitedPage:
    """A page as the walk met it: its kind, an address of that kind, what came back."""

    kind: str
    address: str
    status: int
    html: str

    @property
    def file_name(self) -> str:
        """The kind as part of a file's name."""
        return re.sub(r"[^a-z0-9]+", "-", self.kind.lower()).strip("-") or "home"


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        address = values.get("href")
        if tag == "a" and address and "download" not in values:
            self.found.append(address)


def kind_of(address: str) -> str:
    """Return the kind of an address: its path without ids, the names in its query."""
    parts = urlsplit(address)
    path = IDENTIFIER.sub("id", parts.path)
    names = sorted({name for name, value in parse_qsl(parts.query) if value and name != "cursor"})
    return path + (f"?{'&'.join(names)}" if names else "")


def links_in(html: str, address: str) -> list[str]:
    """Return the pages of this site that a page links to."""
    parser = _Links()
    parser.feed(html)
    here = urlsplit(address)
    found = []
    for link in parser.found:
        target = urlsplit(urljoin(address, link))
        ours = (target.scheme, target.netloc) == (here.scheme, here.netloc)
        if ours and not target.path.startswith("/api/") and not target.path.endswith(FILES):
            found.append(target._replace(fragment="").geturl())
    return found


def walk(client: httpx.Client, start: str = "/", most_of_a_path: int = 3) -> list[VisitedPage]:
    """Return one page of each kind, reached from `start` in the client's name.

    Of pages that differ only in their query at most `most_of_a_path` kinds are taken.
    """
    first = str(client.base_url.join(start))
    waiting, met, paths = deque([first]), {kind_of(first)}, dict[str, int]()
    pages: list[VisitedPage] = []
    while waiting and len(pages) < MOST_PAGES:
        address = waiting.popleft()
        answer = client.get(address, follow_redirects=True)
        if "html" not in answer.headers.get("Content-Type", ""):
            continue
        pages.append(VisitedPage(kind_of(address), address, answer.status_code, answer.text))
        for link in links_in(answer.text, str(answer.url)):
            kind = kind_of(link)
            path = kind.partition("?")[0]
            if kind not in met and paths.get(path, 0) < most_of_a_path:
                met.add(kind)
                paths[path] = paths.get(path, 0) + 1
                waiting.append(link)
    return pages
