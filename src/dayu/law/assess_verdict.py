"""What stands against the penalty that an assessment looks at: the refusals, each with its article."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from dayu.law import in_force
from dayu.law.benchmarks import FOUND as TIER_FOUND
from dayu.law.citations import citation_from, cite
from dayu.law.criminal import suspicion_verdict
from dayu.law.discretion import Deviation, money, range_verdict, tier_verdict
from dayu.law.limitation import limitation_verdict
from dayu.law.order_first import order_verdict
from dayu.law.ranges import FACTS_MISSING, LOCAL_LAW, NO_FINE, NOT_MET, RangeOutcome
from dayu.law.refusals import ALLOWED, Verdict, all_of, refuse
from dayu.law.rulebook import load_toml
from dayu.law.violations import Version

if TYPE_CHECKING:
    from dayu.law.assess import Assessment


@cache
def regions() -> frozenset[str]:
    """The regions that have a law of their own."""
    return frozenset(load_toml("basins.toml"))


def breaks_the_range(found: Assessment) -> bool:
    """Whether the tier lies outside the statutory range: no benchmark may break through the law (as some old ones do)."""
    if found.tier is None or found.bounds is None or found.tier.no_fine:
        return False
    low, high = found.tier.min_yuan, found.tier.max_yuan
    return (low is not None and low < found.bounds[0]) or (high is not None and high > found.bounds[1])


def verdict_of(found: Assessment) -> Verdict:
    """All refusals at once: nothing in force, outside the basin, too young, barred, a crime, no order, wrong amount."""
    verdicts = [_in_force_verdict(found), _basin_verdict(found), _age_verdict(found)]
    if found.limitation is not None:
        verdicts.append(limitation_verdict(found.limitation))
    if found.suspicion is not None:
        verdicts.append(suspicion_verdict(found.suspicion))
    fine = found.told.fine_yuan
    if found.gate is not None:
        verdicts.append(order_verdict(found.gate, fine_is_proposed=bool(fine)))
    if fine is not None and found.range is not None:
        verdicts += [_fine_verdict(found, fine), _tier_verdict(found, fine)]
    return all_of(verdicts)


def _in_force_verdict(found: Assessment) -> Verdict:
    if found.choice.why != in_force.NOT_IN_FORCE:
        return ALLOWED
    first = found.violation.versions[0]
    return refuse(
        "assess.no_rule_in_force",
        *in_force.basis(),
        *first.citations,
        violation=found.violation.name,
        in_force_from=first.in_force_from,
    )


def _basin_verdict(found: Assessment) -> Verdict:
    region = found.violation.region
    if region not in regions() or found.told.facts.get("basin", region) == region:
        return ALLOWED
    row = load_toml("basins.toml")[region]
    return refuse(
        "assess.outside_basin", citation_from(row["citation"]), region=row["zh"], violation=found.violation.name
    )


def _age_verdict(found: Assessment) -> Verdict:
    age = found.told.facts.get("age_years")
    if isinstance(age, Decimal) and age < 14:
        return refuse("assess.under_age", cite("penalty-law", 30, anchor="不满十四周岁的未成年人"))
    return ALLOWED


def _fine_verdict(found: Assessment, fine: Decimal) -> Verdict:
    outcome, mitigated = found.range, found.told.facts.get("mitigation_ground") is True
    assert outcome is not None and found.version is not None
    basis = found.local_law.basis if found.local_law and found.local_law.basis else found.version.citations
    if found.bounds is not None:
        verdict = range_verdict(fine, found.bounds, mitigated=mitigated, basis=basis)
        if not verdict.allowed and fine < found.bounds[0]:
            found.ask("leniency")
        return verdict
    if fine == 0:
        return ALLOWED
    if outcome.why in (NO_FINE, NOT_MET):
        return refuse("assess.no_fine_provided", *basis)
    if outcome.why == LOCAL_LAW and found.local_law is None:
        return refuse("assess.local_law_missing", *basis, remedy="enter_local_law")
    if outcome.why == FACTS_MISSING:
        return _among_alternatives(fine, outcome, mitigated, found.version)
    return ALLOWED


def _among_alternatives(fine: Decimal, outcome: RangeOutcome, mitigated: bool, version: Version) -> Verdict:
    """Which range applies is open: only an amount that lies in none of them is refused for certain."""
    known = [b for _, b in outcome.alternatives if b is not None]
    if not known or len(known) < len(outcome.alternatives):
        return ALLOWED
    if any(low <= fine <= high or (mitigated and fine < low) for low, high in known):
        return ALLOWED
    return refuse("assess.outside_every_range", *version.citations, fine_yuan=money(fine))


def _tier_verdict(found: Assessment, fine: Decimal) -> Verdict:
    """Outside the tier: the reasons are asked for; review and discussion follow in the procedure."""
    outcome = found.tier
    if outcome is None or outcome.why != TIER_FOUND or outcome.tier is None or found.benchmark is None:
        return ALLOWED
    if breaks_the_range(found):
        return ALLOWED
    if outcome.no_fine:
        ends: tuple[Decimal | None, Decimal | None] = (Decimal(0), Decimal(0))
    else:
        ends = (outcome.min_yuan, outcome.max_yuan)
    later = Deviation(legal_review_passed=True, collectively_discussed=True)
    return tier_verdict(
        fine,
        ends,
        tier=outcome.tier,
        deviation=later,
        mitigated=found.told.facts.get("mitigation_ground") is True,
        basis=found.benchmark.basis,
        opened=outcome.open,
    )
