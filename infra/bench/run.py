"""`make bench`: reservations, weeks and pages through the public door, beside pgbench."""

import argparse
import json
import statistics
import sys
from dataclasses import asdict

from infra.bench import ground, yardstick
from infra.bench.goals import verdicts
from infra.bench.load import Outcome, send
from infra.bench.settle import Settled, browser_program, settle
from infra.bench.stage import Stage, stage
from infra.bench.yardstick import BenchError
from shared.persistence.engine import make_engine

CREATIONS_A_SECOND_AT_MOST = 1_500


def main() -> int:
    """Measure, print, and say what was measured; exit code 1 when a request went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often, medians are given (3)")
    parser.add_argument("--seconds", type=int, default=10, help="how long each measurement (10)")
    parser.add_argument("--visits", type=int, default=9, help="how often each page is opened (9)")
    parser.add_argument("--worker", action="store_true", help="let relay and consumers work too")
    chosen = parser.parse_args()
    try:
        with stage(with_worker=chosen.worker) as on:
            return _measure(on, chosen)
    except BenchError as error:
        print(f"The bench cannot run: {error}", file=sys.stderr)
        return 2


def _measure(on: Stage, chosen: argparse.Namespace) -> int:
    rounds, seconds = chosen.rounds, chosen.seconds
    program = browser_program() if chosen.visits else ""  # before minutes are spent on the rest
    yardstick.prepare(on.yardstick_url)
    engine = make_engine(on.booking_url, pool_size=2)
    first_free = ground.lay(engine)
    engine.dispose()
    needed = CREATIONS_A_SECOND_AT_MOST * seconds
    prepared = ground.creations(on.identities, first_free, needed * rounds)
    week = [ground.week_of_all_rooms(on.identities, first_free)]
    seen = []
    for nth in range(rounds):
        tps = yardstick.transactions_per_second(on.yardstick_url, seconds)
        mine = prepared[nth * needed : (nth + 1) * needed]
        made = send(on.base_url, mine, on.folder, seconds=seconds)
        read = send(on.base_url, week, on.folder, seconds=seconds, connections=1)
        seen.append((tps, made, read))
        print(f"  round {nth + 1}: pgbench {tps:.0f} tps; {_line(made)}; week {_line(read)}")
    pages = settle(on.base_url, chosen.visits, program) if program else []
    return _report(on, seen, pages, with_worker=chosen.worker)


def _line(outcome: Outcome) -> str:
    rate = outcome.requests / outcome.seconds
    return f"{rate:.0f}/s, p50 {outcome.p50_ms:.1f} ms, p99 {outcome.p99_ms:.1f} ms"


def _report(
    on: Stage,
    seen: list[tuple[float, Outcome, Outcome]],
    pages: list[Settled],
    *,
    with_worker: bool,
) -> int:
    ratios = [made.s201 / made.seconds / tps * 1000 for tps, made, _ in seen]
    # A slow machine stretches both alike: how many of the yard-stick's transactions a wait lasts.
    waits = [made.p99_ms / (yardstick.CLIENTS / tps * 1000) for tps, made, _ in seen]
    wrong = [made for _, made, _ in seen if made.other or made.s409 or made.socket_errors]
    wrong += [read for _, _, read in seen if read.other or read.socket_errors]
    found = {
        "database": on.database_origin,
        "worker": with_worker,
        "pgbench_tps": round(statistics.median(tps for tps, _, _ in seen)),
        "created_per_second": round(statistics.median(m.s201 / m.seconds for _, m, _ in seen)),
        "created_per_1000_pgbench_tps": round(statistics.median(ratios), 1),
        "creation_p50_ms": statistics.median(made.p50_ms for _, made, _ in seen),
        "creation_p99_ms": statistics.median(made.p99_ms for _, made, _ in seen),
        "creation_p99_in_pgbench_transactions": round(statistics.median(waits), 1),
        "week_p50_ms": statistics.median(read.p50_ms for _, _, read in seen),
        "week_p99_ms": statistics.median(read.p99_ms for _, _, read in seen),
        "pages_settled": [asdict(page) for page in pages],
        "wrong": [asdict(outcome) for outcome in wrong],
    }
    print(json.dumps(found, indent=2))
    for verdict in verdicts(found):
        print(verdict)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
