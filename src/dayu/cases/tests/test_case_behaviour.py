"""What the acts mean together: several parties, changed drafts, discussion, approvals, taking over, splitting, merging."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dayu.cases import facts, selectors, services
from dayu.cases.models import Case, CaseApproval, CaseKept, CaseParty, JournalEntry
from dayu.cases.services.journal import rebuild_kept, refresh, verdict_of
from dayu.cases.tests.situations import (
    Played,
    discuss_party,
    draft_for,
    draft_values,
    hear_party,
    make_case,
    notify_party,
    review_party,
    services_needed,
)
from dayu.core.actors import SYSTEM
from dayu.core.audit import RefusedAttempt, subject_key
from dayu.core.records import AppendOnlyError
from dayu.core.refused import Conflict, Refused
from dayu.documents.models import Document
from dayu.law.journal import Journal
from dayu.law.refusals import worded
from dayu.legal_review import services as review
from dayu.legal_review.models import LegalReview
from dayu.org import services as org
from dayu.records import services as records
from dayu.work.models import ApprovalRequest
from dayu.work.services import agree_to_request, refuse_request

pytestmark = pytest.mark.django_db


def rules(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    """The rules of a refusal, without their area."""
    return {r.rule.split(".", 1)[1] for r in refused.value.refusals}


def words(refused: pytest.ExceptionInfo[Refused]) -> str:
    """The reasons as a reader sees them."""
    return "；".join(worded(r).reason for r in refused.value.refusals)


def decide(played: Played, number: int = 0) -> JournalEntry:
    """The head decides for one party."""
    return services.decide_penalty(played.other(number), **played.by("head"))


# -- gates, each with its own message ----------------------------------------------------------------------------------


def test_a_decision_without_notice_is_refused_and_the_attempt_is_audited(county, move_clock) -> None:
    played = make_case(county, at="drafted")
    with pytest.raises(Refused) as refused:
        decide(played)
    assert "notice_missing" in rules(refused)
    assert "程序步骤缺失：未经事先告知，不得作出处罚决定" in words(refused)
    attempt = RefusedAttempt.objects.get(action="cases.decide_penalty")
    assert any("行政处罚法第四十四条" in r["basis"] for r in attempt.refusals)


def test_a_decision_without_review_is_refused_where_it_is_needed(county, move_clock) -> None:
    played = make_case(county, at="heard", fine=20_000)
    assert services_needed(played, 0) == {"review_missing", "discussion_missing"}
    with pytest.raises(Refused) as refused:
        decide(played)
    assert "未经法制审核或者审核未通过，不得作出决定" in words(refused)
    assert "重大案件未经集体讨论" in words(refused)


def test_a_decision_on_a_draft_of_changed_substance_is_refused(county, move_clock) -> None:
    played = make_case(county, at="heard")
    review_party(played)
    services.write_draft(played.party, **draft_values(19_999), **played.by("officer"))
    with pytest.raises(Refused) as refused:
        decide(played)
    assert "substance_changed" in rules(refused)


def test_a_corrected_phone_number_voids_nothing(county, move_clock) -> None:
    played = make_case(county, at="reviewed")
    services.amend_party(played.party, phone="0000-7654321", address="青石镇2号", **played.by("officer"))
    assert decide(played).params["amount_yuan"] == "20000"


def test_a_name_is_not_amended_but_corrected_once_a_draft_exists(county, move_clock) -> None:
    played = make_case(county, at="drafted")
    with pytest.raises(Refused) as refused:
        services.amend_party(played.party, name="张某某", **played.by("officer"))
    assert rules(refused) == {"identity_is_corrected"}


def test_a_decision_with_one_officer_is_refused(county, move_clock) -> None:
    played = make_case(county, at="reviewed")
    services.request_recusal(
        played.case, person_id=county.people["second_officer"].pk, reason="亲属", asked_by="当事人", **played.by("officer")
    )
    services.decide_recusal(
        played.case, person_id=county.people["second_officer"].pk, granted=True, reason="确系亲属", **played.by("head")
    )
    with pytest.raises(Refused) as refused:
        decide(played)
    assert rules(refused) == {"one_officer"}


def test_a_recused_officer_signs_nothing_more(county, move_clock) -> None:
    played = make_case(county, at="proved")
    person = county.people["officer"].pk
    services.request_recusal(played.case, person_id=person, reason="亲属", asked_by="当事人", **played.by("officer"))
    assert services.add_fact(played.case, text="调查照常进行", **played.by("officer")).pk
    services.decide_recusal(played.case, person_id=person, granted=True, reason="属实", **played.by("head"))
    services.assign_officer(played.case, person=county.people["third_officer"], **played.by("unit_head"))
    with pytest.raises(Refused) as refused:
        services.report_investigation(played.case, suggestion="处罚", **played.by("officer"))
    assert rules(refused) == {"officer_recused"}
    assert "已回避" in words(refused)


def test_a_decision_with_an_expired_certificate_is_refused(county, move_clock) -> None:
    played = make_case(county, at="reviewed")
    certificate = county.people["officer"].certificates.get()
    org.revoke_certificate(certificate, actor=SYSTEM, moment=played.moment, revoked_on=played.today, reason="调离")
    with pytest.raises(Refused) as refused:
        decide(played)
    assert rules(refused) == {"certificate_expired"}
    assert "陆河清" in words(refused)


@pytest.mark.parametrize(("fine", "rule"), [(120_000, "above_range"), (9_000, "below_range")], ids=["above", "below"])
def test_an_amount_outside_the_range_is_refused(fine: int, rule: str, county, move_clock) -> None:
    played = make_case(county, at="examined")
    draft_for(played, 0, fine)
    with pytest.raises(Refused) as refused:
        services.give_penalty_notice(played.party, hearing_offered=True, **played.by("officer"))
    assert rule in rules(refused)
    assert "超出法定幅度" in words(refused)


def told_thirty_thousand(county: Any) -> Played:
    """30,000 told; one point of a plea, answered; review and discussion still to come."""
    played = make_case(county, at="notified", fine=30_000)
    defence = services.submit_defence(played.party, points=["沙堆是清淤留下的"], final=True, **played.by("officer"))
    services.answer_defence_point(defence.points.get(), adopted=False, answer="与笔录不符", **played.by("officer"))
    services.reexamine_defence(played.party, opinion="不采纳", **played.by("officer"))
    services.waive_hearing(played.party, document="放弃听证声明", **played.by("officer"))
    return played


def test_thirty_thousand_told_twenty_thousand_passes(county, move_clock) -> None:
    played = told_thirty_thousand(county)
    services.write_draft(played.party, **draft_values(20_000), **played.by("officer"))
    review_party(played)
    discuss_party(played)
    assert decide(played).params["amount_yuan"] == "20000"


def test_thirty_thousand_told_forty_thousand_is_refused(county, move_clock) -> None:
    played = told_thirty_thousand(county)
    services.write_draft(played.party, **draft_values(40_000), **played.by("officer"))
    with pytest.raises(Refused) as refused:
        decide(played)
    assert "heavier_after_defence" in rules(refused)
    assert "不得因申辩加重处罚" in words(refused)


def test_three_points_two_answers_is_refused(county, move_clock) -> None:
    played = make_case(county, at="notified")
    defence = services.submit_defence(played.party, points=["一", "二", "三"], final=True, **played.by("officer"))
    for point in list(defence.points.all())[:2]:
        services.answer_defence_point(point, adopted=False, answer="不成立", **played.by("officer"))
    with pytest.raises(Refused) as refused:
        services.reexamine_defence(played.party, opinion="复核", **played.by("officer"))
    assert rules(refused) == {"defence_point_unanswered"}
    with pytest.raises(Refused):
        services.submit_legal_review(played.party, truth_signed=True, **played.by("officer"))


def test_an_amount_changed_in_discussion_needs_one_confirmation_of_the_reviewer(county, move_clock) -> None:
    played = make_case(county, at="heard", fine=30_000)
    opinion = review_party(played)
    discuss_party(played, amount=25_000)
    assert played.party.draft.amount_yuan == 25_000
    with pytest.raises(Refused) as refused:
        decide(played)
    assert rules(refused) == {"substance_changed"}
    draft, discussion = played.party.draft, played.party.discussions.get()
    paper = Document.objects.get(pk=int(opinion.document.rpartition(":")[2]))
    services.refill_paper(played.case, document=paper, **played.by("officer"))
    review.confirm_changed_substance(
        LegalReview.objects.get(pk=opinion.pk), document=subject_key(paper), digest=draft.digest,
        changed=["amount_yuan"], discussion=subject_key(discussion), **played.by("reviewer"),
    )
    played.deliver()
    assert decide(played).params["amount_yuan"] == "25000"


def test_the_opinion_of_an_absent_member_is_not_entered_by_another(county, move_clock) -> None:
    played = make_case(county, at="heard")
    review_party(played)
    discussion = services.call_discussion(played.party, chair=county.people["head"], **played.by("unit_head"))
    with pytest.raises(Refused) as refused:
        services.give_discussion_opinion(
            discussion, member=county.people["deputy_head"], vote="agree", opinion="同意", **played.by("head")
        )
    assert rules(refused) == {"opinion_of_another"}


def test_a_discussion_without_quorum_is_no_discussion(county, move_clock) -> None:
    played = make_case(county, at="heard")
    review_party(played)
    with pytest.raises(Refused) as refused:
        discuss_party(played, members=2)
    assert rules(refused) == {"discussion_without_quorum"}


def test_unchecked_evidence_supports_nothing(county, move_clock) -> None:
    played = make_case(county, at="filed")
    fact = services.add_fact(played.case, text="采挖46立方米", **played.by("officer"))
    item = records.add_evidence(
        subject_key(played.case), kind="document", name="测算表", source="执法人员制作", taken_at=played.moment,
        takers=[county.people["officer"], county.people["second_officer"]], **played.by("officer"),
    )
    services.link_evidence(fact, item=item, **played.by("officer"))
    with pytest.raises(Refused) as refused:
        services.report_investigation(played.case, suggestion="处罚", **played.by("officer"))
    assert "evidence_unchecked" in rules(refused)
    assert "事实缺少证据" in words(refused)


def test_evidence_that_changed_since_its_check_supports_nothing(county, move_clock) -> None:
    played = make_case(county, at="proved")
    item = played.case.case_facts.get().links.get().item
    records.amend_evidence(item, description="另一内容", **played.by("officer"))
    with pytest.raises(Refused) as refused:
        services.report_investigation(played.case, suggestion="处罚", **played.by("officer"))
    assert rules(refused) == {"evidence_unchecked"}


def test_evidence_of_another_case_is_not_linked(county, move_clock) -> None:
    one, two = make_case(county, at="proved"), make_case(county, at="filed")
    fact = services.add_fact(two.case, text="无证采砂", **two.by("officer"))
    item = one.case.case_facts.get().links.get().item
    with pytest.raises(Refused) as refused:
        services.link_evidence(fact, item=item, **two.by("officer"))
    assert rules(refused) == {"evidence_of_another_case"}
    services.join_origin(two.case, origin=services.Origin(subject_key(one.case)), **two.by("officer"))
    assert services.link_evidence(fact, item=item, **two.by("officer")).pk


# -- several parties ---------------------------------------------------------------------------------------------------


def test_the_first_party_is_decided_while_the_second_is_refused(county, move_clock) -> None:
    played = make_case(county, at="drafted", parties=2)
    notify_party(played, 0)
    hear_party(played, 0)
    review_party(played, 0)
    if "discussion_missing" in services_needed(played, 0):
        discuss_party(played, 0)
    assert decide(played, 0).party_id == played.parties[0].pk
    with pytest.raises(Refused) as refused:
        decide(played, 1)
    assert "notice_missing" in rules(refused)
    assert (played.other(0).stage, played.other(1).stage) == ("service", "notice")


def test_one_party_is_served_directly_the_other_by_public_notice(county, move_clock) -> None:
    played = make_case(county, at="decided", parties=2)
    services.serve_decision(played.other(0), method="direct", proofs=("receipt",), **played.by("officer"))
    announced = played.today
    services.announce_decision(played.other(1), where="县政府网站", ground="下落不明", **played.by("officer"))
    proofs = {"method": "public_notice", "proofs": ("reason",), "announced_on": announced}
    with pytest.raises(Refused) as refused:
        services.serve_decision(played.other(1), **proofs, **played.by("officer"))
    assert rules(refused) == {"public_notice_running"}
    played.wait(30)
    services.serve_decision(played.other(1), **proofs, **played.by("officer"))
    first, second = played.other(0), played.other(1)
    assert second.served_on - first.served_on == timedelta(days=30)
    assert second.pay_due_on > first.pay_due_on


def test_a_party_that_is_split_off_goes_on_in_a_case_of_its_own_with_the_same_limit(county, move_clock) -> None:
    played = make_case(county, at="examined", parties=2)
    part = services.split_party(played.other(1), reason="另案处理", **played.by("head"))
    part = Case.objects.get(pk=part.pk)
    assert part.split_from_id == played.case.pk
    assert part.filed_on == played.now().filed_on
    assert part.decision_due_on == played.case.decision_due_on
    assert part.case_facts.count() == 1
    assert [p.name for p in part.parties.all()] == ["李某"]
    moved = part.parties.get()
    assert {r.rule for r in verdict_of(part, "give_penalty_notice", today=played.today, party=moved).refusals} >= {
        "procedure.no_draft"
    }
    with pytest.raises(Refused) as refused:
        services.give_penalty_notice(played.other(1), hearing_offered=True, **played.by("officer"))
    assert rules(refused) == {"not_a_party"}


def test_two_cases_become_one_with_all_parties_facts_and_orders(county, move_clock) -> None:
    one, two = make_case(county, at="ordered"), make_case(county, at="ordered")
    services.merge_case(two.case, into=one.case, reason="同一违法行为", **one.by("head"))
    assert one.now().parties.count() == 2
    assert one.case.case_facts.count() == 2
    assert Case.objects.get(pk=two.case.pk).stage == "closing"
    moved = one.case.parties.get(position=2)
    assert facts.journal_of(one.case).has("correction_order_served", moved.key)


def test_decided_cases_are_not_merged(county, move_clock) -> None:
    one, two = make_case(county, at="ordered"), make_case(county, at="decided")
    with pytest.raises(Refused) as refused:
        services.merge_case(two.case, into=one.case, reason="并案", **one.by("head"))
    assert rules(refused) == {"already_decided"}


def test_correcting_a_party_finds_every_paper_and_voids_drafts(county, move_clock) -> None:
    played = make_case(county, at="drafted")
    paper = services.draft_paper(played.case, key="penalty_notice", party=played.party, **played.by("officer"))
    assert paper.fields["party_name"] == "张某"
    row = services.correct_party(played.party, manner="unserved", reason="姓名写错", name="章某", **played.by("officer"))
    assert [p["follow"] for p in row.papers] == ["voided"]
    assert played.party.name == "章某"
    assert Document.objects.get(pk=paper.pk).life == "voided"


# -- approvals ---------------------------------------------------------------------------------------------------------


def sign(played: Played, who: str, request: ApprovalRequest) -> None:
    """One signature."""
    agree_to_request(request, digest=request.digest, **played.by(who))


def test_filing_is_asked_for_signed_by_both_heads_and_carried_out(county, move_clock) -> None:
    played = make_case(county, at="verified")
    services.answer_filing(
        played.case, answers=dict.fromkeys(facts_questions(), (True, "属实")), **played.by("officer")
    )
    approval = services.request_case_approval(played.case, act="file_case", opinion="建议立案", **played.by("officer"))
    request = ApprovalRequest.objects.get(subject=subject_key(approval))
    sign(played, "unit_head", request)
    assert played.now().filed_on is None
    sign(played, "head", ApprovalRequest.objects.get(pk=request.pk))
    played.deliver()
    assert played.now().filed_on == played.today
    entry = JournalEntry.objects.get(case=played.case, kind="filed")
    assert entry.entered_by == county.head.name
    assert CaseApproval.objects.get(pk=approval.pk).outcome == "done"


def facts_questions() -> list[str]:
    """The conditions of filing."""
    from dayu.law.conditions.filing import FILING_QUESTIONS

    return list(FILING_QUESTIONS)


def test_what_the_law_refuses_is_not_even_asked_for(county, move_clock) -> None:
    played = make_case(county, at="drafted")
    with pytest.raises(Refused) as refused:
        services.request_case_approval(played.case, act="decide_penalty", party=played.party, **played.by("officer"))
    assert "notice_missing" in rules(refused)


def test_a_granted_approval_that_has_become_unlawful_is_not_carried_out(county, move_clock) -> None:
    played = make_case(county, at="reviewed")
    approval = services.request_case_approval(
        played.case, act="decide_penalty", party=played.party, **played.by("officer")
    )
    request = ApprovalRequest.objects.get(subject=subject_key(approval))
    sign(played, "unit_head", request)
    services.write_draft(played.party, **draft_values(19_000), **played.by("officer"))
    sign(played, "head", ApprovalRequest.objects.get(pk=request.pk))
    played.deliver()
    ended = CaseApproval.objects.get(pk=approval.pk)
    assert ended.outcome == "failed"
    assert "实质内容已改变" in ended.words
    assert played.party.decided_on is None


def test_a_refused_request_ends_with_its_words(county, move_clock) -> None:
    played = make_case(county, at="filed")
    approval = services.request_case_approval(
        played.case, act="approve_extension", days=30, reason="鉴定", **played.by("officer")
    )
    request = ApprovalRequest.objects.get(subject=subject_key(approval))
    refuse_request(request, words="理由不足", **played.by("unit_head"))
    played.deliver()
    ended = CaseApproval.objects.get(pk=approval.pk)
    assert (ended.outcome, ended.words) == ("refused", "理由不足")


def test_only_acts_of_the_head_are_asked_for(county, move_clock) -> None:
    played = make_case(county, at="filed")
    with pytest.raises(Refused) as refused:
        services.request_case_approval(played.case, act="submit_defence", party=played.party, **played.by("officer"))
    assert rules(refused) == {"not_for_approval"}


# -- the past ----------------------------------------------------------------------------------------------------------


def test_a_case_half_way_on_paper_goes_on_where_it_stands(county, move_clock) -> None:
    moment = datetime(2026, 3, 2, 1, tzinfo=UTC)
    move_clock(moment)
    case = services.take_over_case(
        None, actor=county.officer, moment=moment, title="旧案", explanation="系统启用前已立案", case_no="泽水罚立〔2026〕3号",
        officers=[county.people["officer"], county.people["second_officer"]],
    )
    by = {"actor": county.officer, "moment": moment}
    party = services.add_party(case, name="张某", kind="citizen", **by)
    services.enter_past_step(case, act="file_case", on=date(2026, 1, 12), **by)
    services.enter_past_step(case, act="report_investigation", on=date(2026, 2, 2), **by)
    services.enter_past_step(case, act="examine_report", on=date(2026, 2, 3), params={"route": "penalise"}, **by)
    case = Case.objects.get(pk=case.pk)
    assert (case.filed_on, case.decision_due_on, case.stage) == (date(2026, 1, 12), date(2026, 4, 12), "notice")
    refusals = verdict_of(case, "decide_penalty", today=date(2026, 3, 2), party=party).refusals
    assert "procedure.notice_missing" in {r.rule for r in refusals}
    entry = JournalEntry.objects.get(case=case, kind="filed")
    assert entry.taken_over
    assert entry.entered_at.date() == date(2026, 3, 2)


def test_a_defect_of_the_past_needs_an_explanation_and_stays(county, move_clock) -> None:
    played = make_case(county, at="decided")
    given = {"act": "serve_decision", "on": played.today, "party": played.party, "params": {"method": "leave"}}
    with pytest.raises(Refused) as refused:
        services.enter_past_step(played.case, **given, **played.by("officer"))
    assert rules(refused) == {"leave_unproved"}
    services.enter_past_step(played.case, explanation="村干部在场但未签名", **given, **played.by("officer"))
    entry = JournalEntry.objects.get(case=played.case, kind="decision_served")
    assert entry.defect == "procedure.leave_unproved"
    assert played.party.served_on == played.today


def test_a_recorded_defect_is_weighed_before_the_decision(county, move_clock) -> None:
    played = make_case(county, at="reviewed")
    services.enter_past_step(
        played.case, act="serve_penalty_notice", on=played.today, party=played.party, explanation="补录",
        params={"method": "leave", "amount_yuan": "20000", "kinds": ["fine"], "hearing_offered": True},
        **played.by("officer"),
    )
    defective = JournalEntry.objects.exclude(defect="").get(case=played.case)
    services.weigh_defect(played.case, sequence=defective.sequence, fatal=True, reason="严重", **played.by("unit_head"))
    with pytest.raises(Refused) as refused:
        decide(played)
    assert "defect_fatal" in rules(refused)


def test_lateness_is_written_into_the_decision_and_cannot_be_edited(county, move_clock) -> None:
    played = make_case(county, at="reviewed")
    played.wait(91)
    entry = decide(played)
    assert entry.defect == "procedure.decision_overdue"
    assert "办理超时限" in entry.explanation
    entry.defect = ""
    with pytest.raises(AppendOnlyError):
        entry.save()


def test_a_slip_of_recording_is_annulled_and_a_decision_is_not(county, move_clock) -> None:
    played = make_case(county, at="ordered")
    row = JournalEntry.objects.get(case=played.case, kind="correction_order_served")
    services.annul_entry(row, reason="录错日期", **played.by("head"))
    assert not facts.journal_of(played.case).has("correction_order_served")
    filed = JournalEntry.objects.get(case=played.case, kind="filed")
    with pytest.raises(Refused) as refused:
        services.annul_entry(filed, reason="想改日期", **played.by("head"))
    assert rules(refused) == {"entry_is_lasting"}


# -- persons who answer ------------------------------------------------------------------------------------------------


def test_finer_kinds_of_parties_take_the_lower_threshold_until_a_person_decides(county, move_clock) -> None:
    played = make_case(county, at="examined", kind="individual_business")
    draft_for(played, 0, 20_000)
    assert situation(played).hearing_required is True
    services.treat_party_as(played.party, side="organisation", reason="以字号经营，雇工十人", **played.by("officer"))
    assert situation(played).hearing_required is False


def situation(played: Played) -> Any:
    """The first party as the procedure sees it."""
    return facts.situation_of(played.now(), today=played.today).party(played.party.key)


def test_unreadable_facts_are_refused_before_any_rule_sees_them(county, move_clock) -> None:
    played = make_case(county, at="filed")
    with pytest.raises(Refused) as refused:
        services.amend_case(played.case, violation="no-such-violation", **played.by("officer"))
    assert rules(refused) == {"facts_unreadable"}


def test_a_draft_keeps_the_receipt_of_what_the_rules_said(county, move_clock) -> None:
    played = make_case(county, at="drafted")
    draft = played.party.draft
    assert draft.bounds["max_yuan"] == "100000"
    assert draft.receipt["inputs"]["violation"] == "river-reg-44-4"
    assert draft.thresholds["hearing_required"] is True


def test_facts_and_links_come_and_go_with_reasons(county, move_clock) -> None:
    played = make_case(county, at="proved")
    fact = played.case.case_facts.get()
    services.amend_fact(fact, text="采挖约46立方米", **played.by("officer"))
    services.unlink_evidence(fact.links.get(), reason="与事实无关", **played.by("officer"))
    assert selectors.matrix_of(played.case).gaps == frozenset({fact.pk})
    services.drop_fact(fact, reason="无法证明", **played.by("officer"))
    assert selectors.matrix_of(played.case).facts == ()
    with pytest.raises(Refused):
        services.drop_fact(fact, reason=" ", **played.by("officer"))


def test_an_interest_that_an_officer_declares_is_a_request_for_recusal(county, move_clock) -> None:
    played = make_case(county, at="filed")
    services.declare_interest(played.case, interest="与当事人同村", **played.by("second_officer"))
    assert facts.journal_of(played.case).has("recusal_requested")
    services.declare_interest(played.case, **played.by("officer"))
    assert played.case.officers.get(person=county.people["officer"]).interest_declared_at == played.moment


def test_other_duties_than_the_fine_are_performed_before_closing(county, move_clock) -> None:
    played = make_case(county, at="examined")
    draft_for(played, 0, 20_000, kinds=["fine", "confiscate_gains"], confiscated_yuan=Decimal(5000))
    for step in (lambda: notify_party(played), lambda: hear_party(played), lambda: review_party(played)):
        step()
    if "discussion_missing" in services_needed(played, 0):
        discuss_party(played)
    decide(played)
    services.serve_decision(played.party, method="direct", proofs=("receipt",), **played.by("officer"))
    refusals = {r.rule for r in verdict_of(played.now(), "close_case", today=played.today).refusals}
    assert "procedure.duty_unperformed" in refusals
    services.record_performance(played.party, manner="违法所得已上缴国库", **played.by("officer"))
    refusals = {r.rule for r in verdict_of(played.now(), "close_case", today=played.today).refusals}
    assert "procedure.duty_unperformed" not in refusals


def test_a_review_that_was_taken_back_leaves_its_mark(county, move_clock) -> None:
    played = make_case(county, at="heard")
    review.name_review_body(
        county.agency, basis="三定规定", valid_from=date(2020, 1, 1), unit=county.units["legal"], **played.by("head")
    )
    services.submit_legal_review(played.party, truth_signed=True, **played.by("officer"))
    services.withdraw_legal_review(played.party, reason="补充证据", **played.by("officer"))
    played.deliver()
    assert JournalEntry.objects.filter(case=played.case, kind="legal_review_withdrawn").count() == 1
    assert services.submit_legal_review(played.party, truth_signed=True, **played.by("officer")).round == 2


# -- machinery ---------------------------------------------------------------------------------------------------------


def test_a_second_browser_tab_loses_politely(county, move_clock) -> None:
    played = make_case(county, at="filed")
    seen = played.now().version
    services.amend_case(played.now(), summary="甲", seen_version=seen, **played.by("officer"))
    with pytest.raises(Conflict):
        services.amend_case(played.now(), summary="乙", seen_version=seen, **played.by("second_officer"))


def test_the_kept_entries_can_be_made_again_at_any_time(county, move_clock) -> None:
    played = make_case(county, at="archived")
    before = CaseKept.objects.get(pk=played.case.pk).essence
    rebuild_kept(played.case)
    assert CaseKept.objects.get(pk=played.case.pk).essence == before


def test_the_kept_entries_answer_as_the_whole_journal_does(county, move_clock) -> None:
    played = make_case(county, at="served")
    kept = facts.journal_of(played.case)
    whole = Journal(facts.entry_of(row) for row in JournalEntry.objects.filter(case=played.case))
    for kind in facts.procedure_of(played.case).kinds:
        assert kept.last(kind, played.party.key) == whole.last(kind, played.party.key)
        assert kept.first(kind, played.party.key) == whole.first(kind, played.party.key)


def test_what_is_kept_of_case_and_parties_equals_what_is_derived_anew(county, move_clock) -> None:
    played = make_case(county, at="educated", parties=2)
    fields = ("stage", "filed_on", "decided_on", "closed_on", "decision_due_on")
    before = {f: getattr(played.now(), f) for f in fields}, [p.stage for p in played.case.parties.all()]
    refresh(played.case, today=played.today)
    assert ({f: getattr(played.now(), f) for f in fields}, [p.stage for p in played.case.parties.all()]) == before


def test_the_state_of_a_case_costs_the_same_number_of_statements_at_any_age(county, move_clock) -> None:
    young, old = make_case(county, at="filed"), make_case(county, at="served", parties=2)
    counts = []
    for played in (young, old):
        case = selectors.find_case(played.case.pk, actor=county.officer)
        with CaptureQueriesContext(connection) as caught:
            selectors.state_of(case, today=played.today)
        counts.append(len(caught))
    assert max(counts) <= 11
    assert min(counts) >= 5  # else nothing was read at all


def test_cases_are_seen_by_their_organ_and_its_supervisor_only(county, move_clock) -> None:
    played = make_case(county, at="filed")
    for who, sees in (("officer", True), ("head", True), ("stranger", False), ("administrator", False), ("supervisor", True)):
        found = Case.objects.visible_to(getattr(county, who)).filter(pk=played.case.pk).exists()
        assert found is sees, who
        assert CaseParty.objects.visible_to(getattr(county, who)).filter(case=played.case).exists() is sees, who


def test_the_same_report_of_another_domain_is_entered_once(county, move_clock) -> None:
    played = make_case(county, at="filed")
    given = {"kind": "evidence_preserved", "source": "records.evidencepreservation:7", "subject": "7"}
    for _ in range(2):
        services.record_event(played.case, **given, actor=SYSTEM, moment=played.moment)
    assert JournalEntry.objects.filter(case=played.case, kind="evidence_preserved").count() == 1
    with pytest.raises(Refused):
        services.record_event(played.case, **given, **played.by("officer"))


def test_preserved_goods_stop_the_decision_until_they_are_dealt_with(county, move_clock) -> None:
    played = make_case(county, at="reviewed")
    services.record_event(
        played.case, kind="evidence_preserved", source="p:1", subject="p:1", actor=SYSTEM, moment=played.moment
    )
    with pytest.raises(Refused) as refused:
        decide(played)
    assert rules(refused) == {"preserved_undisposed"}


def test_like_cases_are_other_decided_fines_for_the_same_violation(county, move_clock) -> None:
    done = make_case(county, at="decided")
    played = make_case(county, at="drafted")
    assert [like.party_id for like in selectors.like_cases(played.party)] == [done.parties[0].pk]
    assert selectors.median([Decimal(1), Decimal(3), Decimal(8), Decimal(4)]) == Decimal("3.5")


def test_the_ledger_has_one_line_for_each_party_with_the_dates_of_its_acts(county, move_clock) -> None:
    make_case(county, at="paid", parties=2)
    lines = list(selectors.ledger(county.officer, fine_yuan__gte=1))
    assert [(line.name, line.fine_yuan, line.paid_yuan) for line in lines] == [
        ("张某", Decimal(20_000), Decimal(20_000)), ("李某", Decimal(20_000), Decimal(20_000)),
    ]
    assert selectors.ledger(county.stranger).count() == 0


def test_papers_of_the_case_are_filled_from_what_was_entered_once(county, move_clock) -> None:
    played = make_case(county, at="drafted")
    for key in ("filing_approval", "investigation_report", "penalty_notice", "penalty_decision", "correction_order"):
        paper = services.draft_paper(played.case, key=key, party=played.party, **played.by("officer"))
        assert paper.fields["case_name"] == "张某在白鹿河龙尾段无证采砂案"
        assert "张某" in paper.fields.values()
    notice = Document.objects.get(key="penalty_notice")
    assert notice.fields["fine_yuan"] == "20000"
    assert notice.substance_digest == played.party.draft.digest


# -- from a lead, and beside other domains -----------------------------------------------------------------------------


def verified_lead(county: Any, moment: datetime) -> Any:
    """A lead with a party, an order that was not obeyed, and all conditions of filing met."""
    from dayu.leads.grounds import conditions
    from dayu.leads.services import assign_lead, record_order, record_order_result, register_lead, verify_lead

    lead = register_lead(
        None, actor=county.registrar, moment=moment, source="hotline_12345", title="龙尾段夜间采砂", content="夜间采砂",
        place="白鹿河龙尾段",
    )
    assign_lead(
        lead, actor=county.unit_head, moment=moment, officers=[county.people["officer"], county.people["second_officer"]]
    )
    order = record_order(
        lead, actor=county.officer, moment=moment, kind="stop", text="停止采砂", ordered_on=date(2026, 2, 10),
        served_on=date(2026, 2, 10), days=10, explanation="线索阶段已责令",
    )
    record_order_result(
        lead, actor=county.officer, moment=moment, order=order, result="unmet", result_on=date(2026, 2, 27), words="未停止"
    )
    verify_lead(lead, actor=county.officer, moment=moment, finding="属实", answers=dict.fromkeys(conditions(), True))
    lead.refresh_from_db()
    return lead


def test_a_case_that_grows_from_a_lead_brings_its_course_orders_and_answers(county, move_clock) -> None:
    moment = datetime(2026, 3, 2, 1, tzinfo=UTC)
    move_clock(moment)
    lead = verified_lead(county, moment)
    by = {"actor": county.officer, "moment": moment}
    case = services.open_case_from_lead(lead, **by)
    journal = facts.journal_of(case)
    assert journal.has("lead_verified")
    assert journal.last("correction_ordered").on == date(2026, 2, 10)
    assert journal.last("correction_verified").params["result"] == "not_corrected"
    assert case.officers.count() == 2
    services.request_filing(case, **by)
    services.file_case(case, actor=county.head, moment=moment)
    lead.refresh_from_db()
    assert (lead.disposal, lead.target) == ("filed", subject_key(case))
    with pytest.raises(Refused) as refused:
        services.open_case_from_lead(lead, **by)
    assert rules(refused) == {"lead_has_a_case"}


def test_a_party_of_the_register_is_taken_over_and_its_penalty_stands_there(county, move_clock) -> None:
    from dayu.parties.selectors import earlier_penalties
    from dayu.parties.services import register_party

    played = make_case(county, at="filed")
    known = register_party(
        None, kind="citizen", name="赵某", identifiers={"id_card": played.party.id_no}, address="龙尾乡3号",
        **played.by("officer"),
    )
    party = services.add_party(played.case, registered=known, **played.by("officer"))
    assert (party.name, party.kind, party.address) == ("赵某", "citizen", "龙尾乡3号")
    assert earlier_penalties(known, since=date(2020, 1, 1)) == 0


def test_serving_the_decision_leaves_its_proof_of_service(county, move_clock) -> None:
    played = make_case(county, at="served")
    paper = Document.objects.get(key="penalty_decision")
    proof = paper.proofs.get()
    assert (paper.life, proof.method, proof.recipient) == ("served", "direct", "张某")
    played.deliver()
    assert JournalEntry.objects.filter(case=played.case, kind="decision_served").count() == 1


def test_service_recorded_in_the_register_of_papers_is_service_in_the_case(county, move_clock) -> None:
    from dayu.documents.services import record_service

    played = make_case(county, at="decided")
    paper = Document.objects.get(key="penalty_decision")
    record_service(
        paper, method="direct", recipient="张某", place="白鹿镇", servers=["陆河清", "沈砚秋"], **played.by("officer")
    )
    played.deliver()
    assert played.party.served_on == played.today
