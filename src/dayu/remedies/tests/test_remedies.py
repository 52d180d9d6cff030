"""Reconsideration, litigation, recommendations: each act works, refuses the wrong person, refuses the wrong time."""

from datetime import timedelta

import pytest

from dayu.cases.doors import door_of
from dayu.cases.models import JournalEntry
from dayu.core.events import EventRow
from dayu.core.refused import Refused
from dayu.law.citations import cite, law
from dayu.law.tests.statute_texts import article_text
from dayu.records.services import add_evidence
from dayu.remedies.bundle import arabic, bundle_of
from dayu.remedies.models import Litigation, ProcuratorialRecommendation, Reconsideration
from dayu.remedies.selectors import has_open_remedy, pauses_of
from dayu.remedies.services import (
    HEAD_APPEARS,
    LATE_EVIDENCE,
    answer_reconsideration,
    answer_suit,
    conclude_reconsideration,
    conclude_suit,
    receive_reconsideration_copy,
    receive_suit_copy,
    record_court_hearing,
    register_recommendation,
    register_reconsideration,
    register_suit,
    reply_to_recommendation,
)
from dayu.remedies.tests.conftest import rules
from dayu.work.models import RunningDeadline, Task


def reconsider(played, **changed) -> Reconsideration:
    values = {
        "body": "泽川县人民政府", "filed_on": played.today, "handler": played.county.people["reviewer"],
        "copy_received_on": played.today, **played.by("reviewer"),
    }  # fmt: skip
    return register_reconsideration(played.party, **(values | changed))


def sue(played, **changed) -> Litigation:
    values = {
        "court": "泽川县人民法院", "filed_on": played.today, "handler": played.county.people["reviewer"],
        "copy_received_on": played.today, **played.by("reviewer"),
    }  # fmt: skip
    return register_suit(played.party, **(values | changed))


def test_with_the_copy_the_ten_working_days_run_on_a_named_person_and_the_case_knows(county, served):
    served.wait(5)
    row = reconsider(served)
    running = RunningDeadline.objects.open().get(limit_key="reconsider_answer")
    assert running.unit == "working_days" and running.responsible_person_id == county.reviewer.person_id
    task = Task.objects.open().get(act="remedies.reconsider_answer")
    assert task.holder_person_id == county.reviewer.person_id and task.related == f"cases.case:{served.case.pk}"
    entry = JournalEntry.objects.get(kind="reconsideration_filed")
    assert (entry.happened_on, entry.source) == (served.today, f"remedies.reconsideration:{row.pk}")
    assert EventRow.objects.get(name="remedies.RemedyFiled").content["kind"] == "reconsideration"


def test_the_simplified_procedure_has_five_working_days(served):
    served.wait(5)
    reconsider(served)
    ordinary = RunningDeadline.objects.get(limit_key="reconsider_answer").due_on
    row = Reconsideration.objects.get()
    conclude_reconsideration(row, result="withdrawn", decided_on=served.today, words="撤回", **served.by("reviewer"))
    reconsider(served, copy_received_on=None)
    receive_reconsideration_copy(
        Reconsideration.objects.first(), received_on=served.today, simplified=True, **served.by("reviewer")
    )
    assert RunningDeadline.objects.open().get(limit_key="reconsider_answer").due_on < ordinary


def test_an_answer_ends_the_limit_and_a_late_one_is_recorded_as_late(county, served):
    served.wait(5)
    row = reconsider(served)
    with pytest.raises(Refused) as caught:
        answer_reconsideration(row, answered_on=served.today, **served.by("third_officer"))
    assert rules(caught) == ["cases.not_an_officer"]
    served.wait(30)
    answer_reconsideration(row, answered_on=served.today, **served.by("reviewer"))
    assert row.answer_late and not Task.objects.open().filter(act="remedies.reconsider_answer").exists()
    with pytest.raises(Refused) as caught:
        answer_reconsideration(row, answered_on=served.today, **served.by("reviewer"))
    assert rules(caught) == ["remedies.is_answered"]


def test_there_is_nothing_to_answer_before_the_copy_and_the_copy_comes_once(served):
    served.wait(5)
    row = reconsider(served, copy_received_on=None)
    with pytest.raises(Refused) as caught:
        answer_reconsideration(row, answered_on=served.today, **served.by("reviewer"))
    assert rules(caught) == ["remedies.copy_not_received"]
    receive_reconsideration_copy(row, received_on=served.today, **served.by("reviewer"))
    with pytest.raises(Refused) as caught:
        receive_reconsideration_copy(row, received_on=served.today, **served.by("reviewer"))
    assert rules(caught) == ["remedies.copy_is_there"]
    with pytest.raises(Refused) as caught:
        receive_reconsideration_copy(row, received_on=served.today, **served.by("third_officer"))
    assert rules(caught) == ["cases.not_an_officer"]


def test_days_stand_in_order_and_the_handler_is_of_the_organ(county, served):
    served.wait(5)
    for changed, rule in (
        ({"filed_on": served.today + timedelta(days=1)}, "remedies.day_to_come"),
        ({"filed_on": served.party.decided_on - timedelta(days=1)}, "remedies.day_too_early"),
        ({"handler": county.people["stranger"]}, "remedies.not_of_the_organ"),
        ({"body": " "}, "remedies.words_needed"),
    ):
        with pytest.raises(Refused) as caught:
            reconsider(served, **changed)
        assert rules(caught) == [rule]
    with pytest.raises(Refused) as caught:
        reconsider(served, **served.by("third_officer"))
    assert rules(caught) == ["cases.not_an_officer"]
    assert Reconsideration.objects.count() == 0


def test_the_decision_of_the_reviewing_body_is_told_to_the_case_once(served):
    served.wait(5)
    row = reconsider(served)
    served.wait(20)
    values = {"decided_on": served.today, "words": "维持", **served.by("reviewer")}
    with pytest.raises(Refused) as caught:
        conclude_reconsideration(row, result="perhaps", **values)
    assert rules(caught) == ["remedies.unknown_result"]
    with pytest.raises(Refused) as caught:
        conclude_reconsideration(row, result="upheld", **(values | served.by("third_officer")))
    assert rules(caught) == ["cases.not_an_officer"]
    conclude_reconsideration(row, result="upheld", **values)
    assert JournalEntry.objects.filter(kind="reconsideration_decided").count() == 1
    with pytest.raises(Refused) as caught:
        conclude_reconsideration(row, result="upheld", **values)
    assert rules(caught) == ["remedies.is_concluded"]
    assert not has_open_remedy(served.party)


def test_the_additional_fine_stands_still_from_filing_to_decision_both_days_included(served):
    served.wait(5)
    first = served.today
    row = reconsider(served)
    served.wait(20)
    conclude_reconsideration(row, result="upheld", decided_on=served.today, words="维持", **served.by("reviewer"))
    ended = served.today
    served.wait(3)
    suit = served.today
    sue(served)
    served.wait(4)
    assert pauses_of(served.party, until=served.today) == [(first, ended), (suit, served.today)]
    assert pauses_of(served.party, until=first - timedelta(days=1)) == []


def test_a_suit_has_fifteen_days_for_answer_and_evidence_and_late_evidence_is_marked(county, served):
    served.wait(5)
    row = sue(served, copy_received_on=None)
    with pytest.raises(Refused) as caught:
        answer_suit(row, answered_on=served.today, evidence_on=served.today, **served.by("reviewer"))
    assert rules(caught) == ["remedies.copy_not_received"]
    receive_suit_copy(row, received_on=served.today, **served.by("reviewer"))
    task = Task.objects.open().get(act="remedies.suit_answer")
    assert (task.due_on - served.today).days >= 15 and task.basis
    with pytest.raises(Refused) as caught:
        receive_suit_copy(row, received_on=served.today, **served.by("reviewer"))
    assert rules(caught) == ["remedies.copy_is_there"]
    served.wait(40)
    late = served.today
    with pytest.raises(Refused) as caught:
        answer_suit(row, answered_on=late, evidence_on=late, **served.by("third_officer"))
    assert rules(caught) == ["cases.not_an_officer"]
    answer_suit(row, answered_on=late - timedelta(days=30), evidence_on=late, **served.by("reviewer"))
    assert row.answer_late
    with pytest.raises(Refused) as caught:
        answer_suit(row, answered_on=late, evidence_on=late, **served.by("reviewer"))
    assert rules(caught) == ["remedies.is_answered"]


def test_the_head_appears_in_court_or_the_reason_is_written_down(served):
    served.wait(5)
    row = sue(served)
    values = {"hearing_on": served.today, **served.by("reviewer")}
    with pytest.raises(Refused) as caught:
        record_court_hearing(row, head_appeared=False, **values)
    assert rules(caught) == ["remedies.absence_unexplained"]
    with pytest.raises(Refused) as caught:
        record_court_hearing(row, head_appeared=True, **values)
    assert rules(caught) == ["remedies.words_needed"]
    with pytest.raises(Refused) as caught:
        record_court_hearing(row, head_appeared=True, head_name="x", **(values | served.by("third_officer")))
    assert rules(caught) == ["cases.not_an_officer"]
    record_court_hearing(row, head_appeared=True, head_name="韩立言", **values)
    conclude_suit(row, result="upheld", judged_on=served.today, words="驳回诉讼请求", **served.by("reviewer"))
    with pytest.raises(Refused) as caught:
        record_court_hearing(row, head_appeared=True, head_name="韩立言", **values)
    assert rules(caught) == ["remedies.is_concluded"]


def test_only_a_final_judgment_is_told_to_the_case(served):
    served.wait(5)
    row = sue(served)
    values = {"judged_on": served.today, "words": "驳回", **served.by("reviewer")}
    with pytest.raises(Refused) as caught:
        conclude_suit(row, result="upheld", **(values | served.by("third_officer")))
    assert rules(caught) == ["cases.not_an_officer"]
    conclude_suit(row, result="upheld", final=False, **values)
    assert not JournalEntry.objects.filter(kind="suit_decided").exists()
    with pytest.raises(Refused) as caught:
        conclude_suit(row, result="upheld", **values)
    assert rules(caught) == ["remedies.is_concluded"]


def recommend(county, played, **changed) -> ProcuratorialRecommendation:
    values = {
        "procuratorate": "泽川县人民检察院", "number": "泽检建〔2026〕3号", "content": "依法履行监管职责",
        "received_on": played.today, "handler": county.people["reviewer"], **played.by("reviewer"),
    }  # fmt: skip
    return register_recommendation(None, **(values | changed))


def test_a_recommendation_has_two_months_or_fifteen_days_and_a_named_person(county, served):
    recommend(county, served)
    slow = RunningDeadline.objects.get(limit_key="procurator_reply").due_on
    urgent = recommend(county, served, number="泽检建〔2026〕4号", urgent=True)
    quick = RunningDeadline.objects.get(subject=f"remedies.procuratorialrecommendation:{urgent.pk}").due_on
    assert (quick - served.today).days == 15 and slow > quick
    assert Task.objects.open().filter(act="remedies.reply_to_recommendation").count() == 2


def test_recommendations_are_registered_once_by_the_organ_and_replied_to_once(county, served):
    row = recommend(county, served)
    with pytest.raises(Refused) as caught:
        recommend(county, served)
    assert rules(caught) == ["remedies.recommendation_is_there"]
    with pytest.raises(Refused) as caught:
        recommend(county, served, number="x", **served.by("archivist"))
    assert rules(caught) == ["core.not_permitted"]
    with pytest.raises(Refused) as caught:
        recommend(county, served, number="x", received_on=served.today + timedelta(days=1))
    assert rules(caught) == ["remedies.day_to_come"]
    values = {"replied_on": served.today, "words": "已整改", **served.by("reviewer")}
    with pytest.raises(Refused) as caught:
        reply_to_recommendation(row, **(values | served.by("stranger")))
    assert rules(caught) == ["core.not_permitted"]
    reply_to_recommendation(row, **values)
    assert not row.reply_late and not Task.objects.open().filter(act="remedies.reply_to_recommendation").exists()
    with pytest.raises(Refused) as caught:
        reply_to_recommendation(row, **values)
    assert rules(caught) == ["remedies.is_answered"]


def test_the_bundle_freezes_the_evidence_as_of_the_decision_and_numbers_the_pages(county, served):
    served.wait(10)
    add_evidence(
        f"cases.case:{served.case.pk}", kind="document", name="迟到的收据", source="当事人提供", taken_at=served.moment,
        provided_by="张某", **served.by("officer"),
    )  # fmt: skip
    bundle = bundle_of(served.party)
    assert [x.item.name for x in bundle.frozen] == ["现场笔录"]
    assert [x.item.name for x in bundle.later] == ["迟到的收据"]
    assert [x.number for x in (*bundle.frozen, *bundle.later)] == [1, 2]
    assert bundle.frozen[0].proves == "无证采砂" and bundle.frozen[0].pages == "1"
    assert [x.on for x in bundle.course] == sorted(x.on for x in bundle.course)
    assert bundle.basis[0].cited.endswith("第四十四条第四项")


@pytest.mark.parametrize(
    ("numeral", "number"), [("三", 3), ("十", 10), ("四十四", 44), ("一百零三", 103), ("一千零五十四", 1054)]
)
def test_numerals_of_statutes_are_read(numeral, number):
    assert arabic(numeral) == number


def test_cited_words_stand_in_the_statutes(shared_folder):
    for cited in (HEAD_APPEARS, LATE_EVIDENCE, cite("penalty-law", 54, 2, anchor="应当及时立案")):
        edition = next(e for e in law(cited.law).editions if e.edition == cited.edition)
        text = article_text(edition.corpus, cited.article, cited.paragraph, cited.item)
        assert text and cited.anchor in text


def test_the_pages_show_the_remedies_of_a_case_and_take_its_acts(county, served, sign_in):
    served.wait(5)
    reviewer = sign_in("reviewer")
    day = served.today.isoformat()
    answer = reviewer.post(
        f"/remedies/parties/{served.party.pk}/suit/",
        {"court": "泽川县人民法院", "instance": "first", "filed_on": day, "copy_received_on": day,
         "handler": county.reviewer.person_id},
    )  # fmt: skip
    row = Litigation.objects.get()
    assert answer.url == row.get_absolute_url()
    assert "提交答辩状、证据和依据" in reviewer.get(answer.url).content.decode()
    reviewer.post(f"/remedies/suits/{row.pk}/answer/", {"answered_on": day, "evidence_on": day})
    reviewer.post(
        f"/remedies/suits/{row.pk}/hearing/", {"hearing_on": day, "head_appeared": "yes", "head_name": "韩立言"}
    )
    reviewer.post(f"/remedies/suits/{row.pk}/conclude/", {"result": "upheld", "judged_on": day, "final": "on", "words": "驳回"})
    row.refresh_from_db()
    assert (row.result, row.head_name) == ("upheld", "韩立言")
    reviewer.post(
        f"/remedies/parties/{served.party.pk}/reconsideration/",
        {"body": "泽川县人民政府", "filed_on": day, "handler": county.reviewer.person_id},
    )
    asked = Reconsideration.objects.get()
    reviewer.post(f"/remedies/reconsiderations/{asked.pk}/copy/", {"received_on": day})
    reviewer.post(f"/remedies/reconsiderations/{asked.pk}/answer/", {"answered_on": day})
    reviewer.post(
        f"/remedies/reconsiderations/{asked.pk}/conclude/", {"result": "withdrawn", "decided_on": day, "words": "撤回"}
    )
    reviewer.post(
        "/remedies/recommendations/new/",
        {"procuratorate": "检察院", "number": "1号", "content": "内容", "received_on": day, "handler": county.reviewer.person_id},
    )  # fmt: skip
    advised = ProcuratorialRecommendation.objects.get()
    reviewer.post(f"/remedies/recommendations/{advised.pk}/reply/", {"replied_on": day, "words": "已办"})
    page = reviewer.get("/remedies/").content.decode()
    assert "泽川县人民法院" in page and "泽川县人民政府" in page and "1号" in page
    assert "证据目录" in reviewer.get(f"/remedies/parties/{served.party.pk}/bundle/").content.decode()
    assert reviewer.get(advised.get_absolute_url()).status_code == 200
    assert sign_in("stranger").get(row.get_absolute_url()).status_code == 404
    related = sign_in("officer").get(f"/cases/{served.case.pk}/related/").content.decode()
    assert "复议、诉讼" in related and "应诉材料" in related


def test_the_acts_of_the_case_lead_to_the_pages_of_remedies(served):
    case, party = served.case.pk, served.party.key
    assert door_of("record_suit", case, party) == f"/remedies/parties/{served.party.pk}/suit/"
    assert door_of("record_reconsideration", case, party) == f"/remedies/parties/{served.party.pk}/reconsideration/"
    assert door_of("record_judgment", case, party).startswith(f"/cases/{case}/acts/record_judgment/")
    served.wait(5)
    suit, asked = sue(served), reconsider(served)
    assert door_of("record_judgment", case, party) == f"/remedies/suits/{suit.pk}/conclude/"
    assert door_of("record_reconsideration_decision", case, party) == f"/remedies/reconsiderations/{asked.pk}/conclude/"
