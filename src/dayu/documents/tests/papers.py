"""Documents of an invented case for tests: fields of a notice and a decision that agree with each other."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from dayu.core.actors import Actor
from dayu.documents import services
from dayu.documents.models import Document, Hold

MOMENT = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)
SUBJECT, PARTY = "cases.case:7", "parties.party:3"

PARTY_FIELDS: dict[str, Any] = {
    "case_name": "泽川县恒达砂石有限公司未经批准擅自采砂案", "party_type": "法人", "party_name": "泽川县恒达砂石有限公司",
    "party_address": "沧宁省泽川县白鹿镇江边路18号", "party_phone": "0000-7654321", "org_uscc": "91990121MA0000009N",
    "org_legal_rep": "陈立本",
}
BASIS = {
    "facts": "2026年9月2日至9月9日，当事人未取得河道采砂许可证，在堨水河白沙段左岸采挖河砂1240立方米。",
    "law_violated": "《中华人民共和国水法》第三十九条第一款", "penalty_basis": "《沧宁省河道采砂管理办法》第三十一条",
    "penalty_kinds": ["罚款"], "organ_name": "泽川县水利局",
}
NOTICE: dict[str, Any] = {
    **PARTY_FIELDS, **BASIS, "fine_yuan": "50000", "fine_capitals": "伍万元整",

    "defence_right": "可以自收到本告知书之日起五个工作日内向本机关陈述、申辩；逾期未提出的，视为放弃。",
    "contact_phone": "0000-1234567", "contact_address": "泽川县河滨路1号",
    "issued_on": "2026-11-02",
}
DECISION: dict[str, Any] = {
    **PARTY_FIELDS, **BASIS, "evidence": ["现场勘验笔录一份", "询问笔录两份", "测绘报告一份"],
    "discretion": "初次违法，积极配合调查，属一般情节。", "notice_no": "泽水罚告〔2026〕1号", "notice_served_on": "2026-11-03",
    "defence": "当事人在期限内未提出陈述、申辩。", "fine_yuan": "50000", "fine_capitals": "伍万元整",
    "manner": "罚款缴至指定账户。", "period": "自收到本决定书之日起十五日内", "collecting_bank": "泽川县农村商业银行",
    "additional_fine": "到期不缴纳的，每日按罚款数额的百分之三加处罚款，加处数额不超过罚款数额。",
    "review_organ": "泽川县人民政府", "review_days": 60, "court_name": "泽川县人民法院", "suit_period": "六个月",
    "issued_on": "2026-11-16",
}


def draft(actor: Actor, key: str = "penalty_decision", fields: dict[str, Any] | None = None, **given: Any) -> Document:
    """A draft of the invented case."""
    known = {"penalty_decision": DECISION, "penalty_notice": NOTICE}
    options = {"subject": SUBJECT, "party": PARTY, **given}
    return services.draft_document(
        None, actor=actor, moment=MOMENT, key=key, fields={**known.get(key, {}), **(fields or {})}, **options
    )


def release_all(document: Document, *, but: tuple[str, ...] = ()) -> None:
    """Release every hold for the present substance, as the acts of higher domains do."""
    from dayu.core.actors import SYSTEM

    for hold in Hold.objects.filter(document=document).exclude(kind__in=but):
        services.release_hold(document, actor=SYSTEM, moment=MOMENT, kind=hold.kind, digest=document.substance_digest)


def sealed(actor: Actor, key: str = "penalty_decision", fields: dict[str, Any] | None = None, **given: Any) -> Document:
    """A sealed document of the invented case."""
    document = draft(actor, key, fields, **given)
    release_all(document)
    return services.seal_document(document, actor=actor, moment=MOMENT)
