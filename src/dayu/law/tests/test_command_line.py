"""`dayu law`: the answers of the acceptance files, the shapes, and what a misuse looks like."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from dayu.cli import main
from dayu.law.tests.statute_texts import statute_folder

RELATED = ("window_opens", "first_apply_day", "first_overdue_day", "agency_to_bank")


def acceptance(name: str) -> list[dict[str, Any]]:
    folder = statute_folder()
    if folder is None:
        return []
    path = folder.parents[1] / "acceptance" / name
    return list(yaml.safe_load(path.read_text("utf-8"))["cases"])


def law(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["law", *arguments, "--json"]) == 0
    output = capsys.readouterr()
    assert output.err == ""
    answer: dict[str, Any] = json.loads(output.out)
    return answer


needs_acceptance = pytest.mark.skipif(statute_folder() is None, reason="no acceptance files on this machine")


@needs_acceptance
@pytest.mark.parametrize("case", acceptance("deadlines.yaml"), ids=lambda c: c["id"])
def test_the_worked_time_limits_of_the_acceptance_file_come_out_right(
    case: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [a for a in case["run"].split()[1:] if a != "--json"]
    answer = law(capsys, *arguments)
    if "expect_cny" in case:
        assert answer["amount"] == case["expect_cny"]
        return
    assert answer["due"] == case["expect"]
    assert {k: answer["related"][k] for k in RELATED if k in case} == {k: case[k] for k in RELATED if k in case}


@needs_acceptance
def test_the_deadlines_of_the_real_cases_come_out_right(capsys: pytest.CaptureFixture[str]) -> None:
    cases = {c["id"]: c for c in acceptance("real-cases.yaml")}

    def due(key: str, start: str, *more: str) -> str:
        return str(law(capsys, "deadline", key, "--from", start, *more)["due"])

    one, three, ten, thirteen = (cases[f"case-{n}"] for n in ("01", "03", "10", "13"))
    assert due("decision", one["dates"]["filing"]) == one["expect"]["decision_deadline"]
    assert due("pay", three["dates"]["served"]) == three["expect"]["pay_deadline"]
    assert due("decision", ten["dates"]["filing"]) == ten["expect"]["decision_deadline"]
    order = str(ten["dates"]["order_days"])
    assert due("ordered", ten["dates"]["order"], "--days", order) == ten["expect"]["order_deadline"]
    assert due("hearing_request", thirteen["dates"]["notice"]) == thirteen["expect"]["hearing_request_deadline"]
    assert due("decision", thirteen["dates"]["filing"]) == thirteen["expect"]["decision_deadline"]
    assert due("decision", thirteen["dates"]["filing"], "--extend", "60") == thirteen["expect"]["with_60d_extension"]


def test_a_deadline_has_the_documented_shape(capsys: pytest.CaptureFixture[str]) -> None:
    answer = law(capsys, "deadline", "demand", "--from", "2025-09-25")
    assert list(answer)[:8] == ["key", "due", "unit", "count", "working", "basis", "notes", "related"]
    assert (answer["unit"], answer["count"]) == ("working_days", 10)
    assert answer["basis"][0]["text"] == "行政强制法第五十四条"


def test_hours_are_answered_as_a_local_moment(capsys: pytest.CaptureFixture[str]) -> None:
    answer = law(capsys, "deadline", "transfer_send", "--from", "2026-04-30T09:15")
    assert (answer["due"], answer["unit"], answer["count"]) == ("2026-05-01T09:15", "hours", 24)


def test_a_moment_is_welcome_where_the_law_counts_days(capsys: pytest.CaptureFixture[str]) -> None:
    assert law(capsys, "deadline", "pay", "--from", "2024-02-01T23:59")["due"] == "2024-02-18"


def test_several_intervals_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    answer = law(
        capsys,
        "deadline",
        "decision",
        "--from",
        "2026-01-05",
        "--exclude",
        "2026-02-01..2026-02-10",
        "--exclude",
        "2026-03-01..2026-03-05",
    )
    assert answer["due"] == "2026-04-20"


def test_an_additional_fine_has_the_documented_shape(capsys: pytest.CaptureFixture[str]) -> None:
    answer = law(capsys, "additional-fine", "--fine", "50000", "--due", "2024-02-18", "--paid", "2024-06-01")
    assert {k: answer[k] for k in ("amount", "days", "capped")} == {"amount": 50000, "days": 104, "capped": True}


def test_without_json_a_person_reads_the_day_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "deadline", "pay", "--from", "2024-02-01"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "2024-02-18"
    assert "依据：行政处罚法第六十七条第三款" in lines


@pytest.mark.parametrize(
    "arguments",
    [
        "deadline no_such_key --from 2026-01-05",
        "deadline pay --from 2026-02-30",
        "deadline pay --from 05.01.2026",
        "deadline pay",
        "deadline pay --from 2003-01-05",
        "deadline pay --from 2090-01-05",
        "deadline seizure_report --from 2026-01-05",
        "deadline seizure_report --from 2026-01-05T25:00",
        "deadline ordered --from 2026-01-05",
        "deadline ordered --from 2026-01-05 --days -1",
        "deadline pay --from 2026-01-05 --exclude 2026-01-09",
        "deadline pay --from 2026-01-05 --exclude 2026-01-09..2026-01-08",
        "deadline pay --from 2026-01-05 --extend 5",
        "deadline pay --from 2026-01-05 --territory 99",
        "deadline pay --from 2026-01-05 --colour red",
        "additional-fine --fine 0 --due 2026-01-05 --paid 2026-02-05",
        "additional-fine --fine NaN --due 2026-01-05 --paid 2026-02-05",
        "additional-fine --fine 1e999 --due 2026-01-05 --paid 2026-02-05",
        "additional-fine --fine 5 --due 2026-01-05",
        "no-such-command",
        "",
    ],
)
def test_a_misuse_exits_with_2_one_line_and_nothing_on_standard_output(
    arguments: str, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        code: object = main(["law", *arguments.split(), "--json"] if arguments else ["law"])
    except SystemExit as stopped:
        code = stopped.code
    output = capsys.readouterr()
    assert code == 2
    assert output.out == ""
    assert output.err.count("\n") == 1 and len(output.err) > 10


def test_the_law_core_answers_without_django() -> None:
    script = (
        "import sys; from dayu.cli import main; main(); assert not any(m.startswith('django') for m in sys.modules)"
    )
    source = Path(__file__).resolve().parents[3]
    done = subprocess.run(
        [sys.executable, "-c", script, "law", "deadline", "pay", "--from", "2024-02-01", "--json"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(source), "DJANGO_SETTINGS_MODULE": ""},
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["due"] == "2024-02-18"
