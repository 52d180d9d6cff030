"""A bureau bears another name: what it decided before keeps the old one, on paper too."""

from __future__ import annotations

from datetime import date

import pytest

from dayu.cases.tests.situations import make_case
from dayu.core import clock
from dayu.disclosure.facts import pdf_text
from dayu.documents.models import Document
from dayu.org import services
from dayu.org.models import Agency
from tests.cast import MOMENT

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("ORG-01")
def test_papers_keep_the_name_of_their_day_and_a_regiment_has_two_parents(county, move_clock) -> None:
    moment = clock.legal_moment(date(2026, 3, 2))
    played = make_case(county, at="decided", moment=moment)
    services.rename_agency(
        county.agency, actor=county.administrator, moment=moment, name="泽川县水利和河湖局", valid_from=date(2026, 6, 1)
    )
    paper = Document.objects.get(key="penalty_decision", subject=f"cases.case:{played.case.pk}")
    assert "泽川县水利局" in pdf_text(paper.pdf.read())
    agency = Agency.objects.get(pk=county.agency.pk)
    assert agency.name == "泽川县水利和河湖局" and agency.name_on(date(2026, 5, 31)) == "泽川县水利局"
    assert agency.name_on(date(2019, 2, 28)) == "泽川县水务局"

    division = services.register_agency(
        None, actor=county.administrator, moment=MOMENT, name="某师水利局", kind="corps", territory=agency.territory
    )
    regiment = services.register_agency(
        None, actor=county.administrator, moment=MOMENT, name="某团场", kind="corps", territory=agency.territory,
        business_parent=division, administrative_parent=agency,
    )
    assert regiment in division.business_children.all() and regiment in agency.administrative_children.all()
