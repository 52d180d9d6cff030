"""The worked examples of a rule, run against the rule as given: a table of the rulebook, or a changed copy of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any
from unittest.mock import patch

from dayu.law import deadlines, fact_conditions, limitation, thresholds, time_limits
from dayu.law.benchmarks import FOUND as TIER_FOUND
from dayu.law.benchmarks import benchmark_from, tier
from dayu.law.calendar import (
    Calendar,
    NotComputable,
    arrangement_from,
    national_calendar,
    published_arrangements,
    statutory_arrangement,
)
from dayu.law.citations import Citation
from dayu.law.criminal import CriminalRule, suspicion
from dayu.law.fact_conditions import FactValue, read_facts
from dayu.law.order_first import order_gate
from dayu.law.partial_dates import partial_date
from dayu.law.party_kinds import party_kind
from dayu.law.ranges import FOUND, LOCAL_LAW, NO_FINE, statutory_range
from dayu.law.rulebook import RulebookError, load_toml
from dayu.law.territories import resolve
from dayu.law.violations import violation, violation_from, violation_keys

Row = Mapping[str, Any]


def told(given: Row) -> dict[str, FactValue]:
    """Facts of an example; those that follow from an order may be told as well."""
    derived = {k: v for k, v in given.items() if k.startswith("order_unmet")}
    return dict(read_facts({k: v for k, v in given.items() if k not in derived})) | derived


def violation_fault(key: str, row: Row) -> str:
    """The first example of a violation that does not come out, or nothing."""
    chosen = violation_from(key, row)
    for example in row["examples"]:
        version = chosen.version_on(example["on"])
        if version is None:
            return f"{example['on']}: no version"
        facts, party = told(example.get("facts", {})), party_kind(example["party"])
        outcome = statutory_range(version, facts=facts, party=party)
        expected = {"local": LOCAL_LAW, "no fine": NO_FINE}.get(example.get("outcome", ""), FOUND)
        bounds = (Decimal(example["min_yuan"]), Decimal(example["max_yuan"])) if expected == FOUND else None
        if (outcome.why, outcome.bounds) != (expected, bounds):
            return f"{example}: {outcome}"
        if "gate" in example:
            day = partial_date(example["on"].isoformat())
            gate = order_gate(version, facts=facts, ordered_on=day, order_met=False, as_of=day)
            if gate.satisfied is not example["gate"]:
                return f"{example}: gate {gate.satisfied}"
    return ""


def limit_fault(key: str, row: Row) -> str:
    """The first example of a time limit, in all its versions, that does not come out."""
    table = {**load_toml("limits.toml"), key: row}
    with _replaced(time_limits, "load_toml", lambda _: table):
        limits = time_limits.time_limits.__wrapped__()
    with _replaced(time_limits, "time_limits", lambda: limits):
        for version in limits[key]:
            default = resolve(version.profile).value if version.profile else version.span.n
            if default != version.span.n:
                return f"the nation's default is {default}"
            if fault := next(filter(None, (_limit_example_fault(key, e) for e in version.examples)), ""):
                return fault
            for bad in version.refused:
                if _refusal_of(key, bad.starts, extension_days=bad.extension_days, days=bad.days) is None:
                    return f"{bad}: not refused"
    return ""


def _limit_example_fault(key: str, example: Any) -> str:
    answer = deadlines.deadline(
        key,
        example.starts,
        calendar=national_calendar(),
        excluded=example.excluded,
        extension_days=example.extension_days,
        days=example.days,
    )
    related = {name: answer.related.get(name) for name in example.related}
    return "" if (answer.due, related) == (example.due, dict(example.related)) else f"{example}: {answer.due}"


def _refusal_of(key: str, starts: date, **given: Any) -> str | None:
    try:
        deadlines.deadline(key, starts, calendar=national_calendar(), **given)
    except NotComputable as refused:
        return refused.refusal.rule
    return None


def threshold_fault(key: str, row: Row) -> str:
    """The first example of a threshold that does not come out."""
    with _replaced(thresholds, "load_toml", lambda _: {key: row}):
        editions = thresholds.threshold_editions.__wrapped__(key)
    with _replaced(thresholds, "threshold_editions", lambda _: editions):
        for e in row["examples"]:
            amount = Decimal(e["amount_yuan"])
            found = thresholds.crosses(
                key, low_yuan=amount, high_yuan=amount, party=party_kind(e["party"]), facts={}, on=e["on"]
            )
            if found.answer is not e["answer"]:
                return f"{e}: {found.answer}"
    return ""


def criminal_fault(key: str, row: Row) -> str:
    """The first example of a criminal threshold that does not come out."""
    from dayu.law import criminal

    rule = CriminalRule(key, row, (Citation("criminal-law"),), "")
    with _replaced(criminal, "criminal_rules", lambda: {key: rule}):
        for e in row["examples"]:
            found = suspicion(violation(row["violations"][0]), read_facts(e["facts"]))
            figure = str(found.threshold_yuan) if found.threshold_yuan is not None else None
            if (found.suspected, list(found.missing)) != (e.get("suspected"), e.get("missing", [])):
                return f"{e}: {found}"
            if "threshold_yuan" in e and figure != e["threshold_yuan"]:
                return f"{e}: {figure}"
    return ""


def limitation_fault(_: str, table: Row) -> str:
    """The first example of the limitation periods that does not come out. The whole table is one rule."""
    with _replaced(limitation, "load_toml", lambda _: table):
        rules = limitation.limitation_rules.__wrapped__()
    over: dict[str, FactValue] = {"continuing": False, "life_health_harm": False, "ecological_harm": False}
    with _replaced(limitation, "limitation_rules", lambda: rules):
        for e in table["examples"]:
            found = limitation.limitation(
                acted_from=partial_date(e["acted_from"]),
                acted_to=partial_date(e["acted_to"]),
                discovered_on=partial_date(e["discovered_on"].isoformat()),
                as_of=None,
                facts=over | {k: e[k] for k in ("life_health_harm", "ecological_harm") if k in e},
            )
            if (found.last_day, found.barred) != (e["last_day"], e["barred"]):
                return f"{e}: {found.last_day} {found.barred}"
    return ""


def circumstance_fault(name: str, row: Row) -> str:
    """The first example of a violation that rests on a circumstance and does not come out with it."""
    rows = {**load_toml("circumstances.toml"), name: row}
    with _replaced(fact_conditions, "load_toml", lambda _: rows):
        known = fact_conditions.circumstances.__wrapped__()
    with _replaced(fact_conditions, "circumstances", lambda: known):
        for key, table in violation_tables().items():
            named = {c for v in violation(key).versions for part in (*v.fines, *v.measures) for c in part.when}
            if name in named and (fault := violation_fault(key, table)):
                return fault
    return ""


def benchmark_fault(key: str, row: Row) -> str:
    """The first example of a benchmark that does not come out."""
    chosen = benchmark_from(key, row)
    for e in row["examples"]:
        found = tier(chosen, facts=told(e["facts"]), party=party_kind(e["party"]))
        answer = (found.why, found.tier, found.no_fine)
        if answer != (e.get("why", TIER_FOUND), e.get("tier"), e.get("no_fine", False)):
            return f"{e}: {answer}"
        if "min_yuan" in e and (found.min_yuan, found.max_yuan) != (Decimal(e["min_yuan"]), Decimal(e["max_yuan"])):
            return f"{e}: {found.min_yuan} {found.max_yuan}"
        if "at_least_yuan" in e and found.min_yuan != Decimal(e["at_least_yuan"]):
            return f"{e}: {found.min_yuan}"
        if "missing" in e and list(found.missing) != e["missing"]:
            return f"{e}: {found.missing}"
        if fault := _local_range_fault(chosen, e):
            return fault
    return ""


def _local_range_fault(chosen: Any, e: Row) -> str:
    if "range_min_yuan" not in e:
        return ""
    from dayu.law.benchmarks import local_bounds

    found = local_bounds(chosen, told(e["facts"]))
    expected = (Decimal(e["range_min_yuan"]), Decimal(e["range_max_yuan"]))
    return "" if found == expected else f"{e}: {found}"


def calendar_fault(key: str, table: Row) -> str:
    """The first example of a year's arrangement that does not come out. The key is the name of its file."""
    arrangement = arrangement_from(table)
    if str(arrangement.year) != key[-4:]:
        return "not the year of its file"
    own = (int(key[-4:]), table.get("territory", ""))
    near = [a for a in published_arrangements() if (a.year, a.territory) != own and abs(a.year - own[0]) <= 1]
    calendar = Calendar(tuple(sorted((*near, arrangement), key=lambda a: (a.territory, a.year))))
    first, last = date(own[0], 1, 1), date(own[0], 12, 31)
    for e in table["examples"]:
        if "from" in e:
            if calendar.working_day_after(e["from"], e["working_days"]) != e["due"]:
                return f"{e}: {calendar.working_day_after(e['from'], e['working_days'])}"
            continue
        counted = calendar.working_days(first, last) + calendar.is_working_day(first)
        if (len(arrangement.days_off), counted) != (e["days_off"], e["working_days"]):
            return f"{e}: {len(arrangement.days_off)} {counted}"
    return ""


def statutory_fault(_: str, table: Row) -> str:
    """The first example of the statutory holidays that does not come out."""
    from dayu.law import calendar

    with _replaced(calendar, "load_toml", lambda _: table):
        for e in table["examples"]:
            days = statutory_arrangement(e["year"]).days_off
            if sorted(days) != e["days_off"]:
                return f"{e['year']}: {sorted(days)}"
            for name, day in e.get("named", {}).items():
                if days[day] != name:
                    return f"{day}: {days[day]}"
    last = max(e["year"] for e in table["examples"])
    return "" if table["until_year"] == last else f"the last year with an example is {last}"


def violation_tables() -> dict[str, Row]:
    """The table of every violation, as the rulebook has it."""
    from dayu.law.violations import _tables

    return {key: _tables()[key] for key in violation_keys()}


def fault_of(check: Any, key: str, row: Row) -> str:
    """What breaks: an example, or the rulebook's own reading of the table."""
    try:
        return str(check(key, row))
    except (RulebookError, NotComputable, ValueError, LookupError, ArithmeticError, TypeError) as error:
        return f"{type(error).__name__}: {error}"


@contextmanager
def _replaced(module: Any, name: str, value: Any) -> Iterator[None]:
    with patch.object(module, name, value):
        yield
