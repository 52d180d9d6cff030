"""Acts from the notice to the hearing, each for one party."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from dayu.cases import facts
from dayu.cases.models import CaseParty, Defence, DefencePoint, Hearing, JournalEntry, PenaltyNotice
from dayu.cases.policies import may_decide, may_preside, may_work_on
from dayu.cases.services.journal import perform, terms_for, verdict_of
from dayu.cases.services.papers import seal_in_act
from dayu.cases.services.serving import prove_service, sealed_paper
from dayu.core import clock
from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.audit import subject_key
from dayu.core.refused import refuse_now, require
from dayu.documents.models import Document
from dayu.law.citations import cite
from dayu.law.situation import LimitRequest
from dayu.org.models import Person


@action(label=_("制作处罚事先告知书"), policy=may_work_on)
def give_penalty_notice(
    party: CaseParty,
    *,
    actor: Actor,
    moment: datetime,
    hearing_offered: bool,
    document: Document | None = None,
    defence_days: int | None = None,
) -> PenaltyNotice:
    """Tell the party what is intended: content, facts, reasons, basis, and the rights that follow (处罚法四十四条)."""
    case, today = party.case, clock.legal_date(moment)
    number = party.notices.count() + 1
    terms = terms_for(party)
    entry = perform(
        case, "give_penalty_notice", actor=actor, moment=moment, party=party, subject=str(number),
        proposal={"hearing_offered": hearing_offered}, digest=party.draft.digest if party.draft else "",
        params={**terms, "hearing_offered": hearing_offered, "document": subject_key(document)},
    )
    paper = seal_in_act(document, actor=actor, moment=moment, digest=entry.digest, grounds=_GROUNDS)
    notice = PenaltyNotice(
        party=party, number=number, draft=party.draft, document=subject_key(paper), terms=terms,
        hearing_offered=hearing_offered, given_on=today,
        defence_days=defence_days or int(facts.settings_of(case, today)["defence_working_days"]),
    )
    notice.save()
    note_subject(notice, related=case)
    note(number=number, amount=terms.get("amount_yuan"), hearing_offered=hearing_offered)
    return notice


_GROUNDS = {"approval": "负责人已审查调查结果，同意告知"}


@action(label=_("登记告知送达"), policy=may_work_on, doors={"office", "field", "system"})
def serve_penalty_notice(
    party: CaseParty,
    *,
    actor: Actor,
    moment: datetime,
    method: str,
    proofs: Sequence[str] = (),
    announced_on: date | None = None,
    source: str = "",
    **told: Any,
) -> PenaltyNotice:
    """The notice reached the party: the time to plead and to ask for a hearing runs from here.

    `told` are particulars of the proof of service: place, receiver, witness, tracking_no and the like.
    """
    notice = party.notices.order_by("-number").first()
    if notice is None:
        require(verdict_of(party.case, "serve_penalty_notice", today=clock.legal_date(moment), party=party))
        refuse_now("cases.no_notice", cite("penalty-law", 44))
    assert notice is not None
    today = clock.legal_date(moment)
    until = _defence_until(party, notice, today)
    paper = sealed_paper(party, ("penalty_notice",), named=notice.document) if notice.document else None
    perform(
        party.case, "serve_penalty_notice", actor=actor, moment=moment, party=party, subject=str(notice.number),
        source=source or subject_key(paper),
        proposal={"method": method, "proofs": tuple(proofs), "announced_on": announced_on},
        params={
            **notice.terms, "hearing_offered": notice.hearing_offered, "defence_until": until.isoformat(), "method": method,
            "proofs": list(proofs),
        },
    )
    notice.served_on, notice.defence_until = today, until
    notice.save()
    prove_service(
        paper, party, actor=actor, moment=moment, method=method, proofs=proofs, announced_on=announced_on, told=told
    )
    return notice


def _defence_until(party: CaseParty, notice: PenaltyNotice, served_on: date) -> date:
    answer = facts.deadline_of(party.case)
    return answer(LimitRequest("defence", served_on, days=notice.defence_days))


@action(label=_("登记陈述、申辩"), policy=may_work_on, doors={"office", "field", "system"})
def submit_defence(
    party: CaseParty,
    *,
    actor: Actor,
    moment: datetime,
    points: Sequence[str],
    text: str = "",
    oral: bool = False,
    final: bool = False,
    document: Document | None = None,
) -> Defence:
    """What the party says, cut into points; each will be answered."""
    told = [p.strip() for p in points if p.strip()]
    if not told:
        refuse_now("cases.text_missing")
    perform(
        party.case, "submit_defence", actor=actor, moment=moment, party=party,
        params={"points": len(told), "final": final, "oral": oral, "document": subject_key(document)},
    )
    defence = Defence(
        party=party, oral=oral, text=text.strip() or "\n".join(told), document=subject_key(document), final=final,
        submitted_on=clock.legal_date(moment), recorded_by=actor.name, recorded_at=clock.now(),
    )
    defence.save()
    for position, point in enumerate(told, 1):
        DefencePoint(defence=defence, position=position, text=point).save()
    note_subject(defence, related=party.case)
    return defence


@action(label=_("登记放弃陈述、申辩"), policy=may_work_on, doors={"office", "field", "system"})
def waive_defence(
    party: CaseParty, *, actor: Actor, moment: datetime, document: str
) -> JournalEntry:
    """The party clearly gives up the right to plead, in the paper or record named here."""
    return perform(
        party.case, "waive_defence", actor=actor, moment=moment, party=party, proposal={"written": bool(document.strip())},
        params={"written": bool(document.strip()), "document": document},
    )


@action(label=_("答复申辩意见"), policy=may_work_on)
def answer_defence_point(
    point: DefencePoint, *, actor: Actor, moment: datetime, adopted: bool, answer: str
) -> DefencePoint:
    """Adopt a point or not, with the reason."""
    if not answer.strip():
        refuse_now("cases.reason_missing")
    point.adopted, point.answer, point.answered_by, point.answered_at = adopted, answer.strip(), actor.name, moment
    point.save()
    note_subject(point, related=point.defence.party.case)
    note(point=point.text, adopted=adopted, answer=answer.strip())
    return point


@action(label=_("复核申辩"), policy=may_work_on)
def reexamine_defence(
    party: CaseParty, *, actor: Actor, moment: datetime, opinion: str, document: Document | None = None
) -> JournalEntry:
    """Facts, reasons and evidence of the plea were re-examined; what holds is adopted (处罚法四十五条)."""
    adopted = DefencePoint.objects.filter(defence__party=party, adopted=True).exists()
    return perform(
        party.case, "reexamine_defence", actor=actor, moment=moment, party=party,
        params={"adopted": adopted, "opinion": opinion, "document": subject_key(document)},
    )


@action(label=_("登记听证申请"), policy=may_work_on, doors={"office", "field", "system"})
def request_hearing(
    party: CaseParty, *, actor: Actor, moment: datetime, document: Document | None = None
) -> Hearing:
    """The party asks for a hearing."""
    perform(
        party.case, "request_hearing", actor=actor, moment=moment, party=party, params={"document": subject_key(document)}
    )
    hearing = Hearing(party=party, requested_on=clock.legal_date(moment))
    hearing.save()
    note_subject(hearing, related=party.case)
    return hearing


@action(label=_("登记放弃听证"), policy=may_work_on, doors={"office", "field", "system"})
def waive_hearing(party: CaseParty, *, actor: Actor, moment: datetime, document: str) -> JournalEntry:
    """The party gives up the hearing, in the paper or record named here; also takes back a request."""
    entry = perform(
        party.case, "waive_hearing", actor=actor, moment=moment, party=party, proposal={"written": bool(document.strip())},
        params={"written": bool(document.strip()), "document": document},
    )
    _end_open(party, "当事人撤回听证申请")
    return entry


@action(label=_("不受理逾期的听证申请"), policy=may_decide, doors={"office", "system"})
def refuse_hearing(party: CaseParty, *, actor: Actor, moment: datetime, reason: str) -> JournalEntry:
    """The request came after the five working days."""
    given = {"reason": reason}
    entry = perform(
        party.case, "refuse_hearing", actor=actor, moment=moment, party=party, proposal=given, params=given
    )
    _end_open(party, reason)
    return entry


@action(label=_("通知听证"), policy=may_work_on)
def notice_hearing(
    party: CaseParty,
    *,
    actor: Actor,
    moment: datetime,
    scheduled_at: datetime,
    place: str,
    presider: Person,
    recorder: Person | None = None,
    is_open: bool = True,
    closed_reason: str = "",
    document: Document | None = None,
) -> Hearing:
    """Tell the party time, place and presider seven working days before; the presider did not investigate."""
    hearing = _open_hearing(party)
    held_on, today = clock.legal_date(scheduled_at), clock.legal_date(moment)
    perform(
        party.case, "notice_hearing", actor=actor, moment=moment, party=party,
        proposal={"held_on": held_on, "served_on": today, "presider": str(presider.pk)},
        params={"held_on": held_on, "place": place, "presider": presider.name, "document": subject_key(document)},
    )
    if hearing is None:
        hearing = Hearing(party=party, requested_on=today)
    hearing.scheduled_at, hearing.place, hearing.presider, hearing.recorder = scheduled_at, place, presider, recorder
    hearing.is_open, hearing.closed_reason, hearing.notice_served_on = is_open, closed_reason, today
    hearing.save()
    note_subject(hearing, related=party.case)
    return hearing


@action(label=_("举行听证"), policy=may_preside)
def hold_hearing(
    party: CaseParty, *, actor: Actor, moment: datetime, transcript: str, opinion: str
) -> Hearing:
    """The hearing was held; its transcript is signed, its opinion goes to the head. Legal review always follows."""
    hearing = _open_hearing(party)
    presider = str(hearing.presider_id) if hearing and hearing.presider_id else str(actor.person_id)
    perform(
        party.case, "hold_hearing", actor=actor, moment=moment, party=party,
        proposal={"transcript": transcript, "presider": presider},
        params={"transcript": transcript, "opinion": opinion, "presider": actor.name},
    )
    assert hearing is not None
    hearing.held_on, hearing.transcript, hearing.opinion = clock.legal_date(moment), transcript, opinion
    hearing.save()
    note_subject(hearing, related=party.case)
    return hearing


@action(label=_("终止听证"), policy=may_preside)
def end_hearing(party: CaseParty, *, actor: Actor, moment: datetime, reason: str) -> JournalEntry:
    """The party stayed away without good reason, or left: it counts as given up."""
    given = {"reason": reason}
    entry = perform(party.case, "end_hearing", actor=actor, moment=moment, party=party, proposal=given, params=given)
    _end_open(party, reason)
    return entry


def _open_hearing(party: CaseParty) -> Hearing | None:
    return party.hearings.filter(held_on=None, ended_reason="").order_by("-id").first()


def _end_open(party: CaseParty, reason: str) -> None:
    for hearing in party.hearings.filter(held_on=None, ended_reason=""):
        hearing.ended_reason = reason[:300]
        hearing.save()


def open_points(party: CaseParty) -> Any:
    """Points of the plea that nobody has answered."""
    return DefencePoint.objects.filter(defence__party=party, adopted=None)
