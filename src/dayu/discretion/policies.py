"""Who drafts benchmarks, who gives an opinion on them, who issues them, who reads them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from dayu.core.actors import Actor
from dayu.discretion.models import BenchmarkDraft, DiscretionBenchmark
from dayu.law.benchmarks import ancestors
from dayu.law.refusals import ALLOWED, Verdict, refuse
from dayu.org.models import Agency

DRAFTERS = ("legal_reviewer", "review_head", "unit_head")


def may_draft_benchmark(target: Any, *, actor: Actor) -> Verdict:
    """Legal review and heads of units draft for their own agency."""
    place = target if isinstance(target, Agency) else getattr(target, "agency", None)
    if actor.is_system or (actor.holds(*DRAFTERS) and place is not None and place.pk == actor.organ_id):
        return ALLOWED
    return refuse("core.not_permitted", act=_("起草裁量基准"))


def may_give_opinion(draft: Any, *, actor: Actor) -> Verdict:
    """执法监督 of the place or of a level above, never whoever wrote the draft."""
    if not isinstance(draft, BenchmarkDraft):
        return refuse("core.not_permitted", act=_("对裁量基准草案提出意见"))
    above = actor.territory in ancestors(draft.agency.territory_id)
    if actor.is_system or (actor.holds("supervisor") and above and actor.person_id != draft.written_by_id):
        return ALLOWED
    return refuse("core.not_permitted", act=_("对裁量基准草案提出意见"))


def may_issue_benchmark(draft: Any, *, actor: Actor) -> Verdict:
    """The head of the agency issues."""
    if not isinstance(draft, BenchmarkDraft):
        return refuse("core.not_permitted", act=_("印发裁量基准"))
    if actor.is_system or (actor.holds("agency_head") and draft.agency_id == actor.organ_id):
        return ALLOWED
    return refuse("core.not_permitted", act=_("印发裁量基准"))


def may_end_benchmark(benchmark: Any, *, actor: Actor) -> Verdict:
    """The head of the agency that issued it."""
    if not isinstance(benchmark, DiscretionBenchmark):
        return refuse("core.not_permitted", act=_("终止裁量基准"))
    if actor.is_system or (actor.holds("agency_head") and benchmark.agency_id == actor.organ_id):
        return ALLOWED
    return refuse("core.not_permitted", act=_("终止裁量基准"))


def may_confirm_reading(benchmark: Any, *, actor: Actor) -> Verdict:
    """Whoever was asked to read it."""
    if isinstance(benchmark, DiscretionBenchmark) and benchmark.readings.filter(person_id=actor.person_id or 0).exists():
        return ALLOWED
    return refuse("core.not_permitted", act=_("签收裁量基准"))
