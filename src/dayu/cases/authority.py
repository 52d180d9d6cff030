"""法无授权不可为: whether the organ may deal with the violation of a case at all, asked before filing and before deciding."""

from __future__ import annotations

from datetime import date

from dayu.cases.models import Case
from dayu.law.refusals import ALLOWED, Verdict
from dayu.org.policies import subject_may_act
from dayu.org.selectors import latest_subject_of
from dayu.powers.policies import may_act_on_violation


def authority_verdict(case: Case, *, on: date) -> Verdict:
    """Item, subject, territory, post and the leading officer on a day, by the organ's list of powers.

    An organ that keeps no list yet is asked only for a fit enforcement subject, and only where it registered one.
    """
    lead = case.officers.filter(until_on=None).select_related("person__unit").order_by("-role", "pk").first()
    if not case.violation or lead is None or not case.organ.items.exists():
        return _subject_verdict(case, on)
    verdict = may_act_on_violation(
        case.violation, agency=case.organ_id, territory=case.territory_code, post="handler", officer=lead.person, on=on
    )
    return Verdict(tuple(r for r in verdict.refusals if r.rule != "org.certificate_invalid"))  # the procedure asks that


def _subject_verdict(case: Case, on: date) -> Verdict:
    subject = latest_subject_of(case.organ_id, on=on)
    return ALLOWED if subject is None else subject_may_act(subject, on=on)
