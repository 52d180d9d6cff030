"""Flow charts and declarations of all procedures: nothing left out, nothing overlaps, the drawing is well-formed."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from itertools import combinations

import pytest

from dayu.cli import main
from dayu.law.declaration import procedure_json
from dayu.law.flow_chart import BOX_H, BOX_W, Box, chart_mermaid, chart_svg, lay_out
from dayu.law.procedure import Procedure, Step
from dayu.law.procedures.register import PROCEDURES
from dayu.law.words import word

EACH = pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=lambda p: p.key)
SVG = "{http://www.w3.org/2000/svg}"


def overlap(one: Box, other: Box) -> bool:
    return abs(one.x - other.x) < BOX_W and abs(one.y - other.y) < BOX_H


@EACH
def test_every_step_has_one_box_and_no_two_overlap(procedure: Procedure) -> None:
    layout = lay_out(procedure)
    assert sorted(box.act for box in layout.boxes) == sorted(procedure.by_act)
    assert [(a.act, b.act) for a, b in combinations(layout.boxes, 2) if overlap(a, b)] == []
    assert all(b.x >= 0 and b.x + BOX_W <= layout.width and b.y + BOX_H <= layout.height for b in layout.boxes)
    assert [band.name for band in layout.bands] == [word("stages", s) for s in procedure.stages if _used(procedure, s)]


def _used(procedure: Procedure, stage: str) -> bool:
    return any(step.stage == stage for step in procedure.steps)


@EACH
def test_every_required_step_can_be_followed_back_along_full_arrows(procedure: Procedure) -> None:
    arrows: dict[str, set[str]] = {}
    for line in lay_out(procedure).lines:
        if line.required:
            arrows.setdefault(line.target, set()).add(line.source)

    def leads_back(act: str, wanted: str) -> bool:
        return wanted in arrows.get(act, ()) or any(leads_back(one, wanted) for one in arrows.get(act, ()))

    assert [(s.act, a) for s in procedure.steps for a in s.after if not leads_back(s.act, a)] == []


@EACH
def test_two_arrows_never_run_on_top_of_each_other_in_the_channel(procedure: Procedure) -> None:
    spans: dict[float, list[tuple[float, float]]] = {}
    for line in lay_out(procedure).lines:
        if len(line.points) == 4:
            lane, first, last = line.points[1][0], *sorted((line.points[1][1], line.points[2][1]))
            assert all(last < a or b < first for a, b in spans.get(lane, ()))
            spans.setdefault(lane, []).append((first, last))


@EACH
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_drawing_is_well_formed_and_carries_every_name(procedure: Procedure, language: str) -> None:
    root = ET.fromstring(chart_svg(procedure, language, {procedure.steps[0].act: "done"}))
    boxes = {g.attrib["data-act"]: g for g in root.iter(f"{SVG}g")}
    assert set(boxes) == set(procedure.by_act)
    assert boxes[procedure.steps[0].act].attrib["data-state"] == "done"
    for act, box in boxes.items():
        written = "".join(t.text or "" for t in box.iter(f"{SVG}text")).replace(" ", "")
        assert word("acts", act, language).replace(" ", "") in written, act


@EACH
def test_the_text_chart_names_every_step_in_its_stage(procedure: Procedure) -> None:
    text = chart_mermaid(procedure)
    assert all(f'"{word("acts", act)}"' in text for act in procedure.by_act)
    assert text.count("subgraph") == sum(_used(procedure, stage) for stage in procedure.stages)
    assert text == chart_mermaid(procedure)


@EACH
def test_the_declaration_as_data_is_the_declaration(procedure: Procedure) -> None:
    answer = json.loads(json.dumps(procedure_json(procedure, "en")))
    assert [step["act"] for step in answer["steps"]] == [step.act for step in procedure.steps]
    for told, step in zip(answer["steps"], procedure.steps, strict=True):
        assert told["after"] == list(step.after)
        assert bool(told["refused_when"]) == bool(step.requires), step.act
        assert told["basis"]
    assert [limit["key"] for limit in answer["limits"]] == [rule.key for rule in procedure.limits_rules]


def test_a_step_added_to_a_declaration_stands_in_the_next_chart() -> None:
    seizure = PROCEDURES["seizure"]
    more = Step("close_case", "disposal", "closed", seizure.steps[0].basis, after=("seize_goods",))
    longer = Procedure(seizure.key, (*seizure.steps, more), stages=seizure.stages)
    assert "close_case" in {box.act for box in lay_out(longer).boxes}
    assert "seize_goods --> close_case" in chart_mermaid(longer)


# -- the command -------------------------------------------------------------------------------------------------------


def answered(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["law", "procedure", *arguments]) == 0
    output = capsys.readouterr()
    assert output.err == ""
    return output.out


@pytest.mark.parametrize("key", PROCEDURES)
def test_the_command_answers_declaration_text_chart_and_drawing(key: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(answered(capsys, key))["key"] == key
    assert answered(capsys, key, "--chart").startswith("flowchart TD\n")
    assert ET.fromstring(answered(capsys, key, "--chart", "svg", "--lang", "en")).tag == f"{SVG}svg"


def test_without_a_name_the_command_lists_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(json.loads(answered(capsys, "--json"))) == list(PROCEDURES)
    assert len(answered(capsys, "--lang", "en").splitlines()) == len(PROCEDURES)


@pytest.mark.parametrize("arguments", ["no_such_procedure", "--chart", "seizure --chart png", "seizure --lang fr", "a b"])
def test_a_misuse_exits_with_2_and_one_line(arguments: str, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        code: object = main(["law", "procedure", *arguments.split()])
    except SystemExit as stopped:
        code = stopped.code
    output = capsys.readouterr()
    assert (code, output.out, output.err.count("\n")) == (2, "", 1)
