from datetime import date

import pytest

from dayu.cases.models import JournalEntry
from dayu.core import clock
from dayu.core.refused import Refused
from dayu.disclosure import public, services
from dayu.disclosure.models import LatePublication, Publication
from dayu.disclosure.tests.situations import make_publication
from dayu.work.models import Task


def test_what_was_served_is_published_and_the_case_knows(county):
    told = make_publication(county, at="served")
    publication = told.publish()
    assert publication.state == Publication.RELEASED and publication.released_by == "方明朗"
    assert JournalEntry.objects.filter(case=publication.case, kind="decision_published").count() == 1
    assert not Task.objects.open().filter(act="disclosure.publish_decision").exists()
    assert public.decision(publication.code).party == "张某"
    assert not LatePublication.objects.exists()


@pytest.mark.parametrize("who", ["officer", "reviewer", "stranger", "supervisor"])
def test_others_publish_nothing(county, who):
    told = make_publication(county, at="served")
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        services.publish_decision(told.publication, **told.by(who))


def test_before_service_and_a_second_time_it_is_refused(county):
    told = make_publication(county)
    with pytest.raises(Refused, match=r"disclosure\.not_served"):
        told.publish()
    told.serve().publish()
    with pytest.raises(Refused, match=r"disclosure\.not_open"):
        told.publish()


def test_a_name_that_still_stands_in_the_content_stops_it(county):
    told = make_publication(county, at="served")
    Publication.objects.filter(pk=told.publication_id).update(facts="张三丰采砂，身份证990121198001010018")
    with pytest.raises(Refused) as refused:
        told.publish()
    reason = refused.value.refusals[0].as_json()
    assert "姓名" in reason["reason"] and "证件号码" in reason["reason"] and reason["basis"] == ["行政处罚法第五十条"]


@pytest.mark.requirement("PUB-04")
def test_a_decision_before_the_holidays_is_due_after_them_and_stays_on_the_late_list(county):
    friday = clock.legal_moment(date(2024, 9, 27))
    told = make_publication(county, at="served", moment=friday)
    assert told.publication.due_on == date(2024, 10, 12)
    publication = told.on(date(2024, 10, 14)).publish()
    late = LatePublication.objects.get()
    assert (late.working_days_late, late.manner, late.owner_name) == (1, "released", "陆河清")
    services.correct_publication(
        publication,
        category=publication.category,
        facts_text=publication.facts,
        basis=publication.basis,
        conclusion=publication.conclusion,
        public_note="更正错别字",
        **told.by("disclosure_officer"),
    )
    assert list(LatePublication.objects.all()) == [late]
