"""Suspected crime (涉嫌犯罪): whether a violation must first go to the police, never a fine instead of it.

行政处罚法第八条、第二十七条、第八十二条; amounts by judicial interpretation, in `rulebook/criminal.toml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from dayu.law.citations import Citation, citation_from, cite
from dayu.law.fact_conditions import Facts, any_holds
from dayu.law.receipts import content_hash
from dayu.law.refusals import ALLOWED, Verdict, refuse
from dayu.law.rulebook import load_toml
from dayu.law.violations import Violation


@dataclass(frozen=True, slots=True)
class CriminalRule:
    """One crime that violations may amount to, with its ranges of value in yuan."""

    key: str
    row: Mapping[str, Any]
    basis: tuple[Citation, ...]
    digest: str

    def span(self, name: str) -> tuple[Decimal, Decimal]:
        """The range within which a province sets its figure."""
        low, high = self.row[name]
        return Decimal(low), Decimal(high)


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Whether a crime is suspected: yes, no, or None with the facts that are missing."""

    suspected: bool | None
    threshold_yuan: Decimal | None
    threshold_max_yuan: Decimal | None
    basis: tuple[Citation, ...]
    rule: str = ""
    missing: tuple[str, ...] = ()
    also_ask: tuple[str, ...] = ()  # grounds beside the amount that nobody has answered


@cache
def criminal_rules() -> Mapping[str, CriminalRule]:
    """All rules by key."""
    return {
        key: CriminalRule(key, row, tuple(citation_from(c) for c in row["citations"]), content_hash(row))
        for key, row in load_toml("criminal.toml").items()
    }


def suspicion(violation: Violation, facts: Facts) -> Suspicion:
    """Whether the facts reach the threshold of a crime.

    A violation for which the rulebook knows a crime but no threshold is left to a person (None, nothing missing).
    """
    rule = next((r for r in criminal_rules().values() if violation.key in r.row["violations"]), None)
    if rule is not None:
        return _by_value(rule, facts)
    return Suspicion(None if violation.criminal_note else False, None, None, (_transfer(),))


def suspicion_verdict(found: Suspicion) -> Verdict:
    """Refuses a fine while the case belongs to the police; orders to stop and restore go on."""
    if found.suspected is not True:
        return ALLOWED
    return refuse("assess.refer_crime_first", _transfer(), *found.basis, remedy="refer_crime")


@cache
def _transfer() -> Citation:
    return cite("penalty-law", 27, 1, anchor="及时将案件移送司法机关")


def _by_value(rule: CriminalRule, facts: Facts) -> Suspicion:
    row = rule.row
    closed = any_holds(_yes(facts, name) for name in row["closed_facts"])
    spans = {
        True: [rule.span("closed_range_yuan")],
        False: [rule.span("range_yuan")],
        None: [rule.span("closed_range_yuan"), rule.span("range_yuan")],
    }[closed]
    known = len(spans) == 1
    low, high = (spans[0][0] if known else None), (spans[0][1] if known else None)
    repeats, harm = facts.get(row["repeat_fact"]), facts.get(row["harm_fact"])
    also = tuple(name for name in (row["repeat_fact"], row["harm_fact"]) if name not in facts)
    if harm is True or (isinstance(repeats, Decimal) and repeats >= Decimal(row["repeat_from"])):
        return Suspicion(True, low, high, rule.basis, rule.key)
    value, own = facts.get(row["amount_fact"]), facts.get(row["province_fact"])
    if not isinstance(value, Decimal):
        return Suspicion(None, low, high, rule.basis, rule.key, (row["amount_fact"],), also)
    if isinstance(own, Decimal):
        return Suspicion(value >= own, own, own, rule.basis, rule.key, (), also)
    if value < min(s[0] for s in spans):
        return Suspicion(False, low, high, rule.basis, rule.key, (), also)
    if value >= max(s[1] for s in spans):
        return Suspicion(True, low, high, rule.basis, rule.key, (), also)
    missing = (row["province_fact"],) if known else tuple(n for n in row["closed_facts"] if n not in facts)
    return Suspicion(None, low, high, rule.basis, rule.key, missing, also)


def _yes(facts: Facts, name: str) -> bool | None:
    answer = facts.get(name)
    return answer if isinstance(answer, bool) else None
