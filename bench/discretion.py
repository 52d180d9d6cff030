"""Tier and range with trace, beside zen-engine on an equal table in the same run. Limit: at least 4 times as fast.

The table is the demo benchmark for river sand: eight rows, three facts. Both sides must give the same tiers first.
Run: .venv/bin/python bench/discretion.py
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any

from dayu.law.benchmarks import Benchmark, benchmarks, tier
from dayu.law.fact_conditions import Condition, read_facts
from dayu.law.party_kinds import party_kind

LIMIT_TIMES = 4
ROUNDS = 3000
ROOT = Path(__file__).resolve().parent.parent


def cell(condition: Condition) -> str:
    """A condition in the peer's cell language."""
    if condition.value is not None:
        return str(condition.value).lower()
    parts = []
    if condition.lower is not None:
        parts.append(f"$ {'>=' if condition.lower_inclusive else '>'} {condition.lower}")
    if condition.upper is not None:
        parts.append(f"$ {'<=' if condition.upper_inclusive else '<'} {condition.upper}")
    return " and ".join(parts)


def equal_table(benchmark: Benchmark) -> list[dict[str, str]]:
    """The rows of the benchmark as the peer's table: every fact has a cell, an empty one matches all."""
    return [
        dict.fromkeys(benchmark.factors, "")
        | {c.fact: cell(c) for c in row.conditions}
        | {"tier": f"'{t.name}'", "min_yuan": str(t.citizen[0]), "max_yuan": str(t.citizen[1])}
        for t in benchmark.tiers
        for row in t.rows
    ]


def cases() -> list[dict[str, Any]]:
    """Every mix of answers, with volumes on both sides of every bound."""
    return [
        {"volume_m3": volume, "first_offence": first, "stopped_voluntarily": stopped}
        for volume in (46, 0, 19, 20, 49, 50, 199, 200, 5000)
        for first in (True, False)
        for stopped in (True, False)
    ]


def peer_answer(rows: list[dict[str, str]], facts: list[str]) -> dict[str, Any]:
    """Times and tiers of the peer, which lives in an environment of its own."""
    python = os.environ.get("DAYU_PEER_PYTHON", str(ROOT / ".bench-venv" / "bin" / "python"))
    told = json.dumps({"rows": rows, "facts": facts, "cases": cases(), "rounds": ROUNDS})
    ran = subprocess.run(
        [python, str(ROOT / "bench" / "_peer_zen.py")], input=told, capture_output=True, text=True, check=True
    )
    answer: dict[str, Any] = json.loads(ran.stdout)
    return answer


def main() -> int:
    """Print one JSON object; exit 1 when the limit is broken or the two disagree."""
    benchmark, party = benchmarks()["cangning-sand-26"], party_kind("citizen")
    told = [read_facts({k: Decimal(v) if k == "volume_m3" else v for k, v in c.items()}) for c in cases()]
    tiers = [tier(benchmark, facts=facts, party=party).tier for facts in told]
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        tier(benchmark, facts=told[0], party=party)
        times.append(time.perf_counter() - begun)
    ours = median(times) * 1e6
    peer = peer_answer(equal_table(benchmark), list(benchmark.factors))
    ratio = peer["traced_us"] / ours
    print(
        json.dumps(
            {
                "what": "tier and range with trace, 8 rows, 3 facts",
                "ours_us": round(ours, 1),
                "peer": "zen-engine",
                "peer_traced_us": round(peer["traced_us"], 1),
                "peer_without_trace_us": round(peer["plain_us"], 1),
                "times_as_fast": round(ratio, 1),
                "limit": f"at least {LIMIT_TIMES} times",
                "same_tiers": tiers == peer["tiers"],
                "holds": ratio >= LIMIT_TIMES and tiers == peer["tiers"],
            },
            ensure_ascii=False,
        )
    )
    return 0 if ratio >= LIMIT_TIMES and tiers == peer["tiers"] else 1


if __name__ == "__main__":
    sys.exit(main())
