"""The rules of the house that no linter knows. Each returns what breaks it, one line a breach."""

import ast
import io
import re
import statistics
import tokenize
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.support.source_tree import PRODUCT, SERVICES, modules

LONGEST_FILE = 300
MEDIAN_FILE = 100
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}
DRAWERS |= {"handler", "handlers", "tools", "stuff", "lib"}
FOLDERS = ("domain", "commands", "persistence", "persistence/migrations/versions", "api")
FILES = ("app.py", "worker.py", "wsgi.py", "cli.py", "config.py", "jobs.py", "README.md")
EITHER = ("queries", "consumers")
NOW = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today")}
THE_CLOCK = "shared/kernel/clock.py"

SILENCING = re.compile(
    r"#\s*(noqa(:\s*[A-Z]+[0-9]+(,\s*[A-Z]+[0-9]+)*)?|type:\s*ignore(\[[a-z, -]+\])?)(?P<reason>.*)"
)

TABLE_MADE = re.compile(r"""CREATE TABLE (\w+)|create_table\(\s*["'](\w+)""")
INDEX_MADE = re.compile(r"""INDEX\s+\w+\s+ON (\w+)|create_index\(\s*["']\w+["'],\s*["'](\w+)""")
# They ran before anybody had rows to wait for; what has run is not written anew.
FROM_BEFORE_THE_RULE = {
    "2026_11_24_reservations_by_start.py",
    "2026_11_25_requests.py",
    "2026_11_25_terms_refusals_answers.py",
    "2026_11_25_tickets_and_the_door.py",
}

Rule = Callable[[Path], Iterator[str]]


def files_stay_short(root: Path) -> Iterator[str]:
    """No file is longer than 300 lines; half of the product's are far shorter."""
    for module in modules(root, *PRODUCT, "tests"):
        if module.lines > LONGEST_FILE:
            yield f"{module.name} has {module.lines} lines"
    median = statistics.median(module.lines for module in modules(root) if module.lines > 1)
    if median > MEDIAN_FILE:
        yield f"the median file has {median} lines"


def modules_open_with_a_sentence(root: Path) -> Iterator[str]:
    """The first line of a module says in a sentence what it is."""
    for module in modules(root, *PRODUCT, "tests"):
        first = (ast.get_docstring(module.tree) or "").split("\n", 1)[0]
        template = module.is_migration and "script.py" in module.name
        if not template and not first.endswith((".", ":", "`.", "?", "!")):
            yield f"{module.name} opens with {first!r}"


def packages_say_one_sentence_and_hold_nothing(root: Path) -> Iterator[str]:
    """An __init__.py re-exports nothing and does nothing."""
    for module in modules(root):
        if module.path.name == "__init__.py" and len(module.tree.body) != 1:
            yield f"{module.name} holds more than its sentence"


def services_have_the_same_rooms(root: Path) -> Iterator[str]:
    """Who knows one service knows them all; the gateway has the same rooms and more."""
    for service in (*(f"services/{name}" for name in SERVICES), "gateway"):
        folder = root / service
        for room in (*FOLDERS, *FILES):
            if not (folder / room).exists():
                yield f"{service} has no {room}"
        for room in EITHER:
            if not ((folder / f"{room}.py").exists() or (folder / room).is_dir()):
                yield f"{service} has no {room}"


def nothing_is_called_event(root: Path) -> Iterator[str]:
    """A talk is a library event, a message a domain event: a bare `event` could be either."""
    for module in modules(root, *PRODUCT, "tests"):
        for node in ast.walk(module.tree):
            if "event" in _names_given(node):
                yield f"{module.name}:{getattr(node, 'lineno', 0)} names something event"


def _names_given(node: ast.AST) -> set[str]:
    """Return the names a piece of syntax introduces."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {node.name}
    if isinstance(node, ast.arg):
        return {node.arg}
    if isinstance(node, ast.alias):
        return {node.asname or node.name}
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        return {node.id}
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
        return {node.attr}
    return set()


def nothing_is_a_drawer(root: Path) -> Iterator[str]:
    """A module is called for what it is, not for being somewhere to put things."""
    for module in modules(root, *PRODUCT, "tests"):
        words = {part.removesuffix(".py") for part in Path(module.name).parts}
        if drawers := words & DRAWERS:
            yield f"{module.name} is called {', '.join(sorted(drawers))}"


def the_present_comes_from_the_clock(root: Path) -> Iterator[str]:
    """Nobody asks the machine what time it is, except the one clock."""
    for module in modules(root):
        if module.name == THE_CLOCK:
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute) and _asks_for_now(node):
                yield f"{module.name}:{node.lineno} asks the machine for the time"


def _asks_for_now(node: ast.Attribute) -> bool:
    value = node.value
    owner = value.id if isinstance(value, ast.Name) else getattr(value, "attr", "")
    return (owner, node.attr) in NOW


def imports_are_absolute_and_named(root: Path) -> Iterator[str]:
    """The import path is the file path: no dots, no stars."""
    for module in modules(root, *PRODUCT, "tests"):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ImportFrom) and (node.level or node.names[0].name == "*"):
                yield f"{module.name}:{node.lineno} imports by dots or by star"


def exceptions_carry_their_reason(root: Path) -> Iterator[str]:
    """Whoever silences a checker says why, on the same line."""
    for module in modules(root, *PRODUCT, "tests"):
        for number, comment in _comments(module.text):
            found = SILENCING.search(comment)
            if found and not re.search(r"[a-z]", found["reason"]):
                yield f"{module.name}:{number} gives no reason"


def new_indexes_let_people_write_on(root: Path) -> Iterator[str]:
    """A table that was there before may be large: its new index is made by `add_index`."""
    for module in modules(root):
        if not module.is_migration or module.path.name in FROM_BEFORE_THE_RULE:
            continue
        made = {"".join(names) for names in TABLE_MADE.findall(module.text)}
        for names in INDEX_MADE.findall(module.text):
            if (table := "".join(names)) not in made:
                yield f"{module.name} locks {table} while it is indexed"


def _comments(text: str) -> Iterator[tuple[int, str]]:
    """Go through the comments of a file, with their line numbers."""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


RULES: tuple[Rule, ...] = (
    files_stay_short,
    modules_open_with_a_sentence,
    packages_say_one_sentence_and_hold_nothing,
    services_have_the_same_rooms,
    nothing_is_called_event,
    nothing_is_a_drawer,
    the_present_comes_from_the_clock,
    imports_are_absolute_and_named,
    exceptions_carry_their_reason,
    new_indexes_let_people_write_on,
)


def breaches(rule: Rule, root: Path) -> list[str]:
    """Return everything that breaks a rule below a folder."""
    return list(rule(root))
