"""An on-site check in its lawful order: each act works, refuses the wrong person, refuses the wrong time."""

from datetime import timedelta

import pytest

from dayu.core.actors import STRANGER
from dayu.core.audit import AuditEntry, RefusedAttempt
from dayu.core.events import EventRow
from dayu.core.refused import Refused
from dayu.inspections.models import OnSiteCheck
from dayu.inspections.services import (
    arrive,
    conclude_check,
    confirm_presence,
    enter_past_check,
    finish_looking,
    note_finding,
    record_recheck,
    replace_officer,
    show_certificates,
    tell_rights,
    withdraw_finding,
    write_record,
)
from dayu.inspections.steps import ORDER, Progress, missing_before
from dayu.inspections.tests.conftest import DUMPING, NOW, PASSWORD, TODAY, at, rules
from dayu.leads.models import Lead, LeadOrder
from dayu.leads.services import assign_lead, mark_lead_declined, register_lead
from dayu.org.services import suspend_certificate
from dayu.parties.selectors import read_party
from dayu.parties.services import register_party
from dayu.records.facts import Proceedings
from dayu.work.models import RunningDeadline, Task


def test_the_order_of_steps_is_the_lawful_one_from_every_state():
    for done in range(len(ORDER) + 1):
        progress = Progress(*[i < done for i in range(len(ORDER))])
        for place, step in enumerate(ORDER):
            assert (missing_before(progress, step) == "") == (place <= done)


def test_a_check_begins_with_two_certified_officers_and_is_found(county, begin):
    check = begin()
    assert check.number == "泽水检查〔2026〕1号"
    assert [o.leads for o in check.officers.all()] == [True, False]
    assert AuditEntry.objects.get(action="inspections.open_check").subject == f"inspections.onsitecheck:{check.pk}"


@pytest.mark.parametrize(
    ("people", "rule"),
    [
        (["officer"], "org.too_few_officers"),
        (["officer", "reviewer"], "org.certificate_invalid"),
        (["second_officer", "third_officer"], "inspections.opener_takes_part"),
    ],
)
def test_a_check_with_the_wrong_officers_does_not_begin(county, begin, people, rule):
    with pytest.raises(Refused) as caught:
        begin(officers=[county.people[p] for p in people])
    assert rule in rules(caught)
    assert OnSiteCheck.objects.count() == 0


def test_units_without_power_and_strangers_do_not_check(county, begin):
    with pytest.raises(Refused) as caught:
        begin(actor=county.reviewer)
    assert rules(caught) == ["org.unit_without_power"]
    with pytest.raises(Refused) as caught:
        begin(actor=STRANGER)
    assert rules(caught) == ["core.sign_in_first"]
    with pytest.raises(Refused) as caught:
        begin(place=" ")
    assert rules(caught) == ["inspections.words_needed"]


def test_skipping_the_certificates_blocks_every_later_step_with_its_article(county, up_to):
    check = up_to("arrive")
    for act, more in (
        (tell_rights, {"answer": "听清了"}),
        (note_finding, {"text": "堆砂"}),
        (finish_looking, {}),
        (write_record, {"text": "x", "signature": "signed"}),
        (conclude_check, {"result": "no_problem", "words": "x"}),
    ):
        with pytest.raises(Refused) as caught:
            act(check, actor=county.officer, moment=at(10), **more)
        assert rules(caught) == ["inspections.show_first"]
        assert "请先亮证并说明来意" in caught.value.refusals[0].as_json()["reason"]
        assert caught.value.refusals[0].basis[0].text() == "行政处罚法第五十五条第一款"
    assert RefusedAttempt.objects.count() == 5


def test_only_an_officer_of_the_check_works_on_it(county, up_to):
    check = up_to("arrive")
    for actor, rule in (
        (county.third_officer, "inspections.not_an_officer"),
        (county.stranger, "core.not_permitted"),
        (county.head, "core.not_permitted"),
    ):
        with pytest.raises(Refused) as caught:
            arrive(check, actor=actor, moment=at(10), present_name="马某", present_role="x")
        assert rules(caught) == [rule]


def test_certificates_are_shown_when_the_second_officer_is_really_there(county, up_to):
    check = up_to("arrive")
    arrive(check, actor=county.officer, moment=at(10), present_name="马某", present_role="现场负责人")
    with pytest.raises(Refused) as caught:
        show_certificates(check, actor=county.officer, moment=at(10, 5))
    assert rules(caught) == ["inspections.officer_not_confirmed"]
    second = county.people["second_officer"]
    with pytest.raises(Refused) as caught:
        confirm_presence(check, actor=county.officer, moment=at(10, 1), officer=second, secret="wrong")
    assert rules(caught) == ["inspections.wrong_secret"]
    confirm_presence(check, actor=county.officer, moment=at(10, 2), officer=second, secret=PASSWORD)
    show_certificates(check, actor=county.officer, moment=at(10, 5))
    assert sorted(check.officers.values_list("certificate_no", flat=True)) == ["99012100001", "99012100002"]
    assert PASSWORD not in str(list(AuditEntry.objects.values_list("detail", flat=True)))


def test_a_certificate_suspended_on_the_way_stops_the_check(county, up_to):
    check = up_to("show")
    certificate = county.people["second_officer"].certificates.get()
    suspend_certificate(
        certificate, actor=county.administrator, moment=at(10, 1), from_on=TODAY, reason="年度考核不合格"
    )
    with pytest.raises(Refused) as caught:
        show_certificates(check, actor=county.officer, moment=at(10, 5))
    assert rules(caught) == ["org.certificate_invalid"]


def test_a_colleague_comes_instead_before_certificates_are_shown(county, up_to):
    people = county.people
    check = up_to("arrive")
    replace_officer(
        check, actor=county.officer, moment=at(9, 30), leaving=people["second_officer"], coming=people["third_officer"]
    )
    assert {o.person for o in check.officers.all()} == {people["officer"], people["third_officer"]}
    shown = up_to("tell")
    with pytest.raises(Refused) as caught:
        replace_officer(
            shown, actor=county.officer, moment=at(11), leaving=people["second_officer"], coming=people["soil_officer"]
        )
    assert rules(caught) == ["inspections.certificates_are_shown"]
    with pytest.raises(Refused) as caught:
        replace_officer(
            check, actor=county.second_officer, moment=at(9), leaving=people["officer"], coming=people["soil_officer"]
        )
    assert rules(caught) == ["inspections.not_an_officer"]


def test_each_step_is_done_once(county, up_to):
    check = up_to("look")
    for act, more in (
        (arrive, {"present_name": "x", "present_role": "x"}),
        (show_certificates, {}),
        (tell_rights, {"answer": "x"}),
    ):
        with pytest.raises(Refused) as caught:
            act(check, actor=county.officer, moment=at(11), **more)
        assert rules(caught) == ["inspections.step_is_done"]


def test_findings_are_noted_withdrawn_with_a_reason_and_closed_by_the_record(county, up_to):
    check = up_to("look")
    wrong = note_finding(check, actor=county.officer, moment=at(10, 20), text="堆砂约300立方米")
    withdraw_finding(check, actor=county.officer, moment=at(10, 21), finding=wrong, reason="实测约30立方米")
    right = note_finding(check, actor=county.second_officer, moment=at(10, 22), text="堆砂约30立方米")
    with pytest.raises(Refused) as caught:
        note_finding(check, actor=county.officer, moment=at(10, 23), text="x", violation="no-such")
    assert rules(caught) == ["inspections.unknown_violation"]
    finish_looking(check, actor=county.officer, moment=at(10, 50))
    with pytest.raises(Refused) as caught:
        note_finding(check, actor=county.officer, moment=at(11), text="又一处")
    assert rules(caught) == ["inspections.step_is_done"]
    write_record(check, actor=county.officer, moment=at(11), text="堆砂约30立方米", signature="signed")
    with pytest.raises(Refused) as caught:
        withdraw_finding(check, actor=county.officer, moment=at(11), finding=right, reason="x")
    assert rules(caught) == ["inspections.record_is_written"]


def test_the_record_names_the_officers_and_their_numbers_and_a_refused_signature_is_noted(county, up_to):
    check = up_to("write")
    with pytest.raises(Refused) as caught:
        write_record(check, actor=county.officer, moment=at(11), text="情况", signature="refused")
    assert rules(caught) == ["records.refusal_not_noted"]
    write_record(
        check, actor=county.officer, moment=at(11), text="情况", signature="refused", signature_note="拒绝签名，已注明"
    )
    record = check.record
    assert (record.kind, record.certificates_shown, record.rights_told) == ("on_site_record", True, True)
    assert sorted(record.officers.values_list("certificate_no", flat=True)) == ["99012100001", "99012100002"]


def test_there_is_no_result_without_a_record(county, up_to):
    with pytest.raises(Refused) as caught:
        conclude_check(up_to("write"), actor=county.officer, moment=at(12), result="no_problem", words="x")
    assert rules(caught) == ["inspections.write_first"]


def test_a_check_without_findings_ends_without_a_problem_and_only_once(county, up_to):
    check = up_to("conclude")
    with pytest.raises(Refused) as caught:
        conclude_check(check, actor=county.officer, moment=at(12), result="order", words="x")
    assert rules(caught) == ["inspections.nothing_found"]
    with pytest.raises(Refused) as caught:
        conclude_check(check, actor=county.third_officer, moment=at(12), result="no_problem", words="x")
    assert rules(caught) == ["inspections.not_an_officer"]
    conclude_check(check, actor=county.officer, moment=at(12), result="no_problem", words="未发现问题")
    assert EventRow.objects.get(name="inspections.CheckConcluded").content["result"] == "no_problem"
    with pytest.raises(Refused) as caught:
        conclude_check(check, actor=county.officer, moment=at(12), result="no_problem", words="x")
    assert rules(caught) == ["inspections.is_concluded"]


def test_a_finding_is_not_no_problem(county, up_to):
    check = up_to("conclude", findings=(("围挡缺失", ""),))
    with pytest.raises(Refused) as caught:
        conclude_check(check, actor=county.officer, moment=at(12), result="no_problem", words="x")
    assert rules(caught) == ["inspections.there_are_findings"]


def test_what_matches_a_penalty_item_is_not_ended_by_rectification_and_becomes_a_lead(county, up_to):
    check = up_to("conclude", findings=(("河道内倾倒渣土两车", DUMPING),))
    for result, more in (("corrected", {}), ("order", {"order_text": "清除", "order_days": 5})):
        with pytest.raises(Refused) as caught:
            conclude_check(check, actor=county.officer, moment=at(12), result=result, words="已清除", **more)
        assert rules(caught) == ["inspections.rectified_instead_of_punished"]
        assert "不得以检查代替执法、以整改代替处罚" in caught.value.refusals[0].as_json()["reason"]
    conclude_check(check, actor=county.officer, moment=at(12), result="lead", words="转为线索")
    lead = Lead.objects.get()
    assert (lead.source, lead.violation, lead.source_no) == ("inspection", DUMPING, check.number)
    assert check.founded_lead == lead


def test_an_order_without_a_penalty_item_has_its_own_clock_and_is_looked_at_again(county, up_to):
    check = up_to("conclude", findings=(("警示标志脱落", ""),))
    with pytest.raises(Refused) as caught:
        conclude_check(check, actor=county.officer, moment=at(12), result="order", words="x")
    assert rules(caught) == ["inspections.order_needs_days"]
    conclude_check(
        check, actor=county.officer, moment=at(12), result="order", words="责令改正", order_text="补设", order_days=10
    )
    order = check.orders.get()
    assert order.due_on.isoformat() == "2026-11-30"
    assert Task.objects.open().get(act="inspections.record_recheck").due_on == order.due_on
    values = {"actor": county.officer, "moment": NOW + timedelta(days=11), "order": order}
    with pytest.raises(Refused) as caught:
        record_recheck(check, met=True, words="x", **(values | {"actor": county.third_officer}))
    assert rules(caught) == ["inspections.not_an_officer"]
    record_recheck(check, met=False, words="仍未补设", **values)
    assert check.founded_lead.title.startswith("责令改正逾期未改正")
    assert not RunningDeadline.objects.open().filter(limit_key="ordered").exists()
    with pytest.raises(Refused) as caught:
        record_recheck(check, met=True, words="x", **values)
    assert rules(caught) == ["inspections.order_is_closed"]


@pytest.fixture
def lead(county) -> Lead:
    return register_lead(
        None, actor=county.registrar, moment=NOW, source="petition", title="倾倒渣土", content="来信", place="河东村"
    )


def test_a_check_of_a_lead_hangs_its_record_and_its_order_on_the_lead(county, up_to, lead):
    check = up_to("conclude", findings=(("渣土两车", DUMPING),), lead=lead)
    assert check.record.subject == f"leads.lead:{lead.pk}"
    conclude_check(
        check, actor=county.officer, moment=at(12), result="lead", words="属实"
    )
    assert Lead.objects.count() == 1 and check.founded_lead is None
    assert lead.entries.filter(url=check.get_absolute_url()).count() == 2


def test_an_order_from_a_check_of_a_lead_is_the_leads_order(county, up_to, lead):
    assign_lead(lead, actor=county.unit_head, moment=NOW, officers=[county.people["officer"]])
    check = up_to("conclude", findings=(("渣土两车", DUMPING),), lead=lead)
    conclude_check(
        check, actor=county.officer, moment=at(12), result="order", words="责令", order_text="清除", order_days=5
    )
    assert LeadOrder.objects.get().lead == lead and not check.orders.exists()


def test_a_disposed_lead_is_not_checked(county, begin, lead):
    mark_lead_declined(lead, actor=county.unit_head, moment=NOW, reason="x")
    with pytest.raises(Refused) as caught:
        begin(lead=lead)
    assert rules(caught) == ["inspections.lead_is_not_open"]


def test_the_officers_of_a_check_may_read_about_its_party_until_it_ends(county, up_to):
    party = register_party(None, actor=county.registrar, moment=NOW - timedelta(days=9), kind="citizen", name="马河")
    check = up_to("conclude", party=party)
    assert not read_party(party, actor=county.second_officer, now=NOW).fields.covered
    conclude_check(check, actor=county.officer, moment=at(12), result="no_problem", words="未发现问题")
    assert read_party(party, actor=county.second_officer, now=NOW).fields.covered


def paper(county, **changed) -> Proceedings:
    people = county.people
    values = {
        "kind": "on_site_record", "place": "河东村", "started_at": at(9) - timedelta(days=30),
        "ended_at": at(10) - timedelta(days=30), "officers": [(people["officer"], "asks"), (people["second_officer"], "writes")],
        "examined_name": "马某", "certificates_shown": True, "rights_told": True, "text": "渣土", "officers_signed": True,
    }  # fmt: skip
    return Proceedings(**(values | changed))


def enter(county, **changed) -> OnSiteCheck:
    values = {
        "actor": county.officer, "moment": NOW, "object_text": "砂场", "place": "河东村", "purpose": "巡查",
        "present_name": "马某", "present_role": "负责人", "written": paper(county), "findings": [("渣土", DUMPING)],
        "explanation": "现场无网络，按纸质笔录补录",
    }  # fmt: skip
    return enter_past_check(None, **(values | changed))


def test_a_paper_check_is_taken_with_its_own_times_and_concluded_like_any_other(county):
    check = enter(county)
    assert check.arrived_at == at(9) - timedelta(days=30) and check.entered_late
    conclude_check(check, actor=county.officer, moment=NOW, result="lead", words="转为线索")
    assert check.founded_lead is not None


def test_a_paper_check_with_a_defect_is_taken_and_the_defect_stays(county):
    check = enter(county, written=paper(county, certificates_shown=False, officers=[(county.people["officer"], "asks")]))
    found = {d["rule"] for d in check.record.defects}
    assert found == {"org.too_few_officers", "records.certificates_not_shown"}
    assert check.shown_at is None


def test_a_paper_check_needs_an_explanation_lies_in_the_past_and_is_entered_by_officers(county):
    with pytest.raises(Refused) as caught:
        enter(county, explanation=" ")
    assert rules(caught) == ["inspections.explain_late_entry"]
    with pytest.raises(Refused) as caught:
        enter(county, written=paper(county, started_at=at(10), ended_at=at(11)))
    assert rules(caught) == ["inspections.time_to_come"]
    with pytest.raises(Refused) as caught:
        enter(county, actor=county.reviewer)
    assert rules(caught) == ["org.unit_without_power"]


def test_uniform_is_confirmed_where_it_is_prescribed(county, up_to):
    county.people["officer"].must_wear_uniform = True
    county.people["officer"].save()
    check = up_to("arrive")
    with pytest.raises(Refused) as caught:
        arrive(check, actor=county.officer, moment=at(10), present_name="马某", present_role="x")
    assert rules(caught) == ["org.uniform_not_confirmed"]
    arrive(check, actor=county.officer, moment=at(10), present_name="马某", present_role="x", dressed=True)

