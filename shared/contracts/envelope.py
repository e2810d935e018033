"""The envelope of every message: CloudEvents 1.0, structured JSON."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

SPEC_VERSION = "1.0"
CONTENT_TYPE = "application/cloudevents+json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What is written on the outside of a message.

    `(source, id)` is the identity: an equal pair is the same message heard again. `sequence` counts
    without gaps per source, so that a listener can tell it missed one. `time` is when the fact
    happened, `recordedat` when its service learned of it: they differ for late scans. Both UTC.
    Names are those of the CloudEvents specification and its documented extensions: lower case, no
    underscores.
    """

    id: UUID
    source: str
    """/atrium/<service>"""
    type: str
    subject: str
    time: datetime
    recordedat: datetime
    data: dict[str, Any]
    sequence: int | None = None
    traceparent: str | None = None
    specversion: str = SPEC_VERSION
    datacontenttype: str = "application/json"


def source_of(service: str) -> str:
    """Return the CloudEvents source of a service."""
    return f"/atrium/{service}"
