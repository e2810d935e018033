"""The one way a start gives up: a sentence for the operator."""

import errno
from pathlib import Path


class CannotStart(Exception):
    """The platform cannot start; the text is one sentence that says why and what to do."""


def cannot_write(folder: Path, error: OSError) -> CannotStart:
    """Return the sentence for a data folder that refused us."""
    reasons = {
        errno.ENOSPC: "the disk is full",
        errno.EDQUOT: "the disk quota is used up",
        errno.EROFS: "the disk is read-only",
        errno.EACCES: "this user may not write there",
        errno.EPERM: "this user may not write there",
        errno.ENOTDIR: "a part of that path is a file",
        errno.EEXIST: "a file of that name is in the way",
    }
    reason = reasons.get(error.errno or 0, error.strerror or str(error))
    return CannotStart(
        f"The data folder {folder} cannot be used: {reason}. "
        "Choose another one with ATRIUM_DATA=/some/folder."
    )
