from tests.cast import MOMENT

from dayu.basis.models import Citation
from dayu.basis.selectors import citing
from dayu.basis.services import cite_articles
from dayu.core.actors import STRANGER
from dayu.law.citations import cite


def test_the_impact_list_of_an_article_names_what_rests_on_it(county):
    before = [c.label for c in citing("water-law", 69)]  # the county's list of powers cites it too
    cite_articles(
        "powers.enforcementitem:901", [cite("water-law", 69), cite("water-law", 70)], moment=MOMENT, label="甲"
    )
    cite_articles("powers.enforcementitem:902", [cite("water-law", 69)], moment=MOMENT, label="乙")
    assert [c.label for c in citing("water-law", 69)] == [*before, "甲", "乙"]
    cite_articles("powers.enforcementitem:901", [cite("water-law", 70)], moment=MOMENT, label="甲")
    assert [c.label for c in citing("water-law", 69)] == [*before, "乙"]


def test_citations_of_a_case_are_seen_within_the_organ_only(county):
    cite_articles("cases.case:1", [cite("water-law", 69)], moment=MOMENT, organ_id=county.agency.pk, territory="990121")
    of_the_case = Citation.objects.filter(subject="cases.case:1")
    assert of_the_case.visible_to(county.officer).count() == 1
    assert of_the_case.visible_to(county.stranger).count() == 0
    assert of_the_case.visible_to(STRANGER).count() == 0
