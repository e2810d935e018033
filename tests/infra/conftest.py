"""Folders the embedded database's own user can reach; pytest's are closed to all others."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from infra.local.postgres_leftovers import stop_leftovers


@contextmanager
def passable_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="atrium-infra-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        for cluster in folder.glob("**/postgres/cluster"):
            stop_leftovers(cluster)
        shutil.rmtree(folder)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder for one test."""
    with passable_folder() as made:
        yield made


@pytest.fixture(scope="module")
def module_folder() -> Iterator[Path]:
    """A folder for a module's tests one after the other."""
    with passable_folder() as made:
        yield made
