"""Who may check on site, and whether a result is lawful."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from dayu.core.actors import Actor
from dayu.inspections.models import CheckResult, OnSiteCheck
from dayu.law.citations import cite
from dayu.law.refusals import ALLOWED, Verdict, refuse
from dayu.org.models import OrgUnit
from dayu.org.policies import unit_without_power

POSTS = ("handler", "unit_head")


def may_open_check(target: Any, *, actor: Actor) -> Verdict:
    """Officers of a unit with enforcement power."""
    if actor.organ_id is not None and actor.unit_id is not None and "unit_may_enforce" not in actor.traits:
        unit = OrgUnit.objects.get(pk=actor.unit_id)
        return unit_without_power(unit)
    if actor.organ_id is not None and actor.holds(*POSTS) and "unit_may_enforce" in actor.traits:
        return ALLOWED
    return refuse("core.not_permitted", act=_("现场检查"))


def may_work_on_check(check: OnSiteCheck | None, *, actor: Actor) -> Verdict:
    """The officers of the check."""
    if check is None or actor.organ_id is None or check.organ_id != actor.organ_id or not actor.holds(*POSTS):
        return refuse("core.not_permitted", act=_("办理现场检查"))
    if check.officers.filter(person_id=actor.person_id).exists():
        return ALLOWED
    return refuse("inspections.not_an_officer", number=check.number)


def result_is_lawful(check: OnSiteCheck, result: str) -> Verdict:
    """不得以检查代替执法、以整改代替处罚: what matches a penalty item becomes a lead, an order alone does not end it."""
    findings = list(check.findings.filter(withdrawn_at=None))
    if result == CheckResult.NO_PROBLEM and findings:
        return refuse("inspections.there_are_findings", findings=len(findings))
    matched = [f for f in findings if f.violation]
    if matched and check.lead_id is None and result in (CheckResult.CORRECTED, CheckResult.ORDER):
        return refuse(
            "inspections.rectified_instead_of_punished",
            cite("penalty-law", 54, 2, anchor="应当及时立案"),
            cite("penalty-law", 83, anchor="不予制止、处罚"),
            remedy="inspections.conclude_check",
            finding=matched[0].text[:60],
        )
    if result in (CheckResult.CORRECTED, CheckResult.ORDER, CheckResult.LEAD) and not findings:
        return refuse("inspections.nothing_found")
    return ALLOWED
