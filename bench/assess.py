"""A whole assessment with its receipt, for the slowest kinds of input. Limit: 1 ms each (median).

Run: .venv/bin/python bench/assess.py
"""

from __future__ import annotations

import json
import sys
import time
from statistics import median
from typing import Any

from dayu.law.assess import assess
from dayu.law.assess_input import read_input

LIMIT_MS = 1.0
ROUNDS = 400
DAY = {"acted_from": "2026-10-12", "acted_to": "2026-10-12", "discovered_on": "2026-10-12", "as_of": "2026-11-20"}
INPUTS: dict[str, dict[str, Any]] = {
    "local law and tier": {
        "violation": "river-reg-44-4",
        "party": "citizen",
        "territory": "990121",
        "fine_yuan": 25000,
        **DAY,
        "facts": {"volume_m3": 46, "first_offence": True, "stopped_voluntarily": True},
    },
    "order first": {
        "violation": "soil-53-1-no-plan",
        "party": "organisation",
        "territory": "990121",
        "fine_yuan": 60000,
        **DAY,
        "ordered_on": "2026-10-20",
        "order_met": False,
        "facts": {"occupied_area_ha": 12},
    },
    "old law against new": {
        "violation": "yzs-18-no-permit",
        "party": "organisation",
        "fine_yuan": 250000,
        "acted_from": "2023-05-01",
        "acted_to": "2023-05-01",
        "as_of": "2024-02-01",
        "facts": {"value_yuan": 80000},
    },
    "nothing told": {"violation": "code-1109-outfall", "party": "individual_business"},
}


def main() -> int:
    """Print one JSON object; exit 1 when the limit is broken."""
    rows = {}
    for name, told in INPUTS.items():
        assess(read_input(told)).as_json()
        times = []
        for _ in range(ROUNDS):
            begun = time.perf_counter()
            assess(read_input(told)).as_json()
            times.append(time.perf_counter() - begun)
        rows[name] = round(median(times) * 1000, 3)
    worst = max(rows.values())
    print(
        json.dumps(
            {
                "what": "assess with receipt, from JSON to JSON",
                "ms": rows,
                "worst_ms": worst,
                "limit": f"at most {LIMIT_MS} ms",
                "holds": worst <= LIMIT_MS,
            }
        )
    )
    return 0 if worst <= LIMIT_MS else 1


if __name__ == "__main__":
    sys.exit(main())
