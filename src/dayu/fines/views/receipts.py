"""The register of receipts: receipt, line of the ledger and case side by side; old books come in here."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from dayu.core import clock
from dayu.core.act_pages import act_page
from dayu.core.middleware import actor_of
from dayu.core.refused import require
from dayu.core.ui.excel import sheet_response
from dayu.core.ui.paging import key_page
from dayu.core.ui.parts import Cell, Column, FilterGroup, Row, Table
from dayu.fines import forms, services
from dayu.fines.models import FineReceipt, PaymentSlip, ReceiptBook
from dayu.fines.policies import may_keep_receipts
from dayu.fines.selectors import RECEIPT_SHOWS, receipts, slips_like, slips_without_receipt
from dayu.fines.views.shared import choice, export_url


@login_required
def reconciliation(request: HttpRequest) -> HttpResponseBase:
    """What does not match first: nothing is hidden because it has no counterpart."""
    actor = actor_of(request)
    asked = request.GET.get("show", "")
    show = asked if asked in RECEIPT_SHOWS else "unmatched"
    found = slips_without_receipt(actor) if show == "unreceipted" else receipts(actor, show=show)
    if request.GET.get("export"):
        return _sheet(found, show)
    order = ["-paid_on", "-pk"] if show == "unreceipted" else ["-issued_on", "-pk"]
    page = key_page(found, order, query=request.GET, size=50)
    names = [("", _("收据没有对应台账")), ("unreceipted", _("缴款没有收据")), ("differ", _("金额不一致")),
             ("matched", _("已核对一致"))]
    table = Table(
        columns=[Column(_("罚没款收据")), Column(_("收据金额（元）"), align="right"), Column(_("台账行")),
                 Column(_("台账金额（元）"), align="right"), Column(_("案卷")), Column(_("核对"))],
        rows=[_slip_row(r) if show == "unreceipted" else _receipt_row(r) for r in page.rows],
        caption=_("收据、台账、案卷核对"),
        filters=[
            FilterGroup(_("核对结果"), [choice(request, "show", k, n, "" if show == "unmatched" else show) for k, n in names])
        ],
        pager=page.pager(request.GET),
        export_url=export_url(request),
        empty_title=_("没有这一类票据"),
        empty_text=_("收据随缴款登记进入登记簿；实行以前的纸质票据簿用 Excel 导入。"),
    )  # fmt: skip
    books = ReceiptBook.objects.visible_to(actor)[:5]
    return render(request, "fines/receipts.html", {
        "table": table, "books": books, "may": may_keep_receipts(None, actor=actor).allowed,
    })  # fmt: skip


def _receipt_row(receipt: FineReceipt) -> Row:
    slip = receipt.slip
    source = receipt.book.source_note if receipt.book else ""
    who = "　".join(x for x in (receipt.issued_on.isoformat(), receipt.payer, source) if x)
    head = Cell(receipt.number, note=who)
    if slip is None:
        answer = Cell(_("未对应"), url=reverse("fines:match", args=[receipt.pk]), note=receipt.decision_no, tone="danger")
        return Row([head, _yuan(receipt.amount_yuan), "—", "—", "—", answer])
    return Row([head, _yuan(receipt.amount_yuan), *_line_cells(slip), _verdict(receipt, slip)])


def _slip_row(slip: PaymentSlip) -> Row:
    url = reverse("fines:act", args=[slip.due_id, "receipt"])
    return Row(["—", "—", *_line_cells(slip), Cell(_("没有收据"), url=url, tone="soon")])


def _line_cells(slip: PaymentSlip) -> list[Any]:
    due = slip.due
    kept = due.case.case_no or due.case.title
    archived = _("已归档") if due.case.archived_on else ""
    told = _entry_amount(slip)
    return [
        Cell(due.decision_no or due.party.name, url=due.get_absolute_url(), note=f"{slip.paid_on} {due.party.name}"),
        _yuan(slip.amount_yuan),
        Cell(kept, url=reverse("cases:costs", args=[due.case_id]), note=f"{told} {archived}".strip()),
    ]


def _entry_amount(slip: PaymentSlip) -> str:
    """What the journal of the case says, and with it the dossier."""
    if slip.entry is None:
        return _("加处罚款 {amount}").format(amount=f"{slip.additional_yuan:,.2f}")
    return _("案卷记载 {amount}").format(amount=f"{slip.fine_yuan:,.2f}")


def _verdict(receipt: FineReceipt, slip: PaymentSlip) -> Cell:
    if slip.voided_on is not None:
        return Cell(_("缴款单已作废"), tone="danger")
    if receipt.amount_yuan != slip.amount_yuan:
        return Cell(_("金额不一致"), tone="danger")
    return Cell(_("一致"), tone="fine")


def _yuan(amount: Any) -> Cell:
    return Cell(f"{amount:,.2f}", nowrap=True)


def _sheet(found: Any, show: str) -> Any:
    columns = [_("票据号"), _("开票日期"), _("收据金额（元）"), _("缴款人"), _("决定书文号"), _("台账金额（元）"),
               _("案号"), _("来源")]
    if show == "unreceipted":
        rows = (["", s.paid_on, None, s.payer, s.due.decision_no, s.amount_yuan, s.due.case.case_no, ""] for s in found)
    else:
        rows = (
            [r.number, r.issued_on, r.amount_yuan, r.payer, r.slip.due.decision_no if r.slip else r.decision_no,
             r.slip.amount_yuan if r.slip else None, r.slip.due.case.case_no if r.slip else "",
             r.book.source_note if r.book else _("系统登记")]
            for r in found
        )  # fmt: skip
    return sheet_response(_("罚没款收据登记簿"), columns, rows)


@login_required
def import_book(request: HttpRequest) -> HttpResponse:
    """Old paper receipts from Excel."""
    require(may_keep_receipts(None, actor=actor_of(request)))
    return act_page(
        request, action=services.import_receipt_book, target=None, form_class=forms.ReceiptBookForm,
        title=_("导入旧票据簿"), back=reverse("fines:receipts"),
        note=_("第一行写列名：票据号、开票日期、金额、缴款人、决定书文号、备注。没有对应台账的收据照样导入，列为“未对应”。"),
    )  # fmt: skip


@login_required
def book_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What one file brought, and each row that did not go in."""
    book = get_object_or_404(ReceiptBook.objects.visible_to(actor_of(request)), pk=pk)
    table = Table(
        columns=[Column(_("行")), Column(_("票据号")), Column(_("没有导入的原因"))],
        rows=[Row([f["row"], f["name"] or "—", f["reason"]]) for f in book.failures],
        caption=_("没有导入的行"),
        empty_title=_("全部导入"),
    )
    unmatched = FineReceipt.objects.visible_to(actor_of(request)).filter(book=book, slip=None).count()
    return render(request, "fines/book.html", {"book": book, "table": table, "unmatched": unmatched, "today": clock.today()})


@login_required
def match(request: HttpRequest, pk: int) -> HttpResponse:
    """Match a receipt to a slip of the same amount."""
    actor = actor_of(request)
    receipt = get_object_or_404(FineReceipt.objects.visible_to(actor).select_related("book"), pk=pk)
    require(may_keep_receipts(receipt, actor=actor))
    return act_page(
        request, action=services.match_receipt, target=receipt, form_class=forms.MatchForm,
        form_options={"slips": slips_like(receipt, actor)}, title=_("收据对应台账"), back=reverse("fines:receipts"),
        note=_("收据 {number}，{amount} 元，决定书 {decision}。台账里没有这一笔的，先在案件里补录旧案和缴款。").format(
            number=receipt.number, amount=f"{receipt.amount_yuan:,.2f}", decision=receipt.decision_no or "—"
        ),
    )  # fmt: skip
