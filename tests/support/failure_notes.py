"""Beside the failure of a test on a running platform: what the platform wrote into its logs."""

from collections.abc import Generator
from pathlib import Path

import pytest

from tests.support.last_words import last_words

PLATFORMS = ("platform", "scaled")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Function) -> Generator[None, object, object]:
    """Note the platform's logs on a failure: afterwards they are gone."""
    try:
        return (yield)
    except Exception as failure:
        for name in PLATFORMS:
            running = item.funcargs.get(name)
            process = getattr(running, "process", running)  # the running one, or its process
            if data := getattr(process, "data", None):
                failure.add_note("\n".join(last_words(Path(data))))
        raise
