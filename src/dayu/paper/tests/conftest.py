"""Fixtures of paper: the definitions, one warm typesetter, and a decision of an invented case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from dayu.paper.compose import Composed, Letterhead, compose
from dayu.paper.definitions import Definition, load_definitions
from dayu.paper.typeset import Typesetter

ROOT = Path(__file__).resolve().parents[4]

DECISION = {
    "case_name": "泽川县恒达砂石有限公司未经批准擅自采砂案", "party_type": "法人", "party_name": "泽川县恒达砂石有限公司",
    "party_address": "沧宁省泽川县白鹿镇江边路18号", "party_phone": "0000-7654321", "org_uscc": "91990121MA0000009N",
    "org_legal_rep": "陈立本",
    "facts": "2026年3月2日至3月9日，当事人未取得河道采砂许可证，使用一台挖掘机在堨水河白沙段左岸（桩号K12+300至K12+420）"
             "采挖河砂，经测量开采量为1240立方米，价值37200元。",
    "evidence": ["现场勘验笔录一份及现场照片12张，证明采砂地点和现场状况", "询问笔录两份，证明采砂时间和数量",
                 "测绘报告一份，证明开采量为1240立方米"],
    "law_violated": "《中华人民共和国水法》第三十九条第一款", "penalty_basis": "《沧宁省河道采砂管理办法》第三十一条",
    "discretion": "当事人系初次违法，积极配合调查并恢复原状，按照裁量基准属一般情节。", "notice_no": "泽水罚告〔2026〕9号",
    "notice_served_on": "2026-04-10", "defence": "当事人在规定期限内未提出陈述、申辩，也未要求听证。",
    "penalty_kinds": ["罚款", "没收违法所得"], "fine_yuan": "50000", "fine_capitals": "伍万元整", "gains_yuan": "37200",
    "manner": "罚款缴至指定账户，没收违法所得随罚款一并缴纳。", "period": "自收到本决定书之日起十五日内",
    "collecting_bank": "泽川县农村商业银行", "additional_fine": "到期不缴纳罚款的，每日按罚款数额的百分之三加处罚款，"
    "加处罚款的数额不超过罚款的数额。", "review_organ": "泽川县人民政府", "review_days": 60, "court_name": "泽川县人民法院",
    "suit_period": "六个月", "organ_name": "泽川县水利局", "issued_on": "2026-04-20",
}


@pytest.fixture(scope="session")
def definitions() -> dict[str, Definition]:
    return load_definitions(ROOT / "rulebook" / "documents")


@pytest.fixture(scope="session")
def setter() -> Typesetter:
    return Typesetter()


@pytest.fixture
def make_decision(definitions: dict[str, Definition]) -> Callable[..., Composed]:
    """A decision with some fields changed."""
    definition = definitions["penalty_decision"]
    version = definition.version_on(date(2026, 4, 20))

    def make(*, watermark: str = "", style: str = "red", **changed: object) -> Composed:
        return compose(definition, version, {**DECISION, **changed}, letterhead=Letterhead("泽川县水利局", style),
                       number="泽水罚决〔2026〕12号", document="3F9A2C71", digest="0a1b2c3d4e5f", watermark=watermark,
                       dated=date(2026, 4, 20))

    return make
