"""Citations that the functions of the substantive law carry: each anchor stands in its article."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dayu.law import in_force
from dayu.law.assess import assess
from dayu.law.assess_input import read_input
from dayu.law.benchmarks import benchmarks
from dayu.law.citations import Citation, citation_from, law
from dayu.law.discretion import Deviation, range_verdict, tier_verdict
from dayu.law.fact_conditions import read_facts
from dayu.law.party_kinds import party_kind
from dayu.law.rulebook import load_toml
from dayu.law.tests.statute_texts import article_text, statute_folder
from dayu.law.triggers import Proposal, collective_discussion, hearing, legal_review, summary_allowed

pytestmark = pytest.mark.skipif(statute_folder() is None, reason="the statute texts are not on this machine")


def stands(citation: Citation) -> bool:
    corpus = next(e.corpus for e in law(citation.law).editions if e.edition == citation.edition)
    assert citation.anchor, citation
    return citation.anchor in (article_text(corpus, citation.article or 0) or "")


def with_text(citations: list[Citation]) -> list[Citation]:
    """Those whose law has a statute text to compare with."""
    return [
        c
        for c in citations
        if c.article and next(e.corpus for e in law(c.law).editions if e.edition == c.edition) and c.anchor
    ]


def test_the_articles_behind_range_and_benchmark_verdicts() -> None:
    bounds = (Decimal(1), Decimal(2))
    verdict = range_verdict(Decimal(3), bounds) & range_verdict(Decimal(0), bounds)
    verdict &= tier_verdict(Decimal(9), bounds, tier="一般", deviation=Deviation())
    found = [c for r in verdict.refusals for c in r.basis]
    assert len(found) >= 5
    assert all(stands(c) for c in found)


def test_the_articles_behind_every_trigger() -> None:
    told = read_facts({"revoke_permit": True})
    proposal = Proposal(party_kind("citizen"), told, Decimal(1), Decimal(1), (), None, None)
    first, second = hearing(proposal), collective_discussion(proposal)
    steps = [
        s
        for t in (first, second, legal_review(proposal, hearing=first, discussion=second), summary_allowed(proposal))
        for s in t.steps
    ]
    found = [c for s in steps for c in s.basis]
    assert len(found) == 4
    assert all(stands(c) for c in found)


def test_the_articles_on_old_and_new_law_age_and_crime() -> None:
    found = assess(read_input({"violation": "soil-53-1-no-plan", "party": "citizen", "facts": {"age_years": 13}}))
    refusals = [c for r in found.verdict.refusals if r.rule == "assess.under_age" for c in r.basis]
    assert refusals and found.suspicion is not None
    assert all(stands(c) for c in (*in_force.basis(), *refusals, *found.suspicion.basis))


def test_the_articles_behind_basins_and_benchmarks() -> None:
    basins = [citation_from(row["citation"]) for row in load_toml("basins.toml").values()]
    cited = with_text(basins + [c for b in benchmarks().values() for c in b.basis])
    assert {c.law for c in cited} >= {"yellow-river-law", "yangtze-law", "soil-conservation-law"}
    assert all(stands(c) for c in cited)
