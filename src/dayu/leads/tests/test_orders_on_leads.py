"""Orders before any case: they hang on the lead, also when another organ gave them before a transfer (practice 1, 2)."""

from datetime import date, timedelta

import pytest

from dayu.core.refused import Refused
from dayu.leads.selectors import orders_of_subjects
from dayu.leads.services import record_order, record_order_result
from dayu.leads.tests.conftest import NOW, TODAY, rules
from dayu.work.models import RunningDeadline, Task


@pytest.fixture
def order(county, at_stage):
    lead = at_stage("verifying")

    def make(**changed):
        values = {
            "actor": county.officer,
            "moment": NOW,
            "kind": "correct",
            "text": "清除河道内渣土，恢复原状",
            "ordered_on": TODAY,
            "served_on": TODAY,
            "days": 10,
        }
        return record_order(lead, **(values | changed))

    return make


def test_a_served_order_runs_its_own_clock_and_asks_for_its_result(county, order):
    row = order()
    assert row.ordered_by == "泽川县水利局"
    assert row.due_on == date(2026, 11, 30)
    task = Task.objects.open().get(act="leads.record_order_result")
    assert task.due_on == row.due_on and task.related == f"leads.lead:{row.lead_id}"
    assert orders_of_subjects([f"leads.lead:{row.lead_id}", "cases.case:1"]) == [row]


def test_an_order_of_the_past_by_another_organ_is_taken_with_an_explanation(county, order):
    past = {"ordered_on": date(2026, 8, 3), "served_on": date(2026, 8, 4), "ordered_by": "泽川县自然资源局"}
    with pytest.raises(Refused) as caught:
        order(**past)
    assert rules(caught) == ["leads.explain_late_entry"]
    row = order(**past, explanation="移送前由移送机关作出")
    assert row.due_on == date(2026, 8, 14)
    assert row.entered_at > NOW - timedelta(days=400)
    assert row.lead.entries.get(kind="ordered").happened_at.date() == date(2026, 8, 3)


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"kind": "beg"}, "leads.unknown_order"),
        ({"text": " "}, "leads.words_needed"),
        ({"ordered_on": TODAY + timedelta(days=1)}, "leads.order_days"),
        ({"served_on": TODAY - timedelta(days=1)}, "leads.order_days"),
    ],
)
def test_what_cannot_be_right_is_refused(order, changed, rule):
    with pytest.raises(Refused) as caught:
        order(**changed)
    assert rules(caught) == [rule]


def test_only_whoever_works_on_the_lead_records_orders_and_results(county, order):
    with pytest.raises(Refused) as caught:
        order(actor=county.third_officer)
    assert rules(caught) == ["leads.not_the_verifier"]
    row = order()
    with pytest.raises(Refused) as caught:
        record_order_result(
            row.lead, actor=county.stranger, moment=NOW, order=row, result="met", result_on=TODAY, words="x"
        )
    assert rules(caught) == ["core.not_permitted"]


def test_the_result_ends_the_clock_and_may_be_corrected_before_or_impossible(county, order):
    row = order()
    values = {"actor": county.officer, "moment": NOW, "order": row, "result_on": TODAY}
    for wrong, rule in (
        ({"result": "perhaps", "words": "x"}, "leads.unknown_result"),
        ({"result": "met", "words": " "}, "leads.words_needed"),
        ({"result": "met", "words": "x", "result_on": TODAY + timedelta(days=1)}, "leads.result_day"),
    ):
        with pytest.raises(Refused) as caught:
            record_order_result(row.lead, **(values | wrong))
        assert rules(caught) == [rule]
    record_order_result(row.lead, result="corrected_before", words="到场前已自行清除", **values)
    assert not RunningDeadline.objects.open().filter(limit_key="ordered").exists()
    assert not Task.objects.open().filter(act="leads.record_order_result").exists()
