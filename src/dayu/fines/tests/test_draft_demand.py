import pytest

from dayu.cases import services as cases
from dayu.core.refused import Refused
from dayu.documents.models import Document
from dayu.fines import facts, services
from dayu.fines.tests.situations import make_due


def test_the_demand_says_what_is_owed_today(county):
    owing = make_due(county).after_due(10)
    owing.impose()
    paper = services.draft_demand(owing.due, **owing.by("officer"))
    assert paper.key == "demand_notice" and paper.fields["amount_yuan"] == "20000"
    assert paper.fields["additional_yuan"] == "6000" and paper.fields["due_days"] == 10
    assert Document.objects.filter(key="demand_notice").count() == 1


def test_its_service_opens_ten_working_days_and_the_window_of_the_court_follows_the_time_to_sue(county):
    owing = make_due(county).after_due(1)
    owing.impose()
    cases.demand_performance(owing.played.party, **owing.by("officer"))
    owing.played.deliver()
    due = owing.due
    limit = facts.demand_limit(due)
    assert due.demanded_on == owing.today and limit is not None and limit.count == 10
    window = facts.court_window(due)
    assert facts.window_opens(due, window).isoformat() == "2026-09-03" and window.due_on.isoformat() == "2026-12-02"
    with pytest.raises(Refused, match=r"procedure\.suit_period_running|procedure\.demand_running"):
        cases.apply_court_enforcement(owing.played.party, court="泽川县人民法院", **owing.by("head"))


@pytest.mark.parametrize("who", ["stranger", "archivist", "third_officer"])
def test_others_do_not_demand(county, who):
    owing = make_due(county).after_due(1)
    with pytest.raises(Refused):
        services.draft_demand(owing.due, **owing.by(who))


def test_before_it_is_overdue_and_after_it_is_paid_there_is_nothing_to_demand(county):
    owing = make_due(county)
    with pytest.raises(Refused, match=r"fines\.not_overdue"):
        services.draft_demand(owing.due, **owing.by("officer"))
    owing.pay(20_000)
    with pytest.raises(Refused, match=r"fines\.nothing_to_demand"):
        services.draft_demand(owing.due, **owing.by("officer"))
