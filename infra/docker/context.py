"""List what an image is made from: `python infra/docker/context.py booking` prints every file.

Reads the Dockerfile's own COPY lines and .dockerignore, so the list is what a build would take.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

REPOSITORY = Path(__file__).resolve().parents[2]
DOCKERFILE = Path(__file__).with_name("Dockerfile")
NAMES = ("booking", "events", "engagement", "gateway")


def copied_paths(service: str) -> list[str]:
    """Return the repository's paths that the Dockerfile copies for a service."""
    folder = "gateway" if service == "gateway" else f"services/{service}"
    values = {"SERVICE": service, "FOLDER": folder}
    paths: list[str] = []
    for line in DOCKERFILE.read_text(encoding="utf-8").splitlines():
        words = line.split()
        if words[:1] == ["COPY"] and not line.startswith("COPY --from="):
            paths += [re.sub(r"\$\{(\w+)\}", lambda m: values[m[1]], word) for word in words[1:-1]]
    return paths


def is_ignored(path: PurePosixPath, patterns: list[str]) -> bool:
    """Tell whether .dockerignore keeps a file out; the last pattern that fits decides."""
    ignored = False
    ways = [str(part) for part in (path, *path.parents)][:-1]
    for pattern in patterns:
        plain = pattern.removeprefix("!").strip("/")
        if any(_fits(way, plain) for way in ways):
            ignored = not pattern.startswith("!")
    return ignored


def _fits(path: str, pattern: str) -> bool:
    anywhere = pattern.removeprefix("**/")
    if anywhere != pattern:
        return any(fnmatchcase(part, anywhere) for part in path.split("/"))
    return path.count("/") == pattern.count("/") and fnmatchcase(path, pattern)


def context_files(service: str) -> Iterator[str]:
    """Yield every file of the repository that the image of a service is built from."""
    patterns = [
        line
        for line in (REPOSITORY / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    for start in copied_paths(service):
        place = REPOSITORY / start
        files = [place] if place.is_file() else sorted(place.rglob("*"))
        for file in files:
            path = PurePosixPath(file.relative_to(REPOSITORY).as_posix())
            if file.is_file() and not is_ignored(path, patterns):
                yield str(path)


def main() -> int:
    """Print the list."""
    parser = argparse.ArgumentParser(description="List what a service's image is made from.")
    parser.add_argument("service", choices=NAMES)
    for path in context_files(parser.parse_args().service):
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
