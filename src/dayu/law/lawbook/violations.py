"""Chapter: the violations, what each is fined with, what must be ordered first, and since when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dayu.law.citations import citation_from, law
from dayu.law.lawbook.conditions import amounts, plain, when_text
from dayu.law.lawbook.markdown import bullets, cited, period, table
from dayu.law.rulebook import RulebookError, load_toml
from dayu.law.violations import (
    FIXED,
    LOCAL,
    Fine,
    GivesWay,
    Measure,
    OrderFirst,
    Version,
    Violation,
    may_concur_with,
    often_together,
    violation,
    violation_keys,
)
from dayu.law.violations import examples_of as worked_examples

FILE = "violations.md"
TITLE = "违法行为与法定幅度"
PARTIES = {"citizen": "公民", "organisation": "单位", "any": ""}
RATES = {
    "per_m2": "每平方米",
    "per_m3": "每立方米",
    "multiple_of_value": "货值金额的倍数",
    "multiple_of_fee": "应缴费用的倍数",
    "multiple_of_illegal_gain": "违法所得的倍数",
    "multiple_of_misused_amount": "挪用数额的倍数",
    "percent_of_contract_price": "合同价款的百分比",
    "percent_of_service_fee": "勘察费、设计费的百分比",
    "percent_of_bid_price": "中标项目金额的百分比",
    "percent_of_unit_fine": "单位罚款数额的百分比",
}
MEASURES = {
    "agent_performance": "代履行，费用由违法者承担",
    "ban_bidding": "取消一定期限的投标资格",
    "bid_void": "中标无效",
    "confiscate": "没收",
    "demolish": "责令拆除或者封闭",
    "demolish_at_cost": "强行拆除，费用由违法者承担",
    "enforce": "依法强制执行",
    "forced_relocation": "强制搬迁",
    "late_fee": "加收滞纳金",
    "levy_by_max_capacity": "按日最大取水能力计征",
    "order_correct": "责令改正",
    "order_makeup": "责令限期补办",
    "order_pay": "责令限期缴纳",
    "order_refund": "责令退还",
    "order_restore": "责令恢复原状",
    "order_stop": "责令停止违法行为",
    "order_stop_production": "责令停产",
    "permit_void": "许可无效",
    "refer": "移送",
    "restrict_water": "限制用水",
    "revoke": "吊销许可证件",
    "stop_supply": "停止供水",
    "suspend_business": "责令停业整顿",
    "warn": "警告",
}


def render() -> str:
    """All violations, grouped by the law that punishes them."""
    groups: dict[str, list[Violation]] = {}
    for key in violation_keys():
        one = violation(key)
        groups.setdefault(law(one.versions[-1].citations[0].law).short, []).append(one)
    parts = [
        f"共 {len(violation_keys())} 项。幅度含上下两端；“可以”处罚款的可以不罚；写明“先责令”的，责令期满未履行之前不得罚款。",
        bullets(f"{name}：{len(rows)} 项" for name, rows in groups.items()),
    ]
    parts.append(_concurrence())
    for name, rows in groups.items():
        parts.append(f"## {name}")
        parts += [_violation(one) for one in rows]
    return "\n\n".join(parts)


def _violation(one: Violation) -> str:
    parts = [f"### {one.name}", f"键 `{one.key}`；{one.authority}。"]
    if one.prohibited_by:
        parts.append(f"违反：{cited(one.prohibited_by)}。")
    parts += [_version(version, several=len(one.versions) > 1) for version in one.versions]
    remarks = [text for text in (one.notes, one.criminal_note) if text]
    remarks += [f"{ask.zh}（自 {ask.since} 起由人判断）" for ask in one.asks]
    remarks += [_gives_way(way) for way in one.gives_way]
    if others := may_concur_with(one.key):
        remarks.append("同一行为常同时违反、按罚款数额高的规定处罚：" + "、".join(f"`{other}`" for other in others))
    if remarks:
        parts.append(bullets(remarks))
    if examples := worked_examples(one.key):
        parts.append("算例：\n\n" + bullets(_example(e) for e in examples))
    return "\n\n".join(parts)


def _concurrence() -> str:
    """How one act under several provisions is fined, with the sets that often meet."""
    choice = load_toml("concurrence.toml")["choice"]
    basis = cited((citation_from(choice["citation"]), citation_from(choice["code_citation"])))
    rows = [(zh, "、".join(f"`{key}`" for key in keys)) for zh, keys in often_together()]
    text = (
        f"同一个违法行为违反多个规定应当罚款的，只罚一次，按罚款数额高的规定处罚（{basis}）。特别规定和流域法先行让位；"
        "先责令而未到期的规定此时不罚。两个幅度比较高低，先比上限、再比下限（默认值，待确认）。"
    )
    return f"## 竞合\n\n{text}\n\n" + table(("同一行为", "常同时违反"), rows)


def _gives_way(way: GivesWay) -> str:
    where = load_toml("basins.toml")[way.basin]["zh"] if way.basin else ""
    when = "，".join(text for text in (where, when_text(way.when, ())) if text)
    return f"另有规定优先：`{way.to}`" + (f"（{when}）" if when else "")


def _version(version: Version, *, several: bool) -> str:
    lines = [f"处罚依据：{cited(version.citations)}；施行：{period(version.in_force_from, version.in_force_until)}。"]
    if version.uncertain_until:
        lines.append(f"{version.uncertain_until} 之前是否已按此施行不确定，由人判断。")
    if version.order_first:
        lines.append(_order_first(version.order_first))
    if version.fines:
        lines.append(table(("罚款", "适用于", "情形", "条文用语"), [_fine(fine) for fine in version.fines]))
    if version.measures:
        lines.append(bullets(_measure(m) for m in version.measures))
    head = f"**{period(version.in_force_from, version.in_force_until)}**\n\n" if several else ""
    return head + "\n\n".join(lines)


def _order_first(rule: OrderFirst) -> str:
    stages = f"（{rule.stages} 级责令）" if rule.stages > 1 else ""
    return f"先责令：{rule.order}；罚款的前提：{rule.gate}{stages}{'，情节特别严重的除外' if rule.unless else ''}。"


def _fine(fine: Fine) -> tuple[str, str, str, str]:
    who = "、".join(text for text in (PARTIES.get(fine.party, fine.party), fine.role) if text)
    text = _bounds(fine) + ("（可以处）" if fine.optional else "")
    return text, who, when_text(fine.when, fine.when_any), "；".join(t for t in (fine.wording, fine.anchor) if t)


def _bounds(fine: Fine) -> str:
    if fine.basis == LOCAL:
        return "数额由地方性法规、规章规定"
    if fine.basis == FIXED:
        return amounts(fine.low, fine.high)
    if fine.basis not in RATES:
        raise RulebookError(f"the lawbook has no words for fines of basis {fine.basis}")
    low = plain(fine.low) if fine.low is not None else "0"
    high = plain(fine.high) if fine.high is not None else "—"
    unit = "元" if fine.basis.startswith("per_") else "%" if fine.basis.startswith("percent") else "倍"
    return f"{RATES[fine.basis]}：{low}{unit}以上{high}{unit}以下"


def _measure(measure: Measure) -> str:
    if measure.kind not in MEASURES:
        raise RulebookError(f"the lawbook has no words for the measure {measure.kind}")
    text = MEASURES[measure.kind] + (f"：{measure.item}" if measure.item else "")
    text += f"（{measure.detail}）" if measure.detail else ""
    text += "（可以）" if measure.optional else ""
    if party := PARTIES.get(measure.party, measure.party):
        text += f"——{party}"
    if when := when_text(measure.when, measure.when_any):
        text += f"；情形：{when}"
    return text


FIELDS = {
    "on": "行为日",
    "as_of": "判断日",
    "party": "当事人",
    "facts": "事实",
    "min_yuan": "罚款下限（元）",
    "max_yuan": "罚款上限（元）",
    "optional": "可以不罚",
    "why": "说明",
    "gate": "责令逾期后可以罚款",
}


def _example(example: Mapping[str, Any]) -> str:
    """The example as its table has it, field by field: it is what the tests run."""
    return "，".join(f"{FIELDS.get(name, name)}：{_shown(value)}" for name, value in example.items())


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return "（" + "，".join(f"`{name}` = {_shown(inner)}" for name, inner in value.items()) + "）"
    if isinstance(value, list):
        return "、".join(_shown(v) for v in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return PARTIES.get(str(value)) or str(value)
