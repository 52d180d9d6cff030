"""Acts of the review body: assign, judge each point, ask for more, conclude, confirm a changed substance."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from dayu.core import clock
from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.events import publish
from dayu.core.refused import refuse_now, require
from dayu.documents.models import Document
from dayu.documents.services import release_hold
from dayu.legal_review.definitions import conclusions, points
from dayu.legal_review.events import ReviewConfirmed, ReviewNotPassed, ReviewPassed, SupplementAsked
from dayu.legal_review.facts import UNREVIEWED, may_review, open_red_points, opinion_digest, unanswered_points
from dayu.legal_review.models import LegalReview, ReviewConfirmation, ReviewPoint, ReviewSupplement
from dayu.legal_review.policies import may_ask_confirmation, may_assign, may_confirm, may_judge
from dayu.legal_review.services.clock import finish, page_of, running_clock, stand_still, wait_on_review_body
from dayu.org.models import Person
from dayu.work.holders import Holder
from dayu.work.services import close_task, open_task

HOLD = "legal_review"
ASPECTS = frozenset(dict(ReviewPoint.ASPECTS))


@action(label=_("分办法制审核"), policy=may_assign)
def assign_reviewer(review: LegalReview, *, actor: Actor, moment: datetime, reviewer: Person) -> LegalReview:
    """Give a review to somebody who may do it; a reviewer may take one for himself."""
    _require_open(review)
    if not actor.holds("review_head", "agency_head") and reviewer.pk != actor.person_id:
        refuse_now("legal_review.only_for_oneself")
    require(may_review(reviewer, review, on=clock.legal_date(moment)))
    review.reviewer, review.assigned_at = reviewer, moment
    review.save()
    if not review.supplements.filter(answered_at=None).exists():
        wait_on_review_body(review, running_clock(review), moment=moment)
    note_subject(review, related=review.subject)
    note(reviewer=reviewer.name)
    return review


@action(label=_("判断审核项目"), policy=may_judge)
def judge_point(
    review: LegalReview,
    *,
    actor: Actor,
    moment: datetime,
    point: str,
    answer: str,
    failing: Sequence[str] = (),
    remark: str = "",
    ground: str = "",
) -> ReviewPoint:
    """Judge one of the nine points. A problem says what; a fault marked by the system is overruled only in writing."""
    _require_open(review)
    if point not in points() or answer not in dict(ReviewPoint.ANSWERS) or not set(failing) <= ASPECTS:
        refuse_now("legal_review.unknown_answer", point=point)
    if answer == "problem" and not remark.strip():
        refuse_now("legal_review.problem_needs_words", point=_point_name(point))
    row = ReviewPoint.objects.filter(review=review, key=point).first() or ReviewPoint(review=review, key=point)
    row.answer, row.failing, row.answered_at = answer, sorted(failing) if answer == "problem" else [], moment
    row.remark, row.ground = remark.strip(), ground.strip()
    row.save()
    note_subject(review, related=review.subject)
    note(point=point, answer=answer, failing=row.failing, remark=row.remark, ground=row.ground)
    return row


@action(label=_("要求补正送审材料"), policy=may_judge)
def ask_supplement(review: LegalReview, *, actor: Actor, moment: datetime, asked_for: str) -> ReviewSupplement:
    """Ask the handler for more; the clock of the review stands still until it comes."""
    _require_open(review)
    if not asked_for.strip():
        refuse_now("legal_review.words_missing")
    if review.supplements.filter(answered_at=None).exists():
        refuse_now("legal_review.already_asked")
    supplement = ReviewSupplement(review=review, asked_for=asked_for.strip(), asked_at=moment)
    supplement.save()
    stand_still(review, moment=moment)
    open_task(
        review,
        "legal_review.supply_supplement",
        title=_text("补正送审材料"),
        button=_text("去补正"),
        holder=Holder(person_id=review.submitted_by_id, unit_id=review.submitted_by.unit_id),
        organ_id=review.organ_id,
        territory=review.territory,
        url=page_of(review),
        related=review.subject,
        matter_no=review.matter_no,
        matter_title=review.matter_title,
        why=asked_for.strip()[:300],
        moment=moment,
    )
    note_subject(review, related=review.subject)
    note(asked_for=asked_for.strip())
    publish(SupplementAsked(review.pk, review.subject, review.party, asked_for.strip(), moment), moment=moment)
    return supplement


@action(label=_("签署审核意见"), policy=may_judge)
def conclude_review(
    review: LegalReview, *, actor: Actor, moment: datetime, conclusion: str, opinion: str = ""
) -> LegalReview:
    """Sign the opinion. It binds to the substance of the submitted draft and to the package, by their digests.

    A pass needs every point judged and a written ground for each red one; anything else needs its reason. A pass releases
    the hold of the draft for this substance.
    """
    _require_concludable(review, conclusion, opinion)
    answers = list(review.points.all())
    if conclusion == "pass":
        _require_passable(review, {a.key: a for a in answers})
    review.conclusion, review.opinion, review.concluded_at = conclusion, opinion.strip(), moment
    review.signed_by_id = actor.person_id
    review.opinion_digest = opinion_digest(review, answers)
    review.save()
    finish(review, moment=moment)
    note_subject(review, related=review.subject)
    note(conclusion=conclusion, opinion=review.opinion, digest=review.digest, opinion_digest=review.opinion_digest)
    if conclusion == "pass":
        _release(review.document, review.digest, review, actor, moment)
        publish(
            ReviewPassed(review.pk, review.subject, review.party, review.document, review.digest, moment), moment=moment
        )
    else:
        publish(
            ReviewNotPassed(
                review.pk,
                review.subject,
                review.party,
                review.document,
                review.digest,
                conclusion,
                review.opinion,
                moment,
            ),
            moment=moment,
        )
    return review


@action(label=_("提请审核确认"), policy=may_ask_confirmation, doors={"office", "system"})
def ask_confirmation(review: LegalReview, *, actor: Actor, moment: datetime) -> None:
    """The discussion changed the substance: let its confirmation wait on the reviewer."""
    if not review.passed:
        refuse_now("legal_review.nothing_to_confirm", UNREVIEWED)
    open_task(
        review,
        "legal_review.confirm_changed_substance",
        title=_text("确认集体讨论改变的内容"),
        button=_text("去确认"),
        holder=Holder(person_id=review.signed_by_id, unit_id=review.reviewing_unit_id),
        organ_id=review.reviewing_agency_id,
        territory=review.territory,
        url=page_of(review),
        related=review.subject,
        matter_no=review.matter_no,
        matter_title=review.matter_title,
        why=_text("集体讨论的结论与审核的草案不同"),
        basis=[UNREVIEWED],
        awaited_by_id=review.submitted_by_id,
        moment=moment,
    )
    note_subject(review, related=review.subject)


@action(label=_("确认集体讨论改变的内容"), policy=may_confirm)
def confirm_changed_substance(
    review: LegalReview,
    *,
    actor: Actor,
    moment: datetime,
    digest: str,
    changed: Sequence[str],
    discussion: str,
    document: str = "",
    remark: str = "",
) -> ReviewConfirmation:
    """After the collective discussion changed the substance, confirm the new one once (practice: no second review).

    `discussion` is the key of the minutes whose conclusion the new substance equals; the caller has checked that.
    """
    require(may_review(_person(actor), review, on=clock.legal_date(moment)))
    if not review.passed:
        refuse_now("legal_review.nothing_to_confirm", UNREVIEWED)
    if digest == review.digest or review.confirmations.filter(digest=digest).exists():
        refuse_now("legal_review.still_valid", UNREVIEWED)
    if not discussion:
        refuse_now("legal_review.change_not_discussed", UNREVIEWED)
    draft = document or review.document
    confirmation = ReviewConfirmation.objects.create(
        review=review,
        document=draft,
        digest=digest,
        changed=list(changed),
        discussion=discussion,
        remark=remark.strip(),
        confirmed_by_id=actor.person_id,
        confirmed_at=moment,
    )
    _release(draft, digest, review, actor, moment)
    close_task(review, "legal_review.confirm_changed_substance", moment=moment, by=actor)
    note_subject(review, related=review.subject)
    note(digest=digest, changed=list(changed), discussion=discussion)
    publish(ReviewConfirmed(review.pk, review.subject, review.party, draft, digest, moment), moment=moment)
    return confirmation


def _require_open(review: LegalReview) -> None:
    if not review.is_open:
        refuse_now("legal_review.already_concluded")


def _require_concludable(review: LegalReview, conclusion: str, opinion: str) -> None:
    _require_open(review)
    if conclusion not in conclusions():
        refuse_now("legal_review.unknown_conclusion", conclusion=conclusion)
    if review.supplements.filter(answered_at=None).exists():
        refuse_now("legal_review.supplement_awaited")
    if conclusions()[conclusion].needs_reason and not opinion.strip():
        refuse_now("legal_review.conclusion_needs_reason", conclusion=_conclusion_name(conclusion))


def _require_passable(review: LegalReview, answers: dict[str, ReviewPoint]) -> None:
    if unjudged := unanswered_points(review, answers):
        refuse_now("legal_review.points_unjudged", UNREVIEWED, points="、".join(map(_point_name, unjudged)))
    if red := open_red_points(review, answers):
        refuse_now("legal_review.red_points_open", UNREVIEWED, points="、".join(map(_point_name, red)))
    draft = _document(review.document)
    if draft is not None and draft.substance_digest != review.digest:
        refuse_now("legal_review.substance_changed", UNREVIEWED)


def _release(document: str, digest: str, review: LegalReview, actor: Actor, moment: datetime) -> None:
    draft = _document(document)
    if draft is None or not draft.holds.filter(kind=HOLD).exists():
        return
    release_hold(
        draft, actor=actor, moment=moment, kind=HOLD, digest=digest, source=f"legal_review.legalreview:{review.pk}"
    )


def _document(key: str) -> Document | None:
    label, _colon, pk = key.partition(":")
    return Document.objects.filter(pk=int(pk)).first() if label == "documents.document" and pk.isdigit() else None


def _person(actor: Actor) -> Person:
    return Person.objects.get(pk=actor.person_id)


def _point_name(key: str) -> str:
    return points()[key].en if (get_language() or "").startswith("en") else points()[key].zh


def _conclusion_name(key: str) -> str:
    return conclusions()[key].en if (get_language() or "").startswith("en") else conclusions()[key].zh
