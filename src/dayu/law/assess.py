"""The assessment of one violation by one party: law in force, range, gates, limitation, steps, crime, benchmark.

`assess` composes the pure questions of its neighbours. What the input cannot tell stays None and is named in
`questions`; every conclusion leaves its step in the trace, and `receipt` freezes the whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from dayu.law import assess_output, in_force
from dayu.law.assess_input import AssessInput
from dayu.law.assess_rules import circumstances_hash, party_kinds_hash
from dayu.law.assess_verdict import breaks_the_range, regions, verdict_of
from dayu.law.benchmark_versions import UNCLEAR, applicable_benchmark
from dayu.law.benchmarks import (
    NO_TIER,
    TIERS_CONFLICT,
    Benchmark,
    TierOutcome,
    local_bounds,
    local_law_for,
)
from dayu.law.criminal import Suspicion, criminal_rules, suspicion
from dayu.law.fact_conditions import FactValue, all_hold, circumstance_holds, missing_facts
from dayu.law.limitation import Limitation, limitation, limitation_hash
from dayu.law.order_first import OrderGate, facts_with_order, order_gate
from dayu.law.ranges import (
    LOCAL_LAW,
    NO_FINE,
    NOT_MET,
    Bounds,
    RangeOutcome,
    measures_of,
    statutory_range,
)
from dayu.law.receipts import Step, build_receipt
from dayu.law.refusals import ALLOWED, Verdict
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

Known = Mapping[str, Benchmark] | None


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


def assess(told: AssessInput, *, known: Mapping[str, Benchmark] | None = None) -> Assessment:
    """Assess one violation by one party on the facts that are told.

    `known` are the benchmarks and local laws to choose from, where an organ has entered its own; else the rulebook's.
    """
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
        _range(found, choice.version, facts, known)
        _order(found, choice.version, facts)
        _benchmark(found, facts, known)
    _steps(found, facts)
    found.verdict = verdict_of(found)
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
    elsewhere = region in regions() and _in_basin(region, found.told) is False
    if elsewhere and "basin" not in found.told.facts and _provinces(region):
        found.ask("basin_province")


def _range(found: Assessment, version: Version, facts: dict[str, FactValue], known: Known) -> None:
    told = found.told
    found.range = statutory_range(version, facts=facts, party=told.party)
    found.measures = measures_of(version, facts=facts, party=told.party)
    found.bounds, found.optional = found.range.bounds, found.range.optional
    found.ask(*found.range.missing)
    params = {"why": found.range.why, "min_yuan": found.range.min_yuan, "max_yuan": found.range.max_yuan}
    found.trace.append(Step("statutory_range", params, version.citations))
    if found.range.why == LOCAL_LAW:
        _local_range(found, facts, known)


def _local_range(found: Assessment, facts: dict[str, FactValue], known: Known) -> None:
    """Where the national article names no figure, the local law of the place does."""
    told = found.told
    end = told.acted_until or told.as_of
    if not told.territory or end is None:
        found.ask("local_law" if told.territory else "territory")
        if end is None:
            found.ask("day_of_act")
        return
    law = local_law_for(found.violation.key, told.territory, end.last, among=known)
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


def _benchmark(found: Assessment, facts: dict[str, FactValue], known: Known) -> None:
    told = found.told
    end = told.acted_until or told.as_of
    if not told.territory or end is None:
        if found.version is not None and found.version.fines:
            found.ask("day_of_act" if told.territory else "territory")
        return
    chosen = applicable_benchmark(
        found.violation.key,
        told.territory,
        acted_on=end.last,
        decided_on=told.as_of.last if told.as_of else None,
        facts=facts,
        party=told.party,
        among=known,
    )
    if chosen is None:
        return
    found.benchmark, found.tier = chosen.benchmark, chosen.outcome
    found.rules[f"benchmark:{found.benchmark.key}"] = found.benchmark.digest
    if chosen.other is not None:
        found.rules[f"benchmark:{chosen.other.key}"] = chosen.other.digest
        params = {"document": found.benchmark.document, "why": chosen.why}
        found.trace.append(Step("benchmark_version", params, in_force.basis()))
    if chosen.why == UNCLEAR:
        found.ask("lighter_benchmark")
    found.trace.extend(found.tier.trace)
    found.ask(*found.tier.missing)
    if found.tier.why in (TIERS_CONFLICT, NO_TIER):
        found.ask(found.tier.why)
    if found.tier.unverified:
        found.ask("tier_unverified")
    if breaks_the_range(found):
        found.ask("benchmark_outside_range")


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
