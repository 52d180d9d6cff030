"""One page for each act: conditions, guided form, refusals in the form with what was typed, one view that calls the action."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from dayu.cases import services
from dayu.cases.doors import door_of
from dayu.cases.forms.acts import ACTS
from dayu.cases.models import CaseApproval, JournalEntry, PenaltyDraft
from dayu.cases.tests.situations import Played, draft_for, make_case
from dayu.cases.views.case import HIDDEN
from dayu.core import clock
from dayu.core.audit import RefusedAttempt
from dayu.documents.models import Document, ProofOfService
from dayu.law.procedures.ordinary_penalty import ORDINARY_PENALTY
from dayu.work.models import ApprovalRequest

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(county: Any, client: Any) -> Any:
    client.force_login(county.people["officer"].account)
    return client


def url(played: Played, act: str) -> str:
    return f"/cases/{played.case.pk}/acts/{act}/"


def test_every_act_of_the_procedure_has_a_door(county, move_clock) -> None:
    make_case(county, at="open")
    without = [
        step.act
        for step in ORDINARY_PENALTY.steps
        if step.act not in HIDDEN and step.act not in ACTS and "/acts/" in door_of(step.act, 1, "1")
    ]
    assert without == []


@pytest.mark.parametrize("act", sorted(ACTS))
def test_every_act_page_opens(county, officer, move_clock, act) -> None:
    played = make_case(county, at="notified")
    answer = officer.get(url(played, act))
    assert answer.status_code == 200
    assert "<form" in answer.content.decode() or act in ("give_discussion_opinion", "hold_collective_discussion")


def test_a_refusal_comes_back_in_the_form_with_the_typed_text_and_is_audited(county, officer, move_clock) -> None:
    played = make_case(county, at="filed")
    answer = officer.post(url(played, "report_investigation"), {"suggestion": "建议罚款两万元", "once": "a1"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "建议罚款两万元" in html and "还没有列明违法事实" in html and "第四十条" in html
    assert RefusedAttempt.objects.filter(action="cases.report_investigation").exists()


def test_a_slip_of_the_form_is_named_at_its_field_and_nothing_is_done(county, officer, move_clock) -> None:
    played = make_case(county, at="proved")
    answer = officer.post(url(played, "order_correction"), {"content": "", "days": "10", "once": "a2"})
    assert answer.status_code == 422 and "data-error" in answer.content.decode()
    assert not JournalEntry.objects.filter(case=played.case, kind="correction_ordered").exists()


def test_the_same_sending_twice_acts_once(county, officer, move_clock) -> None:
    played = make_case(county, at="open")
    for _time in range(2):
        assert officer.post(url(played, "add_fact"), {"text": "无证采砂", "once": "same"}).status_code == 302
    assert played.case.case_facts.count() == 1


def test_a_second_tab_that_saw_an_older_version_loses_politely(county, officer, move_clock) -> None:
    played = make_case(county, at="open")
    old = played.now().version
    officer.post(f"/cases/{played.case.pk}/amend/", {"title": "新案由", "seen_version": old, "once": "b1"})
    answer = officer.post(f"/cases/{played.case.pk}/amend/", {"title": "另一个案由", "seen_version": old, "once": "b2"})
    assert answer.status_code == 409 and "另一个案由" in answer.content.decode()
    assert played.now().title == "新案由"


def test_filing_is_asked_for_from_one_page_and_lies_with_the_heads(county, officer, move_clock) -> None:
    played = make_case(county, at="verified")
    answers = {f"q_{q}": "yes" for q in ("violation_suspected", "penalty_due", "within_jurisdiction", "within_limitation")}
    reasons = {f"why_{q[2:]}": "经核查属实" for q in answers}
    answer = officer.post(url(played, "request_filing"), {**answers, **reasons, "opinion": "建议立案", "once": "c1"})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    approval = CaseApproval.objects.get(case=played.case)
    assert approval.act == "file_case" and ApprovalRequest.objects.filter(finished_at=None).count() == 1
    page = officer.get(f"/cases/{played.case.pk}/").content.decode()
    assert "等待批准" in page


def test_a_condition_answered_with_no_needs_its_reason(county, officer, move_clock) -> None:
    played = make_case(county, at="verified")
    answer = officer.post(url(played, "request_filing"), {"q_penalty_due": "no", "opinion": "x", "once": "c2"})
    assert answer.status_code == 422 and "须写明理由" in answer.content.decode()


def test_the_head_files_the_case_directly_and_the_number_is_taken(county, client, move_clock) -> None:
    played = make_case(county, at="requested")
    client.force_login(county.people["head"].account)
    assert client.post(url(played, "file_case"), {"opinion": "同意立案", "once": "d1"}).status_code == 302
    assert played.now().case_no.endswith("号") and played.case.filed_on == played.today


def test_an_officer_asks_for_what_only_the_head_decides(county, officer, move_clock) -> None:
    played = make_case(county, at="filed")
    page = officer.get(url(played, "approve_extension")).content.decode()
    assert "报请批准" in page
    answer = officer.post(url(played, "approve_extension"), {"days": "30", "reason": "案情复杂", "once": "e1"})
    assert answer.status_code == 302
    assert CaseApproval.objects.get(case=played.case).particulars["days"] == 30


def test_a_draft_starts_with_what_the_case_and_the_rules_know(county, officer, move_clock) -> None:
    played = make_case(county, at="examined")
    html = officer.get(url(played, "write_draft")).content.decode()
    assert "河道管理条例" in html and "第四十四条" in html and "无证采砂46立方米" in html


def test_a_draft_is_written_and_the_next_one_is_a_new_version(county, officer, move_clock) -> None:
    played = make_case(county, at="drafted")
    values = {
        "kinds": ["fine"], "amount_yuan": "25,000", "fact_keys": played.party.draft.facts, "manner": "十五日内缴纳",
        "basis": "河道管理条例第四十四条第四项", "reason": "方量核减", "once": "f1", "party": played.party.pk,
    }  # fmt: skip
    assert officer.post(url(played, "write_draft"), values).status_code == 302
    draft = PenaltyDraft.objects.get(party=played.party, number=2)
    assert draft.amount_yuan == 25_000 and draft.reason == "方量核减"


def test_points_of_a_plea_are_answered_on_one_page(county, officer, move_clock) -> None:
    played = make_case(county, at="notified")
    form = {"points": "方量没有那么多\n家庭困难", "once": "g1"}
    assert officer.post(url(played, "submit_defence"), form).status_code == 302
    points = list(played.party.defences.get().points.order_by("position"))
    assert [p.text for p in points] == ["方量没有那么多", "家庭困难"]
    answers: dict[str, Any] = {"once": "g2"}
    for point in points:
        answers |= {f"adopted_{point.pk}": "no", f"answer_{point.pk}": "经复核不成立"}
    assert officer.post(url(played, "answer_points"), answers).status_code == 302
    assert all(p.adopted is False for p in played.party.defences.get().points.all())


def test_service_of_a_notice_leaves_its_proof_with_particulars(county, officer, move_clock) -> None:
    played = make_case(county, at="drafted")
    paper = officer.post(f"/cases/{played.case.pk}/documents/draft/", {"key": "penalty_notice", "party": played.party.pk})
    assert paper.status_code == 302 and "/documents/" in paper["Location"]
    document = Document.objects.get(key="penalty_notice")
    page = officer.get(url(played, "give_penalty_notice")).content.decode()
    assert f'value="{document.pk}" selected' in page
    given = {"hearing_offered": "on", "defence_days": "5", "document": document.pk, "once": "h1"}
    answer = officer.post(url(played, "give_penalty_notice"), given)
    assert answer.status_code == 302, answer.content.decode()[-4000:]
    served = {"method": "direct", "proofs": ["receipt"], "receiver": "张某", "place": "白鹿镇", "once": "h2"}
    answer = officer.post(url(played, "serve_penalty_notice"), served)
    assert answer.status_code == 302, answer.content.decode()[-4000:]
    assert ProofOfService.objects.get(document=document).receiver == "张某"


def test_each_member_speaks_with_the_own_account_and_the_head_concludes(county, client, move_clock) -> None:
    played = make_case(county, at="heard")
    from dayu.cases.tests.situations import review_party

    review_party(played)
    client.force_login(county.people["unit_head"].account)
    call = {"chair": county.people["head"].pk, "place": "会议室", "once": "i1"}
    assert client.post(url(played, "call_discussion"), call).status_code == 302
    for number, who in enumerate(("unit_head", "review_head", "head")):
        client.force_login(county.people[who].account)
        said = {"vote": "agree", "opinion": "同意", "once": f"i2{number}"}
        assert client.post(url(played, "give_discussion_opinion"), said).status_code == 302
    page = client.get(url(played, "hold_collective_discussion")).content.decode()
    assert "已有 3 人发表意见" in page
    done = client.post(url(played, "hold_collective_discussion"), {"conclusion": "同意处罚", "amount_yuan": "20000", "once": "i3"})
    assert done.status_code == 302, done.content.decode()[-3000:]
    assert JournalEntry.objects.filter(case=played.case, kind="collective_discussion_held").exists()


def test_a_step_of_the_past_is_taken_in_with_its_defect_and_explanation(county, officer, move_clock) -> None:
    move_clock(datetime(2026, 3, 2, 1, tzinfo=UTC))
    case = services.take_over_case(
        None, actor=county.officer, moment=clock.now(), title="旧案", explanation="系统启用前已立案", case_no="泽水罚立〔2026〕3号",
        officers=[county.people["officer"], county.people["second_officer"]],
    )  # fmt: skip
    entry = {"act": "file_case", "on": "2026-01-05", "explanation": "纸质立案，改在系统里办理", "once": "j1"}
    assert officer.post(f"/cases/{case.pk}/past/", entry).status_code == 302
    row = JournalEntry.objects.get(case=case, kind="filed")
    assert row.taken_over and row.happened_on.isoformat() == "2026-01-05"
    late = {"act": "file_case", "on": "2027-01-05", "once": "j2"}
    assert officer.post(f"/cases/{case.pk}/past/", late).status_code == 422


def test_what_the_program_itself_gates_is_not_entered_as_past(county, officer, move_clock) -> None:
    played = make_case(county, at="open")
    entry = {"act": "file_case", "on": "2026-01-05", "explanation": "补录", "once": "j3"}
    assert officer.post(f"/cases/{played.case.pk}/past/", entry).status_code == 422
    assert not JournalEntry.objects.filter(case=played.case, kind="filed").exists()


def test_the_list_of_acts_says_of_each_why_it_may_not_be_done(county, officer, move_clock) -> None:
    played = make_case(county, at="filed")
    html = officer.get(f"/cases/{played.case.pk}/acts/").content.decode()
    assert "作出处罚决定" in html and "第五十七条" in html and "提交调查终结报告" in html


def test_a_heavier_draft_asks_for_what_the_law_asks(county, officer, move_clock) -> None:
    played = make_case(county, at="heard")
    draft_for(played, 0, 40_000)
    html = officer.get(url(played, "submit_legal_review")).content.decode()
    assert "重于已告知的处罚" in html and "第四十四条" in html
