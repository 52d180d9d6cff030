"""The peer: OpenFisca computes the tier before, the tier under the draft, the projected fine and the decision deadline.

Runs in the second environment. Input `{"folder", "part", "before", "after"}` on standard input: columns as .npy files, and
tables of rows `{volume: [low, closed, high, closed], first, stopped, tier, low, high}`; output
`{"seconds", "kinds", "late", "total_after"}`.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

DAY = "2026-11-20"
Case = build_entity(key="case", plural="cases", label="A decided case", is_person=True)


def holds(row: dict[str, Any], volume: Any, first: Any, stopped: Any) -> Any:
    """Where one row of a table holds."""
    low, low_closed, high, high_closed = row["volume"]
    told = np.ones(len(volume), dtype=bool)
    if low is not None:
        told &= (volume >= low) if low_closed else (volume > low)
    if high is not None:
        told &= (volume <= high) if high_closed else (volume < high)
    if row["first"] is not None:
        told &= first == row["first"]
    if row["stopped"] is not None:
        told &= stopped == row["stopped"]
    return told


def variable(name: str, kind: type, formula: Any = None) -> type[Variable]:
    """A variable of a case, an input where it has no formula."""
    body: dict[str, Any] = {
        "value_type": kind, "entity": Case, "definition_period": DateUnit.DAY, "label": name,
    }  # fmt: skip
    if formula is not None:
        body["formula"] = formula
    return type(name, (Variable,), body)


def system(tables: dict[str, list[dict[str, Any]]], ends: dict[str, dict[str, list[float]]]) -> TaxBenefitSystem:
    """The formulas."""

    def tier_of(table: str) -> Any:
        rows = tables[table]

        def formula(case: Any, period: Any) -> Any:
            volume, first, stopped = case("volume", period), case("first", period), case("stopped", period)
            return np.select([holds(r, volume, first, stopped) for r in rows], [r["tier"] for r in rows], -1)

        return formula

    def end_of(table: str, place: int) -> Any:
        lookup = np.array(ends[table][("low", "high")[place]])
        return lambda case, period: lookup[case(f"tier_{table}", period)]

    def kind(case: Any, period: Any) -> Any:
        old_low, old_high = case("low_before", period), case("high_before", period)
        low, high = case("low_after", period), case("high_after", period)
        same = (low == old_low) & (high == old_high)
        falls, rises = (low <= old_low) & (high <= old_high), (low >= old_low) & (high >= old_high)
        named = case("tier_before", period) == case("tier_after", period)
        return np.select([same & named, same, falls, rises], [0, 3, 1, 2], 3)

    def projected(case: Any, period: Any) -> Any:
        old_low, old_high = case("low_before", period), case("high_before", period)
        low, high, fine = case("low_after", period), case("high_after", period), case("fine", period)
        return low + (high - low) * (fine - old_low) / (old_high - old_low)

    def late(case: Any, period: Any) -> Any:
        due = case("filed", period) + 90 + case("extension", period) + case("left_out", period)
        return case("decided", period) > due

    made = TaxBenefitSystem([Case])
    for one in (
        variable("volume", float), variable("fine", float), variable("first", bool), variable("stopped", bool),
        variable("filed", int), variable("decided", int), variable("extension", int), variable("left_out", int),
        variable("tier_before", int, tier_of("before")), variable("tier_after", int, tier_of("after")),
        variable("low_before", float, end_of("before", 0)), variable("high_before", float, end_of("before", 1)),
        variable("low_after", float, end_of("after", 0)), variable("high_after", float, end_of("after", 1)),
        variable("kind", int, kind), variable("projected", float, projected), variable("late", bool, late),
    ):  # fmt: skip
        made.add_variable(one)
    return made


def main() -> None:
    """Compute one part and say how long it took."""
    told = json.load(sys.stdin)
    folder = Path(told["folder"])
    names = ("volume", "fine", "first", "stopped", "filed", "decided", "extension", "left_out")
    columns = {name: np.load(folder / f"{told['part']}-{name}.npy") for name in names}
    begun = time.perf_counter()
    count = len(columns["volume"])
    simulation = SimulationBuilder().build_default_simulation(system(told["tables"], told["ends"]), count)
    for name, column in columns.items():
        simulation.set_input(name, DAY, column)
    kinds = simulation.calculate("kind", DAY)
    projected = simulation.calculate("projected", DAY)
    late = simulation.calculate("late", DAY)
    seconds = time.perf_counter() - begun
    print(
        json.dumps(
            {
                "seconds": seconds,
                "kinds": {str(k): int(n) for k, n in zip(*np.unique(kinds, return_counts=True), strict=True)},
                "late": int(late.sum()),
                "total_after": float(projected.astype(float).sum()),
            }
        )
    )


if __name__ == "__main__":
    main()
