"""The published shapes of messages: one file each, to which fields may be added, never changed.

`python -m tests.contracts.golden` writes what is new and refuses to change what is there.
"""

import json
from pathlib import Path
from typing import Any

from shared.contracts.catalogue import MESSAGES
from shared.contracts.domain_event import DomainEvent
from shared.contracts.shape import schema_of
from shared.messaging.codec import envelope_to_json
from tests.support.messages import a_message, an_envelope

PUBLISHED = Path(__file__).parent / "published"
HEARD_BEFORE = Path(__file__).parent / "heard_before"
SOME_ID = "01931f6e-0000-7000-8000-00000000000a"


def shape_of(message: type[DomainEvent]) -> dict[str, Any]:
    """Return what a golden file holds."""
    return {"type": message.type, "subject": message.subject_field, "data": schema_of(message)}


def golden_of(message: type[DomainEvent]) -> dict[str, Any]:
    """Return what was published; fails when the message has no golden file."""
    golden: dict[str, Any] = json.loads((PUBLISHED / f"{message.type}.json").read_text())
    return golden


def broken_promises(golden: Any, now: Any, path: str = "") -> list[str]:
    """Return, as paths, what was published and is no longer so; additions are no breach."""
    if isinstance(golden, dict) and isinstance(now, dict):
        breaches = [f"{path}.{name}" for name in golden if name not in now]
        for name in golden.keys() & now.keys():
            breaches += broken_promises(golden[name], now[name], f"{path}.{name}")
        return breaches
    return [] if golden == now else [path]


def write_new() -> None:
    """Write golden files and samples for what is new."""
    for message in MESSAGES:
        file = PUBLISHED / f"{message.type}.json"
        if file.exists() and (breaches := broken_promises(golden_of(message), shape_of(message))):
            msg = f"{message.type} breaks what was published: {', '.join(breaches)}"
            raise SystemExit(msg)
        file.write_text(json.dumps(shape_of(message), indent=2) + "\n")
        sample = HEARD_BEFORE / f"{message.type}.json"
        if not sample.exists():
            envelope = json.loads(envelope_to_json(an_envelope(a_message(message), id=SOME_ID)))
            sample.write_text(json.dumps(envelope, indent=2) + "\n")


if __name__ == "__main__":
    write_new()
