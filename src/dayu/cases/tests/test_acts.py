"""Every act of a case: it works where it belongs, is refused to the wrong person, and is refused at the wrong time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from dayu.cases import services
from dayu.cases.models import JournalEntry
from dayu.cases.tests.situations import STAGES, Played, draft_values, make_case
from dayu.core.actions import registered_actions
from dayu.core.audit import AuditEntry, RefusedAttempt
from dayu.core.refused import Refused

pytestmark = pytest.mark.django_db

Given = Callable[[Played], dict[str, Any]]


@dataclass(frozen=True)
class ActCase:
    """One act: by whom, where it works, where it is refused, with which particulars, and what it leaves."""

    act: str
    who: str
    works_at: str
    refused_at: str
    given: Given = lambda p: {}
    leaves: str = ""
    before: Callable[[Played], Any] = lambda p: None
    target: str = "case"
    stranger: str = "stranger"

    def __str__(self) -> str:
        return self.act


def _ended(p: Played) -> None:
    services.withdraw_filing(p.case, reason="违法事实不能成立", **p.by("head"))


def _suspected(p: Played) -> None:
    services.suspect_crime(p.case, crime="非法采矿罪", **p.by("officer"))


def _transferred(p: Played) -> None:
    _suspected(p)
    services.approve_crime_transfer(p.case, **p.by("head"))
    services.transfer_crime(p.case, receiver="泽川县公安局", **p.by("officer"))


def _pleaded(p: Played) -> None:
    services.submit_defence(p.party, points=["沙堆是村里清淤留下的"], final=True, **p.by("officer"))


def _answered(p: Played) -> None:
    _pleaded(p)
    point = p.party.defences.get().points.get()
    services.answer_defence_point(point, adopted=False, answer="与现场笔录不符", **p.by("officer"))


def _hearing_asked(p: Played) -> None:
    services.request_hearing(p.party, **p.by("officer"))


def _hearing_announced(p: Played) -> None:
    _hearing_asked(p)
    services.notice_hearing(p.party, **_hearing(p), **p.by("officer"))
    p.wait(14)


def _hearing(p: Played) -> dict[str, Any]:
    return {
        "scheduled_at": p.moment + timedelta(days=14), "place": "三楼会议室", "presider": p.county.people["presider"],
        "recorder": p.county.people["review_head"],
    }


def _overdue(p: Played) -> None:
    p.wait(20)


def _demanded(p: Played) -> None:
    p.wait(20)
    services.decide_additional_fine(p.party, impose=True, **p.by("head"))
    services.demand_performance(p.party, **p.by("officer"))
    p.wait(200)


def _court_asked(p: Played) -> None:
    _demanded(p)
    services.apply_court_enforcement(p.party, court="泽川县人民法院", **p.by("head"))


def _reason(p: Played) -> dict[str, Any]:
    return {"reason": "依法应当如此"}


PARTY = "party"
RECEIPT: Given = lambda p: {"method": "direct", "proofs": ("receipt",)}  # noqa: E731 - one of many in the table
BIG = {"fine": 30_000}

ACTS = [
    ActCase("register_lead", "officer", "open", "verified", lambda p: {"source": "巡查"}, "lead_registered"),
    ActCase("verify_lead", "officer", "open", "verified", lambda p: {"result": "属实"}, "lead_verified",
            before=lambda p: services.register_lead(p.case, source="巡查", **p.by("officer"))),
    ActCase("request_filing", "officer", "requested", "filed", leaves="filing_requested",
            before=lambda p: services.return_filing(p.case, reason="补充照片", **p.by("head")) and p.wait(1)),
    ActCase("file_case", "head", "requested", "open", leaves="filed", stranger="officer"),
    ActCase("return_filing", "head", "requested", "filed", _reason, "filing_returned", stranger="officer"),
    ActCase("decline_to_file", "head", "requested", "filed", lambda p: {"ground": "duplicate", "reason": "与另案重复"},
            "filing_declined", stranger="officer"),
    ActCase("withdraw_filing", "head", "filed", "open", _reason, "filing_withdrawn", stranger="officer"),
    ActCase("transfer_case", "head", "filed", "decided", lambda p: {"receiver": "云泽县水利局", "reason": "不属本机关管辖"},
            "case_transferred", stranger="officer"),
    ActCase("terminate_investigation", "head", "filed", "open", _reason, "investigation_terminated", stranger="officer"),
    ActCase("assign_officer", "unit_head", "filed", "closed", lambda p: {"person": p.county.people["third_officer"]},
            "officers_assigned", stranger="officer"),
    ActCase("request_recusal", "officer", "filed", "decided",
            lambda p: {"person_id": p.county.people["officer"].pk, "reason": "亲属", "asked_by": "当事人"}, "recusal_requested"),
    ActCase("decide_recusal", "head", "filed", "closed",
            lambda p: {"person_id": p.county.people["officer"].pk, "granted": False, "reason": "无利害关系"}, "recusal_decided",
            before=lambda p: services.request_recusal(
                p.case, person_id=p.county.people["officer"].pk, reason="亲属", asked_by="当事人", **p.by("officer")),
            stranger="officer"),
    ActCase("order_correction", "officer", "filed", "closed", lambda p: {"content": "停止采砂", "days": 10},
            "correction_ordered", target=PARTY),
    ActCase("serve_correction_order", "officer", "ordered", "filed", RECEIPT, "correction_order_served", target=PARTY),
    ActCase("find_correction_unneeded", "officer", "filed", "closed",
            lambda p: {"ground": "already_corrected", "reason": "现场已恢复"}, "correction_unneeded", target=PARTY),
    ActCase("verify_correction", "officer", "ordered", "filed", lambda p: {"result": "corrected", "findings": "已平整"},
            "correction_verified", target=PARTY),
    ActCase("enforce_correction", "officer", "ordered", "filed", lambda p: {"manner": "代履行"}, "correction_enforced",
            before=lambda p: services.verify_correction(
                p.party, result="not_corrected", findings="未平整", **p.by("officer")), target=PARTY),
    ActCase("approve_extension", "head", "filed", "open", lambda p: {"days": 30, "reason": "鉴定未完成"},
            "extension_approved", stranger="officer"),
    ActCase("pause_clock", "head", "filed", "open", lambda p: {"ground": "appraisal", "reason": "委托鉴定"},
            "clock_paused", stranger="officer"),
    ActCase("resume_clock", "head", "filed", "filed", lambda p: {"reason": "鉴定完成"}, "clock_resumed",
            before=lambda p: services.pause_clock(p.case, ground="appraisal", reason="委托鉴定", **p.by("head")),
            stranger="officer"),
    ActCase("report_investigation", "officer", "proved", "filed", lambda p: {"suggestion": "给予行政处罚"},
            "investigation_reported"),
    ActCase("examine_report", "head", "reported", "proved", lambda p: {"route": "penalise"}, "report_examined",
            stranger="officer"),
    ActCase("split_party", "head", "ordered", "decided", _reason, "party_split_off", target=PARTY, stranger="officer"),
    ActCase("correct_party", "officer", "filed", "closed",
            lambda p: {"manner": "clerical", "reason": "笔误", "address": "青石镇2号"}, "party_corrected", target=PARTY),
    ActCase("give_penalty_notice", "officer", "drafted", "ordered", lambda p: {"hearing_offered": True},
            "penalty_notice_given", target=PARTY),
    ActCase("serve_penalty_notice", "officer", "drafted", "notified", RECEIPT, "penalty_notice_served",
            before=lambda p: services.give_penalty_notice(p.party, hearing_offered=True, **p.by("officer")), target=PARTY),
    ActCase("submit_defence", "officer", "notified", "drafted", lambda p: {"points": ["数量不对"]}, "defence_submitted",
            target=PARTY),
    ActCase("waive_defence", "officer", "notified", "drafted", lambda p: {"document": "声明"}, "defence_waived", target=PARTY),
    ActCase("reexamine_defence", "officer", "notified", "notified", lambda p: {"opinion": "不采纳"}, "defence_reexamined",
            before=_answered, target=PARTY),
    ActCase("request_hearing", "officer", "notified", "drafted", leaves="hearing_requested", target=PARTY),
    ActCase("waive_hearing", "officer", "notified", "drafted", lambda p: {"document": "声明"}, "hearing_waived", target=PARTY),
    ActCase("refuse_hearing", "head", "notified", "notified", _reason, "hearing_refused",
            before=lambda p: p.wait(15) and _hearing_asked(p), target=PARTY, stranger="officer"),
    ActCase("notice_hearing", "officer", "notified", "notified", _hearing, "hearing_noticed", before=_hearing_asked,
            target=PARTY),
    ActCase("hold_hearing", "presider", "notified", "notified", lambda p: {"transcript": "听证笔录1", "opinion": "维持"},
            "hearing_held", before=_hearing_announced, target=PARTY, stranger="officer"),
    ActCase("end_hearing", "presider", "notified", "notified", lambda p: {"reason": "无正当理由未到场"}, "hearing_ended",
            before=_hearing_announced, target=PARTY, stranger="officer"),
    ActCase("decide_penalty", "head", "reviewed", "notified", leaves="decision_sealed", target=PARTY, stranger="officer"),
    ActCase("exempt_from_penalty", "head", "drafted", "decided",
            lambda p: {"reason": "没有主观过错", "education": "告诫约谈"}, "no_penalty_decided",
            before=lambda p: services.answer_leniency(
                p.party, answers={"no_fault": (True, "村委会证明")}, **p.by("officer")), target=PARTY, stranger="officer"),
    ActCase("revoke_decision", "head", "decided", "drafted", _reason, "decision_revoked", target=PARTY, stranger="officer"),
    ActCase("announce_decision", "officer", "decided", "decided",
            lambda p: {"where": "县政府网站", "ground": "下落不明"}, "decision_announced", target=PARTY),
    ActCase("serve_decision", "officer", "decided", "drafted", RECEIPT, "decision_served", target=PARTY),
    ActCase("record_payment", "fine_clerk", "served", "decided", lambda p: {"amount_yuan": Decimal(20_000), "channel": "bank"},
            "fine_paid", target=PARTY),
    ActCase("approve_deferral", "head", "served", "decided",
            lambda p: {"until": p.today + timedelta(days=60), "reason": "确有困难"}, "deferral_approved", target=PARTY,
            stranger="officer"),
    ActCase("decide_additional_fine", "head", "served", "served", lambda p: {"impose": True}, "additional_fine_decided",
            before=_overdue, target=PARTY, stranger="officer"),
    ActCase("demand_performance", "officer", "served", "served", leaves="demand_served",
            before=lambda p: p.wait(20) and services.decide_additional_fine(p.party, impose=True, **p.by("head")),
            target=PARTY),
    ActCase("apply_court_enforcement", "head", "served", "served", lambda p: {"court": "泽川县人民法院"}, "court_applied",
            before=_demanded, target=PARTY, stranger="officer"),
    ActCase("record_court_enforcement", "officer", "served", "served", lambda p: {"ruling": "执行裁定"}, "court_enforced",
            before=_court_asked, target=PARTY),
    ActCase("record_court_refusal", "officer", "served", "served", lambda p: {"ruling": "不予受理"}, "court_refused",
            before=_court_asked, target=PARTY),
    ActCase("terminate_enforcement", "head", "served", "decided", _reason, "enforcement_terminated", target=PARTY,
            stranger="officer"),
    ActCase("record_reconsideration", "officer", "served", "drafted", lambda p: {"body": "泽川县人民政府"},
            "reconsideration_filed", target=PARTY),
    ActCase("record_reconsideration_decision", "officer", "served", "served", lambda p: {"result": "维持"},
            "reconsideration_decided",
            before=lambda p: services.record_reconsideration(p.party, body="泽川县人民政府", **p.by("officer")), target=PARTY),
    ActCase("record_suit", "officer", "served", "drafted", lambda p: {"court": "苍阳铁路运输法院"}, "suit_filed", target=PARTY),
    ActCase("record_judgment", "officer", "served", "served", lambda p: {"result": "驳回"}, "suit_decided",
            before=lambda p: services.record_suit(p.party, court="法院", **p.by("officer")), target=PARTY),
    ActCase("suspect_crime", "officer", "filed", "open", lambda p: {"crime": "非法采矿罪"}, "crime_suspected"),
    ActCase("approve_crime_transfer", "head", "filed", "filed", leaves="crime_transfer_approved", before=_suspected,
            stranger="officer"),
    ActCase("rule_out_crime", "head", "filed", "filed", _reason, "crime_ruled_out", before=_suspected, stranger="officer"),
    ActCase("transfer_crime", "officer", "filed", "filed", lambda p: {"receiver": "泽川县公安局"}, "crime_transferred",
            before=lambda p: _suspected(p) or services.approve_crime_transfer(p.case, **p.by("head"))),
    ActCase("record_police_refusal", "officer", "filed", "filed", lambda p: {"document": "通知书"}, "police_declined",
            before=_transferred),
    ActCase("record_prosecution_refusal", "officer", "filed", "filed", lambda p: {"document": "检察意见"},
            "prosecution_declined", before=_transferred),
    ActCase("record_court_fine", "officer", "filed", "filed", lambda p: {"judgment": "判决书"}, "court_fined",
            before=_transferred, target=PARTY),
    ActCase("record_education", "officer", "filed", "closed", lambda p: {"manner": "当面", "text": "讲解"},
            "education_recorded"),
    ActCase("close_case", "head", "educated", "paid", lambda p: {"ground": "履行完毕"}, "closed", stranger="officer"),
    ActCase("archive_dossier", "archivist", "closed", "educated", lambda p: {"digest": "0" * 64}, "archived"),
]

# Acts with tests of their own in this folder, because they write more than one entry or none.
TESTED_ELSEWHERE = {
    "open_case", "open_case_from_lead", "take_over_case", "enter_past_step", "amend_case", "add_party", "amend_party",
    "treat_party_as", "import_old_case",
    "state_range", "join_origin", "declare_interest", "answer_filing", "answer_leniency", "answer_review_scope", "write_draft",
    "add_fact", "amend_fact", "drop_fact", "link_evidence", "unlink_evidence", "answer_defence_point", "submit_legal_review",
    "withdraw_legal_review", "call_discussion", "give_discussion_opinion", "hold_collective_discussion", "weigh_defect",
    "record_performance", "merge_case", "annul_entry", "draft_paper", "refill_paper", "request_case_approval",
    "carry_out_approval", "end_approval", "record_event", "renew_tasks",
    "publish_decision", "exempt_from_publication", "withdraw_publication",
}  # fmt: skip


def target_of(played: Played, row: ActCase) -> Any:
    """The case, or its first party."""
    return played.party if row.target == PARTY else played.now()


def do(played: Played, row: ActCase, who: str) -> Any:
    """The act with its particulars, by somebody."""
    return getattr(services, row.act)(target_of(played, row), **row.given(played), **played.by(who))


@pytest.mark.parametrize("row", ACTS, ids=str)
def test_the_act_works_where_it_belongs_and_leaves_its_entry(row: ActCase, county, move_clock) -> None:
    played = make_case(county, at=row.works_at, parties=2 if row.act == "split_party" else 1)
    row.before(played)
    do(played, row, row.who)
    entry = JournalEntry.objects.filter(case=played.case, kind=row.leaves).last()
    assert entry is not None
    assert entry.entered_by == getattr(county, row.who).name
    assert AuditEntry.objects.filter(action=f"cases.{row.act}", account_id=getattr(county, row.who).account_id).exists()


@pytest.mark.parametrize("row", ACTS, ids=str)
def test_the_act_is_refused_to_the_wrong_person_and_the_attempt_is_kept(row: ActCase, county, move_clock) -> None:
    played = make_case(county, at="open" if row.works_at == "open" else "filed")
    entries = played.now().entries
    for who in {row.stranger, "stranger", "administrator"}:
        with pytest.raises(Refused) as refused:
            do(played, row, who)
        assert refused.value.refusals[0].rule.startswith(("cases.", "core."))
    assert played.now().entries == entries
    assert RefusedAttempt.objects.filter(action=f"cases.{row.act}").exists()


@pytest.mark.parametrize("row", [r for r in ACTS if r.act != "announce_decision"], ids=str)
def test_the_act_is_refused_at_the_wrong_time_with_its_article(row: ActCase, county, move_clock) -> None:
    played = make_case(county, at=row.refused_at)
    entries = played.now().entries
    with pytest.raises(Refused) as refused:
        do(played, row, row.who)
    assert all(r.basis for r in refused.value.refusals if r.rule.startswith("procedure."))
    assert any(r.rule.startswith(("procedure.", "cases.", "assess.")) for r in refused.value.refusals)
    assert played.now().entries == entries


def test_no_act_of_the_domain_is_without_a_test() -> None:
    known = {a.name for a in registered_actions().values() if a.domain == "cases"}
    assert known == {row.act for row in ACTS} | TESTED_ELSEWHERE
    assert not {row.act for row in ACTS} & TESTED_ELSEWHERE
    assert {row.works_at for row in ACTS} <= set(STAGES)
    assert draft_values(1)["amount_yuan"] == Decimal(1)
    assert date(2026, 3, 2).isoweekday() == 1
