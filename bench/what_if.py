"""A million past cases under a draft benchmark: tier before and after, projected fine, deadline of the decision.

Two processes, as on a machine with two cores; OpenFisca computes the same formula in the same run. Limit: 60 seconds for
ours, making the cases included. Both must give the same counts.
Run: .venv/bin/python bench/what_if.py [--cases N]
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from functools import reduce
from pathlib import Path
from typing import Any

import numpy as np

from dayu.law.benchmarks import Benchmark, benchmark_from, benchmark_table, benchmarks
from dayu.law.calendar import national_calendar
from dayu.law.party_kinds import party_kind
from dayu.law.what_if import KINDS, PastCase, WhatIf, what_if

LIMIT_SECONDS = 60.0
PARTS = 2  # two cores
CHUNK = 50_000
PRESENT = "cangning-sand-26"
ROOT = Path(__file__).resolve().parent.parent
COLUMNS = ("volume", "fine", "first", "stopped", "filed", "decided", "extension", "left_out")


def draft() -> Benchmark:
    """The demo benchmark with other figures: fifty cubic metres become forty, and the heaviest tier begins lower."""
    text = json.dumps(benchmark_table(PRESENT), default=str)
    for old, new in (('"50"', '"40"'), ('"60000"', '"50000"'), ('"20000"', '"25000"')):
        text = text.replace(old, new)
    table = json.loads(text)
    table.pop("in_force_from")
    return benchmark_from("draft", table)


def columns(part: int, count: int) -> dict[str, Any]:
    """One part of the cases as columns: the same for both sides."""
    chance = np.random.default_rng(20261120 + part)
    volume = chance.integers(0, 4000, count) / 10
    left_out = np.where(chance.random(count) < 0.2, chance.integers(1, 30, count), 0)
    filed = date(2022, 1, 4).toordinal() + chance.integers(0, 1500, count)
    extension = np.where(chance.random(count) < 0.1, 30, 0)
    first, stopped = chance.random(count) < 0.7, chance.random(count) < 0.5
    tiers = np.select(
        [
            first & stopped & (volume < 20), first & stopped & (volume < 50),
            (volume >= 200) | (~(first & stopped) & (volume >= 50)),
        ],
        [0, 1, 3], 2,
    )  # fmt: skip
    low, high = np.array([10000, 20000, 30000, 60000])[tiers], np.array([20000, 30000, 60000, 100000])[tiers]
    fine = low + (high - low) * chance.integers(0, 11, count) // 10
    decided = filed + chance.integers(10, 140, count)
    return dict(zip(COLUMNS, (volume, fine, first, stopped, filed, decided, extension, left_out), strict=True))


def cases(told: dict[str, Any], begin: int, end: int) -> Iterator[PastCase]:
    """Past cases as a database would give them."""
    party = party_kind("citizen")
    rows = zip(*(told[name][begin:end].tolist() for name in COLUMNS), strict=True)
    for number, (volume, fine, first, stopped, filed, decided, extension, left_out) in enumerate(rows, start=begin):
        filed_on = date.fromordinal(filed)
        paused = ((filed_on + timedelta(days=5), filed_on + timedelta(days=4 + left_out)),) if left_out else ()
        yield PastCase(
            str(number), "river-reg-44-4", "990121", party,
            {"volume_m3": Decimal(str(volume)), "first_offence": first, "stopped_voluntarily": stopped},
            filed_on, Decimal(fine), filed_on, date.fromordinal(decided), paused, extension,
        )  # fmt: skip


def ours(part: int, count: int) -> WhatIf:
    """One part of the cases, in chunks, as one process judges it."""
    told, drafted, calendar = columns(part, count), draft(), national_calendar()
    known = {PRESENT: benchmarks()[PRESENT]}
    parts = [
        what_if(drafted, cases(told, n, min(n + CHUNK, count)), known=known, calendar=calendar, keep=100)
        for n in range(0, count, CHUNK)
    ]
    return reduce(lambda a, b: a.joined(b, keep=100), parts)


def table(benchmark: Benchmark) -> list[dict[str, Any]]:
    """The rows of a benchmark for the peer."""
    rows = []
    for number, tier in enumerate(benchmark.tiers):
        for row in tier.rows:
            by_fact = {c.fact: c for c in row.conditions}
            volume = by_fact.get("volume_m3")
            bounds = [None, True, None, True] if volume is None else [
                None if volume.lower is None else float(volume.lower), volume.lower_inclusive,
                None if volume.upper is None else float(volume.upper), volume.upper_inclusive,
            ]  # fmt: skip
            rows.append(
                {
                    "volume": bounds,
                    "tier": number,
                    "first": by_fact["first_offence"].value if "first_offence" in by_fact else None,
                    "stopped": by_fact["stopped_voluntarily"].value if "stopped_voluntarily" in by_fact else None,
                }
            )
    return rows


def ends(benchmark: Benchmark) -> dict[str, list[float]]:
    """The amounts of its tiers."""
    return {
        "low": [float(t.citizen[0] or 0) for t in benchmark.tiers],
        "high": [float(t.citizen[1] or 0) for t in benchmark.tiers],
    }


def peer(folder: str, count: int) -> list[dict[str, Any]]:
    """Both parts computed by the peer at the same time, in an environment of its own."""
    python = os.environ.get("DAYU_PEER_PYTHON", str(ROOT / ".bench-venv" / "bin" / "python"))
    before, after = benchmarks()[PRESENT], draft()
    running = []
    for part in range(PARTS):
        for name, column in columns(part, count).items():
            np.save(Path(folder) / f"{part}-{name}.npy", column)
        told = {
            "folder": folder, "part": part, "tables": {"before": table(before), "after": table(after)},
            "ends": {"before": ends(before), "after": ends(after)},
        }  # fmt: skip
        running.append((json.dumps(told), subprocess.Popen(
            [python, str(ROOT / "bench" / "_peer_openfisca.py")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )))  # fmt: skip
    for told, process in running:
        assert process.stdin is not None
        process.stdin.write(told)
        process.stdin.close()
    answers = []
    for _, process in running:
        assert process.stdout is not None
        answers.append(json.loads(process.stdout.read()))
        process.wait()
    return answers


def main() -> int:
    """Print one JSON object; exit 1 when the limit is broken or the two disagree."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000_000)
    count = parser.parse_args().cases // PARTS
    begun = time.perf_counter()
    with ProcessPoolExecutor(PARTS) as pool:
        found = reduce(lambda a, b: a.joined(b, keep=100), pool.map(ours, range(PARTS), [count] * PARTS))
    seconds = time.perf_counter() - begun
    with tempfile.TemporaryDirectory() as folder:
        answers = peer(folder, count)
    peer_seconds = max(a["seconds"] for a in answers)
    named = {"0": "same", "1": "lighter", "2": "harsher", "3": "other_tier"}
    theirs = dict.fromkeys(KINDS, 0)
    for answer in answers:
        for number, cases_of_kind in answer["kinds"].items():
            theirs[named[number]] += cases_of_kind
    same = {k: n for k, n in theirs.items() if n} == {k: n for k, n in found.kinds.items() if n}
    same = same and sum(a["late"] for a in answers) == found.decided_late
    holds = seconds < LIMIT_SECONDS and same
    print(
        json.dumps(
            {
                "what": "past cases under a draft: tiers before and after, projected fine, decision deadline",
                "cases": count * PARTS,
                "processes": PARTS,
                "seconds": round(seconds, 1),
                "limit_seconds": LIMIT_SECONDS,
                "kinds": dict(found.kinds),
                "decided_late": found.decided_late,
                "peer": "openfisca-core, columns of floats",
                "peer_seconds": round(peer_seconds, 2),
                "times_the_peer": round(seconds / peer_seconds, 1),
                "same_counts": same,
                "difference_of_projected_total_yuan": round(
                    abs(float(found.total_after) - sum(a["total_after"] for a in answers)), 2
                ),
                "holds": holds,
            },
            ensure_ascii=False,
        )
    )
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
