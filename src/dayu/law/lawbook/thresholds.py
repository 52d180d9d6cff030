"""Chapter: amounts that trigger a step, limitation, thresholds of crimes, and the leniency checklist."""

from __future__ import annotations

from decimal import Decimal

from dayu.law.criminal import criminal_rules
from dayu.law.lawbook.conditions import amounts, yuan
from dayu.law.lawbook.markdown import cited, cited_once, period, table
from dayu.law.leniency import leniency_items
from dayu.law.limitation import limitation_rules
from dayu.law.rulebook import load_toml
from dayu.law.thresholds import ThresholdEdition, threshold_editions
from dayu.law.violations import violation

FILE = "thresholds.md"
TITLE = "数额门槛、追责期限、移送与减免"
COMPARE = {"at_least": "{}以上（含）", "more_than": "超过{}（不含）", "at_most": "{}以下（含）"}
EFFECTS = {"no_penalty": "不予处罚", "lighter_or_mitigated": "从轻或者减轻"}
STRENGTHS = {"must": "应当", "may": "可以"}


def render() -> str:
    """Four tables."""
    return "\n\n".join(("## 数额门槛", _thresholds(), "## 追责期限", _limitation(), "## 涉嫌犯罪", _crimes(),
                        "## 减免情节核查", _leniency()))  # fmt: skip


def _thresholds() -> str:
    rows = []
    for key, row in load_toml("thresholds.toml").items():
        for edition in threshold_editions(key):
            rows.append((
                row["zh"], period(edition.in_force_from, edition.in_force_until), _figure(edition, edition.citizen_yuan),
                _figure(edition, edition.organisation_yuan), cited(edition.basis),
            ))  # fmt: skip
    return table(("事项", "施行", "公民", "单位", "依据"), rows)


def _figure(edition: ThresholdEdition, amount: Decimal) -> str:
    return COMPARE[edition.compare].format(yuan(amount))


def _limitation() -> str:
    words = load_toml("limitation.toml")
    rows = [
        (words[key]["zh"], f"{rule.years}年", period(rule.in_force_from, None), cited_once(rule.citation))
        for key, rule in limitation_rules().items()
    ]
    return table(("情形", "期限", "施行", "依据"), rows)


def _crimes() -> str:
    rows = []
    for rule in criminal_rules().values():
        spans = [f"数额 {amounts(*rule.span('range_yuan'))}，由省确定"] if "range_yuan" in rule.row else []
        if "closed_range_yuan" in rule.row:
            spans.append(f"禁采区、禁采期 {amounts(*rule.span('closed_range_yuan'))}，由省确定")
        names = "、".join(violation(key).name for key in rule.row["violations"])
        rows.append((rule.row["zh"], "\n".join(spans), names, cited(rule.basis)))
    return table(("罪名", "数额", "违法行为", "依据"), rows)


def _leniency() -> str:
    rows = [
        (item.zh, f"{STRENGTHS[item.strength]}{EFFECTS[item.effect]}", item.plus_zh, cited_once(item.citation))
        for item in leniency_items().values()
    ]
    return table(("问题", "效果", "同时", "依据"), rows)
