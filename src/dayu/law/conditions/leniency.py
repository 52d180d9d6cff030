"""Leniency (减免情节): the questions asked of a person before any decision, and what a proven yes does."""

from __future__ import annotations

from dayu.law.citations import Citation, cite
from dayu.law.refusals import ALLOWED, Verdict, all_of, refuse
from dayu.law.situation import PartyView, Situation

MAY_NOT = cite("penalty-law", 33, 1, anchor="可以不予行政处罚")
CHECKLIST = cite("penalty-law", 57, 1, anchor="根据不同情况")
EDUCATE = cite("penalty-law", 33, 3, anchor="应当对当事人进行教育")

# Question -> article. Each is answered per party with yes or no, and a yes with its evidence.
LENIENCY_QUESTIONS: dict[str, Citation] = {
    "under_fourteen": cite("penalty-law", 30, anchor="不满十四周岁"),
    "under_eighteen": cite("penalty-law", 30, anchor="不满十八周岁"),
    "incapable": cite("penalty-law", 31, anchor="不能辨认或者不能控制"),
    "mitigating": cite("penalty-law", 32, anchor="应当从轻或者减轻行政处罚"),
    "trivial_corrected_harmless": cite("penalty-law", 33, 1, anchor="没有造成危害后果的"),
    "first_violation": cite("penalty-law", 33, 1, anchor="初次违法且危害后果轻微"),
    "faultless": cite("penalty-law", 33, 2, anchor="没有主观过错"),
    "limitation_passed": cite("penalty-law", 36, 1, anchor="不再给予行政处罚"),
}
MUST_NOT_PENALISE = ("under_fourteen", "incapable", "trivial_corrected_harmless", "faultless", "limitation_passed")
MAY_SPARE = ("first_violation",)
ALLOWS_MITIGATION = ("mitigating", "under_eighteen")


def leniency_was_examined(s: Situation, party: str | None) -> Verdict:
    """处罚法三十至三十三、三十六条: every question is answered before a decision is proposed."""
    view = s.party(party)
    if view is None:
        return ALLOWED
    open_questions = [q for q in LENIENCY_QUESTIONS if (a := view.leniency.get(q)) is None or a.value is None]
    if not open_questions:
        return ALLOWED
    return refuse(
        "procedure.leniency_unexamined", CHECKLIST, *(LENIENCY_QUESTIONS[q] for q in open_questions[:1]),
        remedy="answer_leniency", count=len(open_questions), questions=tuple(open_questions),
    )


def proven_grounds(view: PartyView, questions: tuple[str, ...]) -> tuple[str, ...]:
    """Which of these questions are answered with yes and evidence."""
    return tuple(q for q in questions if (answer := view.leniency.get(q)) is not None and answer.proven)


def mitigation_is_proven(view: PartyView) -> bool:
    """Whether the fine may go below the range (减轻)."""
    return bool(proven_grounds(view, ALLOWS_MITIGATION))


def no_ground_forbids_a_penalty(s: Situation, party: str | None) -> Verdict:
    """A proven ground of 应当不予处罚 leaves only the decision not to penalise."""
    view = s.party(party)
    if view is None:
        return ALLOWED
    return all_of(
        refuse("procedure.must_not_penalise", LENIENCY_QUESTIONS[q], remedy="decide_no_penalty", question=q)
        for q in proven_grounds(view, MUST_NOT_PENALISE)
    )


def a_ground_spares_the_party(s: Situation, party: str | None) -> Verdict:
    """A decision not to penalise names a proven ground, an unproven fact, or a barred limitation."""
    view = s.party(party)
    if view is None:
        return ALLOWED
    if proven_grounds(view, (*MUST_NOT_PENALISE, *MAY_SPARE)) or view.limitation_barred or s.has("court_fined", party):
        return ALLOWED
    examined = s.last("report_examined")
    if examined is not None and examined.params.get("route") in ("facts_not_established", "no_penalty"):
        return ALLOWED
    return refuse("procedure.no_ground_to_spare", MAY_NOT, CHECKLIST, remedy="answer_leniency")


def education_is_planned(s: Situation, party: str | None) -> Verdict:
    """处罚法三十三条三款: who is not penalised is educated."""
    if not s.proposal or s.proposal.get("education") or s.has("education_recorded", party):
        return ALLOWED
    return refuse("procedure.education_missing", EDUCATE, remedy="record_education")
