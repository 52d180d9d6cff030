"""Registering remedies, answering them within the organ's own limits, and how they ended; the case is told each time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dayu.cases import services as cases
from dayu.cases.models import Case, CaseParty
from dayu.core import clock
from dayu.core.actions import action, note, note_subject, present_act
from dayu.core.actors import SYSTEM, Actor
from dayu.core.audit import subject_key
from dayu.core.events import publish
from dayu.core.files import StoredFile
from dayu.core.refused import refuse_now
from dayu.core.search import index_record
from dayu.law.citations import cite
from dayu.org.models import Agency, Person
from dayu.remedies.events import RemedyEnded, RemedyFiled
from dayu.remedies.models import Litigation, ProcuratorialRecommendation, Reconsideration, RemedyResult
from dayu.remedies.policies import may_keep_remedy, may_register_recommendation, may_register_remedy, may_reply
from dayu.work.holders import person
from dayu.work.models import RunningDeadline, Task
from dayu.work.services import close_task, end_deadlines_of, open_task, start_deadline

SIMPLIFIED_DAYS = 5
URGENT_DAYS = 15
HEAD_APPEARS = cite("litigation-law", 3, 3, anchor="应当出庭应诉")
LATE_EVIDENCE = cite("litigation-law", 34, 2, anchor="逾期提供证据")


@action(label=gettext_lazy("登记行政复议"), policy=may_register_remedy)
def register_reconsideration(
    party: CaseParty,
    *,
    actor: Actor,
    moment: datetime,
    body: str,
    filed_on: date,
    handler: Person,
    copy_received_on: date | None = None,
    simplified: bool = False,
    number: str = "",
    claim: str = "",
    execution_stayed: bool = False,
    file: StoredFile | None = None,
) -> Reconsideration:
    """The party asked for reconsideration. With the copy the organ's own limit to answer starts, on a named person."""
    _in_order(party, filed_on, moment, copy_received_on)
    _named(handler, party)
    if not body.strip():
        refuse_now("remedies.words_needed")
    row = Reconsideration(
        party=party, body=body.strip(), number=number.strip(), claim=claim.strip(), filed_on=filed_on,
        copy_received_on=copy_received_on, simplified=simplified, handler=handler, execution_stayed=execution_stayed,
        file=file, entered_at=_entered(moment),
    )  # fmt: skip
    row.save()
    note_subject(row, related=party.case)
    cases.record_reconsideration(
        party, actor=_telling(actor), moment=clock.legal_moment(filed_on), body=row.body, source=subject_key(row)
    )
    if copy_received_on is not None:
        _start_answer(row, "reconsider_answer", copy_received_on, SIMPLIFIED_DAYS if simplified else None, moment)
    note(body=row.body, filed_on=filed_on)
    publish(RemedyFiled(party.pk, "reconsideration", filed_on), moment=moment)
    return row


@action(label=gettext_lazy("提交复议答复"), policy=may_keep_remedy)
def answer_reconsideration(
    row: Reconsideration, *, actor: Actor, moment: datetime, answered_on: date, answer_no: str = ""
) -> Reconsideration:
    """The organ's written answer with evidence and basis went out. Late is recorded as late."""
    if row.answered_on is not None:
        refuse_now("remedies.is_answered")
    if row.copy_received_on is None:
        refuse_now("remedies.copy_not_received")
    _day(answered_on, row.copy_received_on, moment)
    row.answer_late = _is_late(row, answered_on)
    row.answered_on, row.answer_no = answered_on, answer_no.strip()
    row.save()
    _end_answer(row, actor, moment)
    note(answered_on=answered_on, late=row.answer_late)
    return row


@action(label=gettext_lazy("收到复议申请书副本"), policy=may_keep_remedy)
def receive_reconsideration_copy(
    row: Reconsideration, *, actor: Actor, moment: datetime, received_on: date, simplified: bool = False
) -> Reconsideration:
    """The copy came: the limit to answer starts."""
    if row.copy_received_on is not None:
        refuse_now("remedies.copy_is_there")
    _day(received_on, row.filed_on, moment)
    row.copy_received_on, row.simplified = received_on, simplified
    row.save()
    _start_answer(row, "reconsider_answer", received_on, SIMPLIFIED_DAYS if simplified else None, moment)
    return row


@action(label=gettext_lazy("登记复议决定"), policy=may_keep_remedy)
def conclude_reconsideration(
    row: Reconsideration, *, actor: Actor, moment: datetime, result: str, decided_on: date, words: str,
    received_on: date | None = None,
) -> Reconsideration:  # fmt: skip
    """The reviewing body decided; the additional fine runs on from the day after."""
    if row.decided_on is not None:
        refuse_now("remedies.is_concluded")
    _result(result, words)
    _day(decided_on, row.filed_on, moment)
    row.result, row.decided_on, row.received_on, row.result_text = result, decided_on, received_on, words.strip()
    row.save()
    _end_answer(row, actor, moment)
    cases.record_reconsideration_decision(
        row.party, actor=_telling(actor), moment=clock.legal_moment(decided_on), result=result, source=subject_key(row)
    )
    note(result=result, decided_on=decided_on)
    publish(RemedyEnded(row.party_id, "reconsideration", decided_on, result), moment=moment)
    return row


@action(label=gettext_lazy("登记行政诉讼"), policy=may_register_remedy)
def register_suit(
    party: CaseParty,
    *,
    actor: Actor,
    moment: datetime,
    court: str,
    filed_on: date,
    handler: Person,
    copy_received_on: date | None = None,
    instance: str = "first",
    number: str = "",
    claim: str = "",
    execution_stayed: bool = False,
    file: StoredFile | None = None,
) -> Litigation:
    """The party sued. With the copy the fifteen days for answer and evidence start, on a named person."""
    _in_order(party, filed_on, moment, copy_received_on)
    _named(handler, party)
    if not court.strip() or instance not in dict(Litigation.INSTANCES):
        refuse_now("remedies.words_needed")
    row = Litigation(
        party=party, court=court.strip(), number=number.strip(), claim=claim.strip(), instance=instance,
        filed_on=filed_on, copy_received_on=copy_received_on, handler=handler, execution_stayed=execution_stayed,
        file=file, entered_at=_entered(moment),
    )  # fmt: skip
    row.save()
    note_subject(row, related=party.case)
    cases.record_suit(
        party, actor=_telling(actor), moment=clock.legal_moment(filed_on), court=row.court, source=subject_key(row)
    )
    if copy_received_on is not None:
        _start_answer(row, "suit_answer", copy_received_on, None, moment)
    _index(row)
    note(court=row.court, filed_on=filed_on)
    publish(RemedyFiled(party.pk, "litigation", filed_on), moment=moment)
    return row


@action(label=gettext_lazy("收到起诉状副本"), policy=may_keep_remedy)
def receive_suit_copy(row: Litigation, *, actor: Actor, moment: datetime, received_on: date) -> Litigation:
    """The copy came: fifteen days for answer and evidence start."""
    if row.copy_received_on is not None:
        refuse_now("remedies.copy_is_there")
    _day(received_on, row.filed_on, moment)
    row.copy_received_on = received_on
    row.save()
    _start_answer(row, "suit_answer", received_on, None, moment)
    return row


@action(label=gettext_lazy("提交答辩状和证据"), policy=may_keep_remedy)
def answer_suit(
    row: Litigation, *, actor: Actor, moment: datetime, answered_on: date, evidence_on: date
) -> Litigation:
    """Answer and evidence went to the court. Evidence after the limit counts as none: late is recorded as late."""
    if row.answered_on is not None:
        refuse_now("remedies.is_answered")
    if row.copy_received_on is None:
        refuse_now("remedies.copy_not_received")
    _day(answered_on, row.copy_received_on, moment)
    _day(evidence_on, row.copy_received_on, moment)
    row.answer_late = _is_late(row, max(answered_on, evidence_on))
    row.answered_on, row.evidence_on = answered_on, evidence_on
    row.save()
    _end_answer(row, actor, moment)
    note(answered_on=answered_on, evidence_on=evidence_on, late=row.answer_late)
    return row


@action(label=gettext_lazy("登记出庭情况"), policy=may_keep_remedy)
def record_court_hearing(
    row: Litigation,
    *,
    actor: Actor,
    moment: datetime,
    hearing_on: date,
    head_appeared: bool,
    head_name: str = "",
    absence_reason: str = "",
) -> Litigation:
    """The head of the organ appears in court; where he does not, the reason is written down."""
    if row.judged_on is not None:
        refuse_now("remedies.is_concluded")
    _day(hearing_on, row.filed_on, moment)
    if head_appeared and not head_name.strip():
        refuse_now("remedies.words_needed")
    if not head_appeared and not absence_reason.strip():
        refuse_now("remedies.absence_unexplained", HEAD_APPEARS)
    row.hearing_on, row.head_appeared = hearing_on, head_appeared
    row.head_name, row.absence_reason = head_name.strip(), absence_reason.strip()
    row.save()
    note(hearing_on=hearing_on, head_appeared=head_appeared)
    return row


@action(label=gettext_lazy("登记裁判结果"), policy=may_keep_remedy)
def conclude_suit(
    row: Litigation, *, actor: Actor, moment: datetime, result: str, judged_on: date, words: str, final: bool = True
) -> Litigation:
    """The court judged. Only a final judgment is told to the case; a further instance is a row of its own."""
    if row.judged_on is not None:
        refuse_now("remedies.is_concluded")
    _result(result, words)
    _day(judged_on, row.filed_on, moment)
    row.result, row.judged_on, row.result_text, row.final = result, judged_on, words.strip(), final
    row.save()
    _end_answer(row, actor, moment)
    if final:
        cases.record_judgment(
            row.party, actor=_telling(actor), moment=clock.legal_moment(judged_on), result=result, source=subject_key(row)
        )
        publish(RemedyEnded(row.party_id, "litigation", judged_on, result), moment=moment)
    note(result=result, judged_on=judged_on, final=final)
    return row


@action(label=gettext_lazy("登记检察建议"), policy=may_register_recommendation)
def register_recommendation(
    target: None,
    *,
    actor: Actor,
    moment: datetime,
    procuratorate: str,
    number: str,
    content: str,
    received_on: date,
    handler: Person,
    urgent: bool = False,
    case: Case | None = None,
    file: StoredFile | None = None,
) -> ProcuratorialRecommendation:
    """A recommendation came in: two months to reply, fifteen days where it is urgent."""
    if not (procuratorate.strip() and number.strip() and content.strip()):
        refuse_now("remedies.words_needed")
    if received_on > clock.legal_date(moment):
        refuse_now("remedies.day_to_come", day=received_on.isoformat())
    if handler.agency_id != actor.organ_id or handler.left_on is not None:
        refuse_now("remedies.not_of_the_organ", person=handler.name)
    if ProcuratorialRecommendation.objects.filter(organ_id=actor.organ_id, number=number.strip()).exists():
        refuse_now("remedies.recommendation_is_there", number=number.strip())
    row = ProcuratorialRecommendation(
        organ=Agency.objects.get(pk=actor.organ_id), procuratorate=procuratorate.strip(), number=number.strip(),
        content=content.strip(), received_on=received_on, urgent=urgent, handler=handler, case=case, file=file,
        entered_at=_entered(moment),
    )  # fmt: skip
    row.save()
    note_subject(row, related=case)
    _start(
        row, "procurator_reply", received_on, URGENT_DAYS if urgent else None, handler, row.organ, case, moment,
        act="remedies.reply_to_recommendation", title=_("回复检察建议：%(number)s") % {"number": row.number},
    )  # fmt: skip
    note(number=row.number, urgent=urgent)
    return row


@action(label=gettext_lazy("回复检察建议"), policy=may_reply)
def reply_to_recommendation(
    row: ProcuratorialRecommendation, *, actor: Actor, moment: datetime, replied_on: date, words: str
) -> ProcuratorialRecommendation:
    """The written reply went out."""
    if row.replied_on is not None:
        refuse_now("remedies.is_answered")
    if not words.strip():
        refuse_now("remedies.words_needed")
    _day(replied_on, row.received_on, moment)
    row.reply_late = _is_late(row, replied_on)
    row.replied_on, row.reply_text = replied_on, words.strip()
    row.save()
    end_deadlines_of(row, moment=moment)
    close_task(row, "remedies.reply_to_recommendation", moment=moment, by=actor)
    note(replied_on=replied_on, late=row.reply_late)
    return row


def _telling(actor: Actor) -> Actor:
    """The case is told by this domain, in the name of who acted here; that act asked its own policy."""
    return replace(SYSTEM, name=actor.name)


def _entered(moment: datetime) -> datetime:
    act = present_act()
    return act.entered_at if act is not None else moment


def _in_order(party: CaseParty, filed_on: date, moment: datetime, copy: date | None) -> None:
    if party.decided_on is None:
        refuse_now("remedies.no_decision")
    _day(filed_on, party.decided_on, moment)
    if copy is not None:
        _day(copy, filed_on, moment)


def _named(handler: Person, party: CaseParty) -> None:
    if handler.agency_id != party.case.organ_id or handler.left_on is not None:
        refuse_now("remedies.not_of_the_organ", person=handler.name)


def _day(day: date, earliest: date, moment: datetime) -> None:
    if day > clock.legal_date(moment):
        refuse_now("remedies.day_to_come", day=day.isoformat())
    if day < earliest:
        refuse_now("remedies.day_too_early", day=day.isoformat(), earliest=earliest.isoformat())


def _result(result: str, words: str) -> None:
    if result not in RemedyResult.values:
        refuse_now("remedies.unknown_result", result=result)
    if not words.strip():
        refuse_now("remedies.words_needed")


def _is_late(row: Any, day: date) -> bool:
    running = RunningDeadline.objects.open().filter(subject=subject_key(row)).first()
    return running is not None and day > running.due_on


def _start_answer(row: Any, limit: str, received_on: date, days: int | None, moment: datetime) -> None:
    title = {"reconsider_answer": _("提交复议答复、证据和依据"), "suit_answer": _("提交答辩状、证据和依据")}[limit]
    organ, case = row.party.case.organ, row.party.case
    _start(row, limit, received_on, days, row.handler, organ, case, moment, act=f"remedies.{limit}", title=title)


def _start(
    row: Any, limit: str, received_on: date, days: int | None, handler: Person, organ: Agency, case: Case | None,
    moment: datetime, *, act: str, title: str,
) -> None:  # fmt: skip
    deadline = start_deadline(
        row,
        limit,
        starts=received_on,
        days=days,
        organ_id=organ.pk,
        territory=organ.territory_id,
        related=case or row,
        start_event=_("收到副本") if limit != "procurator_reply" else _("收到检察建议"),
        responsible_person_id=handler.pk,
        responsible_unit_id=handler.unit_id,
        url=row.get_absolute_url(),
        moment=moment,
    )
    open_task(
        row,
        act,
        title=title,
        button=_("去办理"),
        holder=person(handler.pk, unit_id=handler.unit_id),
        organ_id=organ.pk,
        territory=organ.territory_id,
        url=row.get_absolute_url(),
        related=case or row,
        matter_no=(case.case_no or "") if case else str(row),
        matter_title=case.title if case else str(row),
        deadline=deadline,
        basis=[LATE_EVIDENCE] if limit == "suit_answer" else [],
        manner=Task.ACT,
        moment=moment,
    )


def _end_answer(row: Any, actor: Actor, moment: datetime) -> None:
    end_deadlines_of(row, moment=moment)
    for act in ("remedies.reconsider_answer", "remedies.suit_answer"):
        close_task(row, act, moment=moment, by=actor)


def _index(row: Litigation) -> None:
    index_record(
        "remedies.litigation",
        row.pk,
        title=f"{row.court} {row.number}".strip(),
        subtitle=str(row.get_instance_display()),
        url=row.get_absolute_url(),
        text=f"{row.party.name} {row.claim}",
        moment=row.entered_at,
    )
