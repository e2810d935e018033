"""The services' outbox logs, read over HTTP page by page."""

from collections.abc import Iterator, Mapping
from typing import Any

import httpx

from shared.contracts.envelope import Envelope
from shared.messaging.codec import envelope_from_json

PAGE = 500
TIMEOUT_SECONDS = 30.0


class LogUnreadable(Exception):
    """A service's log cannot be read; the text is one sentence for the operator."""


def service_log(base_url: str, token: str, *, after: int = 0) -> Iterator[Envelope]:
    """Return everything a service has told since `after`, in its order.

    `base_url` is the service's own, e.g. http://localhost:8000/api/booking/v1. Raises
    LogUnreadable when it cannot be reached or refuses the token.
    """
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(headers=headers, timeout=TIMEOUT_SECONDS) as client:
        following: int | None = after
        while following is not None:
            page = _page(client, f"{base_url.rstrip('/')}/log", following)
            for item in page["items"]:
                yield envelope_from_json(item)
            following = page["next_after"]


def _page(client: httpx.Client, url: str, after: int) -> Mapping[str, Any]:
    try:
        answer = client.get(url, params={"after": after, "limit": PAGE})
        answer.raise_for_status()
    except httpx.HTTPError as error:
        raise LogUnreadable(f"The log at {url} cannot be read: {error}") from error
    page: Mapping[str, Any] = answer.json()
    return page
