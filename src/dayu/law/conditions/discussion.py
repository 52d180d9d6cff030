"""Collective discussion (集体讨论): is it needed, was it held in time, and does the decision equal its conclusion?"""

from __future__ import annotations

from decimal import Decimal

from dayu.law.citations import cite
from dayu.law.conditions.amount import deviates
from dayu.law.conditions.review import passed_review, review_is_needed
from dayu.law.course import served_notice, terms_of
from dayu.law.journal import Entry, later
from dayu.law.refusals import ALLOWED, Verdict, refuse
from dayu.law.situation import Situation

TOGETHER = cite("penalty-law", 57, 2, anchor="应当集体讨论决定")
AFTER_HEARING = cite("penalty-law", 65, anchor="应当根据听证笔录")
ADOPTED = cite("penalty-law", 45, 1, anchor="行政机关应当采纳")
REVIEW_FIRST = cite("penalty-law", 58, 1, anchor="未经法制审核或者审核未通过的")


def discussion_is_needed(s: Situation, party: str | None) -> bool:
    """处罚法五十七条二款: complex or grave cases; a threshold that nobody decided counts as met; so does a deviation."""
    view = s.party(party)
    return view is not None and (view.discussion_required is not False or deviates(view))


def discussion_was_held(s: Situation, party: str | None) -> Verdict:
    """Held, not overtaken by a hearing or an adopted defence, and after the review unless it came before the notice."""
    if not discussion_is_needed(s, party):
        return ALLOWED
    held = s.last("collective_discussion_held", party)
    if held is None:
        return refuse("procedure.discussion_missing", TOGETHER, remedy="hold_collective_discussion")
    if later(s.last("hearing_held", party), held):
        return refuse("procedure.discussion_before_hearing", TOGETHER, AFTER_HEARING, remedy="hold_collective_discussion")
    if _adopted_since(s, party, held):
        return refuse("procedure.discussion_before_adoption", TOGETHER, ADOPTED, remedy="hold_collective_discussion")
    if review_is_needed(s, party) and not _after_review(s, party, held):
        return refuse("procedure.discussion_before_review", TOGETHER, REVIEW_FIRST, remedy="hold_collective_discussion")
    return ALLOWED


def _adopted_since(s: Situation, party: str | None, held: Entry) -> bool:
    examined = s.last("defence_reexamined", party)
    return examined is not None and bool(examined.params.get("adopted")) and later(examined, held)


def _after_review(s: Situation, party: str | None, held: Entry) -> bool:
    notice = served_notice(s, party)
    if notice is not None and held.order < notice.order:
        return True  # practice 8: discussed before the notice, and nothing has overtaken it
    first_pass = s.journal.first("legal_review_passed", party)
    return first_pass is not None and held.order > first_pass.order


def decision_equals_the_conclusion(s: Situation, party: str | None) -> Verdict:
    """To the yuan, and in everything else of substance."""
    held, draft = s.last("collective_discussion_held", party), s.draft(party)
    if held is None or draft is None or not discussion_is_needed(s, party):
        return ALLOWED
    concluded = terms_of(held).amount_yuan
    amount = draft.amount_yuan or Decimal(0)
    if amount != concluded:
        return refuse(
            "procedure.decision_differs_from_discussion", TOGETHER, remedy="edit_draft", amount=amount, concluded=concluded
        )
    if held.digest and held.digest != draft.digest:
        return refuse("procedure.substance_differs_from_discussion", TOGETHER, remedy="hold_collective_discussion")
    return ALLOWED


def discussion_has_its_turn(s: Situation, party: str | None) -> Verdict:
    """Before the notice freely; after it only once the review of this draft has passed (处罚法五十八条)."""
    if served_notice(s, party) is None or not review_is_needed(s, party) or passed_review(s, party):
        return ALLOWED
    return refuse("procedure.discussion_needs_review", REVIEW_FIRST, remedy="submit_legal_review")


def quorum_is_present(s: Situation, party: str | None) -> Verdict:
    """As many heads as the organ's rule asks for, each with an opinion of their own."""
    if "present" not in s.proposal:
        return ALLOWED
    present, quorum = int(s.proposal["present"]), int(s.setting("discussion_quorum"))
    if present < quorum:
        return refuse("procedure.discussion_without_quorum", TOGETHER, present=present, quorum=quorum)
    if int(s.proposal.get("opinions", present)) < present:
        return refuse("procedure.discussion_opinion_missing", TOGETHER, present=present, opinions=s.proposal["opinions"])
    return ALLOWED
