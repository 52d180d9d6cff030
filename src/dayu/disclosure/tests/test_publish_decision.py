from datetime import date

import pytest
from django.urls import reverse

from dayu.cases.models import JournalEntry
from dayu.core import clock
from dayu.core.records import AppendOnlyError
from dayu.core.refused import Refused
from dayu.disclosure import jobs, public, services
from dayu.disclosure.facts import pdf_text
from dayu.disclosure.models import LatePublication, Publication, PublicationAlert
from dayu.disclosure.tests.situations import NAME, make_publication
from dayu.work.models import Notification, Task


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
def test_a_decision_of_27_september_2024_is_due_on_12_october_alerted_in_time_and_stays_on_the_late_list(
    county, client, move_clock
):
    friday = clock.legal_moment(date(2024, 9, 27))
    told = make_publication(county, at="served", moment=friday)
    draft = told.publication
    assert draft.due_on == date(2024, 10, 12) and draft.pdf is not None and NAME not in pdf_text(draft.pdf.read())
    for day in range(1, 14):  # the reviewer is idle
        jobs.watch_publications(now=clock.legal_moment(date(2024, 10, day), 8))
    alerted = {a.level: a.alerted_on for a in PublicationAlert.objects.all()}
    assert alerted["owner"] == date(2024, 10, 9)  # the fourth working day
    assert alerted["head"] == date(2024, 10, 11)  # the sixth
    heard = Notification.objects.filter(person_id=county.people["head"].pk, text__contains="临近公示期限")
    assert [clock.legal_date(n.created_at) for n in heard] == [date(2024, 10, 11)]

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
    with pytest.raises(AppendOnlyError):
        late.delete()
    client.force_login(county.people["head"].account, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(reverse("disclosure:late")).content.decode()
    assert publication.decision_no in page and "2024-10-12" in page and "2024-10-14" in page
    shown = public.decision(publication.code)
    assert shown.organ and shown.category and shown.conclusion and shown.basis and shown.decision_no and shown.decided_on
