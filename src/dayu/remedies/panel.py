"""The panel of remedies on the page of a case."""

from __future__ import annotations

from django.utils.translation import gettext as _

from dayu.cases import facts
from dayu.cases.models import Case
from dayu.cases.panels import Panel
from dayu.core.actors import Actor
from dayu.law.journal import Journal
from dayu.remedies.models import Litigation, Reconsideration


def remedies_panel(case: Case, actor: Actor) -> Panel | None:
    """Reconsiderations and suits of all parties; nothing is asked before there is a decision, rows only where the journal has any."""
    if case.decided_on is None:
        return None
    parties = [p for p in case.parties.all() if p.decided_on is not None]
    kinds = {entry.kind for entry in _journal(case)}
    if not any(kind.startswith(("reconsider", "suit", "sued")) for kind in kinds):
        return Panel(_("复议、诉讼"), "remedies/_panel.html", {"asked": [], "sued": [], "parties": parties}) if parties else None
    asked = list(Reconsideration.objects.filter(party__case=case).select_related("party"))
    sued = list(Litigation.objects.filter(party__case=case).select_related("party"))
    context = {"asked": asked, "sued": sued, "parties": parties}
    return Panel(_("复议、诉讼"), "remedies/_panel.html", context)


def _journal(case: Case) -> Journal:
    """The journal as the page has read it already, else read here."""
    essence = getattr(case, "essence", None)
    return facts.journal_from(essence) if essence is not None else facts.journal_of(case)
