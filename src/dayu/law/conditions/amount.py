"""The amount (罚款数额): inside the range of the law, or below it on a proven ground; off the benchmark with reasons."""

from __future__ import annotations

from decimal import Decimal

from dayu.law.citations import cite
from dayu.law.conditions.leniency import mitigation_is_proven
from dayu.law.discretion import range_verdict, stays_within
from dayu.law.refusals import ALLOWED, Verdict, refuse
from dayu.law.situation import PartyView, Situation

BENCHMARK = cite("penalty-law", 34, anchor="规范行使行政处罚裁量权")
NO_BASIS = cite("penalty-law", 38, 1, anchor="行政处罚没有依据")


def amount_is_within_the_law(s: Situation, party: str | None) -> Verdict:
    """Never above the range; below it only on a proven ground of mitigation (处罚法三十二条)."""
    view = s.party(party)
    if view is None or view.draft is None:
        return ALLOWED
    bounds, draft = view.bounds, view.draft
    if not bounds.known:
        return refuse("procedure.range_unknown", NO_BASIS, remedy="state_range") if draft.fines else ALLOWED
    if bounds.optional and not draft.fines:
        return ALLOWED
    low, high = bounds.min_yuan or Decimal(0), bounds.max_yuan
    amount = draft.amount_yuan or Decimal(0)
    return range_verdict(amount, (low, high if high is not None else max(amount, low)), mitigated=mitigation_is_proven(view))


def deviates(view: PartyView | None) -> bool:
    """Whether the amount lies inside the law and outside the tier of the benchmark (偏离裁量基准)."""
    if view is None or view.draft is None or not view.draft.fines:
        return False
    amount, bounds = view.draft.amount_yuan or Decimal(0), view.bounds
    return not stays_within(amount, (bounds.tier_min_yuan, bounds.tier_max_yuan), opened=bounds.tier_open)


def deviation_is_reasoned(s: Situation, party: str | None) -> Verdict:
    """An amount off the benchmark carries written reasons; review and discussion then always follow."""
    view = s.party(party)
    if not deviates(view) or view is None or view.draft is None or view.draft.deviation_reason.strip():
        return ALLOWED
    return refuse(
        "procedure.deviation_unreasoned", BENCHMARK, remedy="edit_draft", amount=view.draft.amount_yuan,
        low=view.bounds.tier_min_yuan, high=view.bounds.tier_max_yuan,
    )
