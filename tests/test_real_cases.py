"""The published cases of the acceptance file through `dayu law assess`: every expectation of the file that an assessment answers."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from dayu.cli import main

# What the file tells in prose is given as input here; nothing of the expectations is.
INPUTS: dict[str, dict[str, Any]] = {
    "case-01": {
        "acted_from": "2022-11",
        "discovered_on": "2022-11",
        "ordered_on": "2023-10-09",
        "order_met": False,
        "as_of": "2023-11-01",
    },
    "case-03": {"acted_from": "2023-01", "acted_to": "2023-12", "ordered_on": "2023-04-06", "order_met": False, "as_of": "2024-03-06"},
    "case-10": {
        "acted_from": "2020-05",
        "discovered_on": "2021-07-21",
        "ordered_on": "2021-07-21",
        "order_met": False,
        "as_of": "2021-12-01",
    },
    "case-13": {"acted_from": "2021-01", "acted_to": "2023-11-01", "discovered_on": "2023-11-01", "as_of": "2024-03-11"},
    "case-14": {
        "acted_from": "2021-06-19",
        "acted_to": "2021-06-19",
        "discovered_on": "2021-06-19",
        "facts": {"value_yuan": 12000, "illegal_gain_yuan": 12000},
    },
}
YES_NO = {"required": True, "not-required": False, "not-required-old": False}


@pytest.mark.parametrize("case_id", sorted(INPUTS))
def test_a_published_case_is_assessed_as_the_file_expects(case_id, shared_folder, tmp_path, capsys):
    cases = yaml.safe_load((shared_folder / "acceptance" / "real-cases.yaml").read_text("utf-8"))["cases"]
    case = next(c for c in cases if c["id"] == case_id)
    answer = assess(
        {"violation": case["violation"], "party": case["party"], "fine_yuan": case["fine_cny"], **INPUTS[case_id]},
        tmp_path,
        capsys,
    )
    expect = case["expect"]
    statutory = answer["statutory"]
    if "stat_range" in expect:
        assert [statutory["min_yuan"], statutory["max_yuan"]] == expect["stat_range"]
        outside = {"assess.above_range", "assess.below_range"} & {r["rule"] for r in answer["refusals"]}
        assert (not outside) == expect["in_range"]
    if "order_first" in expect:
        assert answer["order_first"]["required"] == expect["order_first"]
    if "order_first_satisfied" in expect:
        assert answer["order_first"]["satisfied"] == expect["order_first_satisfied"]
    if "hearing" in expect:
        assert answer["hearing_required"] == YES_NO[expect["hearing"]]
    if "collective" in expect:
        assert answer["collective_discussion_required"] == YES_NO[expect["collective"]]
    if "basis" in expect:
        assert expect["basis"].replace("-", "_") in statutory["when"]
    if case_id == "case-14":
        assert answer["criminal"]["suspected"] is False
    if case_id == "case-13":
        assert statutory["max_yuan"] is None and statutory["why"] == "local_law_needed"


def assess(told: dict[str, Any], folder: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """The command as another program calls it."""
    (folder / "case.json").write_text(json.dumps(told), "utf-8")
    assert main(["law", "assess", str(folder / "case.json"), "--json"]) == 0
    return json.loads(capsys.readouterr().out)
