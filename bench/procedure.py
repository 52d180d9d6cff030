"""How long it takes to decide what is lawful in a case, at step 1 and at step 500. Limit: 0.5 ms, and flat.

Run: .venv/bin/python bench/procedure.py [--json]
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta

from dayu.law.journal import Journal, essential
from dayu.law.procedures.ordinary_penalty import ORDINARY_PENALTY
from dayu.law.tests.penalty_case import A, PenaltyCase, make_party

LIMIT_MS = 0.5
STEPS = (1, 10, 50, 100, 250, 500)


def case_of_age(steps: int) -> PenaltyCase:
    """A case ready for its decision, with that many further entries of everyday work in its journal."""
    case = PenaltyCase(make_party(hearing_required=True, discussion_required=True)).notified(hearing=True)
    case.do("waive_defence", A, written=True).do("waive_hearing", A, written=True).reviewed()
    case.do("hold_collective_discussion", A, present=5)
    for number in range(steps):
        kind = ("correction_verified", "officers_assigned", "draft_changed", "evidence_linked")[number % 4]
        case.record(kind, A if number % 2 else None, on=case.today - timedelta(days=1), result="not_corrected")
    return case


def median_ms(work: Callable[[], object], *, rounds: int = 300) -> float:
    """The median time of one call in milliseconds."""
    for _ in range(20):
        work()
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return statistics.median(times) * 1000


def main() -> int:
    """Print one line per age; exit 1 when a limit is broken."""
    rows = []
    for steps in STEPS:
        case = case_of_age(steps)
        situation = case.situation
        kept = essential(situation.journal)
        rows.append({
            "step": steps,
            "decide_ms": median_ms(lambda s=situation: ORDINARY_PENALTY.allowed("decide_penalty", s, A)),
            "all_next_acts_ms": median_ms(lambda s=situation: ORDINARY_PENALTY.next_acts(s), rounds=60),
            "progress_ms": median_ms(lambda s=situation: ORDINARY_PENALTY.progress(s), rounds=60),
            "load_journal_ms": median_ms(lambda k=kept: Journal(k), rounds=60),
        })
    if "--json" in sys.argv:
        print(json.dumps(rows))
    else:
        print(f"{'step':>5} {'one act':>9} {'next acts':>10} {'progress':>9} {'journal':>9}   (ms, median)")
        for row in rows:
            print(
                f"{row['step']:>5} {row['decide_ms']:>9.3f} {row['all_next_acts_ms']:>10.3f}"
                f" {row['progress_ms']:>9.3f} {row['load_journal_ms']:>9.3f}"
            )
    worst = max(row["decide_ms"] for row in rows)
    flat = rows[-1]["decide_ms"] <= 2 * rows[0]["decide_ms"] + 0.05
    print(f"limit {LIMIT_MS} ms: {'kept' if worst <= LIMIT_MS else 'BROKEN'}; flat to step 500: {'yes' if flat else 'NO'}")
    return 0 if worst <= LIMIT_MS and flat else 1


if __name__ == "__main__":
    raise SystemExit(main())
