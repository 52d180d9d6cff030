"""What cases tell: the ledger of fines follows every entry about a decision served and its money."""

from __future__ import annotations

from datetime import datetime

from dayu.cases.events import CaseActed
from dayu.cases.models import JournalEntry
from dayu.core.actors import SYSTEM
from dayu.core.events import handles
from dayu.fines.services import follow_entry
from dayu.fines.services.following import FOLLOWED


@handles(CaseActed)
def follow_case(event: CaseActed, *, moment: datetime) -> None:
    """A line for a decision served, a slip for a payment, and the kept answers renewed."""
    if event.kind not in FOLLOWED and event.kind != "annulled":
        return
    entry = JournalEntry.objects.select_related("party__case__organ__territory", "case").get(pk=event.entry_id)
    follow_entry(entry, actor=SYSTEM, moment=moment)
