"""The assessment of one violation by one party: law in force, range, gates, limitation, steps, crime, benchmark.

`assess` composes the pure questions of its neighbours. What the input cannot tell stays None and is named in
`questions`; every conclusion leaves its step in the trace, and `receipt` freezes the whole.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from dayu.law import assess_output, in_force
from dayu.law.assess_input import AssessInput
from dayu.law.benchmarks import (
    FOUND as TIER_FOUND,
)
from dayu.law.benchmarks import (
    NO_TIER,
    TIERS_CONFLICT,
    Benchmark,
    TierOutcome,
    benchmark_for,
    benchmarks,
    local_bounds,
    local_law_for,
    tier,
)
from dayu.law.citations import citation_from, cite
from dayu.law.criminal import Suspicion, criminal_rules, suspicion, suspicion_verdict
from dayu.law.discretion import Deviation, range_verdict, tier_verdict
from dayu.law.fact_conditions import FactValue, all_hold, circumstance_holds, missing_facts
from dayu.law.limitation import Limitation, limitation, limitation_hash, limitation_verdict
from dayu.law.order_first import OrderGate, facts_with_order, order_gate, order_verdict
from dayu.law.ranges import (
    FACTS_MISSING,
    LOCAL_LAW,
    NO_FINE,
    NOT_MET,
    Bounds,
    RangeOutcome,
    measures_of,
    statutory_range,
)
from dayu.law.receipts import Step, build_receipt, content_hash, problems_of
from dayu.law.refusals import ALLOWED, Verdict, all_of, refuse
from dayu.law.rulebook import load_toml
from dayu.law.thresholds import COLLECTIVE_DISCUSSION, HEARING, SUMMARY_DECISION, thresholds_hash
from dayu.law.triggers import (
    Proposal,
    Trigger,
    collective_discussion,
    hearing,
    legal_review,
    lower_side_matters,
    summary_allowed,
)
from dayu.law.violations import Measure, Version, Violation, violation


@dataclass(slots=True)
class Assessment:
    """The answer. None means that the input cannot tell; `questions` names what to ask a person, each once."""

    told: AssessInput
    violation: Violation  # the one that applies: another than told where it gives way
    choice: in_force.Choice
    version: Version | None = None
    range: RangeOutcome | None = None
    bounds: Bounds | None = None
    optional: bool | None = None
    local_law: Benchmark | None = None
    measures: tuple[tuple[Measure, bool | None], ...] = ()
    gate: OrderGate | None = None
    limitation: Limitation | None = None
    hearing: Trigger | None = None
    discussion: Trigger | None = None
    review: Trigger | None = None
    summary: Trigger | None = None
    suspicion: Suspicion | None = None
    benchmark: Benchmark | None = None
    tier: TierOutcome | None = None
    verdict: Verdict = ALLOWED
    questions: dict[str, None] = field(default_factory=dict)
    trace: list[Step] = field(default_factory=list)
    rules: dict[str, str] = field(default_factory=dict)

    def ask(self, *names: str) -> None:
        """Put questions to a person."""
        self.questions.update(dict.fromkeys(names))

    def answer(self, language: str = "zh") -> dict[str, Any]:
        """The output without its receipt, as JSON."""
        return assess_output.answer(self, language)

    def receipt(self) -> dict[str, Any]:
        """The execution receipt: rules and hashes, editions and why, input, result, trace."""
        return build_receipt(
            "assess",
            rules=self.rules,
            editions=assess_output.editions(self),
            inputs=self.told.as_told(),
            result=assess_output.answer(self, "zh"),
            trace=self.trace,
        )

    def as_json(self, language: str = "zh") -> dict[str, Any]:
        """The output of `dayu law assess`."""
        receipt = self.receipt()
        shown = receipt["result"] if language == "zh" else self.answer(language)
        return shown | {"receipt": receipt}


def assess(told: AssessInput) -> Assessment:
    """Assess one violation by one party on the facts that are told."""
    facts = facts_with_order(told.facts, order_met=told.order_met)
    applied, steps, asked = _applied_violation(told, facts)
    choice = in_force.applicable_version(
        applied,
        acted_from=told.acted_from,
        acted_to=told.acted_to,
        decided_on=told.as_of.last if told.as_of else None,
        range_of=lambda v: statutory_range(v, facts=facts, party=told.party).bounds,
    )
    found = Assessment(told, applied, choice, choice.version, trace=list(steps))
    found.ask(*asked, *choice.asks)
    found.rules |= {f"violation:{applied.key}": applied.digest, "circumstances": circumstances_hash()}
    found.rules["party-kinds"] = party_kinds_hash()
    if applied is not told.violation:
        found.rules[f"violation:{told.violation.key}"] = told.violation.digest
    _limitation(found, facts)
    _crime(found, facts)
    if choice.version is not None:
        _law(found, choice.version)
        _range(found, choice.version, facts)
        _order(found, choice.version, facts)
        _benchmark(found, facts)
    _steps(found, facts)
    _verdict(found, facts)
    return found


def _applied_violation(
    told: AssessInput, facts: dict[str, FactValue]
) -> tuple[Violation, tuple[Step, ...], tuple[str, ...]]:
    """The violation told, or the one that goes before it: a basin law before general law, a special before it."""
    current, steps, asked = told.violation, [], []
    end = told.acted_until
    for other in current.gives_way:
        target = violation(other.to)
        if end is not None and target.version_on(end.last) is None:
            continue
        in_basin = _in_basin(other.basin, told) if other.basin else True
        holds = all_hold(circumstance_holds(c, facts) for c in other.when)
        if in_basin and holds:
            if end is None:
                asked.append("day_of_act")
                continue
            steps.append(Step("gives_way", {"from": current.name, "to": target.name}, target.versions[-1].citations))
            return target, tuple(steps), tuple(asked)
        if in_basin is None and holds is not False:
            asked.append("basin")
        elif in_basin and holds is None:
            asked += missing_facts(other.when, facts)
    return current, (), tuple(asked)


@cache
def circumstances_hash() -> str:
    """Content hash of the circumstances that fines and measures name."""
    return content_hash(load_toml("circumstances.toml"))


@cache
def party_kinds_hash() -> str:
    """Content hash of the kinds of parties."""
    return content_hash(load_toml("party-kinds.toml"))


@cache
def _provinces(basin: str) -> frozenset[str]:
    return frozenset(load_toml("basins.toml")[basin]["provinces"])


def _in_basin(basin: str, told: AssessInput) -> bool | None:
    if "basin" in told.facts:
        return told.facts["basin"] == basin
    if told.territory and told.territory[:2] not in _provinces(basin):
        return False
    return None


def _limitation(found: Assessment, facts: dict[str, FactValue]) -> None:
    told = found.told
    found.limitation = limitation(
        acted_from=told.acted_from,
        acted_to=told.acted_to,
        discovered_on=told.discovered_on,
        as_of=told.as_of.last if told.as_of else None,
        facts=facts,
    )
    found.rules["limitation"] = limitation_hash()
    found.ask(*found.limitation.missing)
    params = {"years": found.limitation.years, "last_day": found.limitation.last_day, "barred": found.limitation.barred}
    found.trace.append(Step("limitation", params, found.limitation.basis))


def _crime(found: Assessment, facts: dict[str, FactValue]) -> None:
    found.suspicion = suspicion(found.violation, facts)
    if found.suspicion.rule:
        found.rules[f"criminal:{found.suspicion.rule}"] = criminal_rules()[found.suspicion.rule].digest
    found.ask(*found.suspicion.missing, *found.suspicion.also_ask)
    if found.suspicion.suspected is None and not found.suspicion.missing:
        found.ask("crime")
    params = {"suspected": found.suspicion.suspected, "threshold_yuan": found.suspicion.threshold_yuan}
    found.trace.append(Step("crime", params, found.suspicion.basis))


def _law(found: Assessment, version: Version) -> None:
    text = "、".join(c.text() for c in version.citations)
    basis = version.citations + (in_force.basis() if found.choice.why == in_force.LIGHTER else ())
    found.trace.append(Step("law_in_force", {"text": text, "why": found.choice.why}, basis))
    days = [d.last for d in (found.told.acted_until, found.told.as_of) if d is not None]
    for question in found.violation.asks:
        # A law that came after the act counts as well: it may be the lighter one.
        if not days or max(days) >= question.since:
            found.ask(f"violation:{question.since.isoformat()}")
    if found.violation.other_authority:
        found.ask("authority")
    region = found.violation.region
    elsewhere = region in _regions() and _in_basin(region, found.told) is False
    if elsewhere and "basin" not in found.told.facts and _provinces(region):
        found.ask("basin_province")


@cache
def _regions() -> frozenset[str]:
    """The regions that have a law of their own."""
    return frozenset(load_toml("basins.toml"))


def _range(found: Assessment, version: Version, facts: dict[str, FactValue]) -> None:
    told = found.told
    found.range = statutory_range(version, facts=facts, party=told.party)
    found.measures = measures_of(version, facts=facts, party=told.party)
    found.bounds, found.optional = found.range.bounds, found.range.optional
    found.ask(*found.range.missing)
    params = {"why": found.range.why, "min_yuan": found.range.min_yuan, "max_yuan": found.range.max_yuan}
    found.trace.append(Step("statutory_range", params, version.citations))
    if found.range.why == LOCAL_LAW:
        _local_range(found, facts)


def _local_range(found: Assessment, facts: dict[str, FactValue]) -> None:
    """Where the national article names no figure, the local law of the place does."""
    told = found.told
    end = told.acted_until or told.as_of
    if not told.territory or end is None:
        found.ask("local_law" if told.territory else "territory")
        if end is None:
            found.ask("day_of_act")
        return
    law = local_law_for(found.violation.key, told.territory, end.last)
    if law is None or law.local_range is None:
        found.ask("local_law")
        return
    found.local_law, found.bounds, found.optional = law, local_bounds(law, facts), law.local_range.optional
    found.rules[f"benchmark:{law.key}"] = law.digest
    if found.bounds is None:
        found.ask(law.rate_fact)
    if not law.confirmed:
        found.ask("tier_unverified")
    low, high = found.bounds or (None, None)
    found.trace.append(Step("local_range", {"document": law.document, "min_yuan": low, "max_yuan": high}, law.basis))


def _order(found: Assessment, version: Version, facts: dict[str, FactValue]) -> None:
    told = found.told
    found.gate = order_gate(
        version, facts=facts, ordered_on=told.ordered_on, order_met=told.order_met, as_of=told.as_of
    )
    found.ask(*found.gate.missing)
    if found.gate.rule is not None:
        params = {"order": found.gate.rule.order, "satisfied": found.gate.satisfied}
        found.trace.append(Step("order_first", params, found.gate.basis))


def _benchmark(found: Assessment, facts: dict[str, FactValue]) -> None:
    told = found.told
    end = told.acted_until or told.as_of
    if not told.territory or end is None:
        if found.version is not None and found.version.fines:
            found.ask("day_of_act" if told.territory else "territory")
        return
    found.benchmark = benchmark_for(found.violation.key, told.territory, end.last)
    if found.benchmark is None:
        return
    found.rules[f"benchmark:{found.benchmark.key}"] = found.benchmark.digest
    found.tier = tier(found.benchmark, facts=facts, party=told.party)
    found.trace.extend(found.tier.trace)
    found.ask(*found.tier.missing)
    if found.tier.why in (TIERS_CONFLICT, NO_TIER):
        found.ask(found.tier.why)
    if found.tier.unverified:
        found.ask("tier_unverified")
    if _breaks_the_range(found):
        found.ask("benchmark_outside_range")


def _breaks_the_range(found: Assessment) -> bool:
    """Whether the tier lies outside the statutory range: no benchmark may break through the law (as some old ones do)."""
    if found.tier is None or found.bounds is None or found.tier.no_fine:
        return False
    low, high = found.tier.min_yuan, found.tier.max_yuan
    return (low is not None and low < found.bounds[0]) or (high is not None and high > found.bounds[1])


def _steps(found: Assessment, facts: dict[str, FactValue]) -> None:
    told = found.told
    low, high = _span(found)
    proposal = Proposal(told.party, facts, low, high, found.measures, told.as_of, _not_before(told))
    found.hearing, found.discussion = hearing(proposal), collective_discussion(proposal)
    found.review = legal_review(proposal, hearing=found.hearing, discussion=found.discussion)
    found.summary = summary_allowed(proposal)
    for key in (HEARING, COLLECTIVE_DISCUSSION, SUMMARY_DECISION):
        found.rules[f"threshold:{key}"] = thresholds_hash(key)
    for trigger in (found.hearing, found.discussion, found.review, found.summary):
        found.trace.extend(trigger.steps)
        found.ask(*trigger.missing)
    if lower_side_matters(proposal):
        found.ask("treated_as")


def _span(found: Assessment) -> tuple[Decimal | None, Decimal | None]:
    """The least and the most that can be fined: the amount told, the range, or all ranges that are possible."""
    if found.told.fine_yuan is not None:
        return found.told.fine_yuan, found.told.fine_yuan
    if found.bounds is not None:
        return found.bounds
    if found.range is None:
        return None, None
    if found.range.why in (NO_FINE, NOT_MET):
        return Decimal(0), Decimal(0)
    possible = [b for _, b in found.range.alternatives]
    known = [b for b in possible if b is not None]
    if not known or len(known) < len(possible):
        return None, None
    return min(b[0] for b in known), max(b[1] for b in known)


def _not_before(told: AssessInput) -> date | None:
    """A decision cannot be older than the act, its discovery or the order: the earliest day it can have."""
    days = (told.acted_from, told.acted_to, told.discovered_on, told.ordered_on)
    return max((d.first for d in days if d is not None), default=None)


def _verdict(found: Assessment, facts: dict[str, FactValue]) -> None:
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
    found.verdict = all_of(verdicts)


def _in_force_verdict(found: Assessment) -> Verdict:
    if found.choice.why != in_force.NOT_IN_FORCE:
        return ALLOWED
    first = found.violation.versions[0]
    return refuse(
        "assess.no_rule_in_force", *in_force.basis(), *first.citations,
        violation=found.violation.name, in_force_from=first.in_force_from,
    )


def _basin_verdict(found: Assessment) -> Verdict:
    region = found.violation.region
    if region not in _regions() or found.told.facts.get("basin", region) == region:
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
    return refuse("assess.outside_every_range", *version.citations, fine_yuan=f"{fine:,}")


def _tier_verdict(found: Assessment, fine: Decimal) -> Verdict:
    """Outside the tier: the reasons are asked for; review and discussion follow in the procedure."""
    outcome = found.tier
    if outcome is None or outcome.why != TIER_FOUND or outcome.tier is None or found.benchmark is None:
        return ALLOWED
    if _breaks_the_range(found):
        return ALLOWED
    if outcome.no_fine:
        ends: tuple[Decimal | None, Decimal | None] = (Decimal(0), Decimal(0))
    else:
        ends = (outcome.min_yuan, outcome.max_yuan)
    later = Deviation(legal_review_passed=True, collectively_discussed=True)
    return tier_verdict(
        fine, ends, tier=outcome.tier, deviation=later,
        mitigated=found.told.facts.get("mitigation_ground") is True, basis=found.benchmark.basis,
    )


_HASHES: dict[str, Callable[[str], str]] = {
    "violation": lambda key: violation(key).digest,
    "benchmark": lambda key: benchmarks()[key].digest,
    "threshold": thresholds_hash,
    "criminal": lambda key: criminal_rules()[key].digest,
    "limitation": lambda _: limitation_hash(),
    "circumstances": lambda _: circumstances_hash(),
    "party-kinds": lambda _: party_kinds_hash(),
}


def rule_hash(rule: str) -> str | None:
    """The content hash that a rule of a receipt has in the rulebook at hand, None where it is gone."""
    kind, _, key = rule.partition(":")
    try:
        return _HASHES[kind](key)
    except (KeyError, ValueError):
        return None


def verify_receipt(receipt: dict[str, Any]) -> tuple[str, ...]:
    """What does not check out in a receipt of an assessment: see `receipts.problems_of`."""
    return problems_of(receipt, current_hash=rule_hash)
