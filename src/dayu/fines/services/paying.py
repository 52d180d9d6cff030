"""Money that came in: one act records the slip and its receipt, and tells the case."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from dayu.cases import services as cases
from dayu.cases.models import JournalEntry
from dayu.core import clock
from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.audit import subject_key
from dayu.core.refused import refuse_now
from dayu.fines.facts import owed_on
from dayu.fines.models import Channel, FineDue, FineReceipt, PaymentSlip
from dayu.fines.policies import may_take_payment
from dayu.fines.services.following import renew
from dayu.law.citations import cite

SEPARATE = cite("penalty-law", 67, 2, anchor="不得自行收缴罚款")
RECEIPT = cite("penalty-law", 70, anchor="专用票据")


@action(label=_("登记缴款"), policy=may_take_payment, doors={"office", "system"})
def take_payment(
    due: FineDue,
    *,
    actor: Actor,
    moment: datetime,
    amount_yuan: Decimal,
    channel: str,
    paid_on: date,
    reference: str = "",
    receipt_no: str = "",
    payer: str = "",
    ground: str = "",
) -> PaymentSlip:
    """Money reached the treasury's account. It settles the fine first, what is over settles the additional fine."""
    due = FineDue.objects.select_for_update(of=("self",)).select_related("party__case__organ__territory", "case").get(pk=due.pk)
    _check(due, amount_yuan, channel, paid_on, reference.strip(), receipt_no.strip(), ground.strip(), moment)
    fine = min(amount_yuan, due.unpaid_yuan)
    _check_rest(due, amount_yuan - fine, paid_on)
    slip = PaymentSlip.objects.create(
        due=due, amount_yuan=amount_yuan, fine_yuan=fine, additional_yuan=amount_yuan - fine, paid_on=paid_on,
        channel=channel, reference=reference.strip(), ground=ground.strip(), payer=payer or due.party.name,
        recorded_by=actor.name, recorded_at=moment,
    )  # fmt: skip
    if fine > 0:
        slip.entry = cases.record_payment(
            due.party, actor=actor, moment=_moment_of(due, paid_on, moment), amount_yuan=fine, channel=channel,
            receipt=receipt_no.strip(), ground=ground.strip(), source=subject_key(slip), on=paid_on,
        )  # fmt: skip
        slip.save()
    if receipt_no.strip():
        _receipt(slip, receipt_no.strip(), paid_on, actor, moment)
    renew(due)
    note_subject(slip, related=due.case)
    note(amount=amount_yuan, fine=fine, additional=amount_yuan - fine, channel=channel, receipt=receipt_no, paid_on=paid_on)
    return slip


@action(label=_("登记罚没款收据"), policy=may_take_payment, doors={"office", "system"})
def register_receipt(
    due: FineDue, *, actor: Actor, moment: datetime, slip: PaymentSlip, receipt_no: str, issued_on: date
) -> FineReceipt:
    """The official receipt came after the money: its amount is that of the slip, never typed."""
    if slip.due_id != due.pk or slip.voided_on is not None:
        refuse_now("fines.not_a_slip_of_this_fine")
    if FineReceipt.objects.filter(slip=slip).exists():
        refuse_now("fines.slip_has_receipt", RECEIPT, receipt=slip.receipt.number)
    if not slip.paid_on <= issued_on <= clock.legal_date(moment):
        refuse_now("fines.day_impossible", day=issued_on, first=slip.paid_on, last=clock.legal_date(moment))
    _check_number(due, receipt_no.strip())
    receipt = _receipt(slip, receipt_no.strip(), issued_on, actor, moment)
    note(receipt=receipt.number, amount=receipt.amount_yuan)
    return receipt


def _receipt(slip: PaymentSlip, number: str, issued_on: date, actor: Actor, moment: datetime) -> FineReceipt:
    due = slip.due
    return FineReceipt.objects.create(
        organ_id=due.case.organ_id, number=number, amount_yuan=slip.amount_yuan, issued_on=issued_on, payer=slip.payer,
        decision_no=due.decision_no, slip=slip, registered_by=actor.name, registered_at=moment,
    )  # fmt: skip


def _check(
    due: FineDue, amount: Decimal, channel: str, paid_on: date, reference: str, receipt_no: str, ground: str, moment: datetime
) -> None:
    if amount <= 0:
        refuse_now("fines.amount_not_positive")
    if channel not in Channel.values or (channel == Channel.ON_THE_SPOT and not ground):
        refuse_now("fines.collection_is_separate", SEPARATE)
    if channel == Channel.ON_THE_SPOT and not receipt_no:
        refuse_now("fines.on_the_spot_without_receipt", RECEIPT)
    if channel in (Channel.BANK, Channel.E_PAYMENT) and not reference and not receipt_no:
        refuse_now("fines.payment_without_reference")
    if due.revoked_on is not None:
        refuse_now("fines.decision_revoked", on=due.revoked_on)
    today = clock.legal_date(moment)
    if not due.served_on <= paid_on <= today:
        refuse_now("fines.day_impossible", day=paid_on, first=due.served_on, last=today)
    if reference and PaymentSlip.objects.filter(channel=channel, reference=reference, voided_on=None).exists():
        refuse_now("fines.reference_known", reference=reference)
    if receipt_no:
        _check_number(due, receipt_no)


def _check_number(due: FineDue, number: str) -> None:
    if not number:
        refuse_now("fines.receipt_without_number")
    if FineReceipt.objects.filter(organ_id=due.case.organ_id, number=number).exists():
        refuse_now("fines.receipt_known", number=number)


def _check_rest(due: FineDue, rest: Decimal, paid_on: date) -> None:
    """Nobody pays more than is owed: the additional fine only where the head decided to impose it."""
    if rest <= 0:
        return
    owed = owed_on(due, paid_on)
    if rest > owed.additional_yuan:
        refuse_now("fines.more_than_owed", fine=due.unpaid_yuan, additional=owed.additional_yuan)


def _moment_of(due: FineDue, paid_on: date, moment: datetime) -> datetime:
    """The day of the money, not of the typing; never before an earlier payment, so that the sums of the journal stay right."""
    wanted = moment if paid_on == clock.legal_date(moment) else clock.legal_moment(paid_on, 23)
    before = JournalEntry.objects.filter(party_id=due.party_id, kind="fine_paid").order_by("-happened_on", "-sequence").first()
    if before is None:
        return wanted
    last = before.happened_at or clock.legal_moment(before.happened_on, 23)
    return max(wanted, last)
