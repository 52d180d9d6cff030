"""The decision for one party, its service, and its revocation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from dayu.cases import facts
from dayu.cases.authority import authority_extent, authority_verdict
from dayu.cases.events import DecisionRevoked, DecisionServed, PenaltyDecided
from dayu.cases.models import Case, CaseParty, JournalEntry
from dayu.cases.policies import may_decide, may_lead_unit, may_work_on
from dayu.cases.services.indexing import index_case
from dayu.cases.services.journal import add_entry, perform, terms_for
from dayu.cases.services.papers import draft_paper, seal_in_act
from dayu.cases.services.serving import DECISIONS, prove_service, sealed_paper
from dayu.core import clock
from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.audit import subject_key
from dayu.core.events import publish
from dayu.core.refused import require
from dayu.documents.models import Document
from dayu.law.citations import cite
from dayu.law.leniency import NO_PENALTY, leniency_effect, leniency_items
from dayu.parties.models import CreditEvent, Party
from dayu.parties.services import record_credit_event, revoke_credit_event

GROUNDS = {
    "notice": "已依法告知并听取陈述、申辩",
    "legal_review": "-不属于应当法制审核的情形",
    "collective_discussion": "-不属于情节复杂或者重大违法行为",
    "approval": "行政机关负责人决定",
}

# A proven ground -> the words of the paper (不予行政处罚决定书).
SPARED = {
    "slight_corrected_harmless": "违法行为轻微并及时改正，没有造成危害后果", "first_offence": "初次违法且危害后果轻微并及时改正",
    "no_fault": "没有主观过错", "under_14": "不满十四周岁", "no_capacity": "精神状况", "out_of_time": "超过追责期限",
}  # fmt: skip
OTHER_GROUND = "其他依法不予处罚的情形"
NOT_PENALISED = cite("penalty-law", 57, 1, anchor="不予行政处罚")


@action(label=_("作出处罚决定"), policy=may_decide, doors={"office", "system"})
def decide_penalty(
    party: CaseParty, *, actor: Actor, moment: datetime, document: Document | None = None, opinion: str = ""
) -> JournalEntry:
    """The head decides; the decision gets its number and seal in the same transaction. Every gate is asked here."""
    case = party.case
    terms, digest = terms_for(party), party.draft.digest if party.draft else ""
    entry = perform(
        case, "decide_penalty", actor=actor, moment=moment, party=party, digest=digest,
        params={**terms, "head": actor.name, "opinion": opinion, "document": subject_key(document)},
    )
    require(authority_verdict(case, on=entry.happened_on))
    paper = document or _reviewed_paper(case, party) or draft_paper(
        case, actor=actor, moment=moment, key="penalty_decision", party=party
    )
    sealed = seal_in_act(paper, actor=actor, moment=moment, digest=digest, grounds=_grounds(party))
    party.refresh_from_db()
    party.decision_no = sealed.number if sealed else ""
    party.save()
    note_subject(party, related=case)
    note(amount=terms.get("amount_yuan"), kinds=terms.get("kinds"), number=party.decision_no, digest=digest,
         authority=authority_extent(case))  # fmt: skip
    _note_credit(party, entry, moment)
    index_case(case)
    publish(
        PenaltyDecided(
            case.pk, party.pk, subject_key(sealed), entry.happened_on, str(terms.get("amount_yuan", "0")),
            tuple(terms.get("kinds", ())),
        ),
        moment=moment,
    )
    return entry


def _note_credit(party: CaseParty, entry: JournalEntry, moment: datetime) -> None:
    """The penalty stands in the register of the party, where the next case finds it."""
    registered = registered_party(party)
    if registered is None or party.draft is None:
        return
    record_credit_event(
        registered, kind="penalty", happened_on=entry.happened_on, subject=party, text=f"{party.decision_no} {party.case.title}",
        amount_yuan=party.draft.amount_yuan, moment=moment,
    )


def registered_party(party: CaseParty) -> Party | None:
    """The party in the register of parties, where it was taken from there."""
    if not party.person_key.startswith("parties.party:"):
        return None
    return Party.objects.filter(pk=int(party.person_key.rpartition(":")[2])).first()


def _reviewed_paper(case: Case, party: CaseParty) -> Document | None:
    """The draft decision that the reviewer saw, while it still says the same in substance."""
    found = Document.objects.of(subject_key(case)).filter(
        key="penalty_decision", party=subject_key(party), life="draft",
        substance_digest=party.draft.digest if party.draft else "",
    )
    return found.order_by("-id").first()


def _grounds(party: CaseParty) -> dict[str, str]:
    journal = facts.journal_of(party.case)
    found = dict(GROUNDS)
    held = journal.last("collective_discussion_held", party.key)
    if held is not None:
        found["collective_discussion"] = f"{held.on}集体讨论"
    passed = journal.last_of(("legal_review_passed", "legal_review_confirmed"), party.key)
    if passed is not None:
        found["legal_review"] = f"{passed.on}法制审核通过"
    return found


@action(label=_("作出不予处罚决定"), policy=may_decide, doors={"office", "system"})
def exempt_from_penalty(
    party: CaseParty, *, actor: Actor, moment: datetime, reason: str, education: str, document: Document | None = None
) -> JournalEntry:
    """处罚法三十条、三十一条、三十三条、五十七条: no penalty, with education of the party."""
    given = {"reason": reason, "education": education}
    entry = perform(
        party.case, "exempt_from_penalty", actor=actor, moment=moment, party=party, proposal=given,
        params={**given, "head": actor.name, "document": subject_key(document)},
    )
    paper = document or draft_paper(
        party.case, actor=actor, moment=moment, key="no_penalty_decision", party=party,
        **_why_spared(party, moment), education=education.strip(),
    )
    seal_in_act(paper, actor=actor, moment=moment, grounds={"approval": "行政机关负责人决定", "legal_review": "-不予处罚"})
    if education.strip():
        add_entry(
            party.case, "education_recorded", actor=actor, moment=moment, party=party, params={"manner": education.strip()}
        )
    return entry


def _why_spared(party: CaseParty, moment: datetime) -> dict[str, str]:
    """The ground and its article, as the paper names them: what the checklist proved, else what the examination found."""
    s = facts.situation_of(party.case, today=clock.legal_date(moment))
    view = s.party(party.key)
    effect = leniency_effect(view.leniency) if view is not None else None
    if effect is not None and effect.effect == NO_PENALTY:
        item = effect.items[0]
        return {"ground": SPARED.get(item.key, OTHER_GROUND), "decision_basis": item.citation.text()}
    if view is not None and view.limitation_barred:
        return {"ground": SPARED["out_of_time"], "decision_basis": leniency_items()["out_of_time"].citation.text()}
    examined = s.last("report_examined")
    unproven = examined is not None and examined.params.get("route") == "facts_not_established"
    return {"ground": "违法事实不能成立" if unproven else OTHER_GROUND, "decision_basis": NOT_PENALISED.text()}


@action(label=_("撤销或者变更决定"), policy=may_decide, doors={"office", "system"})
def revoke_decision(party: CaseParty, *, actor: Actor, moment: datetime, reason: str, by: str = "") -> JournalEntry:
    """The organ corrects itself, or a review body or court has set the decision aside (`by`). Limits do not start again."""
    given = {"reason": reason}
    entry = perform(
        party.case, "revoke_decision", actor=actor, moment=moment, party=party, proposal=given, params={**given, "by": by}
    )
    for event in CreditEvent.objects.filter(subject=subject_key(party), kind="penalty", revoked_by=None):
        revoke_credit_event(event, on=entry.happened_on, reason=reason, moment=moment)
    publish(DecisionRevoked(party.case_id, party.pk, entry.happened_on, reason), moment=moment)
    return entry


@action(label=_("认定瑕疵"), policy=may_lead_unit)
def weigh_defect(
    case: Case, *, actor: Actor, moment: datetime, sequence: int, fatal: bool, reason: str
) -> JournalEntry:
    """A recorded defect is weighed: harmless with reasons, or so grave that the step has to be done again."""
    return perform(
        case, "weigh_defect", actor=actor, moment=moment, subject=str(sequence), proposal={"reason": reason},
        params={"fatal": fatal, "reason": reason},
    )


@action(label=_("发出送达公告"), policy=may_work_on)
def announce_decision(party: CaseParty, *, actor: Actor, moment: datetime, where: str, ground: str) -> JournalEntry:
    """The decision is published because nothing else worked; thirty days later it counts as served."""
    entry = add_entry(
        party.case, "decision_announced", actor=actor, moment=moment, party=party, params={"where": where, "ground": ground}
    )
    note_subject(entry, related=party.case)
    return entry


@action(label=_("登记决定送达"), policy=may_work_on, doors={"office", "field", "system"})
def serve_decision(
    party: CaseParty,
    *,
    actor: Actor,
    moment: datetime,
    method: str,
    proofs: Sequence[str] = (),
    announced_on: date | None = None,
    source: str = "",
    **told: Any,
) -> JournalEntry:
    """The decision reached the party: fifteen days to pay, sixty days and six months for remedies run from here.

    `told` are particulars of the proof of service: place, receiver, witness, tracking_no and the like.
    """
    paper = sealed_paper(party, DECISIONS)
    entry = perform(
        party.case, "serve_decision", actor=actor, moment=moment, party=party, source=source or subject_key(paper),
        proposal={"method": method, "proofs": tuple(proofs), "announced_on": announced_on},
        params={"method": method, "proofs": list(proofs), "document": subject_key(paper)},
    )
    prove_service(
        paper, party, actor=actor, moment=moment, method=method, proofs=proofs, announced_on=announced_on, told=told
    )
    party.refresh_from_db()
    publish(
        DecisionServed(
            party.case_id, party.pk, entry.happened_on, str(party.fine_yuan or 0), party.pay_due_on
        ),
        moment=moment,
    )
    note(served_on=clock.legal_date(moment), method=method)
    return entry
