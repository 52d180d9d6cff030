"""Legal review seen from the case, and the collective discussion with each member's own opinion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from dayu.cases import facts
from dayu.cases.like_cases import like_cases_verdict
from dayu.cases.models import CaseParty, CollectiveDiscussion, DiscussionOpinion, JournalEntry
from dayu.cases.policies import may_decide, may_lead_unit, may_speak_in_discussion, may_work_on
from dayu.cases.review_package import involved_in, package_of, premarks_of
from dayu.cases.selectors import case_url
from dayu.cases.services.drafting import write_draft
from dayu.cases.services.journal import perform, terms_for, verdict_of
from dayu.cases.services.papers import draft_paper
from dayu.core import clock
from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.audit import plain, subject_key
from dayu.core.refused import refuse_now, require
from dayu.documents.models import Document
from dayu.law.citations import cite
from dayu.law.conditions.review import REVIEW_QUESTIONS
from dayu.legal_review.definitions import required_materials
from dayu.legal_review.facts import DraftForReview, Matter, latest_answers, scope_of
from dayu.legal_review.models import LegalReview
from dayu.legal_review.services import answer_scope, submit_for_review, withdraw_submission
from dayu.org.models import Person


@action(label=_("判断是否应当法制审核"), policy=may_work_on)
def answer_review_scope(
    party: CaseParty, *, actor: Actor, moment: datetime, answers: Mapping[str, tuple[bool, str]]
) -> int:
    """Answer the soft questions of scope; what is open counts as yes, a "no" carries its reason."""
    unknown = sorted(set(answers) - set(REVIEW_QUESTIONS))
    if unknown:
        refuse_now("cases.unknown_question", question=unknown[0])
    rows = answer_scope(
        subject_key(party.case), actor=actor, moment=moment, answers=dict(answers), party=subject_key(party)
    )
    return len(rows)


@action(label=_("提交法制审核"), policy=may_work_on)
def submit_legal_review(
    party: CaseParty,
    *,
    actor: Actor,
    moment: datetime,
    truth_signed: bool,
    document: Document | None = None,
) -> LegalReview:
    """Submit the draft decision with its package. The opinion will bind to exactly this substance."""
    case, draft = party.case, party.draft
    if draft is None:
        require(verdict_of(case, "submit_legal_review", today=clock.legal_date(moment), party=party))
        refuse_now("cases.no_draft", cite("penalty-law", 58, 1))
    assert draft is not None
    require(like_cases_verdict(case, draft, on=clock.legal_date(moment)))
    paper = document or draft_paper(case, actor=actor, moment=moment, key="penalty_decision", party=party)
    if paper.substance_digest != draft.digest:
        refuse_now("cases.paper_of_another_substance", paper=paper.title)
    journal = facts.journal_of(case)
    heard, defended = journal.has("hearing_held", party.key), journal.has("defence_submitted", party.key)
    wanted = required_materials(heard=heard, defended=defended)
    given = package_of(party, paper)
    missing = [m.zh for m in wanted if m.key not in {g.key for g in given}]
    entry = perform(
        case, "submit_legal_review", actor=actor, moment=moment, party=party, digest=draft.digest,
        params={**terms_for(party), "document": subject_key(paper), "missing": missing},
    )
    scope = scope_of(
        known={"major_penalty": _major(party, moment), "after_hearing": heard},
        answers=latest_answers(subject_key(case), subject_key(party)),
    )
    review = submit_for_review(
        subject_key(case), actor=actor, moment=moment,
        matter=Matter(case.title, case.case_no, case_url(case), subject_key(party), party.name),
        draft=DraftForReview(subject_key(paper), draft.digest, draft.substance), materials=given, required=wanted,
        truth_signed=truth_signed, scope=scope, involved=involved_in(case), premarks=premarks_of(party, moment),
    )
    note_subject(review, related=case)
    note(entry=entry.sequence)
    return review


def _major(party: CaseParty, moment: datetime) -> bool | None:
    s = facts.situation_of(party.case, today=clock.legal_date(moment))
    view = s.party(party.key)
    return view.discussion_required if view else None


@action(label=_("撤回送审"), policy=may_work_on)
def withdraw_legal_review(party: CaseParty, *, actor: Actor, moment: datetime, reason: str) -> JournalEntry:
    """Take the draft back from the reviewer, for example because it changed."""
    review = LegalReview.objects.open().of(subject_key(party.case), subject_key(party)).first()
    entry = perform(
        party.case, "withdraw_legal_review", actor=actor, moment=moment, party=party, params={"reason": reason},
        source=f"legal_review:{review.pk}:withdrawn" if review else "",
    )
    if review is not None:
        withdraw_submission(review, actor=actor, moment=moment, reason=reason)
    return entry


@action(label=_("召集集体讨论"), policy=may_lead_unit)
def call_discussion(
    party: CaseParty,
    *,
    actor: Actor,
    moment: datetime,
    chair: Person,
    place: str = "",
    question: str = "",
    recorder: Person | None = None,
) -> CollectiveDiscussion:
    """Call the heads together about one party's case. The members then enter their own opinions."""
    waiting = party.discussions.filter(concluded_on=None).first()
    if waiting is not None:
        refuse_now("cases.discussion_is_open")
    discussion = CollectiveDiscussion(
        party=party, called_on=clock.legal_date(moment), place=place, chair=chair, recorder=recorder, question=question
    )
    discussion.save()
    note_subject(discussion, related=party.case)
    note(chair=chair.name)
    return discussion


@action(label=_("发表讨论意见"), policy=may_speak_in_discussion)
def give_discussion_opinion(
    discussion: CollectiveDiscussion, *, actor: Actor, moment: datetime, member: Person, vote: str, opinion: str
) -> DiscussionOpinion:
    """What a member says and votes. Nobody enters it for him: an absent member has no opinion."""
    if member.pk != actor.person_id:
        refuse_now("cases.opinion_of_another", member=member.name)
    if discussion.concluded_on is not None:
        refuse_now("cases.discussion_is_concluded")
    if vote not in dict(DiscussionOpinion.VOTES) or not opinion.strip():
        refuse_now("cases.text_missing")
    if discussion.opinions.filter(member=member).exists():
        refuse_now("cases.opinion_given")
    row = DiscussionOpinion(discussion=discussion, member=member, vote=vote, opinion=opinion.strip(), given_at=moment)
    row.save()
    note_subject(row, related=discussion.party.case)
    note(member=member.name, vote=vote)
    return row


@action(label=_("形成讨论结论"), policy=may_decide)
def hold_collective_discussion(
    party: CaseParty,
    *,
    actor: Actor,
    moment: datetime,
    conclusion: str,
    amount_yuan: Decimal | None = None,
    document: Document | None = None,
    attendees: Sequence[str] = (),
) -> CollectiveDiscussion:
    """Record the conclusion. Another amount than the draft's becomes a new version of the draft, so that they are equal."""
    discussion = party.discussions.filter(concluded_on=None).order_by("-id").first()
    if discussion is None:
        require(verdict_of(party.case, "hold_collective_discussion", today=clock.legal_date(moment), party=party))
        refuse_now("cases.no_discussion", cite("penalty-law", 57, 2))
    assert discussion is not None
    if not conclusion.strip():
        refuse_now("cases.text_missing")
    opinions = list(discussion.opinions.select_related("member"))
    _follow_conclusion(party, actor, moment, amount_yuan)
    agreeing = sum(1 for o in opinions if o.vote == "agree")
    if agreeing * 2 <= len(opinions):
        refuse_now("cases.no_majority", agreeing=agreeing, present=len(opinions))
    perform(
        party.case, "hold_collective_discussion", actor=actor, moment=moment, party=party,
        digest=party.draft.digest if party.draft else "", subject=str(discussion.pk),
        proposal={"present": len(opinions), "opinions": len(opinions)},
        params={
            **terms_for(party), "present": [o.member.name for o in opinions], "agreeing": agreeing,
            "conclusion": conclusion.strip(), "attendees": list(attendees), "document": subject_key(document),
        },
    )
    discussion.concluded_on, discussion.conclusion = clock.legal_date(moment), conclusion.strip()
    discussion.amount_yuan = party.draft.amount_yuan if party.draft else None
    discussion.draft, discussion.document = party.draft, subject_key(document)
    discussion.save()
    note_subject(discussion, related=party.case)
    note(amount=plain(discussion.amount_yuan), agreeing=agreeing, present=len(opinions))
    return discussion


def _follow_conclusion(party: CaseParty, actor: Actor, moment: datetime, amount_yuan: Decimal | None) -> None:
    draft = party.draft
    if draft is None or amount_yuan is None or amount_yuan == draft.amount_yuan:
        return
    values: dict[str, Any] = {
        "kinds": draft.kinds, "confiscated_yuan": draft.confiscated_yuan, "other_content": draft.other_content,
        "fact_keys": draft.facts, "basis": draft.basis, "law_violated": draft.law_violated, "orders": draft.orders,
        "manner": draft.manner, "reasoning": draft.reasoning, "deviation_reason": draft.deviation_reason,
    }
    write_draft(
        party, actor=actor, moment=moment, amount_yuan=amount_yuan, reason=_text("按集体讨论结论修改"), **values
    )
    party.refresh_from_db()
