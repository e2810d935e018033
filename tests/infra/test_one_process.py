"""Tests that would change each other's people run one after the other, however many processes."""

from pathlib import Path

from tests.support.one_process import IN_BOTH_LANGUAGES, scope_of

ROOT = Path(__file__).resolve().parents[2]


def test_whoever_sees_pages_in_both_languages_is_in_one_process() -> None:
    found = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "tests" / "pages").glob("test_*.py")
        if "infra.screenshots.visitor" in path.read_text(encoding="utf-8")
    }
    assert found == IN_BOTH_LANGUAGES
    scopes = {
        scope_of(f"{file}::test_x[{language}]") for file in found for language in ("zh", "en")
    }
    assert len(scopes) == 1


def test_all_others_are_handed_out_one_by_one() -> None:
    first, second = (f"tests/pages/test_one_tap_one_effect.py::test_x[{n}]" for n in range(2))
    assert scope_of(first) != scope_of(second)


def test_first_visitors_come_one_after_the_other() -> None:
    first, second = (f"tests/pages/test_a_first_visit.py::test_x[{n}]" for n in range(2))
    assert scope_of(first) == scope_of(second)
