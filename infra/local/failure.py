"""The one way a start gives up: a sentence for the operator."""

import errno
from pathlib import Path


class CannotStart(Exception):
    """The platform cannot start; the text is one sentence that says why and what to do."""


def cannot_write(
    folder: Path, error: OSError, *, what: str = "data folder", setting: str = "DATA"
) -> CannotStart:
    """Return the sentence for a folder that refused us, and the setting that names another."""
    return CannotStart(
        f"The {what} {folder} cannot be used: {reason_of(error)}. "
        f"Choose another one with ATRIUM_{setting}=/some/folder."
    )


def reason_of(error: OSError) -> str:
    """Return in plain words why the file system refused us."""
    reasons = {
        errno.ENOSPC: "the disk is full",
        errno.EDQUOT: "the disk quota is used up",
        errno.EROFS: "the disk is read-only",
        errno.EACCES: "this user may not write there",
        errno.EPERM: "this user may not write there",
        errno.ENOTDIR: "a part of that path is a file",
        errno.EEXIST: "a file of that name is in the way",
        errno.EISDIR: "it is a folder",
        errno.ENOENT: "there is no such file",
    }
    return reasons.get(error.errno or 0, error.strerror or str(error))
