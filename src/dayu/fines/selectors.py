"""Reads of the ledger of fines, and of the reconciliation of receipts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from dayu.cases.models import Case
from dayu.core.actors import Actor
from dayu.fines.facts import Owed, owed_on
from dayu.fines.models import FineDue, FineReceipt, PaymentSlip

SHOWS = ("open", "overdue", "choice", "demanded", "court", "additional", "settled", "ended", "all")


def ledger(actor: Actor, *, show: str, today: date, words: str = "") -> QuerySet[FineDue]:
    """The lines that the actor may see and asked for."""
    rows = _shown(FineDue.objects.visible_to(actor), show, today)
    for word in words.split():
        rows = rows.filter(
            Q(decision_no__icontains=word) | Q(party__name__icontains=word) | Q(case__title__icontains=word)
        )
    return rows.select_related("party", "case__organ__territory")


def _shown(rows: Any, show: str, today: date) -> Any:
    match show:
        case "overdue":
            return rows.open().filter(due_on__lt=today)
        case "choice":
            late = Q(settled_on=None, due_on__lt=today) | Q(settled_on__gt=F("due_on"))
            return rows.filter(late, choice="", ended_on=None, revoked_on=None)
        case "demanded":
            return rows.open().exclude(demanded_on=None).filter(applied_on=None)
        case "court":
            return rows.open().exclude(applied_on=None)
        case "additional":
            return rows.filter(choice__in=[FineDue.IMPOSED, FineDue.REDUCED], ended_on=None, revoked_on=None)
        case "settled":
            return rows.exclude(settled_on=None)
        case "ended":
            return rows.filter(Q(ended_on__isnull=False) | Q(revoked_on__isnull=False))
        case "all":
            return rows
    return rows.open()


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A line of the ledger on the page of its case."""

    due: FineDue
    owed: Owed


def lines_of_case(case: Case, actor: Actor, *, today: date) -> list[CaseLine]:
    """The lines of a case with what is owed today."""
    rows = FineDue.objects.visible_to(actor).filter(case=case, revoked_on=None).select_related("party").prefetch_related("slips")
    return [CaseLine(due, owed_on(due, today)) for due in rows.order_by("party__position", "pk")]


# -- receipts ----------------------------------------------------------------------------------------------------------

RECEIPT_SHOWS = ("unmatched", "unreceipted", "differ", "matched")


def receipts(actor: Actor, *, show: str) -> QuerySet[Any]:
    """Receipts without a line, receipts whose amount is not that of their line, and matched ones."""
    rows = FineReceipt.objects.visible_to(actor).select_related("slip__due__case", "slip__due__party", "slip__entry", "book")
    differs = Q(slip__isnull=False) & (~Q(amount_yuan=F("slip__amount_yuan")) | Q(slip__voided_on__isnull=False))
    if show == "differ":
        return rows.filter(differs)
    if show == "matched":
        return rows.filter(slip__isnull=False, slip__voided_on=None, amount_yuan=F("slip__amount_yuan"))
    return rows.filter(slip=None)


def slips_without_receipt(actor: Actor) -> QuerySet[Any]:
    """Money for which no official receipt is registered."""
    rows = PaymentSlip.objects.visible_to(actor).filter(receipt=None, voided_on=None)
    return rows.select_related("due__case", "due__party", "entry")


def slips_like(receipt: FineReceipt, actor: Actor) -> QuerySet[Any]:
    """Slips of the same amount without a receipt: what a receipt may be matched to."""
    rows = PaymentSlip.objects.visible_to(actor).filter(receipt=None, voided_on=None, amount_yuan=receipt.amount_yuan)
    return rows.filter(due__case__organ_id=receipt.organ_id).select_related("due__party", "due__case")
