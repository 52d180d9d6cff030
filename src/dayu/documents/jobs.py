"""After midnight, and within minutes of a new set: drafts on a form that is no longer in force go over to the one that is."""

from __future__ import annotations

from datetime import datetime

from dayu.core.actors import SYSTEM
from dayu.core.jobs import every
from dayu.documents.services import move_outdated_drafts


@every(minutes=1)
def move_drafts_to_forms_in_force(*, now: datetime) -> None:
    """Look for drafts on a form of yesterday."""
    move_outdated_drafts(actor=SYSTEM, moment=now)
