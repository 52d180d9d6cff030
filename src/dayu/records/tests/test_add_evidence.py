"""Registering a piece of evidence."""

from datetime import timedelta

import pytest

from dayu.core.audit import AuditEntry
from dayu.core.refused import Refused
from dayu.records.models import EvidenceItem, TimelineEvent
from dayu.records.selectors import evidence_of
from dayu.records.tests.conftest import CASE, NOON, a_file, take


def rules(refused):
    return [r.rule for r in refused.value.refusals]


def test_an_officer_registers_a_piece_with_its_takers_time_place_and_files(county):
    item = take(county)
    assert [p.name for p in item.takers] == ["陆河清", "沈砚秋"]
    assert item.organ == county.agency and item.files.get().name == "现场.jpg"
    entry = AuditEntry.objects.get(action="records.add_evidence")
    assert entry.subject == f"records.evidenceitem:{item.pk}" and entry.related == CASE


def test_it_appears_on_the_timeline_of_the_matter_with_its_recording(county):
    item = take(county)
    event = TimelineEvent.objects.get(subject=CASE)
    assert event.media == [item.files.get().stored_id] and event.happened_at == NOON


def test_somebody_who_is_no_officer_is_refused(county):
    with pytest.raises(Refused) as refused:
        take(county, actor=county.registrar)
    assert rules(refused) == ["core.not_permitted"]


def test_a_time_that_has_not_come_is_refused(county):
    with pytest.raises(Refused) as refused:
        take(county, taken_at=NOON + timedelta(days=1))
    assert rules(refused) == ["records.time_to_come"]


def test_a_ninth_kind_is_refused(county):
    with pytest.raises(Refused) as refused:
        take(county, kind="rumour")
    assert rules(refused) == ["records.unknown_kind"]


@pytest.mark.parametrize("kind", ["audiovisual", "electronic"])
def test_a_recording_without_its_file_is_refused(county, kind):
    with pytest.raises(Refused) as refused:
        take(county, kind=kind, files=[])
    assert rules(refused) == ["records.file_missing"]


def test_a_copy_must_say_where_the_original_is(county):
    with pytest.raises(Refused) as refused:
        take(county, form="copy")
    assert rules(refused) == ["records.original_place_missing"]
    assert take(county, form="copy", original_kept_at="泽川县不动产登记中心").pk


def test_nothing_is_kept_of_a_refused_registration(county):
    with pytest.raises(Refused):
        take(county, kind="rumour")
    assert not EvidenceItem.objects.exists() and not TimelineEvent.objects.exists()


def test_a_case_shows_what_hung_on_its_lead_in_few_queries(county, django_assert_max_num_queries):
    take(county, subject="leads.lead:5")
    take(county)
    take(county, subject="cases.case:2")
    with django_assert_max_num_queries(4):
        found = evidence_of(CASE, "leads.lead:5", actor=county.officer)
        assert [len(i.files.all()) for i in found] == [1, 1]


def test_another_county_and_an_administrator_see_nothing(county):
    take(county)
    for name in ("stranger", "administrator"):
        assert not EvidenceItem.objects.visible_to(county.actor(name)).exists()
    assert EvidenceItem.objects.visible_to(county.head).exists()


def test_the_same_bytes_are_kept_once(county):
    one, two = take(county, files=[a_file("同一文件")]), take(county, files=[a_file("同一文件")])
    assert one.files.get().stored_id == two.files.get().stored_id
