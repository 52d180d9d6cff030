"""Discretion benchmarks (裁量基准): which one applies, which facts it asks for, and which tier the facts lead to.

The data stand in `rulebook/benchmarks/*.toml`; provincial and county benchmarks entered in the application have the
same form and go through `benchmark_from`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from dayu.law.citations import CONFIRMATIONS, UNVERIFIED, Citation, citation_from
from dayu.law.fact_conditions import LARGEST, Condition, Facts, condition_from
from dayu.law.party_kinds import PartyKind
from dayu.law.receipts import Step, content_hash
from dayu.law.rulebook import RulebookError, load_folder

Bounds = tuple[Decimal, Decimal]
Ends = tuple[Decimal | None, Decimal | None]
OpenEnds = tuple[bool, bool]
CLOSED: OpenEnds = (False, False)

FOUND = "found"
FACTS_MISSING = "facts_missing"
TIERS_CONFLICT = "tiers_conflict"  # two tiers hold: the document does not say which goes first
NO_TIER = "no_tier"  # a gap in the document
NOT_LISTED = "not_listed"  # a list of reliefs says nothing about the rest, and need not
GATE_CLOSED = "gate_closed"

RELIEF_LIST = "relief-list"  # 不予处罚、减免责清单: names who is let off, and leaves all others to the benchmark
UNPLACED = "unplaced"  # the place that issued it is not known, so that it applies nowhere


@dataclass(frozen=True, slots=True)
class Row:
    """One way into a tier: conditions that must all hold. `text` is the row as the table shows it."""

    conditions: tuple[Condition, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Tier:
    """One tier (裁量阶次): its rows, and its range for either side of the party. No bounds: the source was cut off.

    `open` says which ends do not belong to the range; `stated` whether the document says so itself, or merely writes
    以上、以下, which includes both figures and leaves a shared one in two tiers.
    """

    name: str
    rows: tuple[Row, ...]
    citizen: Ends
    organisation: Ends
    split: bool
    no_fine: bool
    unverified: bool
    plus: str
    citizen_open: OpenEnds = CLOSED
    organisation_open: OpenEnds = CLOSED
    stated: bool = False
    manner: str = ""
    time_limit: str = ""

    def ends(self, side: str) -> tuple[Ends, OpenEnds]:
        """The range of a side of the party, and which of its ends are open."""
        citizen = side == "citizen"
        return (self.citizen, self.citizen_open) if citizen else (self.organisation, self.organisation_open)


@dataclass(frozen=True, slots=True)
class Exempted:
    """A finding of the linter that stands, because the source itself has it: which, where exactly, and who says so."""

    rule: str
    at: str
    why: str


@dataclass(frozen=True, slots=True)
class LocalRange:
    """The range that a local law sets where the national article names no figure; rates where `rate_fact` is set."""

    low: Decimal
    high: Decimal
    optional: bool


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A benchmark document for some violations in one territory and all below it."""

    key: str
    territory: str
    name: str
    document: str
    kind: str
    confirmation: str
    status: str
    demonstration: bool
    in_force_from: date | None
    in_force_until: date | None
    basis: tuple[Citation, ...]
    violations: tuple[str, ...]
    gate: str
    alternative_facts: frozenset[str]
    rate_fact: str
    local_range: LocalRange | None
    tiers: tuple[Tier, ...]
    notes: str
    digest: str
    refines: str = ""
    replaces: str = ""
    issuer: str = ""
    issued_on: date | None = None
    weights: tuple[tuple[str, str], ...] = ()
    exempted: tuple[Exempted, ...] = ()

    @property
    def confirmed(self) -> bool:
        """Whether its text and its being in force are confirmed; otherwise doors show "default, not confirmed"."""
        return self.confirmation == "V" and self.status == "in-force"

    @property
    def factors(self) -> tuple[str, ...]:
        """The facts it asks for (裁量因素), each once, in the order of the table."""
        asked = [c.fact for t in self.tiers for r in t.rows for c in r.conditions]
        return tuple(dict.fromkeys(asked + ([self.rate_fact] if self.rate_fact else [])))

    def holds_on(self, day: date) -> bool:
        """Whether it may be used for an act of that day; unknown dates do not exclude it."""
        return (self.in_force_from is None or self.in_force_from <= day) and (
            self.in_force_until is None or day <= self.in_force_until
        )


@dataclass(frozen=True, slots=True)
class TierOutcome:
    """The tier that the facts lead to, its range, and every step with the answers it rests on.

    `why` says how it ended; `missing` are the facts to ask for; `candidates` the tiers that conflict.
    """

    why: str
    trace: tuple[Step, ...]
    tier: str | None = None
    min_yuan: Decimal | None = None
    max_yuan: Decimal | None = None
    no_fine: bool = False
    unverified: bool = False
    plus: str = ""
    missing: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    open: OpenEnds = CLOSED


REQUIRED = frozenset({"territory", "name", "document", "kind", "violations", "tiers"})
FIELDS = REQUIRED | {
    "confirmation", "status", "demonstration", "in_force_from", "in_force_until", "citation", "gate",
    "alternative_facts", "rate_fact", "range", "notes", "refines", "replaces", "issuer", "issued_on", "weights",
    "exempted", "examples",
}  # fmt: skip
_LOWS, _HIGHS = frozenset({"min", "from", "above"}), frozenset({"max", "to", "below"})
_STATED = frozenset({"from", "above", "to", "below"})
_END_FIELDS = frozenset(f"{end}_{unit}" for end in _LOWS | _HIGHS for unit in ("yuan", "rate"))
TIER_FIELDS = _END_FIELDS | {"tier", "rows", "by_party", "no_fine", "unverified", "plus", "manner", "time_limit"}


@cache
def _tables() -> Mapping[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for name, rows in load_folder("benchmarks").items():
        for key, row in rows.items():
            if key in found:
                raise RulebookError(f"rulebook/benchmarks/{name}.toml has {key} a second time")
            found[key] = row
    return found


@cache
def benchmarks() -> Mapping[str, Benchmark]:
    """All benchmarks of the rulebook by key."""
    return {key: benchmark_from(key, row) for key, row in _tables().items()}


def benchmark_examples(key: str) -> tuple[Mapping[str, Any], ...]:
    """The worked examples of a benchmark, as its table has them."""
    return tuple(_tables()[key].get("examples", ()))


def benchmark_table(key: str) -> Mapping[str, Any]:
    """The TOML table of a benchmark of the rulebook."""
    return _tables()[key]


def benchmark_from(key: str, row: Mapping[str, Any]) -> Benchmark:
    """A benchmark from its TOML table; raises RulebookError where it contradicts itself."""
    if unknown := set(row) - FIELDS:
        raise RulebookError(f"benchmark {key} has unknown fields: {', '.join(sorted(unknown))}")
    if absent := REQUIRED - set(row):
        raise RulebookError(f"benchmark {key} lacks: {', '.join(sorted(absent))}")
    confirmation = row.get("confirmation", UNVERIFIED)
    if confirmation not in CONFIRMATIONS:
        raise RulebookError(f"benchmark {key}: unknown confirmation {confirmation!r}")
    return Benchmark(
        key,
        row["territory"],
        row["name"],
        row["document"],
        row["kind"],
        confirmation,
        row.get("status", "in-force"),
        row.get("demonstration", False),
        row.get("in_force_from"),
        row.get("in_force_until"),
        (citation_from(row["citation"]),) if "citation" in row else (),
        tuple(row["violations"]),
        row.get("gate", ""),
        frozenset(row.get("alternative_facts", ())),
        row.get("rate_fact", ""),
        _local_range(row),
        tuple(_tier(key, t) for t in row["tiers"]),
        row.get("notes", ""),
        content_hash(row),
        row.get("refines", ""),
        row.get("replaces", ""),
        row.get("issuer", ""),
        row.get("issued_on"),
        tuple(row.get("weights", {}).items()),
        tuple(Exempted(e["rule"], e["at"], e["why"]) for e in row.get("exempted", ())),
    )


def _local_range(row: Mapping[str, Any]) -> LocalRange | None:
    if "range" not in row:
        return None
    unit = "rate" if row.get("rate_fact") else "yuan"
    given = row["range"]
    return LocalRange(Decimal(given[f"min_{unit}"]), Decimal(given[f"max_{unit}"]), given["optional"])


def _tier(key: str, row: Mapping[str, Any]) -> Tier:
    if unknown := set(row) - TIER_FIELDS:
        raise RulebookError(f"benchmark {key}: a tier has unknown fields: {', '.join(sorted(unknown))}")
    if not {"tier", "rows"} <= set(row):
        raise RulebookError(f"benchmark {key}: a tier lacks its name or its rows")
    sides = row["by_party"] if "by_party" in row else dict.fromkeys(("citizen", "organisation"), row)
    if set(sides) != {"citizen", "organisation"}:
        raise RulebookError(f"benchmark {key}, tier {row['tier']}: by_party needs citizen and organisation")
    (citizen, citizen_open, stated), (organisation, organisation_open, also) = (
        _ends(key, row["tier"], sides[side]) for side in ("citizen", "organisation")
    )
    unverified = row.get("unverified", False)
    if not unverified and not row.get("no_fine") and None in (*citizen, *organisation):
        raise RulebookError(f"benchmark {key}, tier {row['tier']}: bounds are missing and it is not marked unverified")
    return Tier(
        row["tier"],
        tuple(_row(r) for r in row["rows"]),
        citizen,
        organisation,
        "by_party" in row,
        row.get("no_fine", False),
        unverified,
        row.get("plus", ""),
        citizen_open,
        organisation_open,
        stated or also,
        row.get("manner", ""),
        row.get("time_limit", ""),
    )


def _ends(key: str, tier: str, given: Any) -> tuple[Ends, OpenEnds, bool]:
    """Both ends of a tier, which are open, and whether that is stated; None where the source does not give one.

    `min_yuan` and `max_yuan` are 以上、以下; `from`, `above`, `to`, `below` state the ends as conditions do. `_rate` instead
    of `_yuan` where the benchmark names a fact that the rate is multiplied with.
    """
    if isinstance(given, list):
        given = {"min_yuan": given[0], "max_yuan": given[1]}
    found = {n.rpartition("_")[0]: v for n, v in given.items() if n in _END_FIELDS}
    if len(found.keys() & _LOWS) > 1 or len(found.keys() & _HIGHS) > 1:
        raise RulebookError(f"benchmark {key}, tier {tier}: two amounts for one end")
    low, high = (next((_amount(key, tier, found[n]) for n in names if n in found), None) for names in (_LOWS, _HIGHS))
    if low is not None and high is not None and low > high:
        raise RulebookError(f"benchmark {key}, tier {tier}: from {low} to {high}")
    return (low, high), ("above" in found, "below" in found), bool(found.keys() & _STATED)


def _amount(key: str, tier: str, given: object) -> Decimal:
    try:
        amount = Decimal(str(given))
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or not 0 <= amount <= LARGEST:
        raise RulebookError(f"benchmark {key}, tier {tier}: {given!r} is no amount")
    return amount


def _row(cells: list[Mapping[str, Any]]) -> Row:
    conditions = tuple(condition_from(c) for c in cells)
    return Row(conditions, "，".join(c.text() for c in conditions))


def ancestors(territory: str) -> tuple[str, ...]:
    """The territory and all above it, nearest first: 990121 → 990121, 990100, 990000."""
    return tuple(dict.fromkeys((territory, territory[:4] + "00", territory[:2] + "0000")))


def benchmark_for(
    violation: str, territory: str, on: date, *, among: Mapping[str, Benchmark] | None = None
) -> Benchmark | None:
    """The benchmark of the nearest territory for a violation on the day of the act, or None."""
    known = benchmarks() if among is None else among
    for code in ancestors(territory):
        fitting = [b for b in known.values() if b.territory == code and violation in b.violations and b.holds_on(on)]
        found = [b for b in fitting if b.kind != RELIEF_LIST] or fitting
        if len(found) > 1:
            raise RulebookError(f"two benchmarks for {violation} in {code}: {', '.join(b.key for b in found)}")
        if found:
            return found[0]
    return None


def local_law_for(
    violation: str, territory: str, on: date, *, among: Mapping[str, Benchmark] | None = None
) -> Benchmark | None:
    """The nearest local law that sets a range where the national article names no figure."""
    candidates = [b for b in (benchmarks() if among is None else among).values() if b.local_range is not None]
    for code in ancestors(territory):
        for law in candidates:
            if law.territory == code and violation in law.violations and law.holds_on(on):
                return law
    return None


def local_bounds(law: Benchmark, facts: Facts) -> Bounds | None:
    """The range of a local law in yuan; None where the fact that its rate is multiplied with is missing."""
    if law.local_range is None:
        return None
    if not law.rate_fact:
        return law.local_range.low, law.local_range.high
    base = facts.get(law.rate_fact)
    return (law.local_range.low * base, law.local_range.high * base) if isinstance(base, Decimal) else None


def tier(benchmark: Benchmark, *, facts: Facts, party: PartyKind) -> TierOutcome:
    """The tier that the facts lead to. Same facts, same tier: nothing but the table and the answers goes in.

    Alternative facts (面积或者方量) need not all be given, but two that lead to different tiers are for a person.
    """
    trace: list[Step] = []
    basis = benchmark.basis
    if benchmark.gate:
        open_gate = facts.get(benchmark.gate)
        trace.append(Step("benchmark_gate", {"fact": benchmark.gate, "answer": open_gate}, basis))
        if open_gate is not True:
            why = GATE_CLOSED if open_gate is False else FACTS_MISSING
            return TierOutcome(why, tuple(trace), missing=() if open_gate is False else (benchmark.gate,))
    holding: list[Tier] = []
    missing: dict[str, None] = {}
    for candidate in benchmark.tiers:
        if _holds(candidate, benchmark, facts, trace, missing):
            holding.append(candidate)
    told = benchmark.alternative_facts & facts.keys()
    open_facts = tuple(f for f in missing if not (told and f in benchmark.alternative_facts))
    if len(holding) > 1:
        return TierOutcome(TIERS_CONFLICT, tuple(trace), candidates=tuple(t.name for t in holding))
    if open_facts and not holding:
        return TierOutcome(FACTS_MISSING, tuple(trace), missing=open_facts)
    if not holding:
        return TierOutcome(NOT_LISTED if benchmark.kind == RELIEF_LIST else NO_TIER, tuple(trace))
    return _outcome(holding[0], benchmark, facts, party, trace)


def _holds(tier: Tier, benchmark: Benchmark, facts: Facts, trace: list[Step], missing: dict[str, None]) -> bool:
    """Whether one of its rows holds; facts that leave a row open are added to `missing`."""
    found = False
    for row in tier.rows:
        answers, verdict = {}, True
        unknown = []
        for condition in row.conditions:
            holds = condition.holds(facts)
            answers[condition.fact] = facts.get(condition.fact)
            if holds is None:
                unknown.append(condition.fact)
            elif not holds:
                verdict = False
                break
        if verdict and unknown:
            missing.update(dict.fromkeys(unknown))
            verdict = False
        else:
            unknown = []
        found = found or verdict
        trace.append(
            Step(
                "tier_row",
                {"tier": tier.name, "row": row.text, "facts": answers, "holds": None if unknown else verdict},
                benchmark.basis,
            )
        )
    return found


def _outcome(tier: Tier, benchmark: Benchmark, facts: Facts, party: PartyKind, trace: list[Step]) -> TierOutcome:
    side = party.class_for_range(facts)
    if tier.split and not side:
        return TierOutcome(FACTS_MISSING, tuple(trace), missing=("treated_as",), candidates=(tier.name,))
    (low, high), open_ends = tier.ends(side)
    if benchmark.rate_fact:
        base = facts.get(benchmark.rate_fact)
        if not isinstance(base, Decimal):
            return TierOutcome(FACTS_MISSING, tuple(trace), missing=(benchmark.rate_fact,), candidates=(tier.name,))
        low, high = (None if low is None else low * base), (None if high is None else high * base)
    trace.append(Step("tier_range", {"tier": tier.name, "min_yuan": low, "max_yuan": high}, benchmark.basis))
    return TierOutcome(
        FOUND,
        tuple(trace),
        tier.name,
        low,
        high,
        tier.no_fine,
        tier.unverified or not benchmark.confirmed,
        tier.plus,
        open=open_ends,
    )
