"""Write docs/asyncapi.yaml and docs/messages.md: `python -m shared.messaging.asyncapi`."""

import inspect
import sys
from pathlib import Path
from typing import Any

import yaml

from shared.contracts.catalogue import LISTENERS, MESSAGES, SERVICES, publisher_of
from shared.contracts.domain_event import DomainEvent
from shared.contracts.envelope import CONTENT_TYPE, SPEC_VERSION
from shared.contracts.shape import schema_of

TITLE = "Atrium's messages"
VERSION = "1.0.0"
EXCHANGE = "atrium"
INTRODUCTION = """\
# Messages

Made from `shared/contracts` by `python -m shared.messaging.asyncapi`; do not edit. Every message
travels in a CloudEvents 1.0 envelope (structured JSON): `(source, id)` is its identity, `sequence`
counts per source without gaps, `time` is when it happened and `recordedat` when its service learned
of it.
"""


def listeners_of(message: type[DomainEvent]) -> list[str]:
    """Return the services that listen to a message, in the catalogue's order."""
    return [service for service in SERVICES if message in LISTENERS[service]]


def asyncapi() -> dict[str, Any]:
    """Return the AsyncAPI 3.0 document of all messages."""
    return {
        "asyncapi": "3.0.0",
        "info": {"title": TITLE, "version": VERSION, "license": {"name": "Apache-2.0"}},
        "defaultContentType": CONTENT_TYPE,
        "channels": {message.type: _channel(message) for message in MESSAGES},
        "operations": dict(_operations()),
        "components": {
            "messages": {message.type: _message(message) for message in MESSAGES},
            "schemas": {"envelope": _envelope()},
        },
    }


def _channel(message: type[DomainEvent]) -> dict[str, Any]:
    return {
        "address": message.type,
        "messages": {message.__name__: {"$ref": f"#/components/messages/{message.type}"}},
        "bindings": {
            "amqp": {
                "is": "routingKey",
                "exchange": {"name": EXCHANGE, "type": "topic", "durable": True},
            }
        },
    }


def _operations() -> list[tuple[str, dict[str, Any]]]:
    operations: list[tuple[str, dict[str, Any]]] = []
    for message in MESSAGES:
        channel = f"#/channels/{message.type}"
        publisher = publisher_of(message)
        operations.append(
            (f"{publisher}.says.{message.type}", {"action": "send", "channel": {"$ref": channel}})
        )
        operations.extend(
            (f"{service}.hears.{message.type}", {"action": "receive", "channel": {"$ref": channel}})
            for service in listeners_of(message)
        )
    return operations


def _message(message: type[DomainEvent]) -> dict[str, Any]:
    data = schema_of(message)
    return {
        "name": message.__name__,
        "summary": summary_of(message),
        "contentType": CONTENT_TYPE,
        "payload": {
            "allOf": [
                {"$ref": "#/components/schemas/envelope"},
                {
                    "type": "object",
                    "properties": {"type": {"const": message.type}, "data": data},
                },
            ]
        },
    }


def _envelope() -> dict[str, Any]:
    text = {"type": "string"}
    instant = {"type": "string", "format": "date-time"}
    return {
        "type": "object",
        "properties": {
            "specversion": {"const": SPEC_VERSION},
            "id": {"type": "string", "format": "uuid"},
            "source": text,
            "type": text,
            "subject": text,
            "time": instant,
            "recordedat": instant,
            "sequence": {"type": "integer"},
            "traceparent": text,
            "datacontenttype": {"const": "application/json"},
            "data": {"type": "object"},
        },
        "required": [
            "specversion",
            "id",
            "source",
            "type",
            "subject",
            "time",
            "recordedat",
            "data",
        ],
    }


def summary_of(message: type[DomainEvent]) -> str:
    """Return the first sentence of a message's docstring."""
    return (inspect.getdoc(message) or "").split("\n", 1)[0]


def messages_page() -> str:
    """Return the page for readers: every message, who says it, who listens, its fields."""
    lines = [INTRODUCTION, "| message | said by | heard by |", "|---|---|---|"]
    lines += [
        f"| [`{message.type}`](#{_anchor(message)}) | {publisher_of(message)} |"
        f" {', '.join(listeners_of(message))} |"
        for message in MESSAGES
    ]
    for message in MESSAGES:
        lines += ["", *_section(message)]
    return "\n".join(lines) + "\n"


def _anchor(message: type[DomainEvent]) -> str:
    return message.type.replace(".", "")


def _section(message: type[DomainEvent]) -> list[str]:
    schema = schema_of(message)
    rows = [
        f"| `{name}` | {_in_words(field)} | {_necessity(name in schema['required'])} |"
        for name, field in schema["properties"].items()
    ]
    return [
        f"## {message.type}",
        "",
        f"{summary_of(message)} (`{message.__name__}`, subject `{message.subject_field}`)",
        "",
        "| field | type | |",
        "|---|---|---|",
        *rows,
    ]


def _necessity(required: bool) -> str:
    return "" if required else "may be absent"


def _in_words(field: dict[str, Any]) -> str:
    kinds = field["type"] if isinstance(field["type"], list) else [field["type"]]
    if kinds[0] == "array":
        return f"list of {_in_words(field['items'])}"
    if kinds[0] == "object":
        return "{" + ", ".join(field["properties"]) + "}"
    word = str(field.get("format", kinds[0]))
    return f"{word} or null" if "null" in kinds else word


def write(folder: Path) -> None:
    """Write both documents into a folder."""
    text = yaml.safe_dump(asyncapi(), sort_keys=False, allow_unicode=True, width=100)
    (folder / "asyncapi.yaml").write_text(
        "# Made from shared/contracts; do not edit.\n" + text, encoding="utf-8"
    )
    (folder / "messages.md").write_text(messages_page(), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("docs"))
