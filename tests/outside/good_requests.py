"""The one good request of each operation, filled with the ids of the town."""

from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import yaml
from werkzeug.test import TestResponse

from tests.outside.building import PEOPLE_FILE
from tests.outside.operations import Operation
from tests.outside.town import Town

FILE = Path(__file__).with_name("good.yaml")


@dataclass
class GoodRequest:
    """What to send, and who may."""

    method: str
    path: str
    by: str
    query: dict[str, str] = field(default_factory=dict)
    body: Any = None
    upload: bool = False

    def send(self, town: Town, who: str = "", **changed: Any) -> TestResponse:
        """Send it, as somebody else or with something changed."""
        headers = {
            "Idempotency-Key": str(uuid4()),
            "If-Match": "*",
            **changed.pop("headers", {}),
        }
        sent: dict[str, Any] = {"query_string": self.query, "headers": headers}
        if self.body is not None:
            sent["json"] = self.body
        if self.upload:
            sent["data"] = {"file": (BytesIO(PEOPLE_FILE.encode()), "people.csv")}
        if "data" in changed:
            sent.pop("json", None)
        return town.ask(who or self.by, self.method, self.path, **{**sent, **changed})


@cache
def table() -> dict[str, dict[str, Any]]:
    """The file, as it is written."""
    found: dict[str, dict[str, Any]] = yaml.safe_load(FILE.read_text())
    return found


def entry(operation: Operation) -> dict[str, Any] | None:
    """What the file says of an operation; some are the same in every service."""
    everywhere = operation.name.replace(f"/api/{operation.service}/v1", "")
    return table().get(operation.name) or table().get(everywhere)


def good_request(town: Town, operation: Operation) -> GoodRequest:
    said = entry(operation)
    assert said is not None, f"good.yaml does not say how to use {operation.name}"
    other = said.get("ids", {})
    path = operation.path
    for name in operation.path_names:
        key = other.get(name, name)
        assert key in town.ids, f"the town has no {key}, which {operation.name} is about"
        path = path.replace(f"{{{name}}}", town.ids[key])
    return GoodRequest(
        operation.method,
        path,
        said["by"],
        filled(town, said.get("query", {})),
        filled(town, deepcopy(said.get("body"))),
        said.get("file", False),
    )


def filled(town: Town, value: Any) -> Any:
    """Put the town's things in the place of their names."""
    if isinstance(value, dict):
        return {name: filled(town, inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [filled(town, inner) for inner in value]
    if isinstance(value, str) and value.startswith("$"):
        return town.things.get(value[1:], town.ids.get(value[1:]))
    return value
