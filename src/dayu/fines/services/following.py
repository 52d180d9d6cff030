"""The ledger follows the journal of the case: a line for a decision served, a slip for money entered elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from dayu.cases.models import CaseParty, JournalEntry
from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.audit import subject_key
from dayu.fines.facts import live_entries
from dayu.fines.models import Channel, Deferral, FineDue, FineReceipt, PaymentSlip
from dayu.fines.policies import may_run_as_system
from dayu.law.course import FINE_ENDINGS

FOLLOWED = (
    "decision_served", "fine_paid", "deferral_approved", "additional_fine_decided", "demand_served", "court_applied",
    *FINE_ENDINGS, "decision_revoked",
)  # fmt: skip


@action(label=_("按案件经过更新罚款台账"), policy=may_run_as_system, doors={"system"})
def follow_entry(entry: JournalEntry, *, actor: Actor, moment: datetime) -> FineDue | None:
    """One entry of a case, told or asked for again: the line, its slip or its deferral exist once, and are up to date."""
    parties = [entry.party] if entry.party is not None else list(CaseParty.objects.filter(case_id=entry.case_id))
    found = None
    for party in parties:
        due = line_of(party)
        if due is None:
            continue
        if entry.party is not None:
            _add_rows(due, entry, moment)
        found = renew(due)
    if found is not None:
        note_subject(found, related=entry.case)
        note(kind=entry.kind)
    return found


def line_of(party: CaseParty) -> FineDue | None:
    """The line of the decision that was served last, made if it is not there; None where no fine is owed."""
    served = live_entries(party.pk, ("decision_served",))
    if not served or party.fine_yuan is None or party.fine_yuan <= 0 or party.pay_due_on is None:
        return None
    known = FineDue.objects.filter(served_entry=served[-1]).select_related("party", "case__organ__territory").first()
    if known is not None:
        return known
    return FineDue.objects.create(
        party=party, case=party.case, served_entry=served[-1], decision_no=party.decision_no, fine_yuan=party.fine_yuan,
        served_on=served[-1].happened_on, first_due_on=party.pay_due_on, due_on=party.pay_due_on,
    )  # fmt: skip


def _add_rows(due: FineDue, entry: JournalEntry, moment: datetime) -> None:
    if entry.kind == "fine_paid" and not entry.source.startswith("fines."):
        _add_slip(due, entry, moment)
    if entry.kind == "deferral_approved" and not Deferral.objects.filter(entry=entry).exists():
        Deferral.objects.create(
            due=due, entry=entry, granted_on=entry.happened_on, until=_day(entry.params, "until") or due.due_on,
            reason=str(entry.params.get("reason") or "—"), granted_by=entry.entered_by,
        )  # fmt: skip


def _add_slip(due: FineDue, entry: JournalEntry, moment: datetime) -> None:
    """Money that was entered in the case itself: the same amount stands here, with its receipt where one was named."""
    amount = Decimal(str(entry.params.get("amount_yuan") or 0))
    if amount <= 0 or PaymentSlip.objects.filter(entry=entry).exists():
        return
    fine = min(amount, due.unpaid_yuan)
    channel = str(entry.params.get("channel") or "")
    slip = PaymentSlip.objects.create(
        due=due, entry=entry, amount_yuan=amount, fine_yuan=fine, additional_yuan=amount - fine,
        paid_on=_day(entry.params, "paid_on") or entry.happened_on,
        channel=channel if channel in Channel.values else Channel.BANK, ground=str(entry.params.get("ground") or ""),
        recorded_by=entry.entered_by, recorded_at=moment,
    )  # fmt: skip
    number = str(entry.params.get("receipt") or "").strip()
    if number and not FineReceipt.objects.filter(organ_id=due.case.organ_id, number=number).exists():
        FineReceipt.objects.create(
            organ_id=due.case.organ_id, number=number, amount_yuan=amount, issued_on=slip.paid_on, payer=due.party.name,
            decision_no=due.decision_no, slip=slip, registered_by=entry.entered_by, registered_at=moment,
        )  # fmt: skip


def renew(due: FineDue) -> FineDue:
    """Compute the kept answers of a line again, from the journal of its case and its slips."""
    party = CaseParty.objects.get(pk=due.party_id)
    entries = _latest(due)
    _void_annulled(due)
    slips = list(PaymentSlip.objects.filter(due=due, voided_on=None).order_by("paid_on", "pk"))
    due.paid_yuan = min(due.fine_yuan, sum((s.fine_yuan for s in slips), Decimal(0)))
    due.additional_paid_yuan = sum((s.additional_yuan for s in slips), Decimal(0))
    due.settled_on = _settled_on(due, slips)
    due.decision_no = party.decision_no
    revoked, deferred = entries.get("decision_revoked"), entries.get("deferral_approved")
    due.revoked_on = revoked.happened_on if revoked else None
    due.due_on = (_day(deferred.params, "until") if deferred else None) or due.first_due_on
    ended = next((entries[k] for k in FINE_ENDINGS if k in entries), None)
    due.ended_on, due.ended_how = (ended.happened_on, ended.kind) if ended else (None, "")
    demanded, applied = entries.get("demand_served"), entries.get("court_applied")
    due.demanded_on = demanded.happened_on if demanded else None
    due.applied_on = applied.happened_on if applied else None
    _take_choice(due, entries.get("additional_fine_decided"))
    due.save()
    return due


def _latest(due: FineDue) -> dict[str, JournalEntry]:
    """The last entry of each kind after this decision was served."""
    served = due.served_entry
    found: dict[str, JournalEntry] = {}
    for entry in live_entries(due.party_id, FOLLOWED):
        if entry.pk != served.pk and (entry.happened_on, entry.sequence) >= (served.happened_on, 0):
            found[entry.kind] = entry
    return found


def _void_annulled(due: FineDue) -> None:
    """A payment whose entry was annulled in the case counts no more; its slip stays readable."""
    live = {e.pk for e in live_entries(due.party_id, ("fine_paid",))}
    for slip in PaymentSlip.objects.filter(due=due, voided_on=None).exclude(entry=None):
        if slip.entry_id not in live:
            annulled = JournalEntry.objects.filter(case_id=due.case_id, kind="annulled").order_by("-sequence").first()
            slip.voided_on = annulled.happened_on if annulled else slip.paid_on
            slip.save()


def _settled_on(due: FineDue, slips: list[PaymentSlip]) -> date | None:
    paid = Decimal(0)
    for slip in slips:
        paid += slip.fine_yuan
        if paid >= due.fine_yuan:
            return slip.paid_on
    return None


def _take_choice(due: FineDue, entry: JournalEntry | None) -> None:
    due.choice, due.choice_on, due.choice_reason, due.reduced_to_yuan = "", None, "", None
    if entry is None:
        return
    reduced = entry.params.get("reduced_to_yuan")
    due.choice_on, due.choice_reason = entry.happened_on, str(entry.params.get("reason") or "")
    due.choice = FineDue.WAIVED if not entry.params.get("impose") else FineDue.IMPOSED
    if due.choice == FineDue.IMPOSED and reduced not in (None, ""):
        due.choice, due.reduced_to_yuan = FineDue.REDUCED, Decimal(str(reduced))


def _day(params: Mapping[str, Any], key: str) -> date | None:
    value = params.get(key)
    return date.fromisoformat(str(value)) if value else None


def key_of(row: PaymentSlip) -> str:
    """The source that the case's entry names."""
    return subject_key(row)
