"""Acts of the organ whose draft is reviewed: name the body, answer about scope, submit, supplement, withdraw."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.utils.translation import get_language
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from dayu.core import clock
from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.events import publish
from dayu.core.refused import refuse_now
from dayu.legal_review.definitions import Material, questions
from dayu.legal_review.events import ReviewSubmitted, ReviewWithdrawn
from dayu.legal_review.facts import (
    UNREVIEWED,
    DraftForReview,
    GivenMaterial,
    Matter,
    Premark,
    Scope,
    may_review,
    package_digest,
    review_body_of,
)
from dayu.legal_review.models import (
    LegalReview,
    ReviewBody,
    ReviewMaterial,
    ReviewSupplement,
    ScopeAnswer,
)
from dayu.legal_review.policies import may_answer_scope, may_name_body, may_submit, may_supply, may_withdraw
from dayu.legal_review.services.clock import finish, let_run
from dayu.org.models import Agency, OrgUnit, Person
from dayu.org.selectors import holders_of

SAMPLE_OF = 5  # one "no review needed" in so many is looked at again by the review body


@action(label=_("确定法制审核机构"), policy=may_name_body, doors={"office", "system"})
def name_review_body(
    organ: Agency,
    *,
    actor: Actor,
    moment: datetime,
    basis: str,
    valid_from: date,
    unit: OrgUnit | None = None,
    reviewing_agency: Agency | None = None,
) -> ReviewBody:
    """Name who reviews the organ's decisions from a day on: a unit of its own or another body's."""
    agency = reviewing_agency or (unit.agency if unit is not None else organ)
    if unit is not None and unit.agency_id != agency.pk:
        refuse_now("legal_review.unit_of_another_body", unit=unit.name)
    if unit is not None and unit.has_enforcement_power:
        refuse_now("legal_review.unit_enforces", UNREVIEWED, unit=unit.name)
    before = review_body_of(organ, on=valid_from)
    if before is not None:
        before.valid_until = max(valid_from - timedelta(days=1), before.valid_from)
        before.save()
    body = ReviewBody(organ=organ, reviewing_agency=agency, unit=unit, basis=basis, valid_from=valid_from)
    body.save()
    note_subject(body, related=organ)
    note(body=str(body), basis=basis, valid_from=valid_from)
    return body


@action(label=_("判断审核范围"), policy=may_answer_scope)
def answer_scope(
    subject: str,
    *,
    actor: Actor,
    moment: datetime,
    answers: Mapping[str, tuple[bool, str]],
    party: str = "",
) -> list[ScopeAnswer]:
    """Answer questions of scope: question -> (yes or no, reason). A "no" needs its reason; some are looked at again."""
    stored = []
    for key, (value, reason) in answers.items():
        question = questions().get(key)
        if question is None or question.hard:
            refuse_now("legal_review.unknown_question", question=key)
        if not value and not reason.strip():
            refuse_now("legal_review.no_needs_reason", question.citation, question=_in_words(question.zh, question.en))
        stored.append(
            ScopeAnswer.objects.create(
                subject=subject,
                party=party,
                organ_id=actor.organ_id,
                question=key,
                value=value,
                reason=reason.strip(),
                sampled=not value and _is_sampled(subject, party, key),
                answered_by_id=actor.person_id,
                answered_at=moment,
            )
        )
    note_subject(subject)
    note(answers={a.question: [a.value, a.reason] for a in stored})
    return stored


@action(label=_("提交法制审核"), policy=may_submit)
def submit_for_review(
    subject: str,
    *,
    actor: Actor,
    moment: datetime,
    matter: Matter,
    draft: DraftForReview,
    materials: Sequence[GivenMaterial],
    required: Iterable[Material],
    truth_signed: bool,
    scope: Scope | None = None,
    involved: Sequence[tuple[Person, str]] = (),
    premarks: Sequence[Premark] = (),
) -> LegalReview:
    """Submit a draft with its package. The handler signs that it is true, accurate and complete, over its digests.

    `involved` names who handled, approved or advised, with the role; none of them may review.
    """
    missing = [m for m in required if m.key not in {g.key for g in materials}]
    if missing:
        names = "、".join(_in_words(m.zh, m.en) for m in missing)
        refuse_now("legal_review.package_incomplete", UNREVIEWED, missing=names)
    if not truth_signed:
        refuse_now("legal_review.truth_not_signed")
    if LegalReview.objects.open().of(subject, matter.party).exists():
        refuse_now("legal_review.already_submitted", UNREVIEWED)
    body = review_body_of(_organ(actor), on=clock.legal_date(moment))
    if body is None:
        refuse_now("legal_review.no_body", UNREVIEWED)
    review = _store(subject, matter, actor, moment, draft, materials, body, scope, involved, premarks)
    _keep(review, materials)
    review.reviewer = _only_candidate(review, clock.legal_date(moment))
    if review.reviewer is not None:
        review.assigned_at = moment
        review.save()
    note_subject(review, related=subject)
    note(
        digest=draft.digest,
        package=review.package_digest,
        parts=[[m.key, m.digest] for m in materials],
        round=review.round,
    )
    let_run(review, moment=moment)
    publish(
        ReviewSubmitted(review.pk, review.subject, review.party, review.document, review.digest, moment), moment=moment
    )
    return review


@action(label=_("补正送审材料"), policy=may_supply)
def supply_supplement(
    review: LegalReview,
    *,
    actor: Actor,
    moment: datetime,
    answer: str,
    materials: Sequence[GivenMaterial] = (),
) -> ReviewSupplement:
    """Bring what the reviewer asked for; the clock goes on."""
    supplement = review.supplements.filter(answered_at=None).first()
    if not review.is_open or supplement is None:
        refuse_now("legal_review.nothing_asked")
    if not answer.strip() and not materials:
        refuse_now("legal_review.words_missing")
    supplement.answered_at, supplement.answer = moment, answer.strip()
    supplement.save()
    _keep(review, materials, supplement=supplement)
    review.package_digest = package_digest(review.materials.all(), draft_digest=review.digest)
    review.save()
    finish(review, moment=moment)
    let_run(review, moment=moment)
    note_subject(review, related=review.subject)
    note(answer=answer.strip(), parts=[[m.key, m.digest] for m in materials], package=review.package_digest)
    return supplement


@action(label=_("撤回送审"), policy=may_withdraw)
def withdraw_submission(review: LegalReview, *, actor: Actor, moment: datetime, reason: str) -> LegalReview:
    """Take the submission back, for example because the draft changed."""
    if not review.is_open:
        refuse_now("legal_review.already_concluded")
    if not reason.strip():
        refuse_now("legal_review.words_missing")
    review.withdrawn_at, review.withdrawn_reason = moment, reason.strip()
    review.save()
    review.supplements.filter(answered_at=None).update(answered_at=moment, answer=_text("送审已撤回"))
    finish(review, moment=moment)
    note_subject(review, related=review.subject)
    note(reason=reason.strip())
    publish(ReviewWithdrawn(review.pk, review.subject, review.party, review.digest, moment), moment=moment)
    return review


def _organ(actor: Actor) -> int:
    assert actor.organ_id is not None
    return actor.organ_id


def _store(
    subject: str,
    matter: Matter,
    actor: Actor,
    moment: datetime,
    draft: DraftForReview,
    materials: Sequence[GivenMaterial],
    body: ReviewBody,
    scope: Scope | None,
    involved: Sequence[tuple[Person, str]],
    premarks: Sequence[Premark],
) -> LegalReview:
    review = LegalReview(
        subject=subject,
        party=matter.party,
        party_name=matter.party_name,
        document=draft.document,
        digest=draft.digest,
        substance=dict(draft.substance),
        round=LegalReview.objects.of(subject, matter.party).count() + 1,
        matter_no=matter.number,
        matter_title=matter.title,
        matter_url=matter.url,
        organ_id=actor.organ_id,
        reviewing_agency=body.reviewing_agency,
        reviewing_unit=body.unit,
        territory=actor.territory,
        reasons=scope.reasons() if scope is not None else [],
        involved=[{"person": p.pk, "name": p.name, "role": role} for p, role in involved],
        premarks=[m.as_json() for m in premarks],
        submitted_by_id=actor.person_id,
        submitted_at=moment,
        package_digest=package_digest(materials, draft_digest=draft.digest),
    )
    review.save()
    return review


def _keep(
    review: LegalReview, materials: Sequence[GivenMaterial], *, supplement: ReviewSupplement | None = None
) -> None:
    begin = review.materials.count()
    for position, part in enumerate(materials, begin + 1):
        ReviewMaterial.objects.create(
            review=review,
            key=part.key,
            name=part.name,
            document=part.document,
            stored=part.stored,
            digest=part.digest,
            url=part.url,
            supplement=supplement,
            position=position,
        )


def _only_candidate(review: LegalReview, on: date) -> Person | None:
    """Where the body has one person who may review this draft, nobody needs to assign it."""
    people = holders_of("legal_reviewer", "review_head", agency=review.reviewing_agency_id, on=on)
    if review.reviewing_unit_id is not None:
        people = people.filter(unit_id=review.reviewing_unit_id)
    fit = [p for p in people[:3] if may_review(p, review, on=on).allowed]
    return fit[0] if len(fit) == 1 and people.count() == 1 else None


def _is_sampled(subject: str, party: str, key: str) -> bool:
    """Which answers are looked at again: fixed by their content, so that nobody can try until one escapes."""
    return hashlib.sha256(f"{subject}/{party}/{key}".encode()).digest()[0] % SAMPLE_OF == 0


def _in_words(zh: str, en: str) -> str:
    return en if (get_language() or "").startswith("en") else zh
