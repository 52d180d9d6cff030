"""Chapter: the discretion benchmarks, tier by tier, with the facts each asks for."""

from __future__ import annotations

from dayu.law.benchmarks import Benchmark, Ends, Tier, benchmarks
from dayu.law.lawbook.conditions import amounts, circumstance_text, condition_text
from dayu.law.lawbook.markdown import CONFIRMATION_WORDS, bullets, cited, period, table
from dayu.law.violations import violation

FILE = "benchmarks.md"
TITLE = "裁量基准"
STATUS = {"in-force": "施行中", "unknown": "是否施行未确认", "superseded": "已被取代"}


def render() -> str:
    """All benchmarks by territory."""
    found = sorted(benchmarks().values(), key=lambda b: (b.territory, b.key))
    intro = "事实逐项比对，每一步留痕；两档同时符合、没有一档符合或者事实不明的，由人判断，不作推定。"
    return "\n\n".join([intro, *(_benchmark(one) for one in found)])


def _benchmark(one: Benchmark) -> str:
    facts = [
        f"地区 {one.territory}{'（示例，虚构）' if one.demonstration else ''}；{one.document}",
        f"施行：{period(one.in_force_from, one.in_force_until)}；{STATUS.get(one.status, one.status)}；"
        f"{CONFIRMATION_WORDS[one.confirmation]}",
        f"适用于：{'、'.join(f'{violation(key).name}（`{key}`）' for key in one.violations)}",
    ]
    if one.basis:
        facts.append(f"依据：{cited(one.basis)}")
    if one.gate:
        facts.append(f"前提：{circumstance_text(one.gate)}")
    if one.local_range:
        facts.append(f"本地幅度：{amounts(one.local_range.low, one.local_range.high)}")
    if one.notes:
        facts.append(one.notes)
    rows = [_tier(tier) for tier in one.tiers]
    parts = [f"## {one.name}", f"键 `{one.key}`。", bullets(facts)]
    if rows:
        parts.append(table(("阶次", "条件", "公民", "单位", "另"), rows))
    return "\n\n".join(parts)


def _tier(tier: Tier) -> tuple[str, str, str, str, str]:
    ways = ["；且 ".join(condition_text(c) for c in row.conditions) for row in tier.rows]
    citizen, organisation = ("不罚款", "不罚款") if tier.no_fine else (_ends(tier.citizen), _ends(tier.organisation))
    extra = "；".join(text for text in (tier.plus, "原文不全" if tier.unverified else "") if text)
    return tier.name, "\n或 ".join(ways), citizen, organisation, extra


def _ends(ends: Ends) -> str:
    return amounts(*ends)
