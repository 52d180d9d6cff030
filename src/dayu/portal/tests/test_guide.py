"""The guide: drawn from the procedure itself, every right with an article that says so."""

import html
from datetime import date

import pytest

from dayu.law.citations import law
from dayu.law.procedures.ordinary_penalty import ORDINARY_PENALTY
from dayu.law.tests.statute_texts import article_text, statute_folder
from dayu.law.words import word
from dayu.portal.guide import chart, limits, rights, stages

TODAY = date(2026, 11, 20)


def test_every_step_of_the_main_line_is_on_the_page(county, client):
    page = html.unescape(client.get("/public/guide/").content.decode())
    for step in ORDINARY_PENALTY.steps:
        if step.mainline and step.stage != "archive":
            assert word("acts", step.act) in page, step.act
    assert "<svg" in page and "5 个工作日" in page and "60 日" in page


def test_the_chart_starts_with_the_lead_and_reaches_the_end():
    found = chart(stages())
    reached, frontier = set(), ["lead"]
    while frontier:
        here = frontier.pop()
        reached.add(here)
        frontier += [e.end for e in found.edges if e.start == here and e.end not in reached]
    assert reached == {n.id for n in found.nodes} and found.nodes[-1].id == "closing"


@pytest.mark.parametrize("right", rights(TODAY), ids=lambda r: r.name)
def test_the_article_of_a_right_says_so(right):
    if statute_folder() is None:
        pytest.skip("the folder of source documents is not here (set DAYU_SHARED)")
    cited = right.basis
    corpus = law(cited.law).edition_on(TODAY).corpus
    assert right.basis.anchor in article_text(corpus, cited.article, cited.paragraph, cited.item)


def test_the_limits_are_those_of_the_day():
    found = {limit.key: length for limit, length in limits(TODAY)}
    assert found["hearing_request"] == "5 个工作日" and found["sue"] == "6 个月" and found["pay"] == "15 日"
