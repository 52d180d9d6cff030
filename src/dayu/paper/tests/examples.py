"""Example values for every field of a document type, by its kind: invented, and consistent with each other."""

from __future__ import annotations

from typing import Any

from dayu.paper.definitions import Field, Version

DAY, MOMENT = "2026-03-05", "2026-03-05T10:20"
LAW = "《中华人民共和国水法》第三十九条第一款"
KNOWN: dict[str, Any] = {
    "party_type": "法人", "party_name": "泽川县恒达砂石有限公司", "party_address": "沧宁省泽川县白鹿镇江边路18号",
    "org_legal_rep": "陈立本", "case_name": "泽川县恒达砂石有限公司未经批准擅自采砂案", "organ_name": "泽川县水利局",
    "officer1_name": "江一平", "officer1_certificate": "990121-0001", "officer2_name": "林二安",
    "officer2_certificate": "990121-0002", "review_organ": "泽川县人民政府", "review_days": 60,
    "court_name": "泽川县人民法院", "suit_period": "六个月", "fine_yuan": "50000", "fine_capitals": "伍万元整",
    "end_at": "2026-03-05T11:40", "additional_yuan": "1500", "additional_capitals": "壹仟伍佰元整",
}
BY_TYPE: dict[str, Any] = {
    "date": DAY, "datetime": MOMENT, "int": 3, "decimal": "12.5", "money_yuan": "1200", "bool": True, "law_ref": LAW,
    "address": "沧宁省泽川县河滨路1号", "phone": "0000-1234567", "id_no": "11010519491231002X", "uscc": "91990121MA0000009N",
}


def example_values(version: Version) -> dict[str, Any]:
    """A value for every field that must be filled, and for those that may be."""
    chosen = {f.id: _example(f) for f in version.fields}
    return {f.id: chosen[f.id] for f in version.fields if f.required != "conditional" or f.needed(chosen)}


def _example(spec: Field) -> Any:
    if spec.id in KNOWN:
        return KNOWN[spec.id]
    if spec.choices:
        return [spec.choices[0]] if spec.many else spec.choices[0]
    if spec.type == "table":
        return [{key: f"{label}{n}" for key, label in spec.columns} for n in (1, 2)]
    if spec.type == "list":
        return [f"{spec.label}甲", f"{spec.label}乙"]
    return BY_TYPE.get(spec.type, f"{spec.label}的示例内容")
