"""A figure that misses its goal is called missed."""

from infra.bench.goals import verdicts

GOOD = {"created_per_1000_pgbench_tps": 120.0, "creation_p99_ms": 50.0, "week_p50_ms": 20.0}


def test_what_just_keeps_a_limit_meets_it() -> None:
    assert [told.split(":")[0] for told in verdicts(GOOD)] == ["met"] * 3


def test_what_is_beyond_a_limit_misses_it_and_says_by_which_figures() -> None:
    slow = GOOD | {"created_per_1000_pgbench_tps": 119.9, "creation_p99_ms": 66.8}
    assert list(verdicts(slow)) == [
        "MISSED: created_per_1000_pgbench_tps 119.9, at least 120",
        "MISSED: creation_p99_ms 66.8, at most 50",
        "met: week_p50_ms 20.0, at most 20",
    ]
