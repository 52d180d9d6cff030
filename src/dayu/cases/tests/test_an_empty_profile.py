"""A county whose profile names no court and no reconsideration body seals no decision: the paper could not tell the remedies."""

from __future__ import annotations

from datetime import date

import pytest

from dayu.basis.services import end_parameter, set_parameter
from dayu.cases import facts, services
from dayu.cases.services.journal import verdict_of
from dayu.cases.tests.situations import MONDAY, make_case
from dayu.core.actors import SYSTEM
from dayu.core.refused import Refused

FIRST, LAST = date(2026, 1, 1), date(2026, 1, 31)


def empty(county, key: str) -> None:
    """From February on no level sets a value: the one entered here has ended, that of the file before it."""
    for place in (county.agency.territory, county.agency.territory.parent):
        stored = set_parameter(
            place, actor=SYSTEM, moment=MONDAY, key=key, value="某机关", clause="临时规定", valid_from=FIRST
        )
        end_parameter(stored, actor=SYSTEM, moment=MONDAY, valid_until=LAST)


def test_an_empty_profile_blocks_sealing_with_the_article_and_a_filled_one_names_both_bodies(county, move_clock) -> None:
    empty(county, "court")
    empty(county, "reconsideration_body")
    played = make_case(county, at="reviewed")
    settings = facts.settings_of(played.now(), played.today)
    assert (settings["court"], settings["reconsideration_body"]) == ("", "")
    with pytest.raises(Refused) as refused:
        services.decide_penalty(played.party, **played.by("head"))
    found = {r.rule: r for r in refused.value.refusals}
    assert "procedure.remedies_missing" in found
    assert [c.text() for c in found["procedure.remedies_missing"].basis] == ["行政处罚法第五十九条第一款第五项"]
    for key, body in (("court", "泽川县人民法院"), ("reconsideration_body", "泽川县人民政府")):
        set_parameter(
            county.agency.territory, actor=county.administrator, moment=MONDAY, key=key, value=body, clause="县规程第一条",
            valid_from=date(2026, 2, 1),
        )  # fmt: skip
    text = facts.settings_of(played.now(), played.today)["remedies_text"]
    assert "泽川县人民法院" in text and "泽川县人民政府" in text
    verdict = verdict_of(played.now(), "decide_penalty", today=played.today, party=played.party)
    assert "procedure.remedies_missing" not in {r.rule for r in verdict.refusals}
