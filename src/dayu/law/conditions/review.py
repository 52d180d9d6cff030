"""Legal review (法制审核): is it needed, was it passed, and on exactly this substance?"""

from __future__ import annotations

from dayu.law.citations import Citation, cite
from dayu.law.conditions.amount import deviates
from dayu.law.course import served_notice
from dayu.law.journal import Entry, later
from dayu.law.refusals import ALLOWED, Verdict, refuse
from dayu.law.situation import Situation

UNREVIEWED = cite("penalty-law", 58, 1, anchor="未经法制审核或者审核未通过的")

# Question -> article. A "no" needs its reason; whatever is open counts as yes.
REVIEW_QUESTIONS: dict[str, Citation] = {
    "major_public_interest": cite("penalty-law", 58, 1, 1, anchor="涉及重大公共利益"),
    "social_effect_or_risk": cite("publicity-opinion", confirmation="U"),
    "major_rights": cite("penalty-law", 58, 1, 2, anchor="当事人或者第三人重大权益"),
    "complex_or_several_relations": cite("penalty-law", 58, 1, 3, anchor="涉及多个法律关系"),
    "in_catalogue": cite("penalty-law", 58, 1, 4, anchor="应当进行法制审核的其他情形"),
}


def review_is_needed(s: Situation, party: str | None) -> bool:
    """处罚法五十八条: after a hearing, for major penalties and deviations always; else unless all is a reasoned no."""
    view = s.party(party)
    if view is None:
        return False
    if s.has("hearing_held", party) or view.discussion_required is not False or deviates(view):
        return True
    return any(not _reasoned_no(view.review_answers.get(q)) for q in REVIEW_QUESTIONS)


def _reasoned_no(answer: object) -> bool:
    value, reason = getattr(answer, "value", None), getattr(answer, "reason", "")
    return value is False and bool(str(reason).strip())


def passed_review(s: Situation, party: str | None) -> Entry | None:
    """The latest opinion "passed" (or confirmation), unless a later opinion took another view."""
    passed = s.journal.last_of(("legal_review_passed", "legal_review_confirmed"), party)
    refused = s.journal.last_of(("legal_review_returned", "legal_review_refused"), party)
    return passed if later(passed, refused) else None


def review_was_passed_on_this_substance(s: Situation, party: str | None) -> Verdict:
    """处罚法五十八条: no decision without a passed review of exactly this substance (practice 8)."""
    if not review_is_needed(s, party):
        return ALLOWED
    passed = passed_review(s, party)
    if passed is None:
        refused = s.journal.last_of(("legal_review_returned", "legal_review_refused"), party)
        if refused:
            return refuse("procedure.review_not_passed", UNREVIEWED, remedy="submit_legal_review", on=refused.on)
        return refuse("procedure.review_missing", UNREVIEWED, remedy="submit_legal_review")
    if not later(passed, served_notice(s, party)):
        return refuse("procedure.review_before_notice", UNREVIEWED, remedy="submit_legal_review", on=passed.on)
    if not later(passed, s.last("hearing_held", party)) and s.has("hearing_held", party):
        return refuse("procedure.review_before_hearing", UNREVIEWED, remedy="submit_legal_review", on=passed.on)
    draft = s.draft(party)
    if draft is None or passed.digest != draft.digest:
        return refuse("procedure.substance_changed", UNREVIEWED, remedy=_way_out(s, party), on=passed.on)
    return ALLOWED


def _way_out(s: Situation, party: str | None) -> str:
    return "confirm_legal_review" if change_came_from_discussion(s, party).allowed else "submit_legal_review"


def change_came_from_discussion(s: Situation, party: str | None) -> Verdict:
    """One confirmation is enough where the discussion changed the substance and the draft equals its conclusion."""
    passed, discussed, draft = passed_review(s, party), s.last("collective_discussion_held", party), s.draft(party)
    if passed is None or draft is None:
        return refuse("procedure.nothing_to_confirm", UNREVIEWED, remedy="submit_legal_review")
    if passed.digest == draft.digest:
        return refuse("procedure.review_still_valid", UNREVIEWED)
    if discussed is None or discussed.digest != draft.digest or not later(discussed, passed):
        return refuse("procedure.change_not_discussed", UNREVIEWED, remedy="submit_legal_review")
    return ALLOWED


def package_is_complete(s: Situation, party: str | None) -> Verdict:
    """送审材料: draft, report, evidence list, reasoning, notice and plea, and the transcript of a hearing that was held."""
    view = s.party(party)
    if view is None or not view.package_missing:
        return ALLOWED
    return refuse("procedure.package_incomplete", UNREVIEWED, remedy="add_document", missing="、".join(view.package_missing))


def open_submission(s: Situation, party: str | None) -> Entry | None:
    """A submission that has no opinion yet."""
    submitted = s.last("legal_review_submitted", party)
    answered = s.journal.last_of(
        ("legal_review_passed", "legal_review_returned", "legal_review_refused", "legal_review_withdrawn"), party
    )
    return submitted if later(submitted, answered) else None


def review_is_submitted(s: Situation, party: str | None) -> Verdict:
    """An opinion answers a submission, and the draft is still the one that was submitted."""
    submitted, draft = open_submission(s, party), s.draft(party)
    if submitted is None:
        return refuse("procedure.review_not_submitted", UNREVIEWED, remedy="submit_legal_review")
    if draft is not None and submitted.digest != draft.digest:
        return refuse("procedure.substance_changed_in_review", UNREVIEWED, remedy="withdraw_legal_review")
    return ALLOWED


def a_submission_is_open(s: Situation, party: str | None) -> Verdict:
    """There is a submission that waits for its opinion."""
    if open_submission(s, party):
        return ALLOWED
    return refuse("procedure.review_not_submitted", UNREVIEWED, remedy="submit_legal_review")


def no_submission_is_open(s: Situation, party: str | None) -> Verdict:
    """A draft lies with one reviewer at a time."""
    submitted = open_submission(s, party)
    if submitted is None:
        return ALLOWED
    return refuse("procedure.review_already_submitted", UNREVIEWED, on=submitted.on)


def draft_is_not_passed_yet(s: Situation, party: str | None) -> Verdict:
    """What has passed unchanged, after the last hearing and notice, is not reviewed a second time."""
    passed, draft = passed_review(s, party), s.draft(party)
    if passed is None or draft is None or passed.digest != draft.digest:
        return ALLOWED
    if not later(passed, served_notice(s, party)) or later(s.last("hearing_held", party), passed):
        return ALLOWED
    return refuse("procedure.review_still_valid", UNREVIEWED)
