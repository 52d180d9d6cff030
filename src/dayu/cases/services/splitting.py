"""One case becomes two, two become one, and a party that was wrongly named is put right."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from dayu.cases import facts
from dayu.cases.models import (
    Case,
    CaseAnswer,
    CaseEvidence,
    CaseFact,
    CaseOfficer,
    CaseOrigin,
    CaseParty,
    PartyCorrection,
)
from dayu.cases.policies import may_decide, may_work_on
from dayu.cases.selectors import papers_of_party
from dayu.cases.services.indexing import index_case
from dayu.cases.services.journal import add_entry, perform, refresh
from dayu.cases.services.opening import IDENTITY_FIELDS, PARTY_FIELDS
from dayu.core import clock
from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.audit import plain, subject_key
from dayu.core.refused import refuse_now
from dayu.documents.services import void_document

# What a part of a case inherits: the course of the whole case up to the split.
INHERITED = frozenset({
    "lead_registered", "lead_verified", "filing_requested", "filed", "clock_paused", "clock_resumed", "extension_approved",
    "evidence_preserved", "preserved_evidence_disposed", "investigation_reported", "report_examined", "recusal_requested",
    "recusal_decided", "correction_ordered", "correction_order_served", "correction_verified", "correction_unneeded",
})  # fmt: skip


@action(label=_("分案"), policy=may_decide, doors={"office", "system"})
def split_party(party: CaseParty, *, actor: Actor, moment: datetime, reason: str) -> Case:
    """A party goes on in a case of its own. Facts, evidence, orders and the day of filing go with it: the limit runs on."""
    case, given = party.case, {"reason": reason}
    perform(case, "split_party", actor=actor, moment=moment, party=party, proposal=given, params=given)
    part = _new_part(case, party, actor, moment)
    copy = _move_party(party, part, moment)
    _copy_facts(case, part)
    _copy_journal(case, part, {party.pk: copy}, actor, moment)
    note_subject(part, related=case)
    note(party=party.name, reason=reason)
    index_case(part)
    return part


def _new_part(case: Case, party: CaseParty, actor: Actor, moment: datetime) -> Case:
    part = Case(
        organ=case.organ, unit=case.unit,
        title=_text("%(title)s（%(party)s，分案）") % {"title": case.title, "party": party.name},
        summary=case.summary, source_type=case.source_type, violation=case.violation, facts=case.facts,
        acted_from=case.acted_from, acted_to=case.acted_to, discovered_on=case.discovered_on, place=case.place,
        latitude=case.latitude, longitude=case.longitude, reach=case.reach, procedure=case.procedure, split_from=case,
        opened_at=moment, opened_by=actor.name,
        case_no=f"{case.case_no}-{case.split_into.count() + 1}" if case.case_no else "",
    )
    part.save()
    for row in case.officers.filter(until_on=None):
        CaseOfficer.objects.create(
            case=part, person_id=row.person_id, role=row.role, from_on=row.from_on, recused_on=row.recused_on,
            interest_declared_at=row.interest_declared_at, interest=row.interest,
        )
    for subject, title, url in [(subject_key(case), case.title, ""), *case.origins.values_list("subject", "title", "url")]:
        CaseOrigin.objects.create(case=part, subject=subject, title=title, url=url, joined_at=moment)
    return part


def _move_party(party: CaseParty, part: Case, moment: datetime) -> CaseParty:
    copy = CaseParty.objects.get(pk=party.pk)
    copy.pk, copy.draft, copy.case, copy.position, copy.version = None, None, part, 1, 0
    copy._state.adding = True
    copy.save()
    party.refresh_from_db()
    party.left_on, party.moved_to = clock.legal_date(moment), copy
    party.save()
    for row in CaseAnswer.objects.filter(party=party):
        CaseAnswer(
            case=part, party=copy, table=row.table, question=row.question, value=row.value, reason=row.reason,
            evidence=row.evidence, answered_by_id=row.answered_by_id, answered_at=row.answered_at,
        ).save()
    return copy


def _copy_facts(case: Case, part: Case) -> None:
    for fact in case.case_facts.filter(dropped_on=None):
        copy = CaseFact(case=part, position=fact.position, text=fact.text)
        copy.save()
        for link in fact.links.filter(unlinked_at=None):
            CaseEvidence.objects.create(
                fact=copy, item_id=link.item_id, note=link.note, linked_by=link.linked_by, linked_at=link.linked_at
            )
    for row in CaseAnswer.objects.filter(case=case, party=None):
        CaseAnswer(
            case=part, table=row.table, question=row.question, value=row.value, reason=row.reason,
            answered_by_id=row.answered_by_id, answered_at=row.answered_at,
        ).save()


def _copy_journal(
    case: Case, part: Case, parties: Mapping[int, CaseParty], actor: Actor, moment: datetime
) -> None:
    for row in case.journal.filter(kind__in=INHERITED).order_by("sequence"):
        if row.party_id is not None and row.party_id not in parties:
            continue
        add_entry(
            part, row.kind, actor=actor, moment=moment, on=row.happened_on,
            party=parties[row.party_id] if row.party_id else None, params=row.params, subject=row.subject, digest=row.digest,
            taken_over=True, explanation=row.explanation or _text("自%(case)s分案承接") % {"case": case},
        )


@action(label=_("并案"), policy=may_decide, doors={"office", "system"})
def merge_case(case: Case, *, actor: Actor, moment: datetime, into: Case, reason: str) -> Case:
    """This case goes into another of the organ, before any decision: parties, facts, evidence and orders go with it."""
    if into.pk == case.pk or into.organ_id != case.organ_id or into.is_over:
        refuse_now("cases.cannot_merge_into")
    given = {"reason": reason}
    perform(case, "merge_case", actor=actor, moment=moment, proposal=given, params={**given, "into": subject_key(into)})
    copies: dict[int, CaseParty] = {}
    for party in case.parties.filter(left_on=None):
        copy = _move_party(party, into, moment)
        copy.position = into.parties.count()
        copy.save()
        copies[party.pk] = copy
    _copy_facts(case, into)
    for subject, title, url in [(subject_key(case), case.title, ""), *case.origins.values_list("subject", "title", "url")]:
        CaseOrigin.objects.get_or_create(case=into, subject=subject, defaults={"title": title, "url": url, "joined_at": moment})
    orders = {"correction_ordered", "correction_order_served", "correction_verified", "correction_unneeded"}
    for row in case.journal.filter(kind__in=orders, party__isnull=False).order_by("sequence"):
        add_entry(
            into, row.kind, actor=actor, moment=moment, on=row.happened_on, party=copies.get(row.party_id or 0),
            params=row.params, subject=row.subject, taken_over=True, explanation=_text("自%(case)s并入") % {"case": case},
        )
    perform(
        into, "absorb_case", actor=actor, moment=moment, subject=subject_key(case), proposal=given,
        params={**given, "from": subject_key(case)},
    )
    case.merged_into = into
    case.save()
    index_case(case)
    index_case(into)
    return into


@action(label=_("更正当事人"), policy=may_work_on)
def correct_party(
    party: CaseParty, *, actor: Actor, moment: datetime, manner: str, reason: str, **known: Any
) -> PartyCorrection:
    """One act that finds every paper with the old name. Drafts are voided and made again, a slip in a served paper gets
    a correction with its own service; a wrong subject means revocation and a new start with unmoved limits."""
    unknown = sorted(set(known) - PARTY_FIELDS)
    if unknown:
        raise TypeError(f"unknown fields {unknown}")
    if manner not in dict(PartyCorrection.MANNERS):
        refuse_now("cases.unknown_result", result=manner)
    perform(
        party.case, "correct_party", actor=actor, moment=moment, party=party, proposal={"reason": reason},
        params={"manner": manner, "reason": reason, "fields": sorted(known)},
    )
    before = {name: plain(getattr(party, name)) for name in known}
    papers = papers_of_party(party)
    followed = []
    for paper in papers:
        follow = "correct" if paper.served_on else "remake"
        if not paper.sealed:
            void_document(paper, actor=actor, moment=moment, reason=reason)
            follow = "voided"
        followed.append({"document": subject_key(paper), "title": str(paper), "follow": follow})
    for name, value in known.items():
        setattr(party, name, value)
    party.save()
    row = PartyCorrection(
        party=party, manner=manner, before=before, after=plain(known), reason=reason, papers=followed,
        corrected_by=actor.name, corrected_at=moment,
    )
    row.save()
    note_subject(row, related=party.case)
    note(before=before, after=plain(known), papers=len(followed), changes_identity=bool(IDENTITY_FIELDS & set(known)))
    refresh(party.case, today=facts.legal_day(moment))
    index_case(party.case)
    return row
