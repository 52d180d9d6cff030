"""The register of receipts: old paper books come in by Excel, and a receipt is matched to its line of the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.files import File
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from dayu.core import clock
from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.files import store_upload
from dayu.core.refused import refuse_now
from dayu.core.ui.excel_in import SheetError, SheetRow, read_sheet
from dayu.fines.models import FineReceipt, PaymentSlip, ReceiptBook
from dayu.fines.policies import may_keep_receipts

COLUMNS: Mapping[str, str] = {
    "票据号": "number", "开票日期": "issued_on", "金额": "amount", "金额（元）": "amount", "缴款人": "payer",
    "决定书文号": "decision_no", "备注": "note",
}  # fmt: skip
REQUIRED = ("票据号", "开票日期")
MOST = Decimal("1e12")


class RowFault(ValueError):
    """One row cannot be taken; the message says why."""


@action(label=_("导入旧票据簿"), policy=may_keep_receipts)
def import_receipt_book(
    target: None, *, actor: Actor, moment: datetime, file: File[bytes], source_note: str
) -> ReceiptBook:
    """Every good row becomes a receipt with its source; each failed row is named with its reason. Nothing is invented: a receipt
    is matched only where a line of the ledger has the same decision and the same amount."""
    if actor.organ_id is None:
        refuse_now("core.not_permitted", act=_text("导入旧票据簿"))
    stored = store_upload(file)
    file.seek(0)
    try:
        rows = read_sheet(file, COLUMNS, required=REQUIRED)
    except SheetError as error:
        refuse_now("fines.unreadable_sheet", why=str(error))
    good, failed = _sorted_out(rows, actor.organ_id, clock.legal_date(moment))
    book = ReceiptBook.objects.create(
        organ_id=actor.organ_id, source_note=source_note.strip(), file=stored, taken=len(good), failures=failed,
        imported_by=actor.name, imported_at=moment,
    )  # fmt: skip
    for values in good:
        FineReceipt.objects.create(
            organ_id=actor.organ_id, book=book, registered_by=actor.name, registered_at=moment,
            slip=_slip_for(actor.organ_id, values), **values,
        )  # fmt: skip
    note_subject(book)
    note(taken=len(good), failed=len(failed), source=source_note)
    return book


def _sorted_out(rows: list[SheetRow], organ: int, today: date) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    known = set(FineReceipt.objects.filter(organ_id=organ).values_list("number", flat=True))
    good: list[dict[str, Any]] = []
    failed: list[dict[str, Any]] = []
    for row in rows:
        try:
            values = _values(row.values, today)
            if values["number"] in known:
                raise RowFault(_text("票据号已经登记过"))
        except RowFault as fault:
            failed.append({"row": row.number, "name": row.values.get("number", ""), "reason": str(fault)})
            continue
        known.add(values["number"])
        good.append(values)
    return good, failed


def _values(cells: Mapping[str, str], today: date) -> dict[str, Any]:
    number = cells.get("number", "").strip()
    if not number:
        raise RowFault(_text("没有票据号"))
    issued = _issued(cells.get("issued_on", ""), today)
    return {
        "number": number[:60], "issued_on": issued, "amount_yuan": _amount(cells.get("amount", "")),
        "payer": cells.get("payer", "")[:120], "decision_no": cells.get("decision_no", "")[:80],
        "note": cells.get("note", "")[:200],
    }  # fmt: skip


def _issued(text: str, today: date) -> date:
    try:
        day = date.fromisoformat(text.strip().replace("/", "-").replace(".", "-")[:10])
    except ValueError as error:
        raise RowFault(_text("开票日期看不懂：{text}").format(text=text or "—")) from error
    if not date(1980, 1, 1) <= day <= today:
        raise RowFault(_text("开票日期不可能：{text}").format(text=text))
    return day


def _amount(text: str) -> Decimal:
    try:
        amount = Decimal(text.replace(",", "").replace("，", "").replace("元", "").strip() or "0").quantize(Decimal("0.01"))
    except InvalidOperation as error:
        raise RowFault(_text("金额看不懂：{text}").format(text=text)) from error
    if not 0 < amount < MOST:
        raise RowFault(_text("金额不可能：{text}").format(text=text or "—"))
    return amount


def _slip_for(organ: int, values: Mapping[str, Any]) -> PaymentSlip | None:
    """The one slip of the same decision and amount that has no receipt yet; two of them are a question for a person."""
    if not values["decision_no"]:
        return None
    found = PaymentSlip.objects.filter(
        due__case__organ_id=organ, due__decision_no=values["decision_no"], amount_yuan=values["amount_yuan"], receipt=None,
        voided_on=None,
    )[:2]  # fmt: skip
    return found[0] if len(found) == 1 else None


@action(label=_("收据对应台账"), policy=may_keep_receipts)
def match_receipt(receipt: FineReceipt, *, actor: Actor, moment: datetime, slip: PaymentSlip) -> FineReceipt:
    """A receipt and a slip of the same amount belong together; unequal amounts are never matched."""
    if receipt.slip_id is not None:
        refuse_now("fines.receipt_matched", number=receipt.number)
    if slip.due.case.organ_id != receipt.organ_id or slip.voided_on is not None:
        refuse_now("fines.not_a_slip_of_this_fine")
    if FineReceipt.objects.filter(slip=slip).exists():
        refuse_now("fines.slip_has_receipt", receipt=slip.receipt.number)
    if slip.amount_yuan != receipt.amount_yuan:
        refuse_now("fines.amounts_differ", receipt=receipt.amount_yuan, line=slip.amount_yuan)
    receipt.slip = slip
    receipt.save()
    note(receipt=receipt.number, decision=slip.due.decision_no, amount=receipt.amount_yuan)
    return receipt
