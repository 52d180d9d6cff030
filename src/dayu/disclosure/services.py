"""Acts on publications: the draft at sealing, service, release, withholding, correction, withdrawal, alerts."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dayu.cases import services as case_acts
from dayu.cases.models import Case, CaseParty
from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.audit import plain, subject_key
from dayu.core.clock import legal_date
from dayu.core.events import publish
from dayu.core.files import store_bytes
from dayu.core.refused import refuse_now
from dayu.core.search import index_record
from dayu.disclosure import facts
from dayu.disclosure.events import DecisionPublished, PublicationWithdrawn
from dayu.disclosure.grounds import grounds, grounds_for
from dayu.disclosure.masking import mask_fields, mask_text
from dayu.disclosure.models import LatePublication, Publication, PublicationAlert, PublicationVersion
from dayu.disclosure.policies import may_publish, may_run_as_system, may_withhold
from dayu.documents.models import Document
from dayu.law.citations import cite
from dayu.org.models import Person
from dayu.work import holders
from dayu.work.models import RunningDeadline
from dayu.work.services.deadlines import end_deadlines_of, start_deadline
from dayu.work.services.notices import notify
from dayu.work.services.tasks import close_tasks_of, open_task

PUBLISH_LIMIT, WITHDRAW_LIMIT = "publish", "withdraw_publicity"
RELEASE, WITHDRAW, REVIEW = "disclosure.publish_decision", "disclosure.withdraw_publication", "disclosure.review_withholding"

_BUTTONS = {RELEASE: _("去公示"), WITHDRAW: _("去撤回"), REVIEW: _("去复核")}


@action(label=_("生成公示草稿"), policy=may_run_as_system, doors={"system"})
def make_draft(
    document: Document, *, actor: Actor, moment: datetime, case: Case, party: CaseParty, owner_id: int | None = None
) -> Publication:
    """At sealing: the masked draft, its limit, and a task for the disclosure officer."""
    known = Publication.objects.filter(document=document).first()
    if known is not None:
        return known
    decided_on = document.dated or legal_date(moment)
    limit = facts.publish_limit(case.organ.territory_id, decided_on)
    draft = facts.masked_draft(document, case, party)
    publication = Publication(
        code=_new_code(),
        agency=case.organ,
        case=case,
        party=party,
        document=document,
        owner_id=owner_id,
        masked=dict(draft.masked),
        pdf=draft.pdf,
        due_on=limit.due_on,
        provisional=limit.provisional,
        drafted_at=moment,
        reason_for_wait=str(_now("决定书尚未送达，送达后公示")),
        **draft.content,
    )
    publication.digest = facts.digest_of(publication)
    publication.save()
    _keep_version(publication, actor=actor, moment=moment, reason=str(_now("决定定稿时生成")))
    _start_limit(publication, PUBLISH_LIMIT, decided_on, moment)
    note_subject(publication, related=case)
    note(decision_no=publication.decision_no, due_on=publication.due_on, masked=publication.masked)
    return publication


@action(label=_("登记决定已送达"), policy=may_run_as_system, doors={"system"})
def record_service(publication: Publication, *, actor: Actor, moment: datetime, served_on: date) -> Publication:
    """Release follows service. Service after the limit moves it: that is the reason of waiting, not lateness."""
    if publication.served_on == served_on:
        return publication
    publication.served_on = served_on
    if served_on > publication.due_on and publication.released_on is None:
        limit = facts.publish_limit(publication.agency.territory_id, served_on)
        publication.reason_for_wait = str(
            _now("%(served)s 送达，晚于原公示期限 %(due)s，自送达起计算") % {"served": served_on, "due": publication.due_on}
        )
        publication.due_on, publication.provisional = limit.due_on, limit.provisional
        end_deadlines_of(publication, moment=moment, limit_keys=[PUBLISH_LIMIT], how="void")
        _start_limit(publication, PUBLISH_LIMIT, served_on, moment)
    else:
        publication.reason_for_wait = ""
    publication.save()
    note(served_on=served_on, due_on=publication.due_on)
    note_subject(publication, related=publication.case)
    if publication.state == Publication.READY:
        ask_for(publication, RELEASE, str(_("公示处罚决定")), publication.due_on, moment=moment)
    return publication


@action(label=_("修改公示内容"), policy=may_publish)
def revise_draft(
    publication: Publication,
    *,
    actor: Actor,
    moment: datetime,
    category: str,
    facts_text: str,
    basis: str,
    conclusion: str,
    reason: str,
    hide_names: Sequence[str] = (),
    ends_on: date | None = None,
) -> Publication:
    """Another wording before release; further names that only a person finds are hidden in the PDF too."""
    if publication.state not in (Publication.PENDING, Publication.READY):
        refuse_now("disclosure.not_open", state=publication.state_name)
    publication.ends_on = ends_on
    _rewrite(publication, category=category, facts_text=facts_text, basis=basis, conclusion=conclusion, hide=hide_names)
    _refuse_private(publication)
    publication.save()
    _keep_version(publication, actor=actor, moment=moment, reason=reason)
    note(reason=reason, hidden=len(hide_names))
    note_subject(publication, related=publication.case)
    return publication


@action(label=_("公示处罚决定"), policy=may_publish)
def publish_decision(publication: Publication, *, actor: Actor, moment: datetime) -> Publication:
    """The decision becomes public: after service, without private data, and on the late list where the limit passed."""
    if publication.state == Publication.PENDING:
        refuse_now("disclosure.not_served", cite("penalty-law", 61, 1, anchor="送达当事人"), decision=publication.decision_no)
    if publication.state != Publication.READY:
        refuse_now("disclosure.not_open", state=publication.state_name)
    _refuse_private(publication)
    today = legal_date(moment)
    publication.released_on, publication.released_by = today, actor.name
    publication.save()
    _list_if_late(publication, "released", publication.due_on, today)
    _settle(publication, actor, moment)
    case_acts.publish_decision(
        publication.party, actor=actor, moment=moment, source=subject_key(publication), url=publication.get_absolute_url()
    )
    _index(publication, moment)
    note(decision_no=publication.decision_no, digest=publication.digest)
    note_subject(publication, related=publication.case)
    publish(
        DecisionPublished(publication.pk, publication.case_id, publication.party_id, publication.code, today), moment=moment
    )
    return publication


@action(label=_("决定不予公开"), policy=may_withhold)
def withhold_publication(
    publication: Publication,
    *,
    actor: Actor,
    moment: datetime,
    ground: str,
    reason: str,
    review_on: date,
) -> Publication:
    """Only on a listed ground, with a reason, by the head, until a day on which it is looked at again."""
    if publication.state not in (Publication.PENDING, Publication.READY):
        refuse_now("disclosure.not_open", state=publication.state_name)
    today = legal_date(moment)
    found = _required_ground(publication, ground, reason, today)
    if review_on <= today:
        refuse_now("disclosure.review_in_the_past")
    publication.withheld_on, publication.withheld_by = today, actor.name
    publication.withheld_ground, publication.withheld_reason, publication.review_on = ground, reason, review_on
    publication.save()
    if publication.served_on is not None:
        _list_if_late(publication, "withheld", publication.due_on, today)
    _settle(publication, actor, moment)
    case_acts.exempt_from_publication(
        publication.party, actor=actor, moment=moment, source=subject_key(publication), reason=f"{found.name}：{reason}"
    )
    note(ground=ground, reason=reason, review_on=review_on)
    note_subject(publication, related=publication.case)
    return publication


@action(label=_("复核不予公开"), policy=may_withhold)
def review_withholding(
    publication: Publication, *, actor: Actor, moment: datetime, keep: bool, reason: str, review_on: date | None = None
) -> Publication:
    """The ground still holds until another day, or the decision goes back to be published."""
    if publication.state != Publication.WITHHELD:
        refuse_now("disclosure.not_withheld")
    today = legal_date(moment)
    if keep:
        _required_ground(publication, publication.withheld_ground, reason, today)
        if review_on is None or review_on <= today:
            refuse_now("disclosure.review_in_the_past")
        publication.withheld_reason, publication.review_on = reason, review_on
    else:
        publication.withheld_on, publication.review_on = None, None
        limit = facts.publish_limit(publication.agency.territory_id, today)
        publication.due_on, publication.provisional = limit.due_on, limit.provisional
        _start_limit(publication, PUBLISH_LIMIT, today, moment)
    publication.save()
    close_tasks_of(publication, moment=moment, by=actor, acts=[REVIEW])
    if publication.state == Publication.READY:
        ask_for(publication, RELEASE, str(_("公示处罚决定")), publication.due_on, moment=moment)
    note(keep=keep, reason=reason, review_on=review_on)
    note_subject(publication, related=publication.case)
    return publication


@action(label=_("更正公示内容"), policy=may_publish)
def correct_publication(
    publication: Publication,
    *,
    actor: Actor,
    moment: datetime,
    category: str,
    facts_text: str,
    basis: str,
    conclusion: str,
    public_note: str,
    hide_names: Sequence[str] = (),
) -> Publication:
    """What is public becomes right; the page says what was corrected and when. The late list keeps what it has."""
    if publication.state != Publication.RELEASED:
        refuse_now("disclosure.not_released")
    if not public_note.strip():
        refuse_now("disclosure.correction_without_note")
    _rewrite(publication, category=category, facts_text=facts_text, basis=basis, conclusion=conclusion, hide=hide_names)
    _refuse_private(publication)
    if mask_text(public_note, facts.private_of(publication.case, publication.party)).taken:
        refuse_now("disclosure.private_left", cite("penalty-law", 50, anchor="个人隐私"), kinds=_now("更正说明"))
    publication.save()
    _keep_version(publication, actor=actor, moment=moment, reason=public_note, public_note=public_note)
    _index(publication, moment)
    note(public_note=public_note, digest=publication.digest)
    note_subject(publication, related=publication.case)
    return publication


@action(label=_("撤回公示"), policy=may_publish)
def withdraw_publication(publication: Publication, *, actor: Actor, moment: datetime, reason: str) -> Publication:
    """The content leaves the page; that it was withdrawn, when and why, stays public."""
    if publication.state != Publication.RELEASED:
        refuse_now("disclosure.not_released")
    if not reason.strip():
        refuse_now("disclosure.withdrawal_without_reason", cite("penalty-law", 48, 2, anchor="公开说明理由"))
    today = legal_date(moment)
    publication.withdrawn_on, publication.withdrawn_reason = today, reason
    publication.save()
    if publication.withdraw_due_on is not None:
        _list_if_late(publication, "withdrawn", publication.withdraw_due_on, today)
    _settle(publication, actor, moment)
    case_acts.withdraw_publication(
        publication.party, actor=actor, moment=moment, source=subject_key(publication), reason=reason
    )
    note(reason=reason)
    note_subject(publication, related=publication.case)
    publish(PublicationWithdrawn(publication.pk, publication.case_id, publication.party_id, today, reason), moment=moment)
    return publication


@action(label=_("登记决定已被变更、撤销"), policy=may_run_as_system, doors={"system"})
def record_revocation(
    publication: Publication, *, actor: Actor, moment: datetime, revoked_on: date, reason: str
) -> Publication:
    """A published decision must be withdrawn within three working days; an unpublished one is no longer published."""
    publication.revoked_on = revoked_on
    if publication.state == Publication.RELEASED:
        limit = facts.withdraw_limit(publication.agency.territory_id, revoked_on)
        publication.withdraw_due_on = limit.due_on
        publication.save()
        _start_limit(publication, WITHDRAW_LIMIT, revoked_on, moment)
        ask_for(publication, WITHDRAW, str(_("撤回公示")), limit.due_on, moment=moment)
    elif publication.state in (Publication.PENDING, Publication.READY):
        publication.dropped_on, publication.dropped_reason = revoked_on, reason[:200]
        publication.save()
        close_tasks_of(publication, moment=moment)
        end_deadlines_of(publication, moment=moment, how="void")
    else:
        publication.save()
    note(revoked_on=revoked_on, reason=reason)
    note_subject(publication, related=publication.case)
    return publication


@action(label=_("公示期限变动"), policy=may_run_as_system, doors={"system"})
def follow_limit(publication: Publication, *, actor: Actor, moment: datetime, limit_key: str, due_on: date) -> Publication:
    """The calendar changed and moved the last day: the publication and its task go along."""
    if limit_key == PUBLISH_LIMIT and publication.state in (Publication.PENDING, Publication.READY):
        publication.due_on = due_on
    elif limit_key == WITHDRAW_LIMIT and publication.state == Publication.RELEASED:
        publication.withdraw_due_on = due_on
    else:
        return publication
    publication.save()
    note(limit=limit_key, due_on=due_on)
    note_subject(publication, related=publication.case)
    return publication


@action(label=_("提醒公示"), policy=may_run_as_system, doors={"system"})
def alert_about_publication(
    publication: Publication, *, actor: Actor, moment: datetime, level: str, due_on: date, text: str, person_ids: list[int]
) -> PublicationAlert:
    """One alert to whom it concerns, once for each level and limit."""
    alert, created = PublicationAlert.objects.get_or_create(
        publication=publication,
        level=level,
        due_on=due_on,
        defaults={"alerted_on": legal_date(moment), "person_ids": sorted(set(person_ids))},
    )
    if created:
        for person_id in sorted(set(person_ids)):
            notify(
                person_id, text, publication.get_absolute_url(), moment=moment, subject=publication.decision_no,
                urgent=level != "owner",
            )  # fmt: skip
    note(level=level, people=person_ids)
    note_subject(alert, related=publication)
    return alert


@action(label=_("提请复核不予公开"), policy=may_run_as_system, doors={"system"})
def ask_for_review(publication: Publication, *, actor: Actor, moment: datetime) -> Publication:
    """On the review day the withheld decision comes back to whoever answers for it."""
    ask_for(publication, REVIEW, str(_("复核不予公开")), publication.review_on or legal_date(moment), moment=moment)
    note(review_on=publication.review_on)
    return publication


def _rewrite(
    publication: Publication, *, category: str, facts_text: str, basis: str, conclusion: str, hide: Iterable[str]
) -> None:
    """New wording, masked again; the PDF is set again where further names are hidden."""
    private = facts.with_names(facts.private_of(publication.case, publication.party), [n.strip() for n in hide if n.strip()])
    texts = {"category": category, "facts": facts_text, "basis": basis, "conclusion": conclusion}
    for name, text in texts.items():
        setattr(publication, name, mask_text(text.strip(), private).text)
    if any(n.strip() for n in hide):
        shown, taken = mask_fields(publication.document.fields, private)
        publication.masked = taken
        publication.pdf = store_bytes(facts.masked_pdf(publication.document, shown), media_type="application/pdf")
    publication.digest = facts.digest_of(publication)


def _refuse_private(publication: Publication) -> None:
    words = {"name": _("姓名"), "address": _("住址"), "identity": _("证件号码"), "phone": _("电话"), "account": _("账号"),
             "email": _("电子邮箱")}  # fmt: skip
    left = facts.left_in(publication)
    if left:
        kinds = "、".join(str(words[k]) for k in left)
        refuse_now("disclosure.private_left", cite("penalty-law", 50, anchor="个人隐私"), kinds=kinds)


def _required_ground(publication: Publication, ground: str, reason: str, on: date) -> Any:
    offered = grounds_for(publication.agency.territory_id, on)
    if ground not in offered:
        known = grounds().get(ground)
        refuse_now(
            "disclosure.no_legal_ground", cite("penalty-law", 48, 1, anchor="应当依法公开"),
            ground=known.name if known is not None else ground or _now("无"),
        )  # fmt: skip
    if not reason.strip():
        refuse_now("disclosure.withholding_without_reason", offered[ground].citation, ground=offered[ground].name)
    return offered[ground]


def _list_if_late(publication: Publication, manner: str, due_on: date, settled_on: date) -> None:
    late = facts.working_days_between(publication.agency.territory_id, due_on, settled_on)
    if settled_on <= due_on:
        return
    LatePublication.objects.create(
        publication=publication,
        manner=manner,
        due_on=due_on,
        settled_on=settled_on,
        working_days_late=late,
        owner_name=publication.owner.name if publication.owner is not None else "",
    )


def _start_limit(publication: Publication, limit_key: str, starts: date, moment: datetime) -> None:
    """The limit runs beside the case's own and appears in the list of work with its task."""
    start_deadline(
        publication,
        limit_key,
        starts=starts,
        organ_id=publication.agency_id,
        moment=moment,
        related=publication.case,
        territory=publication.agency.territory_id,
        url=publication.get_absolute_url(),
    )


def _settle(publication: Publication, actor: Actor, moment: datetime) -> None:
    """Nothing waits any more: tasks are done, limits are met."""
    close_tasks_of(publication, moment=moment, by=actor)
    end_deadlines_of(publication, moment=moment)


def _keep_version(
    publication: Publication, *, actor: Actor, moment: datetime, reason: str, public_note: str = ""
) -> None:
    PublicationVersion.objects.create(
        publication=publication,
        sequence=publication.versions.count() + 1,
        content=plain(facts.content_of(publication)),
        digest=publication.digest,
        pdf=publication.pdf,
        reason=reason[:300],
        public_note=public_note[:300],
        made_on=legal_date(moment),
        made_by=actor.name,
        made_at=moment,
    )


def ask_for(publication: Publication, act: str, title: str, due_on: date, *, moment: datetime) -> None:
    """Let the disclosure officer do it, or the head where the organ has none."""
    has_officer = Person.objects.filter(
        holdings__post__key="disclosure_officer", holdings__post__agency_id=publication.agency_id, left_on=None
    ).exists()
    open_task(
        publication,
        act,
        title=title,
        holder=holders.post("disclosure_officer" if has_officer and act != REVIEW else "agency_head"),
        organ_id=publication.agency_id,
        url=reverse("disclosure:publication", args=[publication.pk]),
        moment=moment,
        related=publication.case,
        matter_no=publication.decision_no,
        matter_title=publication.party_name,
        why=str(_now("%(day)s 前办理") % {"day": due_on}),
        basis=[cite("publicity-opinion", confirmation="U")] if act == RELEASE else [cite("penalty-law", 48, 2)],
        territory=publication.agency.territory_id,
        awaited_by_id=publication.owner_id,
        deadline=RunningDeadline.objects.open().filter(subject=subject_key(publication)).order_by("-id").first(),
        button=str(_BUTTONS[act]),
    )


def _index(publication: Publication, moment: datetime) -> None:
    index_record(
        "publication",
        publication.pk,
        title=publication.party_name,
        subtitle=publication.decision_no,
        url=publication.get_absolute_url(),
        text=f"{publication.category} {publication.facts} {publication.basis} {publication.organ_name} {publication.conclusion}",
        moment=moment,
    )


def _new_code() -> str:
    """An opaque code of twelve characters without look-alikes: a number tells nobody how many there are."""
    letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
    return "".join(secrets.choice(letters) for _place in range(12))
