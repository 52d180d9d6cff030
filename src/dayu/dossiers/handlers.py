"""What dossiers do when a case closes, and when it is archived."""

from __future__ import annotations

from datetime import datetime

from dayu.cases.events import CaseArchived, CaseClosed
from dayu.cases.models import Case
from dayu.core.actors import SYSTEM
from dayu.core.events import handles
from dayu.dossiers import services


@handles(CaseClosed)
def start_archiving(event: CaseClosed, *, moment: datetime) -> None:
    """The days for archiving run from the closing."""
    services.expect_archiving(Case.objects.select_related("organ").get(pk=event.case_id), actor=SYSTEM, moment=moment)


@handles(CaseArchived)
def stop_waiting(event: CaseArchived, *, moment: datetime) -> None:
    """A case that was archived on paper only waits for nothing either."""
    services.end_expecting(Case.objects.select_related("organ").get(pk=event.case_id), actor=SYSTEM, moment=moment)
