from datetime import date

import pytest

from dayu.core.refused import Refused
from dayu.disclosure import services
from dayu.disclosure.facts import pdf_text
from dayu.disclosure.masking import left_over
from dayu.disclosure.models import Publication
from dayu.disclosure.tests.situations import HOME, IDENTITY, NAME, PHONE, make_publication
from dayu.work.models import Task


def test_a_masked_draft_is_made_when_the_decision_is_sealed(county):
    publication = make_publication(county).publication
    assert publication.state == Publication.PENDING
    assert publication.party_name == "张某" and publication.natural_person
    assert publication.conclusion == "罚款20000元" and publication.kinds == ["罚款"]
    assert publication.due_on == date(2026, 3, 11)
    assert publication.masked["name"] > 0 and publication.versions.count() == 1


def test_neither_the_content_nor_the_text_layer_of_the_pdf_holds_anything_private(county):
    publication = make_publication(county).publication
    text = pdf_text(publication.pdf.read())
    assert "泽水罚决〔2026〕1号" in text and "张某" in text and "20000" in text
    shown = " ".join(
        str(getattr(publication, f.name)) for f in publication._meta.fields if f.name not in ("case", "party")
    )
    for secret in (NAME, IDENTITY, PHONE, HOME):
        assert secret not in text.replace("\n", "") and secret not in shown
    assert left_over(text, services.facts.private_of(publication.case, publication.party)) == ()
    original = pdf_text(publication.document.pdf.read()).replace("\n", "")
    assert NAME in original and IDENTITY in original


def test_an_organisation_keeps_its_name_and_its_representative_does_not(county):
    publication = make_publication(county, kind="organisation", name="泽川晨光砂石有限公司").publication
    assert publication.party_name == "泽川晨光砂石有限公司" and publication.uscc == "91990121MA0000001X"
    text = pdf_text(publication.pdf.read())
    assert "泽川晨光砂石有限公司" in text and NAME not in text and "91990121MA0000001X" in text


def test_the_same_event_told_twice_makes_one_draft(county):
    told = make_publication(county)
    publication = told.publication
    from dayu.core.actors import SYSTEM

    again = services.make_draft(
        publication.document, actor=SYSTEM, moment=told.played.moment, case=publication.case, party=publication.party
    )
    assert again.pk == publication.pk and Publication.objects.count() == 1


def test_nobody_makes_a_draft_by_hand(county):
    publication = make_publication(county).publication
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        services.make_draft(
            publication.document,
            actor=county.disclosure_officer,
            moment=publication.drafted_at,
            case=publication.case,
            party=publication.party,
        )


def test_before_service_nobody_is_asked_to_publish(county):
    make_publication(county)
    assert not Task.objects.open().filter(act="disclosure.publish_decision").exists()
