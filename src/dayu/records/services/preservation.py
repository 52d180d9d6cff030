"""Acts of advance registration and preservation: propose, agree, carry out, decide about each thing, release."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from dayu.core import clock
from dayu.core.actions import action, note, note_subject, present_act
from dayu.core.actors import Actor
from dayu.core.events import publish
from dayu.core.refused import Refused, refuse_now
from dayu.law.citations import cite
from dayu.law.refusals import Verdict
from dayu.org.models import Person
from dayu.org.policies import enough_officers
from dayu.org.selectors import holders_of
from dayu.records.events import EvidencePreserved, PreservationDecided, PreservationLapsed
from dayu.records.facts import PreservedThing
from dayu.records.models import EvidencePreservation, PreservedItem
from dayu.records.policies import (
    may_approve_preservation,
    may_decide_preserved,
    may_find_lapsed,
    may_propose_preservation,
    may_release_lapsed,
)
from dayu.records.services.timeline import record_event
from dayu.work.holders import Holder
from dayu.work.services import close_task, close_tasks_of, end_deadlines_of, notify, open_task, start_deadline

ARTICLE_56 = cite("penalty-law", 56, anchor="先行登记保存")
HEAD_AGREES = cite("penalty-law", 56, anchor="经行政机关负责人批准")
DECIDE_IN_TIME = cite("penalty-law", 56, anchor="七日内及时作出处理决定")
LIMIT = "register_preserve"


@action(label=_("报请先行登记保存"), policy=may_propose_preservation, doors={"office", "field"})
def propose_preservation(
    subject: str,
    *,
    actor: Actor,
    moment: datetime,
    holder_name: str,
    reason: str,
    place: str,
    officers: Sequence[Person],
    things: Sequence[PreservedThing],
    kept_in_place: bool = True,
    keeper: str = "",
) -> EvidencePreservation:
    """Ask the head to agree that these things are registered and kept."""
    if not things:
        refuse_now("records.nothing_to_preserve", ARTICLE_56)
    if not officers:
        refuse_now("records.no_officers")
    if not reason.strip():
        refuse_now("records.words_missing")
    preservation = EvidencePreservation(
        subject=subject,
        organ_id=actor.organ_id,
        holder_name=holder_name,
        reason=reason.strip(),
        place=place,
        kept_in_place=kept_in_place,
        keeper=keeper,
        first_officer=officers[0],
        second_officer=officers[1] if len(officers) > 1 else None,
        proposed_at=moment,
    )
    preservation.save()
    PreservedItem.objects.bulk_create(
        PreservedItem(
            preservation=preservation,
            position=position,
            name=thing.name,
            specification=thing.specification,
            quantity=thing.quantity,
            condition=thing.condition,
            photo=thing.photo,
        )
        for position, thing in enumerate(things, 1)
    )
    note_subject(preservation, related=subject)
    note(holder=holder_name, reason=reason.strip(), things=[f"{t.name} {t.quantity}" for t in things])
    open_task(
        preservation,
        "records.approve_preservation",
        title=_text("批准先行登记保存"),
        button=_text("去批准"),
        holder=Holder(post="agency_head"),
        organ_id=preservation.organ_id,
        url=_url(preservation),
        related=subject,
        matter_title=holder_name,
        why=reason.strip(),
        basis=[HEAD_AGREES],
        territory=actor.territory,
        awaited_by_id=actor.person_id,
        moment=moment,
    )
    return preservation


@action(label=_("批准先行登记保存"), policy=may_approve_preservation)
def approve_preservation(preservation: EvidencePreservation, *, actor: Actor, moment: datetime) -> EvidencePreservation:
    """The head of the organ agrees; after an urgent registration, this is the approval made up for."""
    if preservation.approved_at is not None:
        refuse_now("records.already_approved")
    preservation.approved_at, preservation.approved_by_id = moment, actor.person_id
    preservation.save()
    close_task(preservation, "records.approve_preservation", moment=moment, by=actor)
    note_subject(preservation, related=preservation.subject)
    return preservation


@action(label=_("实施先行登记保存"), policy=may_propose_preservation, doors={"office", "field"})
def preserve_evidence(
    preservation: EvidencePreservation,
    *,
    actor: Actor,
    moment: datetime,
    urgent_reason: str = "",
    explanation: str = "",
    media: Sequence[str] = (),
) -> EvidencePreservation:
    """Carry it out: from this day seven working days run. Without the head's approval only where it could not wait.

    What already happened on paper with a defect is entered with an explanation.
    """
    if preservation.preserved_at is not None:
        refuse_now("records.already_preserved")
    if preservation.approved_at is None and not urgent_reason.strip():
        refuse_now("records.approval_missing", HEAD_AGREES, remedy="records.approve_preservation")
    defects = _defects(preservation, moment, actor)
    if not defects.allowed and not explanation.strip():
        raise Refused(defects)
    act = present_act()
    assert act is not None
    preservation.preserved_at, preservation.entered_at = moment, act.entered_at
    preservation.urgent_reason, preservation.explanation = urgent_reason.strip(), explanation.strip()
    preservation.defects = [
        {"rule": r.rule, "reason": r.as_json(get_language() or "zh")["reason"]} for r in defects.refusals
    ]
    preservation.decide_by = _start_clock(preservation, actor, moment)
    preservation.save()
    note_subject(preservation, related=preservation.subject)
    note(decide_by=preservation.decide_by, urgent=urgent_reason.strip(), defects=[r.rule for r in defects.refusals])
    record_event(
        preservation.subject,
        stage="investigation",
        kind="evidence_preserved",
        title=_text("先行登记保存：%(holder)s") % {"holder": preservation.holder_name},
        actor=actor,
        happened_at=moment,
        place=preservation.place,
        source=preservation,
        media=media,
        organ_id=preservation.organ_id,
    )
    publish(EvidencePreserved(preservation.pk, preservation.subject, moment, preservation.decide_by), moment=moment)
    return preservation


@action(label=_("对登记保存物品作出处理决定"), policy=may_decide_preserved)
def decide_preserved_items(
    preservation: EvidencePreservation,
    *,
    actor: Actor,
    moment: datetime,
    decisions: Mapping[int, tuple[str, str]],
    approved_by: Person | None = None,
) -> EvidencePreservation:
    """Decide about things: item id -> (disposal, note). An officer names the head who signed the decision."""
    if preservation.preserved_at is None:
        refuse_now("records.not_preserved_yet")
    decider = _decider(preservation, actor, approved_by, moment)
    items = {i.pk: i for i in preservation.items.select_for_update()}
    known = dict(PreservedItem.DISPOSALS)
    for pk, (disposal, words) in decisions.items():
        item = items.get(pk)
        if item is None or disposal not in known:
            refuse_now("records.unknown_disposal", disposal=disposal)
        if item.disposal:
            refuse_now("records.already_decided", item=item.name)
        item.disposal, item.disposal_note, item.disposed_at, item.disposed_by_id = disposal, words, moment, decider
        item.save()
    note_subject(preservation, related=preservation.subject)
    note(decisions={items[pk].name: disposal for pk, (disposal, _words) in decisions.items()})
    _finish_if_decided(preservation, actor, moment)
    return preservation


@action(label=_("认定登记保存逾期"), policy=may_find_lapsed, doors={"system"})
def find_lapsed_preservations(target: None, *, actor: Actor, moment: datetime) -> int:
    """Mark what was not decided within seven working days, tell the officers and let the release wait on them."""
    day = clock.legal_date(moment)
    rows = EvidencePreservation.objects.undecided().filter(decide_by__lt=day, lapsed_at=None)
    found = list(rows.select_related("organ", "first_officer"))
    for preservation in found:
        _mark_lapsed(preservation, moment)
    note(lapsed=[p.pk for p in found])
    return len(found)


@action(label=_("解除逾期的登记保存"), policy=may_release_lapsed, doors={"office", "system"})
def release_lapsed_items(
    preservation: EvidencePreservation, *, actor: Actor, moment: datetime, remark: str = ""
) -> EvidencePreservation:
    """Give back what nobody decided about in time."""
    if preservation.lapsed_at is None:
        refuse_now("records.not_lapsed", DECIDE_IN_TIME)
    released = 0
    for item in preservation.items.filter(disposal=""):
        item.disposal, item.released_by_lapse = "release", True
        item.disposal_note = remark or _text("逾期未作出处理决定，解除登记保存")
        item.disposed_at, item.disposed_by_id = moment, actor.person_id
        item.save()
        released += 1
    note_subject(preservation, related=preservation.subject)
    note(released=released, remark=remark)
    _finish_if_decided(preservation, actor, moment)
    return preservation


def _defects(preservation: EvidencePreservation, moment: datetime, actor: Actor) -> Verdict:
    officers = [p for p in (preservation.first_officer, preservation.second_officer) if p is not None]
    return enough_officers(officers, on=clock.legal_date(moment), territory=actor.territory)


def _start_clock(preservation: EvidencePreservation, actor: Actor, moment: datetime) -> date:
    running = start_deadline(
        preservation,
        LIMIT,
        starts=clock.legal_date(moment),
        organ_id=preservation.organ_id,
        territory=actor.territory,
        title=_text("先行登记保存须作处理决定"),
        related=preservation.subject,
        start_event=_text("先行登记保存"),
        responsible_person_id=preservation.first_officer_id,
        url=_url(preservation),
        moment=moment,
    )
    open_task(
        preservation,
        "records.decide_preserved_items",
        title=_text("先行登记保存须作处理决定"),
        button=_text("作出处理"),
        holder=Holder(person_id=preservation.first_officer_id, unit_id=actor.unit_id),
        organ_id=preservation.organ_id,
        url=_url(preservation),
        related=preservation.subject,
        matter_title=preservation.holder_name,
        why=_text("清单%(number)d件") % {"number": preservation.items.count()},
        basis=[DECIDE_IN_TIME],
        territory=actor.territory,
        deadline=running,
        moment=moment,
    )
    due: date = running.due_on
    return due


def _decider(
    preservation: EvidencePreservation, actor: Actor, approved_by: Person | None, moment: datetime
) -> int | None:
    """Whose decision it is: the acting head's own, or that of the head whom the officer names."""
    if actor.holds("agency_head"):
        return actor.person_id
    heads = holders_of("agency_head", agency=preservation.organ_id, on=clock.legal_date(moment))
    if approved_by is None or not heads.filter(pk=approved_by.pk).exists():
        refuse_now("records.head_must_decide", DECIDE_IN_TIME)
    return int(approved_by.pk)


def _finish_if_decided(preservation: EvidencePreservation, actor: Actor, moment: datetime) -> None:
    preservation.save(update_fields=[])
    if preservation.items.filter(disposal="").exists():
        return
    close_tasks_of(preservation, moment=moment, by=actor)
    end_deadlines_of(preservation, moment=moment)
    record_event(
        preservation.subject,
        stage="investigation",
        kind="preservation_decided",
        title=_text("对登记保存物品作出处理：%(holder)s") % {"holder": preservation.holder_name},
        actor=actor,
        happened_at=moment,
        source=preservation,
        organ_id=preservation.organ_id,
    )
    publish(PreservationDecided(preservation.pk, preservation.subject, moment), moment=moment)


def _mark_lapsed(preservation: EvidencePreservation, moment: datetime) -> None:
    preservation.lapsed_at = moment
    preservation.save()
    open_ones = preservation.items.filter(disposal="").count()
    close_task(preservation, "records.decide_preserved_items", moment=moment)
    open_task(
        preservation,
        "records.release_lapsed_items",
        title=_text("登记保存已逾期，须解除"),
        button=_text("去解除"),
        holder=Holder(person_id=preservation.first_officer_id, unit_id=preservation.first_officer.unit_id),
        organ_id=preservation.organ_id,
        territory=preservation.organ.territory_id,
        url=_url(preservation),
        related=preservation.subject,
        matter_title=preservation.holder_name,
        why=ngettext("%(number)d件物品逾期未作处理决定", "%(number)d件物品逾期未作处理决定", open_ones)
        % {"number": open_ones},
        basis=[DECIDE_IN_TIME],
        moment=moment,
    )
    told = _text("登记保存已逾期，须解除：%(holder)s") % {"holder": preservation.holder_name}
    for person in filter(None, (preservation.first_officer_id, preservation.second_officer_id)):
        notify(person, told, _url(preservation), moment=moment, subject=preservation.subject, urgent=True)
    publish(PreservationLapsed(preservation.pk, preservation.subject, moment, open_ones), moment=moment)


def _url(preservation: EvidencePreservation) -> str:
    return f"/records/preservations/{preservation.pk}/"
