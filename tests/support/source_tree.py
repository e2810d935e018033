"""The product's source as a tree that rules look at, and that tests copy and spoil."""

import ast
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("shared", "services", "gateway", "infra")
SERVICES = ("booking", "events", "engagement")
PYTHON_ONLY = shutil.ignore_patterns(
    "__pycache__", "static", "data", "node_modules", "*.po", "*.mo"
)


@dataclass(frozen=True)
class Module:
    """One Python file."""

    root: Path
    path: Path

    @property
    def name(self) -> str:
        """Its path from the root."""
        return self.path.relative_to(self.root).as_posix()

    @cached_property
    def text(self) -> str:
        """Its text."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def lines(self) -> int:
        """Its length in lines."""
        return self.text.count("\n")

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax."""
        return ast.parse(self.text, self.name)

    @property
    def is_migration(self) -> bool:
        """Tell a migration, which alembic runs by its path."""
        return "migrations" in self.path.parts


def modules(root: Path, *folders: str) -> Iterator[Module]:
    """Go through the Python files of these folders (of the product, if none is named)."""
    for folder in folders or PRODUCT:
        for path in sorted((root / folder).rglob("*.py")):
            yield Module(root, path)


def copy_of_the_product(target: Path, *folders: str) -> Path:
    """Copy the product's Python source, and what configures its rules, into an empty folder."""
    for folder in folders or PRODUCT:
        shutil.copytree(ROOT / folder, target / folder, ignore=PYTHON_ONLY, dirs_exist_ok=True)
    shutil.copy(ROOT / "pyproject.toml", target)
    return target
