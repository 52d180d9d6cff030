"""Like cases (类案) of a draft: decided cases of the same violation and tier in the province, and where the draft stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from dayu.basis.selectors import county_of, profiles
from dayu.cases.models import Case, CaseParty, PenaltyDraft
from dayu.law.calendar import NotComputable
from dayu.law.like_cases import LikeCase, Likeness, compare, likeness_verdict
from dayu.law.refusals import ALLOWED, Verdict
from dayu.law.territories import resolve

MOST = 500  # the newest say enough; a median of more costs more than it tells


def likeness_of(case: Case, draft: PenaltyDraft) -> Likeness | None:
    """The draft's fine among like cases; None where no tier was found or nothing is fined."""
    tier = str(draft.bounds.get("tier") or "")
    if not tier or not draft.amount_yuan:
        return None
    region = county_of(case.territory_code)[:2]
    rows = (
        CaseParty.objects.filter(
            case__violation=case.violation, draft__bounds__tier=tier, decided_on__isnull=False, fine_yuan__gt=0,
            case__organ__territory__code__startswith=region,
        )
        .exclude(case=case)
        .select_related("case", "draft")
        .order_by("-id")[:MOST]
    )  # fmt: skip
    return compare(draft.amount_yuan, violation=case.violation, tier=tier, cases=as_like_cases(rows))


def as_like_cases(rows: Iterable[CaseParty]) -> list[LikeCase]:
    """Decided parties as the comparison reads them."""
    return [
        LikeCase(
            r.case.case_no or r.case.title, str(r.case.unit_id or r.case.organ_id), r.case.violation,
            str(r.draft.bounds.get("tier") or "") if r.draft else "", r.fine_yuan or Decimal(0),
        )
        for r in rows
    ]  # fmt: skip


def allowed_gap(case: Case, on: date) -> Decimal:
    """The share by which an amount may differ from the median without reasons, as the territory sets it."""
    try:
        value = resolve("like_case_gap", county_of(case.territory_code), on, profiles=profiles()).value
    except NotComputable:
        return Decimal("0.3")
    return value if isinstance(value, Decimal) else Decimal("0.3")


def like_cases_verdict(case: Case, draft: PenaltyDraft, *, on: date) -> Verdict:
    """类案偏离须说明理由: the reasons stand in the draft, where reviewer and head read them."""
    found = likeness_of(case, draft)
    if found is None:
        return ALLOWED
    return likeness_verdict(found, share=allowed_gap(case, on), reason=draft.deviation_reason)


def shown_likeness(case: Case, draft: PenaltyDraft | None, rows: Iterable[CaseParty]) -> Likeness | None:
    """The same comparison among rows that a page has read already."""
    tier = str(draft.bounds.get("tier") or "") if draft is not None else ""
    if draft is None or not tier or not draft.amount_yuan:
        return None
    return compare(draft.amount_yuan, violation=case.violation, tier=tier, cases=as_like_cases(rows))
