"""Reads of the remedies domain: pauses of the additional fine, and lists by matter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from dayu.cases.models import CaseParty
from dayu.core.actors import Actor
from dayu.core.search import SearchKind
from dayu.remedies.models import Litigation, Reconsideration


def pauses_of(party: CaseParty, *, until: date) -> list[tuple[date, date]]:
    """The days of reconsideration and suit, both ends included: the additional fine stands still on them."""
    begun = {"party": party, "filed_on__lte": until}
    asked = Reconsideration.objects.filter(**begun).order_by().values_list("filed_on", "decided_on")
    sued = Litigation.objects.filter(**begun).order_by().values_list("filed_on", "judged_on")
    both = asked.union(sued, all=True)  # one statement
    return sorted((first, max(first, min(last or until, until))) for first, last in both)


def has_open_remedy(party: CaseParty) -> bool:
    """Whether a reconsideration or a suit still runs."""
    return (
        Reconsideration.objects.filter(party=party, decided_on=None).exists()
        or Litigation.objects.filter(party=party, judged_on=None).exists()
    )


def _visible_suits(actor: Actor, ids: Sequence[str]) -> Iterable[int]:
    return Litigation.objects.visible_to(actor).filter(pk__in=ids).values_list("pk", flat=True)


SUIT_KIND = SearchKind("remedies.litigation", _("行政诉讼"), _visible_suits)
