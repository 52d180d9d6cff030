"""Acts of the investigation: facts and evidence, recusal, orders to correct, the clock, report and examination."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from dayu.cases import facts
from dayu.cases.models import Case, CaseEvidence, CaseFact, CaseParty, JournalEntry
from dayu.cases.policies import may_decide, may_work_on
from dayu.cases.services.journal import perform, record_past
from dayu.core import clock
from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.audit import subject_key
from dayu.core.refused import refuse_now
from dayu.documents.models import Document
from dayu.records.models import EvidenceItem


@action(label=_("列明待证事实"), policy=may_work_on)
def add_fact(case: Case, *, actor: Actor, moment: datetime, text: str) -> CaseFact:
    """One fact that has to be proved."""
    if not text.strip():
        refuse_now("cases.text_missing")
    row = CaseFact(case=case, position=case.case_facts.count() + 1, text=text.strip())
    row.save()
    note_subject(row, related=case)
    note(text=row.text)
    return row


@action(label=_("修改待证事实"), policy=may_work_on)
def amend_fact(fact: CaseFact, *, actor: Actor, moment: datetime, text: str) -> CaseFact:
    """Another wording; a draft that was written on the old one changes its substance when it is written again."""
    if not text.strip():
        refuse_now("cases.text_missing")
    note_subject(fact, related=fact.case)
    note(before=fact.text, after=text.strip())
    fact.text = text.strip()
    fact.save()
    return fact


@action(label=_("不再认定事实"), policy=may_work_on)
def drop_fact(fact: CaseFact, *, actor: Actor, moment: datetime, reason: str) -> CaseFact:
    """The fact could not be proved; it stays readable with the reason."""
    if not reason.strip():
        refuse_now("cases.reason_missing")
    fact.dropped_on, fact.dropped_reason = clock.legal_date(moment), reason.strip()
    fact.save()
    note_subject(fact, related=fact.case)
    note(text=fact.text, reason=reason.strip())
    return fact


@action(label=_("关联证据"), policy=may_work_on)
def link_evidence(
    fact: CaseFact, *, actor: Actor, moment: datetime, item: EvidenceItem, proves: str = ""
) -> CaseEvidence:
    """A piece of evidence of this case, its lead or its inspection supports the fact."""
    subjects = {subject_key(fact.case), *fact.case.origins.values_list("subject", flat=True)}
    if item.subject not in subjects:
        refuse_now("cases.evidence_of_another_case", evidence=item.name)
    row, _made = CaseEvidence.objects.get_or_create(
        fact=fact, item=item, unlinked_at=None,
        defaults={"note": proves.strip(), "linked_by": actor.name, "linked_at": moment},
    )
    note_subject(row, related=fact.case)
    note(fact=fact.text, evidence=item.name)
    return row


@action(label=_("解除证据关联"), policy=may_work_on)
def unlink_evidence(link: CaseEvidence, *, actor: Actor, moment: datetime, reason: str) -> CaseEvidence:
    """The piece does not prove the fact after all."""
    if not reason.strip():
        refuse_now("cases.reason_missing")
    link.unlinked_at, link.unlinked_reason = moment, reason.strip()
    link.save()
    note_subject(link, related=link.fact.case)
    note(evidence=link.item.name, reason=reason.strip())
    return link


@action(label=_("登记回避申请"), policy=may_work_on)
def request_recusal(
    case: Case, *, actor: Actor, moment: datetime, person_id: int, reason: str, asked_by: str
) -> JournalEntry:
    """The party (or somebody else) asks that an officer or presider be recused; investigation goes on."""
    officer = case.officers.filter(person_id=person_id).select_related("person").first()
    name = officer.person.name if officer else ""
    return perform(
        case, "request_recusal", actor=actor, moment=moment, subject=str(person_id),
        params={"name": name, "reason": reason, "by": asked_by},
    )


@action(label=_("决定是否回避"), policy=may_decide)
def decide_recusal(
    case: Case, *, actor: Actor, moment: datetime, person_id: int, granted: bool, reason: str
) -> JournalEntry:
    """The head decides. Who is recused signs nothing more in this case."""
    entry = perform(
        case, "decide_recusal", actor=actor, moment=moment, subject=str(person_id),
        proposal={"subject": str(person_id)}, params={"granted": granted, "reason": reason},
    )
    if granted:
        case.officers.filter(person_id=person_id, until_on=None).update(recused_on=clock.legal_date(moment))
    return entry


@action(label=_("责令改正"), policy=may_work_on, doors={"office", "field", "system"})
def order_correction(
    party: CaseParty,
    *,
    actor: Actor,
    moment: datetime,
    content: str,
    days: int,
    document: Document | None = None,
    by_organ: str = "",
    on: date | None = None,
    explanation: str = "",
) -> JournalEntry:
    """Order to stop or correct, before or after filing. With `on` it is an order of the past, perhaps of another organ."""
    given: dict[str, Any] = {"content": content, "days": days}
    params = {**given, "by": by_organ, "document": subject_key(document)}
    source = subject_key(document)
    if on is not None:
        return record_past(
            party.case, "order_correction", actor=actor, moment=moment, on=on, party=party, params=params,
            explanation=explanation, source=source,
        )
    return perform(
        party.case, "order_correction", actor=actor, moment=moment, party=party, proposal=given, params=params, source=source
    )


@action(label=_("登记责令通知送达"), policy=may_work_on, doors={"office", "field", "system"})
def serve_correction_order(
    party: CaseParty,
    *,
    actor: Actor,
    moment: datetime,
    method: str,
    proofs: Sequence[str] = (),
    on: date | None = None,
    explanation: str = "",
    source: str = "",
) -> JournalEntry:
    """The order reached the party: the days it names run from here."""
    journal = facts.journal_of(party.case)
    ordered = journal.last("correction_ordered", party.key)
    params = {"method": method, "days": int(ordered.params.get("days", 0)) if ordered else 0}
    if on is not None:
        return record_past(
            party.case, "serve_correction_order", actor=actor, moment=moment, on=on, party=party,
            params=params | {"proofs": list(proofs)}, explanation=explanation, source=source,
        )
    return perform(
        party.case, "serve_correction_order", actor=actor, moment=moment, party=party,
        proposal={"method": method, "proofs": tuple(proofs)}, params=params, source=source,
    )


@action(label=_("认定无须责令改正"), policy=may_work_on)
def find_correction_unneeded(
    party: CaseParty, *, actor: Actor, moment: datetime, ground: str, reason: str
) -> JournalEntry:
    """Already corrected, or cannot be corrected: with the reason."""
    given = {"ground": ground, "reason": reason}
    return perform(
        party.case, "find_correction_unneeded", actor=actor, moment=moment, party=party, proposal=given, params=given
    )


@action(label=_("复查改正情况"), policy=may_work_on, doors={"office", "field"})
def verify_correction(
    party: CaseParty, *, actor: Actor, moment: datetime, result: str, findings: str, document: Document | None = None
) -> JournalEntry:
    """What two officers found on the spot: corrected, or not."""
    if result not in ("corrected", "not_corrected"):
        refuse_now("cases.unknown_result", result=result)
    return perform(
        party.case, "verify_correction", actor=actor, moment=moment, party=party,
        params={"result": result, "findings": findings, "document": subject_key(document)},
    )


@action(label=_("登记代履行或者强制执行"), policy=may_work_on)
def enforce_correction(party: CaseParty, *, actor: Actor, moment: datetime, manner: str) -> JournalEntry:
    """What was not corrected was done by substitute performance or by force of law."""
    return perform(
        party.case, "enforce_correction", actor=actor, moment=moment, party=party, params={"manner": manner}
    )


@action(label=_("批准延长办案期限"), policy=may_decide, doors={"office", "system"})
def approve_extension(case: Case, *, actor: Actor, moment: datetime, days: int, reason: str) -> JournalEntry:
    """One extension, approved before the limit runs out."""
    return perform(
        case, "approve_extension", actor=actor, moment=moment, proposal={"days": days},
        params={"days": days, "reason": reason},
    )


@action(label=_("中止计算办案期限"), policy=may_decide, doors={"office", "system"})
def pause_clock(case: Case, *, actor: Actor, moment: datetime, ground: str, reason: str) -> JournalEntry:
    """Days that a rule leaves out of the case limit: from today until it is resumed."""
    return perform(
        case, "pause_clock", actor=actor, moment=moment, proposal={"ground": ground}, subject=f"{ground}:{case.entries + 1}",
        params={"ground": ground, "reason": reason},
    )


@action(label=_("恢复计算办案期限"), policy=may_decide, doors={"office", "system"})
def resume_clock(case: Case, *, actor: Actor, moment: datetime, reason: str = "") -> JournalEntry:
    """The ground has gone: the days count again."""
    journal = facts.journal_of(case)
    ended = {e.subject for e in journal.all("clock_resumed")}
    waiting = [e.subject for e in journal.all("clock_paused") if e.subject not in ended]
    subject = waiting[0] if waiting else ""
    return perform(
        case, "resume_clock", actor=actor, moment=moment, proposal={"subject": subject}, subject=subject,
        params={"reason": reason},
    )


@action(label=_("提交调查终结报告"), policy=may_work_on)
def report_investigation(
    case: Case, *, actor: Actor, moment: datetime, suggestion: str, document: Document | None = None
) -> JournalEntry:
    """The officers report: facts, evidence, law, and what they propose."""
    return perform(
        case, "report_investigation", actor=actor, moment=moment,
        params={"suggestion": suggestion, "document": subject_key(document)}, source=subject_key(document),
    )


@action(label=_("审查调查结果"), policy=may_decide, doors={"office", "system"})
def examine_report(case: Case, *, actor: Actor, moment: datetime, route: str, opinion: str = "") -> JournalEntry:
    """处罚法五十七条: penalty, no penalty, facts not established, or suspected crime."""
    if route not in ("penalise", "no_penalty", "facts_not_established", "criminal"):
        refuse_now("cases.unknown_result", result=route)
    return perform(
        case, "examine_report", actor=actor, moment=moment, params={"route": route, "opinion": opinion, "head": actor.name}
    )
