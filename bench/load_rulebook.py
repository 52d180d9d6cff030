"""The whole rulebook read from its files and checked, in a fresh process. Limit: 300 milliseconds, imports apart.

Run: .venv/bin/python bench/load_rulebook.py
"""

from __future__ import annotations

import json
import subprocess
import sys
from statistics import median

LIMIT_MS = 300
ROUNDS = 7
LOAD = """
import time
from dayu.law import (benchmarks, calendar, citations, criminal, fact_conditions, limitation, party_kinds, refusals,
                      rulebook, territories, thresholds, time_limits, violations, words)
begun = time.perf_counter()
citations.laws()
fact_conditions.fact_kinds()
fact_conditions.circumstances()
party_kinds.party_kinds()
found = [violations.violation(key) for key in violations.violation_keys()]
benchmarks.benchmarks()
time_limits.time_limits()
criminal.criminal_rules()
calendar.published_arrangements()
territories.declarations()
territories.published_profiles()
refusals.wordings()
words.tables()
for folder in ("documents", "approvals"):
    rulebook.load_folder(folder)
for path in sorted(rulebook.rulebook_root().glob("*.toml")):
    rulebook.load_toml(path.name)
print((time.perf_counter() - begun) * 1000, len(found), len(benchmarks.benchmarks()))
"""


def main() -> int:
    """Print one JSON object; exit 1 when the limit is broken."""
    runs = []
    for _ in range(ROUNDS):
        ran = subprocess.run([sys.executable, "-c", LOAD], capture_output=True, text=True, check=True)
        ms, violations, benchmarks = ran.stdout.split()
        runs.append(float(ms))
    holds = median(runs) < LIMIT_MS
    print(
        json.dumps(
            {
                "what": "load of the whole rulebook in a fresh process",
                "violations": int(violations),
                "benchmarks": int(benchmarks),
                "median_ms": round(median(runs)),
                "best_ms": round(min(runs)),
                "limit_ms": LIMIT_MS,
                "holds": holds,
            }
        )
    )
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
