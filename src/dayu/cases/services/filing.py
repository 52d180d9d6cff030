"""Acts up to filing: lead and verification in the case's journal, the request, the head's answer, and ways out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from dayu.cases.authority import authority_extent, authority_verdict
from dayu.cases.events import CaseFiled, FilingDeclined
from dayu.cases.models import Case, CaseAnswer, JournalEntry
from dayu.cases.policies import may_decide, may_work_on
from dayu.cases.selectors import case_url
from dayu.cases.services.from_leads import tell_leads_declined, tell_leads_filed
from dayu.cases.services.indexing import index_case
from dayu.cases.services.journal import perform
from dayu.core import clock
from dayu.core.actions import action, note
from dayu.core.actors import Actor
from dayu.core.events import publish
from dayu.core.numbering import take_number
from dayu.core.refused import refuse_now, require
from dayu.law.conditions.filing import FILING_QUESTIONS


@action(label=_("登记案件线索"), policy=may_work_on, doors={"office", "field", "system"})
def register_lead(
    case: Case, *, actor: Actor, moment: datetime, source: str = "", subject: str = "", **particulars: Any
) -> JournalEntry:
    """What gave rise to the case: its source, and the key of the lead where one was registered."""
    return perform(
        case, "register_lead", actor=actor, moment=moment, subject=subject, params={"source": source, **particulars},
        source=subject,
    )


@action(label=_("核查线索"), policy=may_work_on, doors={"office", "field", "system"})
def verify_lead(case: Case, *, actor: Actor, moment: datetime, result: str, subject: str = "") -> JournalEntry:
    """Two officers looked into it: what they found."""
    return perform(case, "verify_lead", actor=actor, moment=moment, params={"result": result}, subject=subject)


@action(label=_("回答立案条件"), policy=may_work_on)
def answer_filing(
    case: Case, *, actor: Actor, moment: datetime, answers: Mapping[str, tuple[bool, str]]
) -> list[CaseAnswer]:
    """Answer conditions of filing: question -> (yes or no, reason)."""
    unknown = sorted(set(answers) - set(FILING_QUESTIONS))
    if unknown:
        refuse_now("cases.unknown_question", question=unknown[0])
    rows = [
        CaseAnswer(
            case=case, table="filing", question=question, value=value, reason=reason.strip(),
            answered_by_id=actor.person_id, answered_at=moment,
        )
        for question, (value, reason) in answers.items()
    ]
    for row in rows:
        row.save()
    note(answers={r.question: [r.value, r.reason] for r in rows})
    return rows


@action(label=_("报请立案"), policy=may_work_on)
def request_filing(case: Case, *, actor: Actor, moment: datetime, opinion: str = "") -> JournalEntry:
    """Ask the head to file the case."""
    require(authority_verdict(case, on=clock.legal_date(moment)))
    note(authority=authority_extent(case))
    return perform(case, "request_filing", actor=actor, moment=moment, params={"opinion": opinion})


@action(label=_("批准立案"), policy=may_decide, doors={"office", "system"})
def file_case(
    case: Case, *, actor: Actor, moment: datetime, opinion: str = "", given_number: str = ""
) -> JournalEntry:
    """The head files the case: ninety days run from today. The number comes from the organ's series, or from its book."""
    entry = perform(case, "file_case", actor=actor, moment=moment, params={"opinion": opinion, "head": actor.name})
    day = clock.legal_date(moment)
    require(authority_verdict(case, on=day))
    if given_number:
        number = given_number.strip()
        if Case.objects.filter(organ_id=case.organ_id, case_no=number).exclude(pk=case.pk).exists():
            refuse_now("cases.number_taken", number=number)
    else:
        taken = take_number(f"cases:{case.organ_id}", day.year, taken_by=f"cases.case:{case.pk}", moment=moment)
        number = f"{case.organ.sign or case.organ.short_name}罚立〔{day.year}〕{taken.value}号"
    case.case_no = number
    case.save()
    note(case_no=number, authority=authority_extent(case))
    index_case(case)
    origins = tuple(case.origins.values_list("subject", flat=True))
    tell_leads_filed(case, actor=actor, moment=moment, url=case_url(case))
    publish(CaseFiled(case.pk, day, origins), moment=moment)
    return entry


@action(label=_("退回立案申请"), policy=may_decide)
def return_filing(case: Case, *, actor: Actor, moment: datetime, reason: str) -> JournalEntry:
    """The head wants something amended first."""
    return perform(
        case, "return_filing", actor=actor, moment=moment, proposal={"reason": reason}, params={"reason": reason}
    )


@action(label=_("不予立案"), policy=may_decide)
def decline_to_file(case: Case, *, actor: Actor, moment: datetime, ground: str, reason: str) -> JournalEntry:
    """有案必立: only on a listed ground, with its reason, by the head."""
    given = {"ground": ground, "reason": reason}
    entry = perform(case, "decline_to_file", actor=actor, moment=moment, proposal=given, params=given)
    origins = tuple(case.origins.values_list("subject", flat=True))
    tell_leads_declined(case, actor=actor, moment=moment, reason=reason, url=case_url(case))
    publish(FilingDeclined(case.pk, clock.legal_date(moment), ground, origins), moment=moment)
    return entry


@action(label=_("撤销立案"), policy=may_decide)
def withdraw_filing(case: Case, *, actor: Actor, moment: datetime, reason: str) -> JournalEntry:
    """The filing was wrong: no violation, no jurisdiction, limitation."""
    return _end(case, "withdraw_filing", actor, moment, reason)


@action(label=_("移送有管辖权的机关"), policy=may_decide)
def transfer_case(case: Case, *, actor: Actor, moment: datetime, receiver: str, reason: str) -> JournalEntry:
    """The matter belongs to another organ."""
    return _end(case, "transfer_case", actor, moment, reason, receiver=receiver)


@action(label=_("终止调查"), policy=may_decide)
def terminate_investigation(case: Case, *, actor: Actor, moment: datetime, reason: str) -> JournalEntry:
    """A citizen died, an organisation ended without successor, police took the case over."""
    return _end(case, "terminate_investigation", actor, moment, reason)


def _end(case: Case, act: str, actor: Actor, moment: datetime, reason: str, **particulars: Any) -> JournalEntry:
    given = {"reason": reason, **particulars}
    return perform(case, act, actor=actor, moment=moment, proposal=given, params=given)
