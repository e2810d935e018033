"""Check a service's sentences: every language, the same numbers in each, nothing unworded."""

import re
from collections.abc import Iterable

from shared.kernel.refusal import Refusal
from shared.web.language import LANGUAGES
from shared.web.wording import COMMON, Wording


def faults_in(wording: Wording) -> list[str]:
    """Return what is wrong with a wording: a language missing, numbers that differ."""
    faults = []
    for code, texts in wording.items():
        if set(texts) != set(LANGUAGES):
            faults.append(f"{code} has {sorted(texts)}")
        elif len({_numbers(text) for text in texts.values()}) > 1:
            faults.append(f"{code} uses other numbers in another language")
    return faults


def unworded(wording: Wording, codes: Iterable[str]) -> list[str]:
    """Return the codes that neither this wording nor the common one has a sentence for."""
    return sorted(set(codes) - set(wording) - set(COMMON))


def refusal_codes(package: str) -> set[str]:
    """Return the codes of all Refusal classes imported so far from a package."""
    waiting, codes = [Refusal], set()
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith(f"{package}."):
            codes.add(kind.code)
    return codes


def _numbers(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\{(\w+)", text))
