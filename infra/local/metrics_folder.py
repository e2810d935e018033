"""Where a part's web processes put their figures, so that any of them answers for all.

The files are mapped into memory (prometheus_client's multiprocess mode): on a full disk the first
touch of a new page would end the process, so they lie in memory where the machine lets us.
"""

import shutil
import tempfile
from pathlib import Path

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
IN_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own with a random name, closed to others
PREFIX = "atrium-metrics-"


def counting_together(data: Path, environment: dict[str, str], part: str = "web") -> dict[str, str]:
    """Return the environment of the web processes that count as one; the folder is new and empty.

    Raises OSError when it cannot be made.
    """
    folder = _folder_of_run(data) / part
    folder.mkdir()
    return environment | {VARIABLE: str(folder)}


def forget_figures(data: Path) -> None:
    """Remove what this run, or one that was killed, has counted: each run begins at nought."""
    link = data / "metrics"
    if not link.is_symlink():
        return
    folder = link.readlink()
    if folder.name.startswith(PREFIX) and folder.is_dir():
        shutil.rmtree(folder)
    link.unlink()


def _folder_of_run(data: Path) -> Path:
    link = data / "metrics"
    if not link.is_symlink():
        home = IN_MEMORY if IN_MEMORY.is_dir() else data
        link.symlink_to(tempfile.mkdtemp(prefix=PREFIX, dir=home))
    return link.readlink()
