"""The key of a screen at a space: only what holds one shows the digits to check in with."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class DisplayKey:
    """A key as it is kept: its hash alone; `label` says where the screen hangs."""

    id: UUID
    space_id: UUID
    label: str
    key_hash: bytes
    created_by: UUID
    created_at: datetime
