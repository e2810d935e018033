"""The names of faculties, as anybody may read them."""

from collections.abc import Sequence

from sqlalchemy import Engine

from gateway.domain.faculty import Faculty
from gateway.persistence.faculties import all_faculties


def faculties(engine: Engine) -> Sequence[Faculty]:
    """Return every faculty that has names, by code."""
    with engine.connect() as connection:
        return all_faculties(connection)
