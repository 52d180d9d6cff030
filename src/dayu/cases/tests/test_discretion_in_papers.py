"""裁量 in a case: the same facts give the same tier whoever enters them, and the papers carry factors, tier and version."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from dayu.cases import services
from dayu.cases.tests.situations import _STEPS, STAGES, Played, make_case
from dayu.core.audit import subject_key
from dayu.disclosure.facts import pdf_text
from dayu.documents.models import Document
from dayu.law.benchmarks import benchmarks

pytestmark = pytest.mark.django_db
ENTERED = {"volume_m3": "46", "first_offence": "True", "stopped_voluntarily": "True"}


def entered_by(county, who: str) -> Played:
    """A case whose factors this officer typed on the page, as far as it stands before a draft."""
    played = make_case(county, at="examined")
    page = Client()
    page.force_login(county.people[who].account, backend="allauth.account.auth_backends.AuthenticationBackend")
    address = f"/cases/{played.case.pk}/acts/discretion_facts/"
    asked = page.get(address).content.decode()
    assert all(f'name="{name}"' in asked for name in ENTERED)
    assert page.post(address, ENTERED).status_code == 302
    shown = page.get(f"/cases/{played.case.pk}/discretion/").content.decode()
    assert "较轻" in shown
    return played


def decided(played: Played, fine: int) -> Document:
    """The sealed decision."""
    for stage in STAGES[STAGES.index("drafted") : STAGES.index("decided") + 1]:
        _STEPS[stage](played, fine)
    return Document.objects.get(key="penalty_decision", party=subject_key(played.party), sealed_at__isnull=False)


@pytest.mark.requirement("DIS-02")
def test_two_officers_enter_the_same_facts_and_the_decision_carries_factors_tier_and_version(county, move_clock) -> None:
    cases = [entered_by(county, who) for who in ("officer", "second_officer")]
    papers = [decided(played, 25_000) for played in cases]
    bounds = [played.party.draft.bounds for played in cases]
    assert bounds[0] == bounds[1] and (bounds[0]["tier"], bounds[0]["tier_min_yuan"]) == ("较轻", "20000")
    assert papers[0].fields["discretion"] == papers[1].fields["discretion"]
    version = benchmarks()["cangning-sand-26"].digest[:12]
    for paper in papers:
        text = re.sub(r"\s", "", pdf_text(paper.pdf.read()))
        assert "裁量因素：初次违法：是；主动停止：是；方量（立方米）：46" in text
        assert "裁量阶次：较轻，罚款20,000元至30,000元" in text
        assert f"沧宁省河道采砂管理条例（示例）第二十六条，版本{version}" in text


@pytest.mark.parametrize("key", ["investigation_report", "penalty_notice"])
def test_report_and_notice_carry_them_too(county, move_clock, key) -> None:
    played = entered_by(county, "officer")
    if key == "penalty_notice":
        _STEPS["drafted"](played, 25_000)
    paper = services.draft_paper(played.now(), key=key, party=played.party, **played.by("officer"))
    assert "裁量阶次：较轻" in paper.fields["discretion"] and "裁量因素：" in paper.fields["discretion"]


def test_without_the_facts_that_are_asked_for_no_tier_is_claimed(county, move_clock) -> None:
    played = make_case(county, at="drafted")
    paper = services.draft_paper(played.now(), key="penalty_notice", party=played.party, **played.by("officer"))
    assert paper.fields["discretion"] == "采砂量较小"
