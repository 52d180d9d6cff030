"""旧台账: a case of earlier years becomes a case with its source mark. Its dates are entered as past, nothing is invented.

Nothing follows from such a line: no task, no limit, no line of the fines ledger. Who takes the case up again enters its
steps as of a case on paper.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from dayu.cases.models import Case, CaseParty, CaseSource, JournalEntry
from dayu.cases.policies import may_take_over
from dayu.cases.services.indexing import index_case
from dayu.cases.services.journal import FIELD_LIMITS, rebuild_kept
from dayu.core import clock
from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.audit import plain
from dayu.core.refused import refuse_now

OF_THE_CASE = frozenset({"filed", "closed"})


@dataclass(frozen=True, slots=True)
class OldCase:
    """One line of an old ledger, read and checked."""

    case_no: str
    title: str
    party: str
    party_kind: str = "citizen"
    number: str = ""
    violation: str = ""
    place: str = ""
    filed_on: date | None = None
    decided_on: date | None = None
    decision_no: str = ""
    fine_yuan: Decimal | None = None
    served_on: date | None = None
    paid_on: date | None = None
    paid_yuan: Decimal | None = None
    receipt: str = ""
    closed_on: date | None = None
    officers: str = ""


@action(label=_("导入旧台账案件"), policy=may_take_over, doors={"office", "system"})
def import_old_case(target: None, *, actor: Actor, moment: datetime, old: OldCase, source_note: str) -> Case:
    """A line of an old ledger: the case, its party, and the dates it gives, each marked as entered afterwards."""
    if not source_note.strip():
        refuse_now("cases.reason_missing")
    if old.case_no and Case.objects.filter(organ_id=actor.organ_id, case_no=old.case_no).exists():
        refuse_now("cases.number_taken", number=old.case_no)
    case = Case(
        organ_id=actor.organ_id, unit_id=actor.unit_id, case_no=old.case_no, title=old.title, violation=old.violation,
        place=old.place, source=CaseSource.LEDGER, source_note=source_note.strip()[:200], opened_at=moment,
        opened_by=actor.name,
    )  # fmt: skip
    case.save()
    person = {"uscc": old.number} if len(old.number) == 18 and not old.number[:17].isdigit() else {"id_no": old.number}
    party = CaseParty(case=case, name=old.party, kind=old.party_kind, **person)
    party.save()
    told = _course(old)
    for sequence, (kind, on, params) in enumerate(told, start=1):
        JournalEntry(
            case=case, sequence=sequence, kind=kind, happened_on=on, party=None if kind in OF_THE_CASE else party,
            params=plain(params), entered_at=clock.now(), entered_by=actor.name, taken_over=True,
            explanation=source_note.strip()[: FIELD_LIMITS["explanation"]],
        ).save()  # fmt: skip
    rebuild_kept(case)
    _keep_answers(case, party, old, entries=len(told))
    note_subject(case)
    note(case_no=old.case_no, source=source_note.strip())
    index_case(case)
    return case


def _keep_answers(case: Case, party: CaseParty, old: OldCase, *, entries: int) -> None:
    """What lists read, taken from the line as it stands: today's limits say nothing about cases of earlier years."""
    done = [stage for stage, on in (
        ("investigation", old.filed_on), ("service", old.decided_on), ("performance", old.served_on),
        ("closing", old.paid_on), ("archive", old.closed_on),
    ) if on is not None]  # fmt: skip
    stage = done[-1] if done else case.stage
    Case.objects.filter(pk=case.pk).update(
        stage=stage, filed_on=old.filed_on, decided_on=old.decided_on, closed_on=old.closed_on, entries=entries
    )
    CaseParty.objects.filter(pk=party.pk).update(
        stage=stage, decision_no=old.decision_no, decided_on=old.decided_on, fine_yuan=old.fine_yuan,
        served_on=old.served_on, paid_on=old.paid_on, paid_yuan=_paid(old),
    )


def _paid(old: OldCase) -> Decimal:
    if old.paid_on is None:
        return Decimal(0)
    return old.paid_yuan if old.paid_yuan is not None else old.fine_yuan or Decimal(0)


def _course(old: OldCase) -> list[tuple[str, date, Mapping[str, Any]]]:
    """The entries that the line tells of, in the order of the law."""
    fine = {"amount_yuan": str(old.fine_yuan or 0), "kinds": ["fine"] if old.fine_yuan else ["warning"]}
    paid = _paid(old)
    complete = bool(old.fine_yuan and paid >= old.fine_yuan)
    told: list[tuple[str, date | None, Mapping[str, Any]]] = [
        ("filed", old.filed_on, {"officers": old.officers} if old.officers else {}),
        ("decision_sealed", old.decided_on, {**fine, "number": old.decision_no}),
        ("decision_served", old.served_on, {}),
        ("fine_paid", old.paid_on, {"amount_yuan": str(paid), "total_yuan": str(paid), "complete": complete,
                                    "receipt": old.receipt, "channel": "bank"}),
        ("closed", old.closed_on, {"ground": "performed"}),
    ]  # fmt: skip
    return [(kind, on, params) for kind, on, params in told if on is not None]
