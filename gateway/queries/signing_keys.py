"""The signing keys as they are now."""

from collections.abc import Callable, Sequence

from sqlalchemy import Engine

from gateway.domain.signing_key import SigningKey
from gateway.persistence.signing_keys import all_keys


def key_loader(engine: Engine) -> Callable[[], Sequence[SigningKey]]:
    """Return a function that reads every signing key."""

    def load() -> Sequence[SigningKey]:
        with engine.connect() as connection:
            return all_keys(connection)

    return load
