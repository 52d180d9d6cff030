"""The ledger of fines (罚缴台账): filters as links, Excel out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from dayu.core import clock
from dayu.core.middleware import actor_of
from dayu.core.ui.excel import sheet_response
from dayu.core.ui.paging import key_page
from dayu.core.ui.parts import Cell, Column, FilterGroup, Row, Table
from dayu.fines.facts import owed_on
from dayu.fines.models import FineDue
from dayu.fines.selectors import SHOWS, ledger
from dayu.fines.views.shared import choice, export_url, state_of

EXPORTED = 20_000


@login_required
def fines(request: HttpRequest) -> HttpResponseBase:
    """What is unpaid first; every other state behind a link."""
    actor, today = actor_of(request), clock.today()
    asked, words = request.GET.get("show", ""), request.GET.get("q", "").strip()[:80]
    show = asked if asked in SHOWS else "open"
    found = ledger(actor, show=show, today=today, words=words)
    if request.GET.get("export"):
        return _sheet(found)
    order = ["due_on", "pk"] if show in ("open", "overdue", "choice", "demanded", "court") else ["-served_on", "-pk"]
    page = key_page(found, order, query=request.GET, size=50)
    names = [("", _("未缴清")), ("overdue", _("逾期")), ("choice", _("待决定加处")), ("demanded", _("已催告")),
             ("court", _("已申请法院")), ("additional", _("加处罚款")),
             ("settled", _("已缴清")), ("ended", _("终结、撤销")), ("all", _("全部"))]  # fmt: skip
    table = Table(
        columns=[Column(_("决定书文号、当事人")), Column(_("罚款（元）"), align="right"), Column(_("尚欠（元）"), align="right"),
                 Column(_("缴款期限")), Column(_("状态"))],
        rows=[_row(due) for due in page.rows],
        caption=_("罚缴台账"),
        filters=[
            FilterGroup(_("状态"), [choice(request, "show", k, n, "" if show == "open" else show) for k, n in names])
        ],
        pager=page.pager(request.GET),
        export_url=export_url(request),
        empty_title=_("没有这一类罚款"),
        empty_text=_("处罚决定送达后自动记入台账；缴款登记后自动更新。台账不能手工添行。"),
    )  # fmt: skip
    return render(request, "fines/list.html", {"table": table, "words": words})


def _row(due: FineDue) -> Row:
    today = clock.today()
    state, tone = state_of(due, today)
    late = (today - due.due_on).days if due.is_open else 0
    note = _("逾期 {n} 日").format(n=late) if late > 0 else (_("还有 {n} 日").format(n=-late) if due.is_open else "")
    return Row(
        [
            Cell(due.decision_no or due.case.title, url=due.get_absolute_url(), note=due.party.name),
            Cell(f"{due.fine_yuan:,.2f}", nowrap=True),
            Cell(f"{due.unpaid_yuan:,.2f}", nowrap=True, tone="danger" if late > 0 and due.unpaid_yuan else ""),
            Cell(due.due_on.isoformat(), note=note, nowrap=True, tone="danger" if late > 0 else ""),
            Cell(state, tone=tone),
        ],
        url=due.get_absolute_url(),
    )


def _sheet(found: Any) -> Any:
    today = clock.today()
    columns = [_("决定书文号"), _("当事人"), _("案由"), _("罚款（元）"), _("已缴（元）"), _("尚欠（元）"), _("送达日期"),
               _("缴款期限"), _("缴清日期"), _("加处罚款的决定"), _("加处罚款（元）"),
               _("已缴加处（元）"), _("催告送达"), _("申请法院"), _("状态")]  # fmt: skip

    def rows() -> Iterator[list[Any]]:
        for due in found.order_by("-served_on", "-pk").prefetch_related("slips")[:EXPORTED].iterator(chunk_size=500):
            owed = owed_on(due, today)
            yield [due.decision_no, due.party.name, due.case.title, due.fine_yuan, due.paid_yuan, due.unpaid_yuan, due.served_on,
                   due.due_on, due.settled_on, due.get_choice_display(), owed.additional_yuan + due.additional_paid_yuan,
                   due.additional_paid_yuan, due.demanded_on, due.applied_on, state_of(due, today)[0]]  # fmt: skip

    return sheet_response(_("罚缴台账"), columns, rows())
