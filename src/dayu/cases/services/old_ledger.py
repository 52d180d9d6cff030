"""旧台账: a case of earlier years becomes a case with its source mark. Its dates are entered as past, nothing is invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from dayu.cases.models import Case, CaseParty, CaseSource
from dayu.cases.policies import may_take_over
from dayu.cases.services.indexing import index_case
from dayu.cases.services.journal import add_entry
from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.refused import refuse_now


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
    for kind, on, params in _course(old):
        whose = None if kind in ("filed", "closed") else party
        add_entry(
            case, kind, actor=actor, moment=moment, on=on, party=whose, params=params, taken_over=True,
            explanation=source_note.strip(),
        )  # fmt: skip
    note_subject(case)
    note(case_no=old.case_no, source=source_note.strip())
    index_case(case)
    return case


def _course(old: OldCase) -> list[tuple[str, date, Mapping[str, Any]]]:
    """The entries that the line tells of, in the order of the law."""
    fine = {"amount_yuan": str(old.fine_yuan or 0), "kinds": ["fine"] if old.fine_yuan else ["warning"]}
    paid = old.paid_yuan if old.paid_yuan is not None else old.fine_yuan
    complete = bool(old.fine_yuan and paid is not None and paid >= old.fine_yuan)
    told: list[tuple[str, date | None, Mapping[str, Any]]] = [
        ("filed", old.filed_on, {"officers": old.officers} if old.officers else {}),
        ("decision_sealed", old.decided_on, {**fine, "number": old.decision_no}),
        ("decision_served", old.served_on, {}),
        ("fine_paid", old.paid_on, {"amount_yuan": str(paid or 0), "total_yuan": str(paid or 0), "complete": complete,
                                    "receipt": old.receipt, "channel": "bank"}),
        ("closed", old.closed_on, {"ground": "performed"}),
    ]  # fmt: skip
    return [(kind, on, params) for kind, on, params in told if on is not None]
