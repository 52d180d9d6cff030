"""法无授权不可为: whether the organ may deal with the violation of a case at all, asked before filing and before deciding."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dayu.cases.models import Case
from dayu.law.refusals import Verdict
from dayu.org.policies import no_subject, subject_may_act
from dayu.org.selectors import latest_subject_of
from dayu.powers.policies import may_act_on_violation


def authority_verdict(case: Case, *, on: date) -> Verdict:
    """Item, subject, territory, post and the leading officer on a day, by the organ's list of powers.

    An organ that keeps no list yet is asked only for a fit enforcement subject; `authority_extent` says so in the trace.
    """
    lead = case.officers.filter(until_on=None).select_related("person__unit").order_by("-role", "pk").first()
    if lead is None or authority_extent(case) != "list":
        return _subject_verdict(case, on)
    verdict = may_act_on_violation(
        case.violation, agency=case.organ_id, territory=case.territory_code, post="handler", officer=lead.person, on=on
    )
    origin = case.origins.filter(subject__startswith="leads.lead:").order_by("pk").values_list("subject", flat=True).first()
    return Verdict(tuple(
        replace(r, values={**r.values, "target": origin}) if r.values and origin else r
        for r in verdict.refusals if r.rule != "org.certificate_invalid"  # the procedure asks that
    ))  # fmt: skip


def authority_extent(case: Case) -> str:
    """How far the question reaches: `list` of powers, or the `subject_only` because no list or no violation is entered."""
    return "list" if case.violation and case.organ.items.exists() else "subject_only"


def _subject_verdict(case: Case, on: date) -> Verdict:
    subject = latest_subject_of(case.organ_id, on=on)
    return no_subject(case.organ, on=on) if subject is None else subject_may_act(subject, on=on)
