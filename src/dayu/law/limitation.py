"""Limitation of penalties (追责期限): two or five years from the end of the act (行政处罚法第三十六条)."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from dayu.law.citations import Citation, citation_from, cite
from dayu.law.fact_conditions import Facts
from dayu.law.partial_dates import PartialDate
from dayu.law.receipts import content_hash
from dayu.law.refusals import ALLOWED, Verdict, refuse
from dayu.law.rulebook import load_toml

ORDINARY = "ordinary"


@dataclass(frozen=True, slots=True)
class LimitationRule:
    """One limitation period, and the fact that it takes."""

    key: str
    years: int
    in_force_from: date
    fact: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Limitation:
    """The last day of discovery, and whether the act is barred. None where the input cannot tell; `missing` is to be asked."""

    rule: str
    years: int
    last_day: date | None
    barred: bool | None
    basis: tuple[Citation, ...]
    missing: tuple[str, ...] = ()


@cache
def limitation_rules() -> Mapping[str, LimitationRule]:
    """The periods of `rulebook/limitation.toml` by key."""
    return {
        key: LimitationRule(
            key, row["years"], row["in_force_from"], row.get("fact", ""), citation_from(row["citation"])
        )
        for key, row in load_toml("limitation.toml").items()
        if key != "examples"
    }


@cache
def limitation_hash() -> str:
    """Content hash of the limitation rules, for receipts."""
    return content_hash(load_toml("limitation.toml"))


def years_later(day: date, years: int) -> date:
    """The corresponding day so many years on, or the last day of its month (29 February)."""
    year = day.year + years
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))


def limitation(
    *,
    acted_from: PartialDate | None,
    acted_to: PartialDate | None,
    discovered_on: PartialDate | None,
    as_of: date | None,
    facts: Facts,
) -> Limitation:
    """Whether the act was discovered in time. An act that continues, or has no known end, is counted from its end.

    Discovery is the day on which an organ with the power to act had the lead (filing, tip, referral).
    """
    rule, open_facts = _rule(acted_to or acted_from, facts)
    if facts.get("continuing") is True:
        return Limitation(rule.key, rule.years, None, False, _basis(rule))
    end = acted_to or acted_from
    if end is None:
        return Limitation(rule.key, rule.years, None, None, _basis(rule), ("acted_to",))
    first, last = years_later(end.first, rule.years), years_later(end.last, rule.years)
    last_day = last if end.is_day else None
    barred = _late(discovered_on, as_of, first, last)
    missing: list[str] = []
    if barred is None:
        missing.append("discovered_on" if discovered_on is None else "acted_to" if not end.is_day else "discovered_on")
    if barred is not False and acted_to is None and facts.get("continuing") is None:
        # Nobody said that the act was over on the day it began: it may have gone on.
        barred, missing = None, [*missing, "acted_to"]
    if barred is True:
        # Two years are the rule; whoever sees a ground for five must show it, so it is asked and not presumed.
        missing += open_facts
    if not end.is_day and "acted_to" not in missing:
        missing.append("acted_to")
    return Limitation(rule.key, rule.years, last_day, barred, _basis(rule), tuple(dict.fromkeys(missing)))


def limitation_verdict(found: Limitation) -> Verdict:
    """Refuses a penalty for a barred act; orders to correct remain possible."""
    if found.barred is not True:
        return ALLOWED
    return refuse("assess.barred", *found.basis, years=found.years, last_day=found.last_day)


def _rule(end: PartialDate | None, facts: Facts) -> tuple[LimitationRule, tuple[str, ...]]:
    """The longest period that the facts give, and the facts that could still give a longer one."""
    rules = limitation_rules()
    open_facts = []
    for rule in rules.values():
        if not rule.fact or (end is not None and end.last < rule.in_force_from and rule.key == "ecological"):
            continue
        if facts.get(rule.fact) is True:
            return rule, ()
        if rule.fact not in facts:
            open_facts.append(rule.fact)
    return rules[ORDINARY], tuple(open_facts)


def _late(discovered_on: PartialDate | None, as_of: date | None, first: date, last: date) -> bool | None:
    if discovered_on is None:
        # Not yet discovered on a day within the period: then it is not barred on that day, whatever follows.
        return False if as_of is not None and as_of <= first else None
    if discovered_on.last <= first:
        return False
    return True if discovered_on.first > last else None


def _basis(rule: LimitationRule) -> tuple[Citation, ...]:
    return rule.citation, cite("penalty-law", 36, 2, anchor="从行为终了之日起计算")
