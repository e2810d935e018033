"""Which libraries a member of staff may change."""

from uuid import UUID

from shared.kernel.refusal import NotAllowed
from shared.web.identity import current_identity

STAFF = ("staff", "manager", "admin")


def insist_on_library(library_id: UUID | None) -> None:
    """Raise NotAllowed for staff whose roles are limited to other libraries.

    None stands for what belongs to no library yet: a new one.
    """
    libraries = current_identity().libraries
    if libraries is not None and library_id not in libraries:
        raise NotAllowed
