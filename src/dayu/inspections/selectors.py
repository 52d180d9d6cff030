"""Reads of the inspections domain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dayu.core.actors import Actor
from dayu.core.search import SearchKind
from dayu.inspections.models import CheckOfficer, CheckResult, OnSiteCheck
from dayu.inspections.steps import NAMES, ORDER


def filtered_checks(actor: Actor, filters: Mapping[str, str]) -> QuerySet[OnSiteCheck]:
    """Checks by `q`, `result` (or `open`), `mine`."""
    found = OnSiteCheck.objects.visible_to(actor)
    for word in filters.get("q", "").split():
        found = found.filter(Q(object_text__contains=word) | Q(place__contains=word) | Q(number__contains=word))
    if filters.get("result") == "open":
        found = found.filter(result="")
    elif filters.get("result", "") in CheckResult.values:
        found = found.filter(result=filters["result"])
    if filters.get("mine") and actor.person_id is not None:
        mine = CheckOfficer.objects.filter(person_id=actor.person_id).values("check_done_id")
        found = found.filter(pk__in=mine)
    return found


def steps_of(check: OnSiteCheck) -> list[tuple[str, str, str]]:
    """(step, name, state) in order: done, here, or still to come."""
    progress = check.progress
    return [
        (step, str(NAMES[step]), "done" if progress.done[step] else "here" if step == progress.here else "todo")
        for step in ORDER
    ]


def _visible(actor: Actor, ids: Sequence[str]) -> Iterable[int]:
    return OnSiteCheck.objects.visible_to(actor).filter(pk__in=ids).values_list("pk", flat=True)


CHECK_KIND = SearchKind("inspections.onsitecheck", _("现场检查"), _visible)
