"""The panel of remedies on the page of a case."""

from __future__ import annotations

from django.utils.translation import gettext as _

from dayu.cases.models import Case
from dayu.cases.panels import Panel
from dayu.core.actors import Actor
from dayu.remedies.models import Litigation, Reconsideration


def remedies_panel(case: Case, actor: Actor) -> Panel | None:
    """Reconsiderations and suits of all parties; two statements."""
    asked = list(Reconsideration.objects.filter(party__case=case).select_related("party"))
    sued = list(Litigation.objects.filter(party__case=case).select_related("party"))
    parties = [p for p in case.parties.all() if p.decided_on is not None]
    if not (asked or sued or parties):
        return None
    context = {"asked": asked, "sued": sued, "parties": parties}
    return Panel(_("复议、诉讼"), "remedies/_panel.html", context)
