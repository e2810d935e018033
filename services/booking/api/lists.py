"""Lists that fit into memory, in pages."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from shared.web.paging import Part, make_cursor, page, read_cursor

Item = TypeVar("Item")


def paged(
    items: Sequence[Item], args: Mapping[str, Any], place: Callable[[Item], tuple[Part, ...]]
) -> dict[str, Any]:
    """Return the page that `cursor` and `limit` ask for, of items sorted by their place."""
    limit: int = args["limit"]
    found = sorted(items, key=place)
    if found:
        kinds = [type(part) for part in place(found[0])]
        after = read_cursor(args.get("cursor"), *kinds)
        if after is not None:
            found = [item for item in found if place(item) > after]
    more = len(found) > limit
    return page(found[:limit], make_cursor(*place(found[limit - 1])) if more else None)


def words_of(text: str | None) -> frozenset[str]:
    """Return the words of a list separated by commas."""
    return frozenset(word.strip() for word in (text or "").split(",") if word.strip())
