"""The time limits of a case as the page shows them: what runs, until when, why, and the arithmetic day by day."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from dayu.basis.selectors import profiles
from dayu.cases.doors import entry_name
from dayu.core.ui import parts
from dayu.law.calendar import Calendar, NotComputable
from dayu.law.procedure import Procedure, RunningLimit
from dayu.law.procedure_deadlines import full_deadline
from dayu.law.situation import Situation
from dayu.law.working import notes_of
from dayu.work.deadline_view import answered_deadline

# Limits that are the party's: the organ waits them out.
WAITED_OUT = frozenset({"hearing_request", "defence", "reconsider", "sue", "sue_after_reconsider"})


def limit_part(
    limit: RunningLimit, *, s: Situation, calendar: Calendar, territory: str, now: datetime, with_days: bool = True
) -> parts.Deadline | None:
    """One limit with its working; None where the engine has no answer."""
    request = limit.request
    view = s.party(limit.party)
    several = len(s.active_parties()) > 1
    if request.fixed is not None:
        return _fixed(limit, now)
    try:
        answer = full_deadline(request, calendar=calendar, territory=territory, profiles=profiles)
    except NotComputable:
        return None
    name = answer.limit.name if not (several and view) else f"{answer.limit.name}（{view.name}）"
    why = _("%(day)s %(event)s，%(n)s%(unit)s") % {
        "day": request.start.isoformat(), "event": entry_name(limit.started_by.kind), "n": answer.count,
        "unit": answer.unit.chinese,
    }  # fmt: skip
    if request.extension_days:
        why += _("（含延长 %(n)s 日）") % {"n": request.extension_days}
    return answered_deadline(
        answer, now=now, name=name, why=why, waiting=request.key in WAITED_OUT, ended=limit.met_by is not None,
        done=limit.met_by is not None, with_days=with_days, notes=list(notes_of(answer)),
        id=f"limit-{request.key}-{limit.party or 'case'}",
    )  # fmt: skip


def _fixed(limit: RunningLimit, now: datetime) -> parts.Deadline:
    """A day that a paper itself names."""
    due = limit.request.fixed
    assert due is not None
    left = (due - now.date()).days
    waiting = limit.request.key in WAITED_OUT
    state: parts.State = "blocked" if waiting and left >= 0 else "fine" if waiting else "overdue" if left < 0 else "soon"
    return parts.Deadline(
        state=state, left=abs(left), due=due, name=_("陈述、申辩期限"),
        why=_("告知书写明的期限"), done=limit.met_by is not None, id=f"limit-{limit.request.key}-{limit.party or 'case'}",
    )  # fmt: skip


def open_limits(
    procedure: Procedure, s: Situation, *, party: str | None, calendar: Calendar, territory: str, now: datetime
) -> list[tuple[RunningLimit, parts.Deadline]]:
    """The limits that still run for this party or for the case, the nearest first."""
    found = []
    for limit in procedure.limits(s):
        if limit.met_by is not None or limit.party not in (None, party):
            continue
        shown = limit_part(limit, s=s, calendar=calendar, territory=territory, now=now)
        if shown is not None and not _long_gone(limit, shown):
            found.append((limit, shown))
    found.sort(key=lambda pair: (pair[0].request.key != "decision", _day(pair[1])))
    return found


def _long_gone(limit: RunningLimit, shown: parts.Deadline) -> bool:
    """A party's own period that ran out is over, not overdue."""
    return limit.request.key in WAITED_OUT and shown.state == "fine"


def _day(shown: parts.Deadline) -> str:
    due = shown.due
    return (due.date() if isinstance(due, datetime) else due).isoformat() if due else "9999"
