"""Reads of dossiers: the shelf, and what one of them lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from dayu.cases.models import Case
from dayu.core.actors import Actor
from dayu.dossiers.assembly import assemble
from dayu.dossiers.models import Dossier, MissingExplained


def shelf(actor: Actor, *, which: str = "open") -> QuerySet[Dossier]:
    """Dossiers that are being compiled, or that are archived."""
    rows = Dossier.objects.visible_to(actor).select_related("case", "organ")
    return rows.exclude(archived_at=None) if which == "archived" else rows.filter(archived_at=None)


def waiting_cases(actor: Actor) -> QuerySet[Case]:
    """Closed cases that nobody has begun to bind."""
    return Case.objects.visible_to(actor).exclude(closed_on=None).filter(archived_on=None, dossier=None)


@dataclass(frozen=True, slots=True)
class MissingRow:
    """A part that should be there, and what somebody said about it."""

    key: str
    title: str
    explained: MissingExplained | None


def missing_of(dossier: Dossier) -> Sequence[MissingRow]:
    """What is missing now."""
    explained = {e.key: e for e in dossier.explanations.all()}
    assembly = assemble(dossier.case, kind=dossier.kind, single=dossier.mode == "single")
    return [MissingRow(m.key, m.title, explained.get(m.key)) for m in assembly.missing]
