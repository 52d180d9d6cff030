"""Who may do what in a case: the organ, the officers of the case, and the posts that the procedure names for an act."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from dayu.cases.models import Case, CaseApproval, CaseEvidence, CaseParty, CollectiveDiscussion, DefencePoint
from dayu.core.actions import present_act
from dayu.core.actors import Actor
from dayu.core.audit import subject_key
from dayu.documents.models import Document
from dayu.law.citations import cite
from dayu.law.conditions.officers import RECUSAL
from dayu.law.procedures.ordinary_penalty import ORDINARY_PENALTY
from dayu.law.refusals import ALLOWED, Verdict, refuse
from dayu.law.words import Term

# What somebody may enter for the case beside the procedure's own acts.
RELEASE = cite("publicity-opinion", confirmation="U")
WORKERS = ("handler", "unit_head", "agency_head")


def may_open_case(target: None, *, actor: Actor) -> Verdict:
    """Handlers and heads of an organ open a case."""
    return _holding(actor, WORKERS)


def may_take_over(target: None, *, actor: Actor) -> Verdict:
    """Cases half-way on paper are entered by those who go on with them."""
    return _holding(actor, WORKERS)


def may_work_on(target: Case | CaseParty | DefencePoint, *, actor: Actor) -> Verdict:
    """Officers of the case and heads of the organ write into it."""
    case = case_of(target)
    if actor.is_system:
        return ALLOWED
    if actor.organ_id != case.organ_id:
        return refuse("cases.other_organ")
    if actor.holds("unit_head", "agency_head"):
        return ALLOWED
    if not actor.holds("handler"):
        return refuse("cases.not_an_officer")
    return _as_officer(case, actor)


def may_decide(target: Case | CaseParty, *, actor: Actor) -> Verdict:
    """What the head of the organ decides himself."""
    return _in_organ(target, actor) & _holding(actor, ("agency_head",))


def may_lead_unit(target: Case | CaseParty, *, actor: Actor) -> Verdict:
    """What the head of the unit or of the organ arranges."""
    return _in_organ(target, actor) & _holding(actor, ("unit_head", "agency_head"))


def may_preside(target: Case | CaseParty, *, actor: Actor) -> Verdict:
    """What a hearing presider does; the head may enter it for him."""
    return _in_organ(target, actor) & _holding(actor, ("hearing_presider", "agency_head"))


def may_speak_in_discussion(discussion: CollectiveDiscussion, *, actor: Actor) -> Verdict:
    """A member's opinion is entered by that member's own account only."""
    if actor.person_id is None or actor.organ_id != discussion.party.case.organ_id:
        return refuse("cases.other_organ")
    return ALLOWED


def may_keep_dossier(target: Case, *, actor: Actor) -> Verdict:
    """Archiving is the archivist's, or an officer's of the case."""
    if actor.is_system or (actor.organ_id == target.organ_id and actor.holds("archivist")):
        return ALLOWED
    return may_work_on(target, actor=actor)


def may_record_money(target: CaseParty, *, actor: Actor) -> Verdict:
    """Payments are entered by the fine clerk or by officers of the case."""
    if actor.is_system or (actor.organ_id == target.case.organ_id and actor.holds("fine_clerk")):
        return ALLOWED
    return may_work_on(target, actor=actor)


def may_publish(target: CaseParty, *, actor: Actor) -> Verdict:
    """Publication is recorded by the disclosure officer or by officers of the case."""
    if actor.is_system or (actor.organ_id == target.case.organ_id and actor.holds("disclosure_officer")):
        return ALLOWED
    return may_work_on(target, actor=actor)


def may_note_publication(target: CaseParty, *, actor: Actor) -> Verdict:
    """Publication and withdrawal are noted by their release; by hand only where the decision exists on paper alone."""
    return may_publish(target, actor=actor) & through_release(target, actor=actor)


def may_note_exemption(target: CaseParty, *, actor: Actor) -> Verdict:
    """That a decision stays unpublished is noted when the head withholds it; by hand only for decisions on paper."""
    return may_decide(target, actor=actor) & through_release(target, actor=actor)


def through_release(party: CaseParty, *, actor: Actor) -> Verdict:
    """What was sealed here becomes public masked and checked, by the act of the domain above; nobody goes past it."""
    act = present_act()
    released = act is not None and act.parent is not None and act.parent.action.domain != "cases"
    if actor.is_system or released or not _sealed_here(party):
        return ALLOWED
    return refuse("cases.published_by_its_release", RELEASE, remedy="publish_decision")


def _sealed_here(party: CaseParty) -> bool:
    papers = Document.objects.filter(party=subject_key(party), key="penalty_decision", sealed_at__isnull=False)
    return papers.exists()


def may_request_approval(target: Case | CaseParty, *, actor: Actor, act: str) -> Verdict:
    """Whoever works on the case asks for the head's agreement to an act of the head."""
    step = ORDINARY_PENALTY.by_act.get(act)
    if step is None or "agency_head" not in step.roles:
        return refuse("cases.not_for_approval", act=act if step is None else Term("acts", act))
    return may_work_on(target, actor=actor)


def may_carry_out(approval: CaseApproval, *, actor: Actor) -> Verdict:
    """A granted approval is carried out by the machinery, in the name of who granted it."""
    if actor.is_system:
        return ALLOWED
    return refuse("core.not_permitted", act=_("办理已批准的事项"))


def may_run_system(target: Any, *, actor: Actor) -> Verdict:
    """What only the machinery enters: what other domains have done."""
    return ALLOWED if actor.is_system else refuse("core.not_permitted", act=_("登记其他模块的办理结果"))


def case_of(target: Any) -> Case:
    """The case that a row belongs to."""
    if isinstance(target, Case):
        return target
    if isinstance(target, DefencePoint):
        return target.defence.party.case
    if isinstance(target, CaseEvidence):
        return target.fact.case
    found: Case = target.case
    return found


def _in_organ(target: Any, actor: Actor) -> Verdict:
    if actor.is_system or actor.organ_id == case_of(target).organ_id:
        return ALLOWED
    return refuse("cases.other_organ")


def _holding(actor: Actor, posts: tuple[str, ...]) -> Verdict:
    if actor.is_system or (actor.person_id is not None and actor.organ_id is not None and actor.holds(*posts)):
        return ALLOWED
    return refuse("cases.post_missing", posts=tuple(Term("posts", p) for p in posts))


def _as_officer(case: Case, actor: Actor) -> Verdict:
    """An officer of the case acts in it; who is recused signs nothing more (处罚法四十三条)."""
    found = list(case.officers.filter(person_id=actor.person_id, until_on=None).values_list("recused_on", flat=True)[:1])
    if not found:
        return refuse("cases.not_an_officer")
    return ALLOWED if found[0] is None else refuse("procedure.officer_recused", RECUSAL, officer=actor.name)
