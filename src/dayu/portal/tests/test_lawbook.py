"""The lawbook in the browser: every chapter, search, the page of a rule, and the link from every refusal."""

from __future__ import annotations

from html import unescape

import pytest

from dayu.law.explain import known_ids
from dayu.law.lawbook import render_all
from dayu.law.procedures.register import PROCEDURES
from dayu.law.refusals import wordings
from dayu.portal.lawbook import chapters, section_of

pytestmark = pytest.mark.django_db


def test_every_chapter_is_listed_and_opens_with_its_tables(client) -> None:
    contents = client.get("/public/lawbook/").content.decode()
    assert "<table" in client.get("/public/lawbook/violations/").content.decode()
    assert len(chapters()) == len(render_all()) - 1
    for chapter in chapters():
        assert f'href="/public/lawbook/{chapter.slug}/"' in contents
        page = client.get(f"/public/lawbook/{chapter.slug}/").content.decode()
        assert chapter.title in page


def test_every_procedure_is_drawn_from_the_declaration_that_the_program_follows(client) -> None:
    for key, procedure in PROCEDURES.items():
        slug = "ordinary-procedure" if key == "ordinary_penalty" else f"procedure-{key.replace('_', '-')}"
        page = client.get(f"/public/lawbook/{slug}/").content.decode()
        assert "flowchart TD" not in page
        assert page.count("<svg xmlns=") == 1
        assert [act for act in procedure.by_act if f'data-act="{act}"' not in page] == []


def test_a_search_finds_sections_that_hold_all_the_words(client) -> None:
    page = client.get("/public/lawbook/", {"q": "听证 工作日"}).content.decode()
    assert 'href="/public/lawbook/time-limits/#hearing_request"' in page
    assert "没有含有这些文字的规则" in client.get("/public/lawbook/", {"q": "不存在的词语甲乙丙"}).content.decode()


def test_a_limit_and_a_violation_lead_to_their_sections(client) -> None:
    assert section_of("hearing_request") is not None
    answer = client.get("/public/lawbook/rules/hearing_request/")
    assert answer.status_code == 302 and answer["Location"] == "/public/lawbook/time-limits/#hearing_request"


def test_every_refusal_has_its_page_with_reason_and_way_out(client) -> None:
    for rule, words in list(wordings().items())[::25]:
        page = client.get(f"/public/lawbook/rules/{rule}/", follow=True).content.decode()
        assert words.get("fix_zh", words["zh"]).split("{")[0][:12] in unescape(page), rule
    assert len([i for i in known_ids() if i.startswith("refusal:")]) == len(wordings())


def test_an_unknown_rule_or_chapter_is_not_found(client) -> None:
    assert client.get("/public/lawbook/rules/nothing.like-it/").status_code == 404
    assert client.get("/public/lawbook/nothing/").status_code == 404


def test_a_refused_act_links_to_the_rule(county, client) -> None:
    from dayu.cases.tests.situations import make_case

    played = make_case(county, at="filed")
    client.force_login(county.people["officer"].account)
    page = client.get(f"/cases/{played.case.pk}/acts/decide_penalty/").content.decode()
    assert '/public/lawbook/rules/procedure.' in page and "规则说明" in page
