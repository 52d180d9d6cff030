"""Chapter: the discretion benchmarks, tier by tier, with the facts each asks for."""

from __future__ import annotations

from dayu.law.benchmarks import UNPLACED, Benchmark, Ends, OpenEnds, Tier, benchmarks
from dayu.law.lawbook.conditions import amounts, circumstance_text, condition_text, plain
from dayu.law.lawbook.markdown import CONFIRMATION_WORDS, bullets, cited, period, table
from dayu.law.violations import violation

FILE = "benchmarks.md"
TITLE = "裁量基准"
RATE_UNITS = {"area_m2": ("每平方米", "元"), "volume_m3": ("每立方米", "元")}
STATUS = {"in-force": "施行中", "unknown": "是否施行未确认", "superseded": "已被取代"}


def render() -> str:
    """All benchmarks by territory."""
    found = sorted(benchmarks().values(), key=lambda b: (b.territory, b.key))
    intro = "事实逐项比对，每一步留痕；两档同时符合、没有一档符合或者事实不明的，由人判断，不作推定。"
    return "\n\n".join([intro, *(_benchmark(one) for one in found)])


def _benchmark(one: Benchmark) -> str:
    facts = [
        f"{_place(one)}；{one.document}",
        f"施行：{period(one.in_force_from, one.in_force_until)}；{STATUS.get(one.status, one.status)}；"
        f"{CONFIRMATION_WORDS[one.confirmation]}",
        f"适用于：{'、'.join(f'{violation(key).name}（`{key}`）' for key in one.violations) or '违法行为目录以外'}",
    ]
    if one.basis:
        facts.append(f"依据：{cited(one.basis)}")
    if one.gate:
        facts.append(f"前提：{circumstance_text(one.gate)}")
    if one.local_range:
        facts.append(f"本地幅度：{amounts(one.local_range.low, one.local_range.high)}")
    if one.notes:
        facts.append(one.notes)
    facts += [f"原文如此（{e.at}）：{e.why}" for e in one.exempted]
    rows = [_tier(tier, one.rate_fact) for tier in one.tiers]
    parts = [f"## {one.name}", f"键 `{one.key}`。", bullets(facts)]
    if rows:
        parts.append(table(("阶次", "条件", "公民", "单位", "另"), rows))
    return "\n\n".join(parts)


def _place(one: Benchmark) -> str:
    if one.territory == UNPLACED:
        return "地区未核实，不适用于任何地方"
    return f"地区 {one.territory}{'（示例，虚构）' if one.demonstration else ''}"


def _tier(tier: Tier, rate_fact: str) -> tuple[str, str, str, str, str]:
    ways = ["；且 ".join(condition_text(c) for c in row.conditions) for row in tier.rows]
    if tier.no_fine:
        citizen = organisation = "不罚款"
    else:
        citizen, organisation = (_ends(*tier.ends(side), rate_fact) for side in ("citizen", "organisation"))
    extra = "；".join(text for text in (tier.plus, tier.manner, "原文不全" if tier.unverified else "") if text)
    return tier.name, "\n或 ".join(ways), citizen, organisation, extra


def _ends(ends: Ends, opened: OpenEnds, rate_fact: str) -> str:
    """The range in words; an end that does not belong to it says so, a rate names its unit."""
    words = amounts(*ends) if not rate_fact else _rate(ends, rate_fact)
    left_out = [plain(end) for end, is_open in zip(ends, opened, strict=True) if is_open and end is not None]
    return f"{words}（不含{'、'.join(left_out)}）" if left_out else words


def _rate(ends: Ends, rate_fact: str) -> str:
    low, high = ends
    if low is None or high is None:
        return "未定数额"
    before, unit = RATE_UNITS.get(rate_fact, ("", "倍"))
    return f"{before}{plain(high)}{unit}" if low == high else f"{before}{plain(low)}{unit}以上{plain(high)}{unit}以下"
