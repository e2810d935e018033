"""The names of faculties, as anybody may read them."""

from collections.abc import Sequence

from sqlalchemy import Engine

from gateway.domain.faculty import Faculty
from gateway.persistence.faculties import all_faculties, codes_without_names


def faculties(engine: Engine) -> Sequence[Faculty]:
    """Return every faculty that has names, by code."""
    with engine.connect() as connection:
        return all_faculties(connection)


def unnamed_codes(engine: Engine) -> Sequence[str]:
    """Return the codes of people's faculties that have no names yet."""
    with engine.connect() as connection:
        return codes_without_names(connection)
