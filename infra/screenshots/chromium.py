"""Which browser takes pictures and is driven by tests: Debian's Chromium, without a window."""

import shutil

# The shell is the same engine without the parts of a desktop's browser: it opens a page in less
# than half the time, and has a fifth of the size.
PROGRAMS = ("chromium-headless-shell", "chromium")
# As root the sandbox cannot be used; the rest keeps the browser from calling home.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium() -> str | None:
    """Return the program's path, or None where there is none."""
    return next((found for program in PROGRAMS if (found := shutil.which(program))), None)
