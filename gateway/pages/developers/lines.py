"""Command lines that pages show: each can be run as it is printed."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from gateway.pages.developers.examples import Examples
from shared.kernel.identifiers import new_id

Parameter = Mapping[str, Any]
FRESH = "Idempotency-Key"
"""A header whose value must be another one in each request."""


def exchange_line(public_url: str, api_token: str) -> str:
    """Return the line that exchanges an API token for an access token."""
    return (
        f"curl -s {public_url}/api/gateway/v1/tokens \\\n"
        "  -H 'Content-Type: application/json' \\\n"
        f"""  -d '{{"api_token": "{api_token}"}}'"""
    )


def log_line(public_url: str) -> str:
    """Return the line that reads what booking has said since the message read last."""
    return (
        f"curl -s '{public_url}/api/booking/v1/log?after=0&limit=500' \\\n"
        '  -H "Authorization: Bearer $TOKEN"'
    )


def request_line(
    method: str, address: str, *, secured: bool, headers: Mapping[str, str], body: Any
) -> str:
    """Return the line that sends a request; `body` is JSON, or the name of a file."""
    lines = [f"curl -X {method.upper()} '{address}'"]
    if secured:
        lines.append('-H "Authorization: Bearer $TOKEN"')
    lines += [f"-H '{name}: {value}'" for name, value in headers.items()]
    if isinstance(body, str):
        lines.append(f"-F 'file=@{body}'")
    elif body is not None:
        sent = json.dumps(body, ensure_ascii=False).replace("'", "'\\''")
        lines += ["-H 'Content-Type: application/json'", f"-d '{sent}'"]
    return " \\\n  ".join(lines)


def address_of(path: str, parameters: Sequence[Parameter], examples: Examples) -> str:
    """Return a path with something in every place, and the parameters that it needs."""
    for one in parameters:
        if one["in"] == "path":
            value = quote(str(_value(one, examples)), safe="")
            path = path.replace(f"{{{one['name']}}}", value)
    query = {one["name"]: _value(one, examples) for one in parameters if _is_shown(one, "query")}
    return f"{path}?{urlencode(query)}" if query else path


def headers_of(parameters: Sequence[Parameter], examples: Examples) -> dict[str, str]:
    """Return the headers that a request needs."""
    return {
        one["name"]: str(new_id()) if one["name"] == FRESH else str(_value(one, examples))
        for one in parameters
        if _is_shown(one, "header")
    }


def _is_shown(one: Parameter, place: str) -> bool:
    wanted = one.get("required") or one.get("schema", {}).get("x-in-example")
    return bool(one["in"] == place and wanted)


def _value(one: Parameter, examples: Examples) -> Any:
    return examples.of(one.get("schema", {}), one["name"])
