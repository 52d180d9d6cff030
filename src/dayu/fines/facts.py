"""The bridge to the pure law: what is owed on a day with its arithmetic, and when the court may be asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from dayu.cases.models import CaseParty, JournalEntry
from dayu.fines.models import FineDue, PaymentSlip
from dayu.law.additional_fine import AdditionalFine, additional_fine
from dayu.law.citations import Citation
from dayu.law.counting import merged
from dayu.law.deadlines import Deadline, deadline
from dayu.remedies.selectors import pauses_of
from dayu.work.calendars import calendar_for

Interval = tuple[date, date]
BEGINS = {"reconsideration_filed": "reconsideration_decided", "suit_filed": "suit_decided"}


@dataclass(frozen=True, slots=True)
class Owed:
    """What a party owes on a day: the rest of the fine and the additional fine, with the working of it."""

    fine_yuan: Decimal
    computed_yuan: Decimal
    additional_yuan: Decimal
    days: int
    capped: bool
    pauses: tuple[Interval, ...]
    basis: tuple[Citation, ...]
    working: tuple[str, ...]
    note: str = ""

    @property
    def total_yuan(self) -> Decimal:
        """Both together."""
        return self.fine_yuan + self.additional_yuan


def live_entries(party: int, kinds: Sequence[str]) -> list[JournalEntry]:
    """The entries of these kinds for a party in the order of the law, without those that were annulled."""
    rows = list(JournalEntry.objects.filter(party_id=party, kind__in=kinds).order_by("happened_on", "sequence"))
    if not rows:
        return []
    annulled = JournalEntry.objects.filter(case_id=rows[0].case_id, kind="annulled").values_list("params", flat=True)
    gone = {int(params.get("sequence", 0)) for params in annulled}
    return [r for r in rows if r.sequence not in gone]


def pauses_of_party(party: CaseParty, *, until: date) -> tuple[Interval, ...]:
    """The days of reconsideration and suit, both ends included; an open one runs until `until`.

    Those of the remedies themselves, and those that only the journal of the case knows (a case taken over from paper).
    """
    return merged([*pauses_of(party, until=until), *_pauses_in_journal(party.pk, until)])


def _pauses_in_journal(party: int, until: date) -> list[Interval]:
    found: list[Interval] = []
    entries = live_entries(party, (*BEGINS, *BEGINS.values()))
    for begins, ends in BEGINS.items():
        began: date | None = None
        for entry in (e for e in entries if e.kind in (begins, ends)):
            if entry.kind == begins:
                began = began or entry.happened_on
            elif began is not None:
                found.append((began, entry.happened_on))
                began = None
        if began is not None and began <= until:
            found.append((began, until))
    return found


def owed_on(
    due: FineDue, day: date, *, slips: Sequence[PaymentSlip] | None = None, pauses: Sequence[Interval] | None = None
) -> Owed:
    """What is owed on `day`: the additional fine on what was unpaid each day, never more than the fine."""
    known = [s for s in (due.slips.all() if slips is None else slips) if s.voided_on is None]
    stood = pauses_of_party(due.party, until=day) if pauses is None else pauses
    parts = _stretches(due, day, sorted(known, key=lambda s: (s.paid_on, s.pk or 0)), stood)
    computed = min(sum((p.amount_yuan for p in parts), Decimal(0)), due.fine_yuan)
    working = tuple(line for p in parts for line in p.working)
    if len(parts) > 1:
        working += (_("合计 {amount}，以罚款数额 {fine} 为限").format(amount=computed, fine=due.fine_yuan),)
    paid_late = len(parts) > 1 or bool(parts and parts[0].fine_yuan != due.fine_yuan)
    additional = _as_decided(due, computed) - due.additional_paid_yuan
    basis = tuple(dict.fromkeys(c for p in parts for c in p.basis))
    return Owed(
        fine_yuan=due.unpaid_yuan, computed_yuan=computed, additional_yuan=max(Decimal(0), additional),
        days=sum(p.days for p in parts), capped=any(p.capped for p in parts) or computed == due.fine_yuan,
        pauses=tuple(stood), basis=basis, working=working,
        note=_("部分缴纳后按当日尚欠的数额计算，是默认算法，未经确认") if paid_late else "",
    )  # fmt: skip


def _stretches(due: FineDue, day: date, slips: Sequence[PaymentSlip], pauses: Sequence[Interval]) -> list[AdditionalFine]:
    """One computation for each stretch of days in which the same amount was unpaid."""
    left, begins, found = due.fine_yuan, due.due_on, []
    for slip in slips:
        if slip.paid_on > due.due_on and left > 0:
            found.append(additional_fine(left, due_on=begins, paid_on=slip.paid_on, pauses=pauses))
            begins = max(begins, slip.paid_on)
        left -= slip.fine_yuan
    if left > 0:
        end = min(x for x in (day, due.ended_on, due.revoked_on) if x is not None)
        found.append(additional_fine(left, due_on=begins, paid_on=max(end, begins), pauses=pauses))
    return found


def _as_decided(due: FineDue, computed: Decimal) -> Decimal:
    """处罚法七十二条 says "may": without a decision to impose nothing is added."""
    if due.choice == FineDue.IMPOSED:
        return computed
    if due.choice == FineDue.REDUCED and due.reduced_to_yuan is not None:
        return min(computed, Decimal(due.reduced_to_yuan))
    return Decimal(0)


def court_window(due: FineDue) -> Deadline:
    """When the court may be asked: after the time to sue, within three months; from the end of a deferral where one was given."""
    calendar = calendar_for(due.case.territory_code)
    if due.due_on != due.first_due_on:
        return deadline("court_apply_deferred", due.due_on, calendar=calendar, territory=due.case.territory_code)
    return deadline("court_apply", due.served_on, calendar=calendar, territory=due.case.territory_code)


def window_opens(due: FineDue, window: Deadline) -> date:
    """The first day of the window."""
    opens: Any = window.related.get("window_opens")
    return opens if isinstance(opens, date) else window.starts_on


def demand_limit(due: FineDue) -> Deadline | None:
    """The ten working days after the demand."""
    if due.demanded_on is None:
        return None
    territory = due.case.territory_code
    return deadline("demand", due.demanded_on, calendar=calendar_for(territory), territory=territory)


def pay_limit(due: FineDue) -> Deadline:
    """The fifteen days to pay."""
    territory = due.case.territory_code
    return deadline("pay", due.served_on, calendar=calendar_for(territory), territory=territory)
