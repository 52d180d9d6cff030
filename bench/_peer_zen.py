"""The peer: zen-engine evaluates a decision table given as JSON on standard input, with and without its trace.

Runs in the second environment. Input `{"rows": [...], "facts": [...], "cases": [...], "rounds": N}`, where a row is
`{fact: cell, ..., "tier", "min_yuan", "max_yuan"}`; output `{"plain_us", "traced_us", "tiers"}`.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable

import zen


def graph(facts: list[str], rows: list[dict[str, str]]) -> str:
    """Input, one decision table, output: the smallest decision the engine knows."""
    results = ("tier", "min_yuan", "max_yuan")
    table = {
        "hitPolicy": "first",
        "inputs": [{"id": f, "name": f, "field": f} for f in facts],
        "outputs": [{"id": r, "name": r, "field": r} for r in results],
        "rules": [{"_id": f"r{n}", **row} for n, row in enumerate(rows)],
    }
    place = {"x": 0, "y": 0}
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", "position": place},
        {"id": "table", "type": "decisionTableNode", "name": "table", "position": place, "content": table},
        {"id": "out", "type": "outputNode", "name": "out", "position": place},
    ]
    edges = [
        {"id": "e1", "sourceId": "in", "targetId": "table", "type": "edge"},
        {"id": "e2", "sourceId": "table", "targetId": "out", "type": "edge"},
    ]
    return json.dumps({"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges})


def median_us(work: Callable[[], object], rounds: int) -> float:
    """The median time of one call in microseconds."""
    for _ in range(50):
        work()
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return statistics.median(times) * 1e6


def main() -> None:
    """Evaluate all cases once for their tiers, then time the first one."""
    told = json.load(sys.stdin)
    decision = zen.ZenEngine().create_decision(graph(told["facts"], told["rows"]))
    tiers = [decision.evaluate(case)["result"].get("tier") for case in told["cases"]]
    case = told["cases"][0]
    print(
        json.dumps(
            {
                "plain_us": median_us(lambda: decision.evaluate(case), told["rounds"]),
                "traced_us": median_us(lambda: decision.evaluate(case, {"trace": True}), told["rounds"]),
                "tiers": tiers,
            }
        )
    )


if __name__ == "__main__":
    main()
