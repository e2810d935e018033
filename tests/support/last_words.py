"""What a platform wrote into its logs, to be told beside a failure."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

TOLD_CHARACTERS = 3_000


def last_words(data: Path) -> Iterator[str]:
    """Return the end of each log under a platform's data folder."""
    for log in sorted(data.glob("logs/*.log")):
        with contextlib.suppress(FileNotFoundError):  # the platform is being cleared away
            yield f"{log.name}: {log.read_text(encoding='utf-8')[-TOLD_CHARACTERS:]}"
