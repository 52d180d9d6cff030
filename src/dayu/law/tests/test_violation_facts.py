"""The catalogue of violations against the table of facts it was written from: every field and every figure of all 141."""

from __future__ import annotations

import os
import re
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from dayu.law.citations import laws
from dayu.law.violations import FIXED, LOCAL, Fine, Version, examples_of, violation, violation_keys

SHARED = Path(os.environ.get("DAYU_SHARED", Path(__file__).resolve().parents[5] / "shared"))
FACTS = SHARED / "facts" / "violations.yaml"
needs_facts = pytest.mark.skipif(
    not FACTS.is_file(), reason="the table of facts is not on this machine (set DAYU_SHARED)"
)

# What the table calls a circumstance -> the circumstances of the rulebook that must all hold.
CIRCUMSTANCES: dict[str | None, set[str]] = {
    None: set(),
    "base": set(),
    "overdue": {"order_unmet"},
    "overdue-twice": {"order_unmet_twice"},
    "refuse": {"order_unmet"},
    "serious": {"serious"},
    "grave": {"grave"},
    "incapable": {"incapable"},
    "severe-impact": {"severe_impact"},
    "remediable-impact": {"remediable_impact"},
    "value-at-least-100k": {"value_at_least_100k"},
    "value-under-100k": {"value_under_100k"},
    "has-permit": {"has_permit"},
    "serious-and-value-at-least-100k": {"serious", "value_at_least_100k"},
    "serious-and-value-under-100k": {"serious", "value_under_100k"},
    "with-illegal-gain": {"with_illegal_gain"},
    "no-illegal-gain": {"no_illegal_gain"},
    "erosion-caused": {"erosion_caused"},
}
ANY_CIRCUMSTANCE = {"overdue-or-grave": {"order_unmet", "grave"}, "refuse-or-serious": {"order_unmet", "serious"}}
# 情节严重，或者在禁采区、禁采期采砂的: the table explains this in a note, the rulebook has a circumstance for it.
SERIOUS_OR_CLOSED = "yzs-19-not-per-permit"
# A circumstance that the table puts into words only: which of two contractors a paragraph means.
CONTRACTOR = {"勘察、设计单位": "designer", "施工单位": "builder"}
# Provisions that name no penalty of their own but send to another law: the fine is that law's, to the letter.
REFERRED = {
    "nsbd-50-illegal-abstraction": "water-69-1-unauthorised-abstraction",
    "nsbd-53-damage-works": "water-72-1-damage-works",
    "farm-44-damage": "water-72-1-damage-works",
}
# Notes that speak of the machinery in the table and of the law in the rulebook.
OWN_WORDS = {"code-1109-outfall", SERIOUS_OR_CLOSED}


@cache
def facts() -> dict[str, dict[str, Any]]:
    if not FACTS.is_file():
        return {}
    return {row["id"]: row for row in yaml.safe_load(FACTS.read_text("utf-8"))["violations"]}


KEYS = violation_keys()


def newest(key: str) -> Version:
    return violation(key).versions[-1]


def law_key(name: str) -> str:
    return next(key for key, law in laws().items() if law.name == name)


def kept_mark(text: str) -> str:
    """`unverified` of the table is 未核实 in the rulebook: the mark stays where a reader sees it."""
    return text.replace("unverified", "未核实")


def figures(row: dict[str, Any]) -> tuple[Decimal | None, Decimal | None]:
    names = {FIXED: ("min_cny", "max_cny"), LOCAL: ("", "")}.get(row["basis"], ("min_rate", "max_rate"))
    low, high = (row.get(name) for name in names)
    return (None if low is None else Decimal(str(low)), None if high is None else Decimal(str(high)))


def assert_same_circumstances(key: str, row: dict[str, Any], when: tuple[str, ...], when_any: tuple[str, ...]) -> None:
    told = row.get("when")
    if told in ANY_CIRCUMSTANCE:
        assert (set(when), set(when_any)) == (set(), ANY_CIRCUMSTANCE[told])
        return
    expected = set(CIRCUMSTANCES[told])
    if key == SERIOUS_OR_CLOSED and "serious" in expected:
        expected = expected - {"serious"} | {"serious_or_closed"}
    if row.get("role") in CONTRACTOR and row["kind"] == "fine":
        expected |= {CONTRACTOR[row["role"]]}
    assert (set(when), when_any) == (expected, ()), (key, row)


def assert_same_fine(key: str, row: dict[str, Any], fine: Fine) -> None:
    assert fine.party == row["party"], key
    assert fine.basis == row["basis"], key
    assert (fine.low, fine.high) == figures(row), key
    assert fine.optional is row["optional"], key
    assert (fine.wording, fine.role) == (row.get("wording", ""), row.get("role", "")), key
    assert_same_circumstances(key, row, fine.when, fine.when_any)


@needs_facts
def test_the_catalogue_has_exactly_the_violations_of_the_table() -> None:
    assert set(KEYS) == set(facts()) and len(KEYS) == 141


@needs_facts
@pytest.mark.parametrize("key", KEYS)
def test_every_figure_of_every_fine_is_that_of_the_table(key: str) -> None:
    rows = [row for row in facts()[key]["penalties"] if row["kind"] == "fine"]
    if key in REFERRED:
        assert rows == []
        (mine,), (theirs,) = newest(key).fines, newest(REFERRED[key]).fines
        assert (mine.low, mine.high, mine.optional, mine.basis) == (theirs.low, theirs.high, False, FIXED)
        return
    assert len(rows) == len(newest(key).fines)
    for row, fine in zip(rows, newest(key).fines, strict=True):
        assert_same_fine(key, row, fine)


@needs_facts
@pytest.mark.parametrize("key", KEYS)
def test_every_other_penalty_and_order_is_that_of_the_table(key: str) -> None:
    rows = [row for row in facts()[key]["penalties"] if row["kind"] != "fine"]
    assert len(rows) == len(newest(key).measures)
    for row, measure in zip(rows, newest(key).measures, strict=True):
        assert (measure.kind, measure.party) == (row["kind"], row["party"])
        assert measure.item == row.get("object", "")
        assert measure.detail == row.get("detail", row.get("to", ""))
        assert measure.optional is row.get("optional", False)
        assert_same_circumstances(key, row, measure.when, measure.when_any)


@needs_facts
@pytest.mark.parametrize("key", KEYS)
def test_the_order_that_must_come_first_is_that_of_the_table(key: str) -> None:
    told, rule = facts()[key]["order_first"], newest(key).order_first
    assert told["required"] is (rule is not None)
    if rule is not None:
        assert (rule.order, rule.gate) == (told["order"], told["gate"])
        twice = {row.get("when") for row in facts()[key]["penalties"] if row["kind"] == "fine"}
        assert rule.stages == (2 if "overdue-twice" in twice else 1)
        assert bool(rule.unless) is ("overdue-or-grave" in twice)


@needs_facts
@pytest.mark.parametrize("key", KEYS)
def test_articles_prohibitions_and_dates_are_those_of_the_table(key: str) -> None:
    told, mine = facts()[key], violation(key)
    cited = [(c.law, c.article, c.paragraph, c.item) for c in newest(key).citations]
    stated = [(law_key(s["law"]), s["article"], s.get("paragraph"), s.get("item")) for s in told["statutes"]]
    assert cited[: len(stated)] == stated
    assert [c[0] for c in cited[len(stated) :]] == (["water-law"] if key in REFERRED else [])
    forbidden = [(law_key(s["law"]), s["article"], s.get("paragraph")) for s in told["prohibited_by"]]
    assert [(c.law, c.article, c.paragraph) for c in mine.prohibited_by] == forbidden
    begins = min(date.fromisoformat(s["effective_from"]) for s in told["statutes"])
    assert newest(key).in_force_from == begins


@needs_facts
@pytest.mark.parametrize("key", KEYS)
def test_name_region_authority_and_warnings_are_those_of_the_table(key: str) -> None:
    told, mine = facts()[key], violation(key)
    assert (mine.name, mine.subject, mine.region) == (told["name_zh"], told["subject"], told["region"])
    assert mine.authority == kept_mark(told["authority"])
    assert mine.criminal_note == kept_mark(told.get("criminal_note", ""))
    if key not in OWN_WORDS:
        assert mine.notes == kept_mark(told.get("notes", ""))
    assert bool(mine.notes) is bool(told.get("notes"))


@needs_facts
def test_what_the_table_could_not_verify_is_marked_where_it_is_read() -> None:
    """An unverified statement carries 未核实 in its own words; a figure compared by reading only is `S`, not `V`."""
    for key, told in facts().items():
        text = f"{told.get('notes', '')}{told['authority']}{told.get('criminal_note', '')}"
        shown = f"{violation(key).notes}{violation(key).authority}{violation(key).criminal_note}"
        assert text.count("unverified") == shown.count("未核实"), key
        if any(row.get("verified") == "by-reading" for row in told["penalties"]):
            assert {c.confirmation for c in newest(key).citations} == {"S"}, key


_MYRIADS = re.compile(r"(\d+)万元以上(\d+)万元以下")


@needs_facts
def test_earlier_versions_have_the_figures_days_and_articles_of_the_table() -> None:
    old = {key: told["prior_versions"] for key, told in facts().items() if "prior_versions" in told}
    assert len(old) == 4
    for key, (told,) in old.items():
        first, second = violation(key).versions
        assert first.in_force_from == date.fromisoformat(told["effective_from"])
        assert first.in_force_until == date.fromisoformat(told["effective_to"])
        assert second.in_force_from == first.in_force_until + timedelta(days=1)
        found = _MYRIADS.search(told["penalties"])
        assert found is not None
        assert [(f.low, f.high) for f in first.fines] == [(Decimal(found[1]) * 10_000, Decimal(found[2]) * 10_000)]
        if "article" in told:
            assert {c.article for c in first.citations} == {told["article"]}
        kinds = {m.kind for m in first.measures}
        assert {
            kind for word, kind in {"吊销": "revoke", "没收": "confiscate"}.items() if word in told["penalties"]
        } <= kinds


@needs_facts
def test_only_a_violation_with_an_earlier_text_has_an_earlier_version() -> None:
    several = {key for key in KEYS if len(violation(key).versions) > 1}
    assert several == {key for key, told in facts().items() if "prior_versions" in told}


@needs_facts
def test_every_text_of_the_table_is_an_edition_that_the_rulebook_knows() -> None:
    told = yaml.safe_load(FACTS.read_text("utf-8"))["meta"]
    assert told["count"] == len(KEYS)
    for name, row in told["text_versions"].items():
        assert any(law.name == name for law in laws().values()), name
        editions = laws()[law_key(name)].editions
        assert any(e.corpus == row["text"] for e in editions) or not _has_text(row["text"]), name


def _has_text(name: str) -> bool:
    return (SHARED / "corpus" / "laws" / f"{name}.md").is_file()


@pytest.mark.parametrize("key", KEYS)
def test_every_fine_of_every_version_is_reached_by_a_worked_example(key: str) -> None:
    """A figure without an example is a figure that nobody has worked through."""
    for version in violation(key).versions:
        worked = [e for e in examples_of(key) if version.in_force_on(e["on"])]
        fixed = {(f.low, f.high) for f in version.fines if f.basis == FIXED}
        reached = {(Decimal(e["min_yuan"]), Decimal(e["max_yuan"])) for e in worked if "min_yuan" in e}
        assert worked, (key, version.in_force_from)
        assert fixed <= reached, (key, fixed - reached)
