"""What every message is: a fact about something that has happened, frozen and versioned."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainEvent:
    """A fact a service tells the others. Ids only: names and addresses of people never travel.

    `type` reads publisher.subject.action.version, the action in the past tense.
    `subject_field` names the field whose value is the CloudEvents `subject`.
    """

    type: ClassVar[str]
    subject_field: ClassVar[str]

    def subject(self) -> str:
        """Return the id of the thing the fact is about."""
        value: UUID | str = getattr(self, self.subject_field)
        return str(value)
