"""How long it takes to decide what is lawful in a case, at step 1 and at step 500. Limit: 0.5 ms, and flat.

Run: .venv/bin/python bench/procedure.py; the ages between are told on standard error.
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
    for row in rows:
        print(
            f"step {row['step']:>3}: one act {row['decide_ms']:.3f}, next acts {row['all_next_acts_ms']:.3f},"
            f" progress {row['progress_ms']:.3f}, journal {row['load_journal_ms']:.3f} ms", file=sys.stderr,
        )  # fmt: skip
    worst = max(row["decide_ms"] for row in rows)
    growth = rows[-1]["decide_ms"] / rows[0]["decide_ms"]
    rounded = [{name: round(value, 3) for name, value in row.items()} for row in (rows[0], rows[-1])]
    holds = worst <= LIMIT_MS and growth <= 1.5
    print(json.dumps({
        "what": "deciding what is lawful, ms", "first": rounded[0], "last": rounded[1], "worst_decide_ms": round(worst, 3),
        "growth": round(growth, 2), "limit": f"decide <= {LIMIT_MS}, growth <= 1.5", "holds": holds,
    }))  # fmt: skip
    return 0 if holds else 1


if __name__ == "__main__":
    raise SystemExit(main())
