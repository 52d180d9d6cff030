"""The JSON of an assessment: the field names that `dayu law assess` promises, filled from its parts."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from dayu.law import in_force
from dayu.law.citations import Citation, law
from dayu.law.ranges import FACTS_MISSING, FOUND, LOCAL_LAW, NO_FINE, NOT_MET
from dayu.law.violations import Fine, Version, may_concur_with
from dayu.law.wording import question_text, tier_lines

if TYPE_CHECKING:
    from dayu.law.assess import Assessment

# Why there is no range: the words that stand beside the nulls.
_REASONS = {
    NO_FINE: ("本条没有罚款", "the article provides no fine"),
    NOT_MET: ("罚款的条件不具备", "the conditions of the fine are not given"),
    LOCAL_LAW: ("国家规定没有列明数额，须由地方性法规规定", "national law names no amount: local law must set it"),
    FACTS_MISSING: ("缺少判断所需的事实", "facts are missing"),
    in_force.NOT_IN_FORCE: ("行为时没有已施行的规定", "no rule in force"),
    in_force.DATE_UNKNOWN: ("行为日期不明，不能确定适用哪一版规定", "the day of the act is not known"),
    in_force.UNCERTAIN_CHANGE: ("修订的施行日期有疑问，须由人判断", "it is not certain when the change took effect"),
    in_force.INCOMPARABLE: ("新旧规定轻重不能直接比较，须由人判断", "old and new law cannot be compared as such"),
}


def number(amount: Decimal | None) -> int | float | None:
    """An amount as a JSON number: whole yuan as an integer, else with its cents."""
    if amount is None:
        return None
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def answer(found: Assessment, language: str) -> dict[str, Any]:
    """All fields but the receipt."""
    told = found.told
    return {
        "violation": told.violation.key,
        "applied_violation": found.violation.key,
        "law_in_force": _law(found),
        "statutory": _statutory(found, language),
        "order_first": _order_first(found),
        "limitation": _limitation(found),
        "hearing_required": found.hearing.answer if found.hearing else None,
        "collective_discussion_required": found.discussion.answer if found.discussion else None,
        "legal_review_required": found.review.answer if found.review else None,
        "summary_allowed": found.summary.answer if found.summary else None,
        "criminal": _criminal(found),
        "benchmark": _benchmark(found),
        "refusals": [r.as_json(language) for r in found.verdict.refusals],
        "person_decides": [{"field": f, "question": _question(found, f, language)} for f in found.questions],
        "may_concur_with": list(may_concur_with(found.violation.key)),
        "notes": [n for n in (found.violation.notes, found.violation.criminal_note) if n],
    }


def editions(found: Assessment) -> list[dict[str, Any]]:
    """Which edition of which law was taken, for the receipt, and why."""
    if found.version is None:
        return []
    return [_edition(c, found.version, found.choice.why) for c in found.version.citations]


def _edition(citation: Citation, version: Version, why: str) -> dict[str, Any]:
    return {
        "law": citation.law,
        "name": law(citation.law).name,
        "article": citation.text(),
        "edition": citation.edition,
        "in_force_from": version.in_force_from.isoformat(),
        "in_force_until": version.in_force_until.isoformat() if version.in_force_until else None,
        "confirmation": citation.confirmation,
        "why": why,
    }


def _law(found: Assessment) -> dict[str, Any] | None:
    """None where no rule is in force, or where the input cannot tell which."""
    if found.version is None or not found.choice.in_force_known:
        return None
    first = editions(found)[0]
    return {
        "law": first["law"],
        "name": first["name"],
        "edition": first["edition"],
        "articles": [c.text() for c in found.version.citations],
        "in_force_from": first["in_force_from"],
        "in_force_until": first["in_force_until"],
        "why": found.choice.why,
        "confirmation": first["confirmation"],
    }


def _statutory(found: Assessment, language: str) -> dict[str, Any]:
    low, high = found.bounds or (None, None)
    outcome = found.range
    why = found.choice.why if outcome is None else outcome.why
    if found.bounds is not None:
        why = FOUND
    shown: dict[str, Any] = {
        "min_yuan": number(low),
        "max_yuan": number(high),
        "optional": found.optional,
        "measures": _measures(found),
        "why": why,
    }
    if why in _REASONS:
        shown["reason"] = _REASONS[why][1 if language.startswith("en") else 0]
    if found.local_law is not None:
        shown["local_law"] = found.local_law.document
    if outcome is not None and outcome.fine is not None:
        shown["basis"] = outcome.fine.basis
        shown["when"] = list(outcome.fine.circumstances)
        if outcome.fine.role:
            shown["role"] = outcome.fine.role
    if outcome is not None and outcome.alternatives:
        shown["alternatives"] = [_alternative(f, b) for f, b in outcome.alternatives]
    if outcome is None and found.choice.candidates:
        shown["alternatives"] = _candidates(found)
    return shown


def _alternative(fine: Fine, bounds: tuple[Decimal, Decimal] | None) -> dict[str, Any]:
    low, high = bounds or (None, None)
    return {
        "when": list(fine.circumstances),
        "party": fine.party,
        "basis": fine.basis,
        "min_yuan": number(low),
        "max_yuan": number(high),
        "optional": fine.optional,
    }


def _candidates(found: Assessment) -> list[dict[str, Any]]:
    """The versions among which a person decides, each with its fines."""
    return [
        {
            "in_force_from": v.in_force_from.isoformat(),
            "articles": [c.text() for c in v.citations],
            "fines": [
                {"when": list(f.circumstances), "basis": f.basis, "min": number(f.low), "max": number(f.high)}
                for f in v.fines
            ],
        }
        for v in found.choice.candidates
    ]


def _measures(found: Assessment) -> list[dict[str, Any]]:
    """What else the article provides; what the facts rule out is left out, `applies` is null where it is open."""
    shown = []
    for measure, holds in found.measures:
        if holds is False:
            continue
        row: dict[str, Any] = {"kind": measure.kind, "optional": measure.optional, "applies": holds}
        if measure.item:
            row["object"] = measure.item
        if measure.detail:
            row["detail"] = measure.detail
        shown.append(row)
    return shown


def _order_first(found: Assessment) -> dict[str, Any] | None:
    gate = found.gate
    if gate is None:
        return None
    shown: dict[str, Any] = {
        "required": gate.required,
        "ordered_on": gate.ordered_on.text() if gate.ordered_on else None,
        "satisfied": gate.satisfied,
    }
    if gate.rule is not None:
        shown |= {"order": gate.rule.order, "gate": gate.rule.gate, "stages": gate.rule.stages}
    return shown


def _limitation(found: Assessment) -> dict[str, Any] | None:
    limit = found.limitation
    if limit is None:
        return None
    return {
        "last_day": limit.last_day.isoformat() if limit.last_day else None,
        "barred": limit.barred,
        "years": limit.years,
        "basis": [c.text() for c in limit.basis],
    }


def _criminal(found: Assessment) -> dict[str, Any] | None:
    crime = found.suspicion
    if crime is None:
        return None
    return {
        "suspected": crime.suspected,
        "threshold": number(crime.threshold_yuan),
        "threshold_max": number(crime.threshold_max_yuan),
        "basis": [c.text() for c in crime.basis],
    }


def _benchmark(found: Assessment) -> dict[str, Any] | None:
    chosen, outcome = found.benchmark, found.tier
    if chosen is None or outcome is None:
        return None
    return {
        "id": chosen.key,
        "name": chosen.name,
        "document": chosen.document,
        "confirmed": chosen.confirmed,
        "why": outcome.why,
        "tier": outcome.tier,
        "min_yuan": number(outcome.min_yuan),
        "max_yuan": number(outcome.max_yuan),
        "no_fine": outcome.no_fine,
        "unverified": outcome.unverified,
        "plus": outcome.plus,
        "text": list(tier_lines(chosen, outcome, found.told.facts)),
        "factors": list(chosen.factors),
        "missing": list(outcome.missing),
        "candidates": list(outcome.candidates),
    }


def _question(found: Assessment, field: str, language: str) -> str:
    if not field.startswith("violation:"):
        return question_text(field, language=language)
    since = field.removeprefix("violation:")
    ask = next(a for a in found.violation.asks if a.since.isoformat() == since)
    return ask.en if language.startswith("en") else ask.zh
