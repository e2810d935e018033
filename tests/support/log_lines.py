"""Reads what the product's own logger writes, whatever level an earlier test has set."""

from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any

import structlog
from structlog.testing import capture_logs


@contextmanager
def logged_lines() -> Iterator[list[MutableMapping[str, Any]]]:
    """Give a list that fills with each line of log, of every level, written inside the block.

    The level belongs to the process: an app of another test that logs errors alone would
    otherwise decide what this one sees. It is as before afterwards.
    """
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(0))
    try:
        with capture_logs() as lines:
            yield lines
    finally:
        structlog.configure(**before)
