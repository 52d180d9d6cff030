"""A benchmark that the county issued itself decides the tier of its cases, and past cases are tried on its next draft."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

from tests.cast import MOMENT

from dayu.cases import facts
from dayu.cases.past import decided_cases
from dayu.cases.screen_reads import case_page
from dayu.cases.tests.situations import VIOLATION, make_case
from dayu.core.actors import SYSTEM
from dayu.discretion import services
from dayu.discretion.models import DiscretionBenchmark
from dayu.law.benchmarks import benchmark_table


def county_table() -> dict[str, Any]:
    """The province's table with tiers of the county's own names."""
    text = json.dumps(benchmark_table("cangning-sand-26"), default=str)
    table = {k: v for k, v in json.loads(text).items() if k not in ("range", "in_force_from", "demonstration", "examples")}
    for tier in table["tiers"]:
        tier["tier"] += "（县）"
    return table | {"territory": "990121", "kind": "benchmark", "name": "泽川县采砂裁量基准（示例）"}


def issue(county: Any, on: date = date(2026, 1, 1)) -> DiscretionBenchmark:
    draft = services.save_draft(county.agency, actor=county.review_head, moment=MOMENT, key="sand", table=county_table())
    services.give_opinion(draft, actor=county.supervisor, moment=MOMENT, opinion="agreed", words="")
    return services.issue_benchmark(draft, actor=county.head, moment=MOMENT, in_force_from=on)


def known_facts(case: Any) -> Any:
    case.facts = {"volume_m3": 46, "first_offence": True, "stopped_voluntarily": True}
    case.save(update_fields=["facts"])
    return case


def test_an_issued_version_decides_the_tier_on_the_page_and_in_the_procedure(county, move_clock) -> None:
    played = make_case(county, at="filed")
    case = known_facts(played.case)
    before = facts.assessment_of(case, played.parties[0], draft=None, journal=facts.journal_of(case), on=played.today)
    assert before is not None and before.tier is not None and before.tier.tier == "较轻"
    issued = issue(county)
    page = case_page(case.pk, actor=county.officer, today=played.today)
    shown = page.assessment(page.parties[0])
    assert shown is not None and shown.tier is not None and shown.benchmark is not None
    assert (shown.benchmark.key, shown.tier.tier) == (issued.rule_key, "较轻（县）")
    assert page.situation.parties == facts.situation_of(case, today=played.today).parties
    services.end_benchmark(issued, actor=county.head, moment=MOMENT, last_day=date(2026, 1, 31), reason="修订")
    again = case_page(case.pk, actor=county.officer, today=played.today)
    ended = again.assessment(again.parties[0])
    assert ended is not None and ended.tier is not None and ended.tier.tier == "较轻"


def test_an_act_before_the_version_came_into_force_keeps_the_benchmark_of_its_day(county, move_clock) -> None:
    played = make_case(county, at="filed")
    case = known_facts(played.case)
    issue(county, on=date(2026, 2, 21))  # the act was on 20 February
    found = facts.assessment_of(case, played.parties[0], draft=None, journal=facts.journal_of(case), on=played.today)
    assert found is not None and found.benchmark is not None and found.benchmark.key == "cangning-sand-26"


def test_decided_cases_are_past_cases_for_whoever_may_see_them(county, move_clock) -> None:
    played = make_case(county, at="decided")
    known_facts(played.case)
    (past,) = decided_cases(county.officer, frozenset({VIOLATION}))
    assert (past.violation, past.territory, past.fine_yuan) == (VIOLATION, "990121", Decimal(20000))
    assert past.facts["volume_m3"] == 46 and past.acted_on == date(2026, 2, 20)
    assert list(decided_cases(county.stranger, frozenset({VIOLATION}))) == []
    assert list(decided_cases(SYSTEM, frozenset({"soil-53-1-no-plan"}))) == []


def test_the_what_if_page_of_a_draft_lists_the_cases_that_would_change(county, client, move_clock) -> None:
    known_facts(make_case(county, at="decided").case)
    draft = services.save_draft(
        county.agency, actor=county.review_head, moment=MOMENT, key="sand", table=county_table()
    )
    client.force_login(county.people["review_head"].account)
    text = client.get(f"/discretion/drafts/{draft.pk}/what-if/").content.decode()
    assert "比对案件" in text and "换档" in text and "张某" in text
