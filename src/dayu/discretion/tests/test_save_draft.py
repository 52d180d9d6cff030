from __future__ import annotations

import pytest

from dayu.core.refused import Refused
from dayu.discretion.models import BenchmarkDraft
from dayu.discretion.tests.drafting import agree, save, table, volume


def reasons(refused) -> dict[str, str]:
    return {r.rule: r.as_json()["reason"] for r in refused.value.refusals}


def test_a_whole_benchmark_is_saved_and_saving_again_changes_the_same_draft(county):
    first = save(county, table())
    again = save(county, table(("10000", "20000"), ("20000", "50000")))
    assert (again.pk, BenchmarkDraft.objects.count()) == (first.pk, 1)
    assert again.version > first.version - 1 and again.digest != first.digest


@pytest.mark.requirement("DIS-01")
def test_double_amounts_gaps_and_double_conditions_are_refused_on_save(county):
    first = {"fact": "first_offence", "is": True}
    later = {"fact": "first_offence", "is": False}
    given = table() | {"tiers": [
        {"tier": "轻", "from_yuan": "10000", "to_yuan": "30000", "rows": [
            [volume(below="600")], [first, volume(**{"from": "600"}, to="600")]]},
        {"tier": "中", "from_yuan": "30000", "to_yuan": "60000", "rows": [[volume(**{"from": "600"}, below="900")]]},
        {"tier": "重", "above_yuan": "70000", "to_yuan": "100000", "rows": [[volume(**{"from": "900"})]]},
    ]}  # fmt: skip
    with pytest.raises(Refused) as refused:
        save(county, given)
    told = reasons(refused)
    assert "裁量阶次有空档或重叠" in told["discretion.not_whole"]
    assert "30,000" in told["discretion.amount_double"]
    assert "60,000–70,000" in told["discretion.amount_gap"]
    assert "方量（立方米）＝600，初次违法：是" in told["discretion.overlap"]
    assert set(told) == {"discretion.not_whole", "discretion.amount_double", "discretion.amount_gap", "discretion.overlap"}
    assert not BenchmarkDraft.objects.exists()
    given["tiers"][0] |= {"rows": [[volume(below="600")], [later, volume(below="600")]], "below_yuan": "30000"}
    del given["tiers"][0]["to_yuan"]
    given["tiers"][2]["from_yuan"] = "60000"
    del given["tiers"][2]["above_yuan"]
    given["tiers"][1] = {"tier": "中", "from_yuan": "30000", "below_yuan": "60000", "rows": given["tiers"][1]["rows"]}
    assert save(county, given).pk


def test_amounts_beyond_the_statute_are_refused(county):
    given = table(("10000", "30000"), ("30000", "50000"), violation="soil-48-hazard-zone")
    with pytest.raises(Refused) as refused:
        save(county, given)
    assert "不得突破法定幅度" in reasons(refused)["discretion.out_of_range"]


def test_a_changed_draft_needs_a_new_opinion(county):
    draft = agree(county, save(county, table()))
    assert draft.opinion == "agreed"
    assert save(county, table()).opinion == "agreed"
    assert save(county, table(("10000", "20000"), ("20000", "50000"))).opinion == ""


def test_only_legal_review_and_heads_of_units_draft_for_their_own_agency(county):
    assert save(county, table(), actor=county.unit_head).pk
    for actor in (county.officer, county.stranger, county.head):
        with pytest.raises(Refused, match=r"core\.not_permitted"):
            save(county, table(), actor=actor)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"territory": "990122"}, "discretion.another_territory"),
        ({"tiers": []}, "discretion.no_tiers"),
        ({"tiers": [{"tier": "轻"}]}, "discretion.unreadable"),
        ({"violations": ["no-such"]}, "discretion.unknown_violation"),
        ({"in_force_from": "someday"}, "discretion.unreadable"),
    ],
)
def test_what_is_no_benchmark_of_this_place_is_refused(county, change, rule):
    with pytest.raises(Refused) as refused:
        save(county, table() | change)
    assert rule in reasons(refused)


def spoiled(**tier):
    return {"tiers": [table()["tiers"][0] | tier]}


@pytest.mark.parametrize(
    "change",
    [
        {"replaces": ["a"]},
        {"name": 5},
        {"violations": "river"},
        {"violations": [["x"]]},
        {"tiers": "none"},
        {"tiers": [5]},
        {"weights": [1]},
        {"examples": 7},
        {"citation": {"law": "no-such-law"}},
        spoiled(tier=5),
        spoiled(rows=5),
        spoiled(rows=[5]),
        spoiled(no_fine="yes"),
        spoiled(from_yuan="1E+400"),
        spoiled(from_yuan=[1]),
        spoiled(rows=[[volume(below="NaN")]]),
        spoiled(rows=[[volume(below="1E+400")]]),
        spoiled(rows=[[volume(below="1E-400")]]),
        spoiled(rows=[[{"fact": ["x"], "is": True}]]),
        spoiled(by_party={"citizen": 5, "organisation": 6}),
        spoiled(rows=[[volume(below="100")]] * 400),
    ],
)
def test_a_table_of_another_shape_is_refused_in_words(county, change):
    with pytest.raises(Refused) as refused:
        save(county, table() | change)
    assert {"discretion.unreadable"} == set(reasons(refused))


def test_a_table_that_mixes_too_much_is_refused_and_not_computed_for_ever(county):
    facts = ["volume_m3", "area_m2", "weight_t", "occupied_area_ha", "earthwork_10k_m3", "slope_degree", "fee_yuan", "value_yuan"]
    rows = [
        [{"fact": facts[(n + k) % 8], "from": str((n * 7 + k) % 40), "below": str((n * 7 + k) % 40 + 9)} for k in (0, 3, 5, 6)]
        for n in range(250)
    ]
    with pytest.raises(Refused):
        save(county, table() | {"tiers": [table()["tiers"][0] | {"rows": rows}]})


def test_an_id_is_plain(county):
    with pytest.raises(Refused, match=r"discretion\.bad_key"):
        save(county, table(), key="裁量/基准")
