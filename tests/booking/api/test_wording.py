"""Every code booking can answer with has its sentence, in both languages, with numbers it knows."""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import services.booking
from services.booking.api.wording import WORDING
from shared.kernel.refusal import Refusal
from shared.web.wording import COMMON

ROOT = Path(inspect.getfile(services.booking)).parent
COMPOSED = {f"quota_{unit}_{period}" for unit in ("count", "minutes") for period in ("day", "week")}


def codes_in_the_source() -> Iterator[str]:
    """Yield the first argument of every Violation(...) and the `code` of every refusal."""
    for file in (*ROOT.glob("domain/*.py"), *ROOT.glob("commands/*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Violation":
                yield from texts_in(node.args[:1])
            if isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == "code":
                yield from texts_in([node.value])


def texts_in(nodes: list[ast.expr | None]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


CODES = sorted({*codes_in_the_source(), *COMPOSED})


def test_the_source_was_really_searched() -> None:
    assert {"slot_taken", "too_long", "rule_unknown"} <= set(CODES)
    assert Refusal.code in COMMON


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_worded_alike_in_both_languages(code: str) -> None:
    texts = WORDING.get(code) or COMMON[code]
    fields = {
        language: {name for _, name, _, _ in Formatter().parse(text) if name}
        for language, text in texts.items()
    }
    assert fields.keys() == {"en", "zh-CN"}
    english, chinese = ({name.removesuffix("_en").removesuffix("_zh") for name in fields[language]}
                        for language in ("en", "zh-CN"))  # fmt: skip
    assert english >= chinese
