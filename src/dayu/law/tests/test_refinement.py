"""Refinement: a lower level divides and tightens its parent's tiers, and any step beyond is named."""

from __future__ import annotations

from datetime import date
from typing import Any

from dayu.law.benchmark_linter import lint
from dayu.law.benchmarks import Benchmark, benchmark_from
from dayu.law.refinement import parent_of


def volume(**bounds: str) -> dict[str, Any]:
    return {"fact": "volume_m3", **bounds}


def made(key: str, territory: str, tiers: list[dict[str, Any]], **more: Any) -> Benchmark:
    base = {"territory": territory, "name": key, "document": key, "kind": "benchmark", "violations": ["river-reg-44-4"]}
    return benchmark_from(key, base | {"tiers": tiers} | more)


WHOLE = [volume(**{"from": "0"})]
PARENT = made("parent", "990000", [{"tier": "一般", "min_yuan": "10000", "max_yuan": "50000", "rows": [WHOLE]}])


def child(*ranges: tuple[str, str], **more: Any) -> Benchmark:
    """A county's benchmark that splits the parent's only tier at 100 cubic metres, with stated ends."""
    rows = [[volume(below="100")]], [[volume(**{"from": "100"})]]
    tiers = [
        {"tier": name, "from_yuan": low, "below_yuan" if n + 1 < len(ranges) else "to_yuan": high, "rows": r}
        for n, (name, (low, high), r) in enumerate(zip(("轻", "重"), ranges, rows, strict=False))
    ]
    return made("child", "990121", tiers, **more)


def faults(one: Benchmark, *others: Benchmark) -> list[tuple[str, str]]:
    found = lint(one, among={b.key: b for b in (one, *(others or (PARENT,)))})
    return [(f.rule.removeprefix("discretion."), f.at) for f in found.faults]


def test_one_to_five_split_in_two_is_accepted_and_a_half_to_five_is_refused() -> None:
    assert faults(child(("10000", "30000"), ("30000", "50000"))) == []
    assert faults(child(("5000", "30000"), ("30000", "50000"))) == [("beyond_parent", "轻：5,000＜10,000（一般）")]
    assert faults(child(("10000", "30000"), ("30000", "50000.01"))) == [
        ("beyond_parent", "重：50,000.01＞50,000（一般）")
    ]


def test_the_parent_narrowed_later_shows_the_child_as_beyond() -> None:
    narrowed = made("parent", "990000", [{"tier": "一般", "min_yuan": "10000", "max_yuan": "40000", "rows": [WHOLE]}])
    assert faults(child(("10000", "30000"), ("30000", "50000")), narrowed) == [
        ("beyond_parent", "重：50,000＞40,000（一般）")
    ]


def test_a_dropped_condition_shows_as_an_amount_outside() -> None:
    first = {"fact": "first_offence", "is": True}
    parent = made(
        "parent",
        "990000",
        [
            {"tier": "轻", "min_yuan": "1000", "max_yuan": "5000", "rows": [[first]]},
            {"tier": "重", "min_yuan": "5000", "max_yuan": "9000", "rows": [[first | {"is": False}]]},
        ],
    )
    dropped = made("child", "990121", [{"tier": "一般", "min_yuan": "1000", "max_yuan": "5000", "rows": [WHOLE]}])
    found = lint(dropped, among={"parent": parent})
    assert [f.at for f in found.faults] == ["一般：1,000＜5,000（重）"]
    assert "初次违法：否" in found.faults[0].text()


def test_who_is_let_off_above_is_let_off_below() -> None:
    parent = made(
        "parent",
        "990000",
        [
            {"tier": "不予处罚", "no_fine": True, "rows": [[volume(below="10")]]},
            {"tier": "一般", "min_yuan": "1000", "max_yuan": "5000", "rows": [[volume(**{"from": "10"})]]},
        ],
    )
    harsher = made("child", "990121", [{"tier": "一般", "min_yuan": "1000", "max_yuan": "5000", "rows": [WHOLE]}])
    assert faults(harsher, parent) == [("parent_lets_off", "一般：不罚款（不予处罚）")]


def test_an_open_end_above_is_no_closed_end_below() -> None:
    parent = made("parent", "990000", [{"tier": "一般", "from_yuan": "1", "below_yuan": "5", "rows": [WHOLE]}])
    closed = made("child", "990121", [{"tier": "一般", "from_yuan": "1", "to_yuan": "5", "rows": [WHOLE]}])
    assert faults(closed, parent) == [("beyond_parent", "一般：5＝5（一般）")]


def test_place_violations_gate_and_validity_stay_within_the_parent() -> None:
    parent = made(
        "parent",
        "990000",
        [{"tier": "一般", "min_yuan": "10000", "max_yuan": "50000", "rows": [WHOLE]}],
        gate="order_unmet",
        in_force_until=date(2027, 12, 31),
    )
    stranger = made(
        "child",
        "980121",
        [{"tier": "一般", "min_yuan": "10000", "max_yuan": "50000", "rows": [WHOLE]}],
        refines="parent",
        violations=["river-reg-44-1"],
    )
    assert [rule for rule, _ in faults(stranger, parent)] == [
        "parent_not_above",
        "parent_lacks_violation",
        "gate_dropped",
        "outlives_parent",
    ]
    assert faults(child(("10000", "50000"), refines="nowhere"))[-1] == ("unknown_parent", "nowhere")


def test_the_nearest_benchmark_above_is_the_parent_and_a_local_regulation_has_none() -> None:
    city = made("city", "990100", [{"tier": "一般", "min_yuan": "10000", "max_yuan": "50000", "rows": [WHOLE]}])
    among = {"parent": PARENT, "city": city}
    below = child(("10000", "50000"))
    assert (found := parent_of(below, among=among)) is not None and found.key == "city"
    assert parent_of(child(("1", "2"), kind="local-regulation"), among=among) is None
    assert (
        parent_of(
            child(("1", "2"), in_force_until=date(2019, 1, 1)),
            among={"late": made("late", "990000", [], in_force_from=date(2020, 1, 1))},
        )
        is None
    )


def test_alternative_facts_of_child_and_parent_are_compared_each_with_itself() -> None:
    def scale(territory: str, key: str, high: str) -> Benchmark:
        return made(
            key,
            territory,
            [
                {
                    "tier": "轻",
                    "min_yuan": "1",
                    "max_yuan": "10",
                    "rows": [[volume(to="5")], [{"fact": "area_m2", "to": "5"}]],
                },
                {
                    "tier": "重",
                    "min_yuan": "10",
                    "max_yuan": high,
                    "rows": [[volume(above="5")], [{"fact": "area_m2", "above": "5"}]],
                },
            ],
            alternative_facts=["volume_m3", "area_m2"],
        )

    assert faults(scale("990121", "child", "20"), scale("990000", "parent", "20")) == []
    assert faults(scale("990121", "child", "21"), scale("990000", "parent", "20")) == [
        ("beyond_parent", "重：21＞20（重）")
    ]
