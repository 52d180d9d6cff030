"""Forfeited goods: the ledger and its two forms."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from dayu.cases.models import CaseParty
from dayu.core.access import note_access
from dayu.core.act_pages import act_page
from dayu.core.middleware import actor_of
from dayu.core.refused import require
from dayu.core.ui.excel import sheet_response
from dayu.core.ui.paging import key_page
from dayu.core.ui.parts import Cell, Column, FilterGroup, Row, Table
from dayu.fines import forms, services
from dayu.fines.models import ForfeitedItem
from dayu.fines.policies import may_keep_goods
from dayu.fines.views.shared import choice, export_url


@login_required
def forfeited(request: HttpRequest) -> HttpResponseBase:
    """What is still kept first."""
    over = request.GET.get("show") == "over"
    found = ForfeitedItem.objects.visible_to(actor_of(request)).select_related("party", "case")
    found = found.exclude(disposed_on=None) if over else found.filter(disposed_on=None)
    if request.GET.get("export"):
        columns = [_("名称"), _("数量"), _("当事人"), _("案号"), _("接收日期"), _("存放地点"), _("保管人"), _("处理方式"),
                   _("处理日期"), _("价款（元）"), _("凭证")]  # fmt: skip
        rows = ([i.name, i.quantity, i.party.name, i.case.case_no, i.received_on, i.place, i.keeper, i.get_manner_display(),
                 i.disposed_on, i.proceeds_yuan, i.voucher] for i in found)  # fmt: skip
        return sheet_response(_("没收财物台账"), columns, rows)
    page = key_page(found, ["-received_on", "-pk"], query=request.GET, size=50)
    shown = "over" if over else ""
    table = Table(
        columns=[Column(_("财物")), Column(_("当事人、案件")), Column(_("接收日期")), Column(_("存放、保管")), Column(_("处理"))],
        rows=[_row(i) for i in page.rows],
        caption=_("没收财物台账"),
        filters=[FilterGroup(_("状态"), [choice(request, "show", "", _("保管中"), shown),
                                          choice(request, "show", "over", _("已处理"), shown)])],
        pager=page.pager(request.GET),
        export_url=export_url(request),
        empty_title=_("没有没收的财物"),
        empty_text=_("决定没收实物的，在罚款页登记接收，处理后登记凭证。"),
    )  # fmt: skip
    return render(request, "fines/forfeited.html", {"table": table})


def _row(item: ForfeitedItem) -> Row:
    done = f"{item.disposed_on} {item.get_manner_display()}" if item.disposed_on else _("登记处理")
    url = "" if item.disposed_on else reverse("fines:dispose_item", args=[item.pk])
    return Row([
        Cell(item.name, note=item.quantity), Cell(item.party.name, url=reverse("cases:costs", args=[item.case_id]),
                                                  note=item.case.title),
        Cell(item.received_on.isoformat(), nowrap=True), Cell(item.place, note=item.keeper),
        Cell(done, url=url, note=item.voucher),
    ])  # fmt: skip


@login_required
def register_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Goods of a party came in."""
    actor = actor_of(request)
    party = get_object_or_404(CaseParty.objects.visible_to(actor).select_related("case__organ"), pk=pk)
    require(may_keep_goods(party, actor=actor))
    note_access([party.case], purpose=_("登记没收财物"))
    return act_page(
        request, action=services.register_forfeited_item, target=party, form_class=forms.ForfeitedItemForm,
        title=_("登记没收财物"), note=f"{party.name}　{party.decision_no}", back=reverse("fines:forfeited"),
    )  # fmt: skip


@login_required
def dispose_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Goods left in a lawful way."""
    actor = actor_of(request)
    item = get_object_or_404(ForfeitedItem.objects.visible_to(actor).select_related("party__case__organ"), pk=pk)
    require(may_keep_goods(item, actor=actor))
    note_access([item.party.case], purpose=_("登记没收财物的处理"))
    return act_page(
        request, action=services.dispose_forfeited_item, target=item, form_class=forms.DisposalForm,
        title=_("登记没收财物的处理"), note=str(item), back=reverse("fines:forfeited"),
    )  # fmt: skip
