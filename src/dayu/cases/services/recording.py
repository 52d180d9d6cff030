"""What other domains have done, entered into the journal once, whoever reports it and how often."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from dayu.cases.models import Case, CaseParty, JournalEntry
from dayu.cases.policies import may_run_system
from dayu.cases.services.journal import add_entry
from dayu.core.actions import action
from dayu.core.actors import Actor
from dayu.law.refusals import Refusal


@action(label=_("登记其他模块的办理结果"), policy=may_run_system, doors={"system"})
def record_event(
    case: Case,
    *,
    actor: Actor,
    moment: datetime,
    kind: str,
    source: str,
    party: CaseParty | None = None,
    subject: str = "",
    digest: str = "",
    on: date | None = None,
    params: Mapping[str, Any] | None = None,
    defect: str = "",
    explanation: str = "",
) -> JournalEntry:
    """One entry for one source row. The lower domain has asked its own rules; the next gate of the case weighs it."""
    Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    return add_entry(
        case, kind, actor=actor, moment=moment, on=on, party=party, params=params, subject=subject, digest=digest,
        source=source, marks=tuple(Refusal(rule) for rule in defect.split(",") if rule), explanation=explanation or defect,
    )
