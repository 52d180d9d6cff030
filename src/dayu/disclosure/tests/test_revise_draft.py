from datetime import timedelta

import pytest

from dayu.core.refused import Refused
from dayu.disclosure import services
from dayu.disclosure.facts import pdf_text
from dayu.disclosure.tests.situations import make_publication
from dayu.records.models import RecordOfProceedings


def revise(told, who="disclosure_officer", **changes):
    publication = told.publication
    wanted = {
        "category": publication.category,
        "facts_text": "2026年2月20日夜间在白鹿河采砂46立方米，李四明在场。",
        "basis": publication.basis,
        "conclusion": publication.conclusion,
        "reason": "写清楚时间",
    }
    return services.revise_draft(publication, **told.by(who), **{**wanted, **changes})


def test_another_wording_is_kept_beside_the_first_one(county):
    told = make_publication(county)
    before = told.publication.digest
    publication = revise(told)
    assert publication.facts.startswith("2026年2月20日夜间在白鹿河采砂")
    assert publication.digest != before and publication.versions.count() == 2


def test_a_name_that_a_person_finds_is_hidden_in_content_and_pdf(county):
    told = make_publication(county)
    publication = revise(told, hide_names=["李四明", "白鹿河"])
    assert "李四明" not in publication.facts and "李某在场" in publication.facts
    assert "白鹿河" not in pdf_text(publication.pdf.read()).replace("\n", "")


def test_what_is_typed_is_masked_too(county):
    told = make_publication(county)
    publication = revise(told, facts_text="张三丰，身份证990121198001010018，电话13800138000，采砂。")
    assert publication.facts == "张某，身份证***，电话***，采砂。"


def test_an_officer_revises_nothing(county):
    told = make_publication(county)
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        revise(told, who="officer")


def test_what_is_public_is_corrected_not_revised(county):
    told = make_publication(county, at="published")
    with pytest.raises(Refused, match=r"disclosure\.not_open"):
        revise(told)


def test_whoever_the_records_of_the_case_name_is_hidden_without_being_asked(county):
    told = make_publication(county)
    moment = told.played.moment
    RecordOfProceedings.objects.create(
        subject=f"cases.case:{told.publication.case_id}",
        organ=county.agency,
        kind="interview_record",
        place="白鹿镇",
        started_at=moment - timedelta(hours=1),
        ended_at=moment,
        examined_name="赵铁柱",
        witness_name="泽川县白鹿镇人民政府",
        signature="signed",
        entered_at=moment,
        entered_by="陆河清",
    )
    publication = revise(told, facts_text="赵铁柱证实采砂，泽川县白鹿镇人民政府派人在场。")
    assert publication.facts == "赵某证实采砂，泽川县白鹿镇人民政府派人在场。"
