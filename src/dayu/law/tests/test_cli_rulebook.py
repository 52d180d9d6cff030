"""`dayu rulebook …` as people and programs use it: answers, exit codes, one line on misuse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dayu.cli import main
from dayu.law.benchmarks import benchmarks
from dayu.law.explain import known_ids

HOWTO = Path(__file__).resolve().parents[4] / "docs" / "howto"
DRAFT, SAND, CASES = HOWTO / "draft-benchmark.toml", HOWTO / "draft-sand.toml", HOWTO / "past-cases.csv"


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    try:
        code = main(["rulebook", *map(str, arguments)])
    except SystemExit as stopped:
        code = int(stopped.code or 0)
    output = capsys.readouterr()
    return code, output.out, output.err


def answer(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    return json.loads(run(capsys, *arguments, "--json")[1])


def test_the_shipped_rulebook_is_clean(capsys: pytest.CaptureFixture[str]) -> None:
    code, text, _ = run(capsys, "lint")
    assert code == 0 and "✗" not in text
    assert all(f"✓ {key} " in text for key in benchmarks())


def test_a_draft_with_slips_exits_with_one_and_names_each(capsys: pytest.CaptureFixture[str]) -> None:
    code, text, _ = run(capsys, "lint", DRAFT)
    assert code == 1 and text.count("  ✗ ") == 3
    found = answer(capsys, "lint", DRAFT, "--lang", "en")
    (one,) = found["benchmarks"]
    assert not found["clean"]
    assert [f["rule"] for f in one["faults"]] == ["discretion.gap", "discretion.overlap", "discretion.out_of_range"]
    assert one["faults"][0]["example"] == {"daily_abstraction_m3": "5.5"}


def test_a_draft_is_judged_beside_the_rulebook_and_by_its_own_examples(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    text = SAND.read_text("utf-8").replace('violations = ["river-reg-44-4"]', 'violations = ["soil-48-hazard-zone"]')
    path = tmp_path / "draft.toml"
    path.write_text(
        text.replace('territory = "990000"', 'territory = "410000"').replace('tier = "较重"\n', 'tier = "一般"\n'),
        "utf-8",
    )
    (one,) = answer(capsys, "lint", path)["benchmarks"]
    rules = {f["rule"] for f in one["faults"]}
    assert {"discretion.double_validity", "discretion.example_fails"} <= rules


def test_excel_goes_out_comes_back_and_names_bad_rows(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    import openpyxl

    path = tmp_path / "b.xlsx"
    assert run(capsys, "export", path, "xinyang-sand-32", "henan-soil-46")[0] == 0
    assert run(capsys, "lint", path)[0] == 0
    book = openpyxl.load_workbook(path)
    book["裁量阶次"]["C3"] = "很多"
    book.save(path)
    code, text, _ = run(capsys, "lint", path)
    assert code == 1 and "裁量阶次 第3行“适用情形”" in text
    code, _, error = run(capsys, "what-if", path, "--cases", CASES, "--key", "xinyang-sand-32")
    assert code == 2 and "第3行" in error


def test_what_if_lists_changes_with_distribution(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "what-if", SAND, "--cases", CASES)
    assert (found["judged"], found["not_concerned"], found["decided_late"]) == (4, 1, 1)
    assert found["kinds"] == {"same": 1, "harsher": 3}
    assert [c["case"][-2] for c in found["changes"]] == ["1", "2", "4"]
    assert sum(bar["after"] for bar in found["histogram"]) == 4
    assert len(answer(capsys, "what-if", SAND, "--cases", CASES, "--keep", 1)["changes"]) == 1
    code, text, _ = run(capsys, "what-if", SAND, "--cases", CASES)
    assert code == 0 and "更重 3" in text


def test_cases_in_json_and_in_lines_answer_alike(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    case = {
        "reference": "甲", "violation": "river-reg-44-4", "territory": "990121", "party": "citizen", "acted_on": "2026-01-10",
        "fine_yuan": 25000, "filed_on": "2026-01-12", "decided_on": "2026-04-13", "excluded": [["2026-02-01", "2026-02-03"]],
        "facts": {"volume_m3": "46", "first_offence": True, "stopped_voluntarily": True, "order_unmet": True},
    }  # fmt: skip
    whole, lines = tmp_path / "c.json", tmp_path / "c.jsonl"
    whole.write_text(json.dumps([case]), "utf-8")
    lines.write_text(json.dumps(case) + "\n", "utf-8")
    first, second = (answer(capsys, "what-if", SAND, "--cases", path) for path in (whole, lines))
    assert first == second and first["changes"][0]["case"] == "甲" and first["decided_late"] == 0


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("violation", "nothing", "unknown violation"),
        ("territory", "99", "six digits"),
        ("party", "ghost", "unknown party"),
        ("acted_on", "yesterday", "not a date"),
        ("fine_yuan", -1, "fine_yuan"),
        ("facts", {"volume_m3": "much"}, "volume_m3"),
        ("facts", [], "must be an object"),
        ("excluded", [["2026-01-02", "2026-01-01"]], "ends before it begins"),
        ("extension_days", -3, "extension_days"),
        ("colour", "red", "unknown field"),
        ("acted_on", None, "is missing"),
    ],
)
def test_a_bad_case_is_named_in_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, field: str, value: Any, said: str
) -> None:
    good = {"violation": "river-reg-44-4", "territory": "990121", "party": "citizen", "acted_on": "2026-01-10"}
    path = tmp_path / "c.json"
    path.write_text(json.dumps([good, good | {field: value}]), "utf-8")
    code, out, error = run(capsys, "what-if", SAND, "--cases", path)
    assert (code, out, error.count("\n")) == (2, "", 1)
    assert "case 2" in error and said in error


@pytest.mark.parametrize(
    "arguments",
    [
        ("lint", "no-such.toml"),
        ("lint", CASES),
        ("lint", HOWTO / "assess-example.json"),
        ("what-if", SAND, "--cases", "no-such.csv"),
        ("what-if", SAND, "--cases", HOWTO / "api.md"),
        ("what-if", SAND, "--cases", CASES, "--key", "other"),
        ("what-if", SAND, "--cases", CASES, "--keep", "-1"),
        ("what-if", SAND),
        ("explain", "no-such-rule"),
        ("explain", "benchmark:no-such"),
        ("export", "/no/such/folder/b.xlsx"),
        ("export", "b.xlsx", "no-such"),
        ("dance",),
        (),
    ],
)
def test_misuse_exits_with_two_and_one_line(capsys: pytest.CaptureFixture[str], arguments: tuple[object, ...]) -> None:
    code, out, error = run(capsys, *arguments)
    assert (code, out, error.strip().count("\n")) == (2, "", 0)
    assert error.startswith("dayu rulebook")


def test_files_that_are_toml_but_no_benchmarks_are_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    for text in ("a = 1", "[a]\nname = 'x'", "[a", SAND.read_text("utf-8").replace("rows = [[", "rows = [[7, ", 1)):
        path.write_text(text, "utf-8")
        code, out, error = run(capsys, "lint", path)
        assert (code, out, error.strip().count("\n")) == (2, "", 0), error


def test_a_folder_is_linted_whole_and_a_key_twice_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "a.toml").write_text(SAND.read_text("utf-8"), "utf-8")
    assert len(answer(capsys, "lint", tmp_path)["benchmarks"]) == 1
    (tmp_path / "b.toml").write_text(SAND.read_text("utf-8"), "utf-8")
    assert run(capsys, "lint", tmp_path)[0] == 2


def test_every_rule_of_the_rulebook_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    ids = known_ids()
    assert len(ids) > 1000
    for kind in dict.fromkeys(i.partition(":")[0] for i in ids):
        rule = next(i for i in ids if i.startswith(f"{kind}:"))
        found = answer(capsys, "explain", rule)
        assert found["id"] == rule and found["text"] and found["confirmed"] and found["file"].startswith("rulebook/")


def test_an_explanation_says_basis_examples_and_how_far_it_is_confirmed(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "explain", "soil-48-hazard-zone")
    assert found["kind"] == "违法行为" and found["examples"]
    assert "水土保持法第四十八条" in [c["text"] for c in found["basis"]]
    assert answer(capsys, "explain", "hunan-soil-53")["confirmed"] == "缺省值，未确认"
    assert answer(capsys, "explain", "fact:volume_m3")["confirmed"] == "不引用条文"
    code, text, _ = run(capsys, "explain", "assess.above_range")
    assert code == 0 and "超出法定幅度" in text
