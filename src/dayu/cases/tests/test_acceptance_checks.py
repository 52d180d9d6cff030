"""The acceptance checks of requirements about the case, each as its row says."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from dayu.api.services import issue_token
from dayu.cases import facts, jobs, selectors, services
from dayu.cases.models import JournalEntry
from dayu.cases.services.journal import verdict_of
from dayu.cases.tests.situations import (
    _STEPS,
    MONDAY,
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
from dayu.cases.tests.test_ledger_pages import OLD, sheet
from dayu.core import clock
from dayu.core.actors import SYSTEM
from dayu.core.audit import subject_key
from dayu.core.files import store_upload
from dayu.core.jobs import start_progress
from dayu.core.refused import Refused
from dayu.documents.models import Document
from dayu.documents.services import seal_document
from dayu.law.conditions.review import REVIEW_QUESTIONS
from dayu.law.leniency import checklist
from dayu.law.refusals import worded
from dayu.legal_review import services as review_acts
from dayu.legal_review.definitions import points
from dayu.legal_review.models import LegalReview
from dayu.org import services as org
from dayu.records import facts as records_facts
from dayu.records import services as records
from dayu.records.facts import PreservedThing
from dayu.records.jobs import find_lapsed_preservations
from dayu.records.models import EvidencePreservation
from dayu.work.jobs import remind_of_deadlines
from dayu.work.models import Notification, Task

pytestmark = pytest.mark.django_db


def refused_by(act: Callable[[], Any]) -> str:
    """Do something that must be refused; answers all reasons in Chinese."""
    with pytest.raises(Refused) as refused:
        act()
    return "；".join(worded(r).reason for r in refused.value.refusals)


def rules_now(played: Played, act: str, number: int | None = None) -> set[str]:
    """The rules against an act now."""
    party = None if number is None else played.other(number)
    return {r.rule.split(".", 1)[1] for r in verdict_of(played.now(), act, today=played.today, party=party).refusals}


def browser(played: Played, who: str) -> Client:
    """Somebody of the cast, signed in."""
    client = Client()
    account = played.county.people[who].account
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def page_of(played: Played, who: str, tab: str = "") -> str:
    """What somebody reads on a page of the case."""
    answer = browser(played, who).get(f"/cases/{played.case.pk}/{tab}")
    assert answer.status_code == 200
    return answer.content.decode()


def decide(played: Played) -> JournalEntry:
    """The head decides."""
    return services.decide_penalty(played.party, **played.by("head"))


@pytest.mark.requirement("CAS-02")
def test_a_recusal_is_decided_by_the_head_while_the_investigation_goes_on(county, move_clock) -> None:
    played = make_case(county, at="filed")
    person = county.people["officer"].pk
    services.request_recusal(played.case, person_id=person, reason="近亲属", asked_by="张某", **played.by("second_officer"))
    played.deliver()
    demanded = Task.objects.open().get(act="cases.decide_recusal", related=subject_key(played.case))
    assert demanded.holder_post == "agency_head" and demanded.manner == Task.ACT
    assert services.add_fact(played.case, text="调查照常", **played.by("officer")).pk
    assert "recusal_undecided" in rules_now(played, "decide_penalty", 0)
    services.decide_recusal(played.case, person_id=person, granted=True, reason="属实", **played.by("head"))
    assert "recusal_undecided" not in rules_now(played, "decide_penalty", 0)
    played.deliver()
    assert not Task.objects.open().filter(act="cases.decide_recusal").exists()
    assert "已回避" in refused_by(lambda: services.add_fact(played.case, text="再签", **played.by("officer")))
    assert "已回避" in refused_by(
        lambda: services.report_investigation(played.case, suggestion="由已回避的人签名", **played.by("officer"))
    )
    signed = browser(played, "officer").post(
        f"/cases/{played.case.pk}/acts/report_investigation/", {"suggestion": "由已回避的人签名"}
    )
    assert signed.status_code == 422 and "已回避" in signed.content.decode()


@pytest.mark.requirement("CAS-03")
def test_a_case_filed_on_2_january_2024_is_over_time_on_the_91st_day(county, move_clock) -> None:
    filed_at = datetime(2024, 1, 2, 1, tzinfo=UTC)
    played = make_case(county, at="reviewed", moment=filed_at)
    assert (played.case.filed_on, played.case.decision_due_on) == (date(2024, 1, 2), date(2024, 4, 1))
    played.wait(91)
    assert played.today == date(2024, 4, 2)
    marks = facts.procedure_of(played.case).marks(
        "decide_penalty", facts.situation_of(played.now(), today=played.today), played.party.key
    )
    assert "办理超时限" in "".join(worded(m).reason for m in marks)
    line = next(x for x in selectors.state_of(played.now(), today=played.today).limits if x.running.request.key == "decision")
    assert line.open
    assert line.due_on < played.today
    assert "办理超时限：办案期限到 2024-04-01" in page_of(played, "officer")
    assert f"/cases/{played.case.pk}/" in browser(played, "officer").get("/cases/?due=overdue").content.decode()
    decided = decide(played)
    assert decided.defect == "procedure.decision_overdue" and "办理超时限" in decided.explanation
    assert "办理超时限" in page_of(played, "officer", "timeline/")


def test_a_case_in_time_bears_no_such_mark(county, move_clock) -> None:
    played = make_case(county, at="reviewed", moment=datetime(2024, 1, 2, 1, tzinfo=UTC)).wait(90)
    assert played.today == date(2024, 4, 1)
    assert "办理超时限" not in page_of(played, "officer")
    assert decide(played).defect == ""


@pytest.mark.requirement("CAS-07")
def test_goods_undecided_after_seven_working_days_are_alerted_and_facts_need_checked_evidence(county, move_clock) -> None:
    played = make_case(county, at="filed")
    kept = records.propose_preservation(
        subject_key(played.case), holder_name="张某", reason="可能灭失", place="龙尾段", **played.by("officer"),
        officers=[county.people["officer"], county.people["second_officer"]], things=[PreservedThing("抽砂泵", "1台")],
    )
    records.approve_preservation(kept, **played.by("head"))
    records.preserve_evidence(EvidencePreservation.objects.get(pk=kept.pk), **played.by("officer"))
    played.deliver()
    assert "preserved_undisposed" in rules_now(played, "decide_penalty", 0)
    played.wait(9)  # seven working days after Monday 2 March 2026
    find_lapsed_preservations(now=played.moment)
    assert not Task.objects.open().filter(act__startswith="records.release").exists()
    played.wait(1)
    find_lapsed_preservations(now=played.moment)
    assert EvidencePreservation.objects.get(pk=kept.pk).lapsed_at is not None
    assert Task.objects.open().filter(subject=subject_key(kept), act__startswith="records.release").exists()
    alerts = Notification.objects.filter(urgent=True, text__contains="登记保存已逾期，须解除")
    people = {county.people["officer"].pk, county.people["second_officer"].pk}
    assert set(alerts.values_list("person_id", flat=True)) == people
    fact = services.add_fact(played.case, text="无证采砂46立方米", **played.by("officer"))

    def report():
        return services.report_investigation(played.case, suggestion="处罚", **played.by("officer"))

    assert "事实缺少证据" in refused_by(report)
    item = records.add_evidence(
        subject_key(played.case), kind="scene_record", name="现场笔录", source="制作", taken_at=played.moment,
        takers=[county.people["officer"], county.people["second_officer"]], place="白鹿河龙尾段", **played.by("officer"),
    )
    services.link_evidence(fact, item=item, proves="无证采砂", **played.by("officer"))
    assert "事实缺少证据" in refused_by(report)  # linked, and nobody has checked it
    records.check_evidence(item, is_true=True, is_lawful=True, is_relevant=True, **played.by("second_officer"))
    unproved = services.add_fact(played.case, text="拒不停止", **played.by("officer"))
    assert "事实缺少证据" in refused_by(report)  # the other fact has none
    services.drop_fact(unproved, reason="不能证明", **played.by("officer"))
    assert report().kind == "investigation_reported"


@pytest.mark.requirement("CAS-10")
def test_three_points_need_three_answers_and_no_plea_makes_the_fine_heavier(county, move_clock) -> None:
    played = make_case(county, at="notified", fine=20_000)
    defence = services.submit_defence(played.party, points=["一", "二", "三"], final=True, **played.by("officer"))

    def answer(p):
        return services.answer_defence_point(p, adopted=False, answer="不成立", **played.by("officer"))

    one, two, three = defence.points.order_by("position")
    answer(one), answer(two)

    def submit():
        return services.submit_legal_review(played.party, truth_signed=True, **played.by("officer"))

    assert "申辩第 3 点没有答复" in refused_by(submit)
    answer(three)
    services.reexamine_defence(played.party, opinion="均不成立", **played.by("officer"))
    services.write_draft(played.party, **draft_values(25_000), **played.by("officer"))
    assert "不得因申辩加重处罚" in refused_by(lambda: decide(played))

    def give():
        return services.give_penalty_notice(played.party, hearing_offered=True, **played.by("officer"))

    assert "不得因申辩加重处罚" in refused_by(give)


@pytest.mark.requirement("CAS-11")
def test_a_hearing_needs_another_presider_seven_days_and_is_followed_by_review(county, move_clock) -> None:
    played = make_case(county, at="notified", fine=20_000)
    services.waive_defence(played.party, document="声明", **played.by("officer"))
    services.request_hearing(played.party, **played.by("officer"))

    def announce(on, who):
        return services.notice_hearing(
            played.party, scheduled_at=clock.legal_moment(on), place="会议室", presider=county.people[who], **played.by("officer")
        )

    assert "不得主持听证" in refused_by(lambda: announce(date(2026, 3, 20), "officer"))
    assert "最迟应当在" in refused_by(lambda: announce(date(2026, 3, 11), "presider"))  # six working days between
    announce(date(2026, 3, 12), "presider")
    played.wait(10)
    services.hold_hearing(played.party, transcript="听证笔录", opinion="维持", **played.by("presider"))
    assert "review_missing" in rules_now(played, "decide_penalty", 0)


@pytest.mark.requirement("CAS-12")
def test_no_fine_without_an_order_and_no_closing_without_a_check(county, move_clock) -> None:
    played = make_case(county, at="proved")
    services.report_investigation(played.case, suggestion="处罚", **played.by("officer"))
    services.examine_report(played.case, route="penalise", **played.by("head"))
    draft_for(played, 0, 20_000)
    notify_party(played)
    hear_party(played)

    def review_party_without_order():
        return services.submit_legal_review(
            played.party, truth_signed=True, **played.by("officer")
        )

    assert "不得只罚款而不纠正" in refused_by(review_party_without_order)
    assert "不得只罚款而不纠正" in refused_by(lambda: decide(played))
    paper = services.draft_paper(played.now(), key="penalty_decision", party=played.party, **played.by("officer"))
    assert refused_by(lambda: seal_document(paper, **played.by("head")))
    assert not Document.objects.filter(key="penalty_decision", sealed_at__isnull=False).exists()
    done = make_case(county, at="paid")

    def close():
        return services.close_case(done.case, ground="履行完毕", **done.by("head"))

    assert "不得只罚款而不纠正" in refused_by(close)
    assert rules_now(done, "enforce_correction", 0)  # nobody has looked yet
    services.verify_correction(done.party, result="not_corrected", findings="未平整", **done.by("officer"))
    assert "correction_not_done" in rules_now(done, "close_case")
    assert "不得只罚款而不纠正" not in refused_by(close)
    assert services.enforce_correction(done.party, manner="代履行", **done.by("officer")).kind == "correction_enforced"


@pytest.mark.requirement("CAS-13")
def test_a_case_without_law_education_stays_open_and_a_talk_needs_its_ground(county, move_clock) -> None:
    played = make_case(county, at="corrected")

    def close():
        return services.close_case(played.case, ground="履行完毕", **played.by("head"))

    assert refused_by(close) == "缺少普法教育记录"
    other = make_case(county, at="drafted")

    def spare():
        return services.exempt_from_penalty(
            other.party, reason="改为约谈", education="告诫约谈", **other.by("head")
        )

    assert "没有查明不予处罚的情节" in refused_by(spare)
    services.answer_leniency(
        other.party, answers={"slight_corrected_harmless": (True, "现场照片")}, **other.by("officer")
    )
    spare()
    assert JournalEntry.objects.filter(case=other.case, kind="education_recorded").exists()


@pytest.mark.requirement("CAS-14")
def test_the_decision_equals_the_minutes_to_the_yuan_and_nobody_speaks_for_the_absent(county, move_clock) -> None:
    played = make_case(county, at="heard", fine=20_000)
    assert "重大案件未经集体讨论" in refused_by(lambda: decide(played))
    review_party(played)
    discussion = services.call_discussion(played.party, chair=county.people["head"], **played.by("unit_head"))

    def speak():
        return services.give_discussion_opinion(
            discussion, member=county.people["deputy_head"], vote="agree", opinion="同意", **played.by("head")
        )

    assert "须由本人录入" in refused_by(speak)
    for who in ("head", "deputy_head", "unit_head"):
        services.give_discussion_opinion(
            discussion, member=county.people[who], vote="agree", opinion="同意", **played.by(who)
        )
    services.hold_collective_discussion(played.party, conclusion="罚款2万元", **played.by("head"))
    services.write_draft(played.party, **draft_values(19_999), **played.by("officer"))
    assert "与集体讨论结论 20,000 元不一致" in refused_by(lambda: decide(played))


@pytest.mark.requirement("CAS-17")
def test_service_needs_its_proof_and_what_is_unserved_on_the_eighth_day_is_flagged(county, move_clock) -> None:
    played = make_case(county, at="decided")

    def serve(**how):
        return services.serve_decision(played.party, **how, **played.by("officer"))

    assert "留置送达须有见证人签名，或者拍照、录像记录" in refused_by(lambda: serve(method="leave"))
    assert "电子送达须当事人同意并签订确认书" in refused_by(lambda: serve(method="electronic"))
    assert {"decision_unserved"} == rules_now(played, "publish_decision", 0) == rules_now(played, "record_payment", 0)
    played.wait(9)  # seven working days after Monday 2 March 2026
    assert "送达超过期限" not in page_of(played, "officer")
    played.wait(1)  # the eighth
    assert "送达超过期限：应当在 2026-03-11 前送达" in page_of(played, "officer")
    task = Task.objects.open().get(act="cases.serve_decision", related=subject_key(played.case))
    assert task.due_on == date(2026, 3, 11) < played.today
    remind_of_deadlines(now=played.moment)
    alerts = Notification.objects.filter(person_id=county.people["officer"].pk, urgent=True)
    assert any("已逾期" in n.text and "送达" in n.text for n in alerts)
    entry = serve(method="direct", proofs=("receipt",))
    assert entry.defect == "procedure.served_late"
    assert "送达超过期限" in page_of(played, "officer", "timeline/")
    assert "decision_unserved" not in rules_now(played, "publish_decision", 0)


@pytest.mark.requirement("DIS-03")
def test_amounts_outside_the_range_are_refused_and_off_the_tier_open_the_way_of_deviation(county, move_clock) -> None:
    played = make_case(county, at="examined")
    draft_for(played, 0, 20_000)
    services.state_range(
        played.party, min_yuan="20000", max_yuan="100000", basis="示例条例", reason="示例", **played.by("officer")
    )
    services.write_draft(played.party, **draft_values(120_000), **played.by("officer"))
    for who in ("officer", "unit_head", "head"):
        by = played.by(who)
        assert "超出法定幅度" in refused_by(
            lambda by=by: services.give_penalty_notice(played.party, hearing_offered=True, **by)
        )
    services.write_draft(played.party, **draft_values(15_000), **played.by("officer"))
    assert "below_range" in rules_now(played, "give_penalty_notice", 0)
    services.answer_leniency(played.party, answers={"harm_undone": (True, "自行平整照片")}, **played.by("officer"))
    with transaction.atomic():
        assert services.give_penalty_notice(played.party, hearing_offered=True, **played.by("officer")).pk
        transaction.set_rollback(True)
    light = {"volume_m3": 46, "first_offence": True, "stopped_voluntarily": False}
    services.amend_case(played.now(), facts=light, **played.by("officer"))
    services.write_draft(played.party, **draft_values(90_000), **played.by("officer"))
    assert "偏离裁量基准须说明理由" in refused_by(
        lambda: services.give_penalty_notice(played.party, hearing_offered=True, **played.by("officer"))
    )
    services.write_draft(played.party, **draft_values(90_000, deviation_reason="多次举报仍夜间采砂"), **played.by("officer"))
    notify_party(played, hearing=True)
    hear_party(played)
    assert {"review_missing", "discussion_missing"} <= rules_now(played, "decide_penalty", 0)


@pytest.mark.requirement("DIS-05")
def test_a_spared_party_is_not_fined_and_an_old_violation_is_not_penalised(county, move_clock) -> None:
    played = make_case(county, at="examined")
    services.write_draft(played.party, **draft_values(20_000), **played.by("officer"))

    def give():
        return services.give_penalty_notice(played.party, hearing_offered=True, **played.by("officer"))

    assert "减免情节未核查" in refused_by(give)
    draft_for(played, 0, 20_000)
    services.answer_leniency(
        played.party, answers={"slight_corrected_harmless": (True, "现场照片")}, **played.by("officer")
    )
    assert "no_penalty_due" in rules_now(played, "give_penalty_notice", 0)
    entry = services.exempt_from_penalty(
        played.party, reason="轻微并及时改正，没有危害后果", education="当面教育", **played.by("head")
    )
    assert entry.kind == "no_penalty_decided"
    paper = Document.objects.get(key="no_penalty_decision", party=subject_key(played.party))
    assert paper.number and paper.fields["education"] == "当面教育"
    assert paper.fields["ground"].startswith("违法行为轻微并及时改正") and "第三十三条" in paper.fields["decision_basis"]
    assert JournalEntry.objects.filter(case=played.case, kind="education_recorded").exists()
    old = make_case(county, at="verified", moment=MONDAY)
    ended = {"acted_from": "2024-01-02", "acted_to": "2024-01-02", "discovered_on": "2026-03-02"}
    services.amend_case(old.case, **ended, **old.by("officer"))

    def ask():
        return services.request_filing(old.case, **old.by("officer"))

    assert "已过追责期限" in refused_by(ask)
    late = make_case(county, at="drafted")
    services.amend_case(late.now(), **ended, **late.by("officer"))
    assert "已过追责期限" in refused_by(
        lambda: services.give_penalty_notice(late.party, hearing_offered=True, **late.by("officer"))
    )


@pytest.mark.requirement("REV-02")
def test_a_heard_case_with_all_answers_no_is_routed_to_review_and_so_is_a_blank_answer(county, move_clock) -> None:
    plain, blank, heard = (make_case(county, at="examined") for _number in range(3))
    for played, answered, hearing in ((plain, True, False), (blank, False, False), (heard, True, True)):
        small_draft(played, scope_answered=answered)
        notify_party(played, hearing=hearing)
        if hearing:
            services.waive_defence(played.party, document="声明", **played.by("officer"))
            services.request_hearing(played.party, **played.by("officer"))
            services.notice_hearing(
                played.party, scheduled_at=clock.legal_moment(date(2026, 3, 20)), place="会议室",
                presider=county.people["presider"], **played.by("officer"),
            )
            played.wait(18)
            services.hold_hearing(played.party, transcript="听证笔录", opinion="维持", **played.by("presider"))
        else:
            hear_party(played)
        played.deliver()
    routed = [
        Task.objects.open().filter(act="cases.submit_legal_review", related=subject_key(played.case)).exists()
        for played in (plain, blank, heard)
    ]
    assert routed == [False, True, True]
    for played in (blank, heard):
        assert "未经法制审核或者审核未通过，不得作出决定" in refused_by(lambda played=played: decide(played))
    assert decide(plain).kind == "decision_sealed"


def small_draft(played: Played, *, scope_answered: bool) -> None:
    """A fine below every threshold; the soft questions of scope all answered "no", or left blank."""
    services.state_range(
        played.party, min_yuan="1000", max_yuan="100000", basis="示例条例", reason="示例", **played.by("officer")
    )
    answers = {i.key: (False, "") for i in checklist(natural_person=True)}
    services.answer_leniency(played.party, answers=answers, **played.by("officer"))
    if scope_answered:
        noes = dict.fromkeys(REVIEW_QUESTIONS, (False, "不涉及"))
        services.answer_review_scope(played.party, answers=noes, **played.by("officer"))
    services.write_draft(played.party, **draft_values(4_000), **played.by("officer"))


@pytest.mark.requirement("REV-03")
def test_one_digit_altered_after_review_is_refused_through_every_door(county, move_clock) -> None:
    cache.clear()
    played = make_case(county, at="heard", fine=20_000)
    review_party(played)
    if "discussion_missing" in services_needed(played, 0):
        discuss_party(played)
    seen_party = played.party
    services.write_draft(played.party, **draft_values(19_999), **played.by("officer"))
    words = "未经法制审核或者审核未通过，不得作出决定"
    assert words in refused_by(lambda: decide(played))
    paper = Document.objects.filter(key="penalty_decision").latest("id")
    services.refill_paper(played.case, document=paper, **played.by("officer"))
    assert "法制审核" in refused_by(lambda: seal_document(paper, **played.by("head")))
    assert words in call_api(played, "head", "cases.decide_penalty")

    def past():
        return services.enter_past_step(
            played.case, act="decide_penalty", on=played.today, party=played.party, explanation="补录", **played.by("head")
        )

    assert "不能补录" in refused_by(past)
    first_tab = browser(played, "head")
    form = {"opinion": "同意", "party": played.party.key, "once": "tab-1", "seen_version": str(seen_party.version)}
    second_tab = first_tab.post(f"/cases/{played.case.pk}/acts/decide_penalty/?party={played.party.key}", form)
    assert second_tab.status_code == 409
    again = first_tab.post(
        f"/cases/{played.case.pk}/acts/decide_penalty/?party={played.party.key}",
        {**form, "once": "tab-2", "seen_version": str(played.party.version)},
    )
    assert again.status_code == 422 and words in again.content.decode()
    failures = imported_in_bulk(played)
    assert len(failures) == 1 and "已经使用" in failures[0]["reason"]
    assert played.party.decided_on is None
    assert not Document.objects.filter(key="penalty_decision", sealed_at__isnull=False).exists()


def imported_in_bulk(played: Played) -> list[Any]:
    """An old ledger that says this very case was decided, put in as a file; answers the rows that were not taken."""
    row = {**OLD, "案号": played.now().case_no, "当事人": played.party.name, "罚款金额": 19_999}
    stored = store_upload(sheet(row))
    progress = start_progress("导入", actor=played.county.officer, total=1, moment=played.moment)
    jobs.import_ledger.call(progress.pk, stored.sha256, "批量导入", played.county.officer.person_id)
    progress.refresh_from_db()
    return progress.failures


def call_api(played: Played, who: str, key: str) -> str:
    """What the door for programs answers."""
    actor = getattr(played.county, who)
    token = issue_token(
        None, actor=actor, moment=clock.now(), label="测试程序", expires_on=played.today + timedelta(days=30), may_write=True
    )
    body = {"target": subject_key(played.party), "arguments": {}}
    answer = Client().post(
        f"/api/actions/{key}", json.dumps(body), content_type="application/json",
        headers={"Authorization": f"Bearer {token.secret}"},
    )
    assert answer.status_code == 422
    return str(answer.content, "utf-8").encode().decode("unicode_escape") if "\\u" in answer.content.decode() else (
        answer.content.decode()
    )


@pytest.mark.requirement("REV-08")
def test_an_expired_certificate_and_a_late_notice_are_red_before_anybody_judges(county, move_clock) -> None:
    played = make_case(county, at="proved")
    inquiry_with_expired_certificate(played)
    for stage in ("ordered", "reported", "examined", "drafted"):
        _STEPS[stage](played, 20_000)
    notify_party(played, hearing=True)
    services.waive_defence(played.party, document="声明", **played.by("officer"))
    services.request_hearing(played.party, **played.by("officer"))
    played.wait(1)
    late = played.today + timedelta(days=4)
    services.enter_past_step(
        played.case, act="notice_hearing", on=played.today, party=played.party, explanation="当事人要求提前，有书面记录",
        params={"held_on": late, "place": "会议室", "presider": str(county.people["presider"].pk)}, **played.by("officer"),
    )
    played.wait(5)
    services.hold_hearing(played.party, transcript="听证笔录", opinion="维持", **played.by("presider"))
    review = submitted_review(played)
    reader = browser(played, "reviewer")
    shown = reader.get(f"/legal-review/{review.pk}/").content.decode()
    for point, words in (("subject", "2026-02-20 询问笔录存在瑕疵"), ("procedure", "听证通知不足七个工作日")):
        block = shown.split(f'id="{point}"')[1].split("</li>")[0]
        assert block.lstrip().startswith('data-state="overdue"') and words in block and "tone-danger" in block
    for key in points():
        assert reader.post(f"/legal-review/{review.pk}/points/{key}/", {"answer": "fine"}).status_code == 302
    signed = reader.post(f"/legal-review/{review.pk}/conclude/", {"conclusion": "pass", "opinion": "同意"})
    assert signed.status_code == 422 and "主体、程序" in signed.content.decode()
    for key in ("subject", "procedure"):
        ground = {"answer": "fine", "ground": "换证期间另一名执法人员持证在场，当事人书面同意提前"}
        assert reader.post(f"/legal-review/{review.pk}/points/{key}/", ground).status_code == 302
    signed = reader.post(f"/legal-review/{review.pk}/conclude/", {"conclusion": "pass", "opinion": "同意"})
    assert signed.status_code == 302
    review.refresh_from_db()
    assert review.passed


def inquiry_with_expired_certificate(played: Played) -> None:
    """An inquiry of 20 February by two officers, one of whom had his certificate renewed only on the first of March."""
    officer, moment = played.county.people["officer"], played.moment
    old = officer.certificates.get()
    org.revoke_certificate(old, actor=SYSTEM, moment=moment, revoked_on=date(2026, 2, 10), reason="有效期届满")
    org.issue_certificate(
        officer, actor=SYSTEM, moment=moment, number="99012100099", issuing_authority="沧宁省人民政府",
        issued_in=old.issued_in, region=old.region, valid_from=date(2026, 3, 1), valid_until=date(2031, 2, 28),
    )
    began = datetime(2026, 2, 20, 2, tzinfo=UTC)
    written = records_facts.Proceedings(
        kind="interview_record", place="白鹿镇", started_at=began, ended_at=began + timedelta(hours=1), examined_name="张某",
        certificates_shown=True, rights_told=True, signature="signed", officers_signed=True,
        officers=[(officer, "asks"), (played.county.people["second_officer"], "writes")],
    )
    records.record_proceedings(
        subject_key(played.case), written=written, explanation="证件换发期间询问，已补正", **played.by("officer")
    )


def submitted_review(played: Played) -> LegalReview:
    """The draft lies with the reviewer; nobody has judged anything."""
    review_acts.name_review_body(
        played.county.agency, basis="三定规定", valid_from=date(2020, 1, 1), unit=played.county.units["legal"],
        **played.by("head"),
    )
    found = services.submit_legal_review(played.party, truth_signed=True, **played.by("officer"))
    if found.reviewer_id is None:
        review_acts.assign_reviewer(found, reviewer=played.county.people["reviewer"], **played.by("review_head"))
    return found
