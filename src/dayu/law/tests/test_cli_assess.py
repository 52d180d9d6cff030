"""`dayu law assess` as other programs use it: JSON in and out, exit codes, one line on misuse."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SOURCE = Path(__file__).resolve().parents[3]


def run(text: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dayu.cli", "law", "assess", *arguments],
        input=text,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(SOURCE), "PYTHONIOENCODING": "utf-8"},
    )


def told(**fields: Any) -> str:
    return json.dumps(fields)


def test_it_reads_standard_input_or_a_file_and_answers_in_json(tmp_path: Path) -> None:
    text = told(violation="soil-55-dump-outside", party="organisation", facts={"volume_m3": 46.5})
    piped = run(text, "-", "--json")
    assert piped.returncode == 0, piped.stderr
    found = json.loads(piped.stdout)
    assert (found["statutory"]["min_yuan"], found["statutory"]["max_yuan"]) == (465, 930)
    path = tmp_path / "case.json"
    path.write_text(text, "utf-8")
    assert json.loads(run("", str(path), "--json").stdout) == found


@pytest.mark.parametrize(
    "text",
    [
        told(violation="nope", party="citizen"),
        told(violation="soil-53-1-no-plan", party="citizen", colour="red"),
        told(violation="soil-53-1-no-plan", party="citizen", acted_from="2024-02-30"),
        told(violation="soil-53-1-no-plan", party="citizen", facts={"colour": 1}),
        '{"violation": "soil-53-1-no-plan", "violation": "soil-54-not-accepted", "party": "citizen"}',
        "[]",
        "{",
    ],
)
def test_misuse_exits_with_2_and_one_line(text: str) -> None:
    found = run(text, "-", "--json")
    assert (found.returncode, found.stdout) == (2, "")
    assert len(found.stderr.strip().splitlines()) == 1


def test_a_file_that_is_not_there_is_misuse() -> None:
    found = run("", "/nowhere/case.json", "--json")
    assert (found.returncode, found.stdout) == (2, "")


def test_several_provisions_of_one_act_answer_which_of_them_fines() -> None:
    text = told(
        violation="flood-obstruct-building", party="citizen", acted_from="2024-06-03", acted_to="2024-06-03",
        ordered_on="2024-06-05", order_met=False, facts={"basin": "other"},
    )  # fmt: skip
    found = json.loads(run(text, "-", "--json", "--with", "water-65-1-obstruct").stdout)["concurrence"]
    assert (found["chosen"], found["why"]) == ("water-65-1-obstruct", "higher_fine")
    assert found["rivals"] == [
        {"violation": "flood-obstruct-building", "min_yuan": 0, "max_yuan": 50000},
        {"violation": "water-65-1-obstruct", "min_yuan": 10000, "max_yuan": 100000},
    ]
    assert found["basis"] == ["行政处罚法第二十九条"]
    assert "行政处罚法第二十九条" in run(text, "-", "--with", "water-65-1-obstruct").stdout
    alone = json.loads(run(text, "-", "--json").stdout)
    assert "concurrence" not in alone and "water-65-1-obstruct" in alone["may_concur_with"]


def test_an_unknown_violation_beside_it_is_misuse_in_one_line() -> None:
    answer = run(told(violation="soil-53-1-no-plan", party="citizen"), "-", "--with", "nonsense")
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr.count("\n") == 1 and "nonsense" in answer.stderr
