"""Advance registration: proposal, the head's approval, carrying out, seven working days, decision or release."""

from datetime import UTC, date, datetime, timedelta

import pytest

from dayu.core.actors import SYSTEM
from dayu.core.events import EventRow
from dayu.core.refused import Refused
from dayu.records import services
from dayu.records.jobs import find_lapsed_preservations
from dayu.records.models import PreservedItem
from dayu.records.tests.conftest import CASE, NOON, preserved, proposed
from dayu.work.models import RunningDeadline, Task


def rules(refused):
    return [r.rule for r in refused.value.refusals]


def items(preservation):
    return {i.name: i.pk for i in preservation.items.all()}


def test_a_proposal_waits_on_the_head(county):
    preservation = proposed(county)
    task = Task.objects.open().get()
    assert (task.act, task.holder_post, task.related) == ("records.approve_preservation", "agency_head", CASE)
    services.approve_preservation(preservation, actor=county.head, moment=NOON)
    assert preservation.approved_by == county.people["head"] and not Task.objects.open().exists()


def test_a_proposal_needs_things_officers_and_a_reason(county):
    for change, rule in (
        ({"things": []}, "records.nothing_to_preserve"),
        ({"officers": []}, "records.no_officers"),
        ({"reason": " "}, "records.words_missing"),
    ):
        with pytest.raises(Refused) as refused:
            proposed(county, **change)
        assert rules(refused) == [rule]


def test_only_the_head_approves_and_only_once(county):
    preservation = proposed(county)
    with pytest.raises(Refused) as refused:
        services.approve_preservation(preservation, actor=county.officer, moment=NOON)
    assert rules(refused) == ["core.not_permitted"]
    services.approve_preservation(preservation, actor=county.head, moment=NOON)
    with pytest.raises(Refused) as refused:
        services.approve_preservation(preservation, actor=county.head, moment=NOON)
    assert rules(refused) == ["records.already_approved"]


def test_without_approval_it_is_not_carried_out_unless_it_could_not_wait(county):
    preservation = proposed(county)
    with pytest.raises(Refused) as refused:
        services.preserve_evidence(preservation, actor=county.officer, moment=NOON)
    assert rules(refused) == ["records.approval_missing"]
    services.preserve_evidence(preservation, actor=county.officer, moment=NOON, urgent_reason="船只正在驶离")
    assert preservation.preserved_at == NOON
    services.approve_preservation(preservation, actor=county.head, moment=NOON + timedelta(hours=3))
    assert preservation.approved_at > preservation.preserved_at


def test_seven_working_days_run_from_the_day_and_a_task_names_the_officer(county):
    preservation = preserved(county)
    running = RunningDeadline.objects.get(limit_key="register_preserve")
    assert preservation.decide_by == running.due_on == date(2026, 11, 27)
    task = Task.objects.open().get(act="records.decide_preserved_items")
    assert task.holder_person_id == county.people["officer"].pk and task.due_on == date(2026, 11, 27)


def test_one_officer_alone_is_a_defect_that_needs_an_explanation(county):
    preservation = proposed(county, officers=[county.people["officer"]])
    services.approve_preservation(preservation, actor=county.head, moment=NOON)
    with pytest.raises(Refused) as refused:
        services.preserve_evidence(preservation, actor=county.officer, moment=NOON)
    assert rules(refused) == ["org.too_few_officers"]
    services.preserve_evidence(
        preservation, actor=county.officer, moment=NOON, explanation="另一名人员签名页遗失，附说明"
    )
    assert [d["rule"] for d in preservation.defects] == ["org.too_few_officers"]


def test_each_thing_gets_its_own_decision_and_the_clock_ends_with_the_last(county):
    preservation = preserved(county)
    ids = items(preservation)
    later = NOON + timedelta(days=2)
    services.decide_preserved_items(
        preservation, actor=county.head, moment=later, decisions={ids["采砂船"]: ("impound", "依法扣押")}
    )
    assert RunningDeadline.objects.open().exists()
    services.decide_preserved_items(
        preservation, actor=county.head, moment=later, decisions={ids["吸砂泵"]: ("record_and_return", "")}
    )
    assert not RunningDeadline.objects.open().exists() and not Task.objects.open().exists()
    assert EventRow.objects.filter(name="records.PreservationDecided").exists()


def test_an_officer_enters_the_heads_decision_and_names_the_head(county):
    preservation = preserved(county)
    decisions = dict.fromkeys(items(preservation).values(), ("release", ""))
    for wrong in (None, county.people["second_officer"]):
        with pytest.raises(Refused) as refused:
            services.decide_preserved_items(
                preservation, actor=county.officer, moment=NOON, decisions=decisions, approved_by=wrong
            )
        assert rules(refused) == ["records.head_must_decide"]
    services.decide_preserved_items(
        preservation, actor=county.officer, moment=NOON, decisions=decisions, approved_by=county.people["head"]
    )
    assert set(preservation.items.values_list("disposed_by", flat=True)) == {county.people["head"].pk}


def test_a_thing_is_decided_once_and_only_in_a_known_way(county):
    preservation = preserved(county)
    pk = items(preservation)["采砂船"]
    decide = lambda how: services.decide_preserved_items(  # noqa: E731
        preservation, actor=county.head, moment=NOON, decisions={pk: (how, "")}
    )
    with pytest.raises(Refused) as refused:
        decide("sell")
    assert rules(refused) == ["records.unknown_disposal"]
    decide("appraise")
    with pytest.raises(Refused) as refused:
        decide("release")
    assert rules(refused) == ["records.already_decided"]


def test_a_decision_before_it_was_carried_out_is_refused(county):
    preservation = proposed(county)
    with pytest.raises(Refused) as refused:
        services.decide_preserved_items(preservation, actor=county.head, moment=NOON, decisions={})
    assert rules(refused) == ["records.not_preserved_yet"]


def test_undecided_after_seven_working_days_an_alert_and_a_release_task_arise(county):
    preservation = preserved(county)
    services.decide_preserved_items(
        preservation,
        actor=county.head,
        moment=NOON,
        decisions={items(preservation)["采砂船"]: ("impound", "")},
    )
    find_lapsed_preservations(now=datetime(2026, 11, 27, 15, 0, tzinfo=UTC))
    preservation.refresh_from_db()
    assert preservation.lapsed_at is None  # the last day is not over
    find_lapsed_preservations(now=datetime(2026, 11, 27, 17, 0, tzinfo=UTC))  # 28 November in Beijing
    find_lapsed_preservations(now=datetime(2026, 11, 28, 17, 0, tzinfo=UTC))
    task = Task.objects.open().get()
    assert task.act == "records.release_lapsed_items" and "1件" in task.why
    assert EventRow.objects.filter(name="records.PreservationLapsed").count() == 1
    preservation.refresh_from_db()
    services.release_lapsed_items(preservation, actor=county.officer, moment=datetime(2026, 11, 30, 2, 0, tzinfo=UTC))
    released = PreservedItem.objects.get(name="吸砂泵")
    assert released.released_by_lapse and released.disposal == "release" and not Task.objects.open().exists()


def test_nothing_is_released_as_lapsed_before_its_time_or_by_a_stranger(county):
    preservation = preserved(county)
    with pytest.raises(Refused) as refused:
        services.release_lapsed_items(preservation, actor=county.officer, moment=NOON)
    assert rules(refused) == ["records.not_lapsed"]
    with pytest.raises(Refused):
        services.release_lapsed_items(preservation, actor=county.stranger, moment=NOON)
    with pytest.raises(Refused):
        services.find_lapsed_preservations(None, actor=county.head, moment=NOON)
    assert services.find_lapsed_preservations(None, actor=SYSTEM, moment=NOON) == 0
