"""Small parts that several pages of fines use: links that keep the filters, names of states."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext as _

from dayu.core.ui.parts import Link, Tone
from dayu.fines.models import FineDue


def choice(request: HttpRequest, name: str, value: str, label: str, current: str) -> Link:
    """A filter as a link: all else of the address is kept, paging starts anew."""
    query = request.GET.copy()
    for old in ("after", "before", "export", name):
        query.pop(old, None)
    if value:
        query[name] = value
    return Link(label, f"?{query.urlencode()}", current=value == current)


def export_url(request: HttpRequest) -> str:
    """The same list as Excel."""
    query = request.GET.copy()
    query["export"] = "1"
    return f"?{query.urlencode()}"


def state_of(due: FineDue, today: date) -> tuple[str, Tone]:
    """Where a line stands, in words and tone."""
    if due.revoked_on:
        return _("决定已撤销"), "muted"
    if due.settled_on:
        late = due.settled_on > due.due_on
        if late and not due.choice:
            return _("逾期缴清，未决定是否加处"), "soon"
        return (_("逾期缴清"), "") if late else (_("按期缴清"), "default")
    if due.ended_on:
        names = {"court_refused": _("法院不予执行"), "court_enforced": _("法院已执行"), "enforcement_terminated": _("终结执行")}
        return names.get(due.ended_how, _("已终结")), "muted"
    if due.applied_on:
        return _("已申请法院执行"), "soon"
    if due.demanded_on:
        return _("已催告"), "soon"
    if due.due_on < today:
        return _("逾期未缴"), "danger"
    return (_("已延期"), "") if due.due_on != due.first_due_on else (_("待缴"), "")
