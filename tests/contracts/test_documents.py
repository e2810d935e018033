"""The documents of the messages say what the code says."""

import json
from pathlib import Path
from typing import Any

import yaml

from shared.contracts.catalogue import LISTENERS, MESSAGES
from shared.messaging import asyncapi

DOCS = Path(__file__).resolve().parents[2] / "docs"


def references(node: Any) -> list[str]:
    """Return every $ref of a document."""
    if isinstance(node, dict):
        own = [node["$ref"]] if "$ref" in node else []
        return own + [found for value in node.values() for found in references(value)]
    if isinstance(node, list):
        return [found for value in node for found in references(value)]
    return []


def test_the_documents_are_up_to_date(tmp_path: Path) -> None:
    asyncapi.write(tmp_path)
    for name in ("asyncapi.yaml", "messages.md"):
        made, kept = (tmp_path / name).read_text(), (DOCS / name).read_text()
        assert made == kept, "run python -m shared.messaging.asyncapi"


def test_every_reference_leads_somewhere() -> None:
    document = yaml.safe_load((DOCS / "asyncapi.yaml").read_text())
    for reference in references(document):
        place = document
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]
    assert document["asyncapi"] == "3.0.0"
    assert len(document["channels"]) == len(MESSAGES)


def test_every_message_has_its_operations() -> None:
    operations = asyncapi.asyncapi()["operations"].values()
    sent = [one for one in operations if one["action"] == "send"]
    heard = [one for one in operations if one["action"] == "receive"]
    assert len(sent) == len(MESSAGES)
    assert len(heard) == sum(len(messages) for messages in LISTENERS.values())


def test_the_page_has_a_line_for_every_message() -> None:
    page = (DOCS / "messages.md").read_text()
    for message in MESSAGES:
        assert f"## {message.type}\n\n{asyncapi.summary_of(message)}" in page


def test_the_document_is_plain_json() -> None:
    assert json.loads(json.dumps(asyncapi.asyncapi())) == asyncapi.asyncapi()
