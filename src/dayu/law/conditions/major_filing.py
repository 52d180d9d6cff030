"""Filing of major penalties (重大行政处罚备案): which penalties are major here, and is the package complete?"""

from __future__ import annotations

from decimal import Decimal

from dayu.law.citations import cite
from dayu.law.conditions.review import review_is_needed
from dayu.law.course import decision, yuan
from dayu.law.journal import later
from dayu.law.procedure import Duty
from dayu.law.refusals import ALLOWED, Verdict, refuse
from dayu.law.situation import Situation

FILED = cite("major-penalty-filing-rules", confirmation="U")
REVIEWED = cite("penalty-law", 58, 1, anchor="未经法制审核或者审核未通过的")
TOGETHER = cite("penalty-law", 57, 2, anchor="应当集体讨论决定")


def is_major(s: Situation, party: str | None) -> bool:
    """A parameter of the territory: from this fine on; without a threshold every penalty, unless it says otherwise."""
    sealed = decision(s, party)
    if sealed is None:
        return False
    threshold = Decimal(str(s.setting("major_penalty_yuan") or 0))
    if threshold <= 0:
        return bool(s.setting("every_penalty_is_major_without_threshold"))
    return yuan(sealed.params, "amount_yuan") + yuan(sealed.params, "confiscated_yuan") >= threshold


def filing_duty(s: Situation, party: str | None) -> Duty:
    """A major penalty is filed; what is below the threshold need not be."""
    if decision(s, party) is None:
        return Duty("not", "nothing_decided", (FILED,))
    return Duty("must", "major", (FILED,)) if is_major(s, party) else Duty("not", "below_the_threshold", (FILED,))


def package_is_complete(s: Situation, party: str | None) -> Verdict:
    """The review opinion and the record of discussion go with it wherever they were due."""
    verdict = ALLOWED
    if not s.proposal:
        return verdict
    reviewed = s.has("legal_review_passed", party) or review_is_needed(s, party)
    if reviewed and not s.proposal.get("review_opinion"):
        verdict &= refuse("filing.package_lacks_review", FILED, REVIEWED)
    view = s.party(party)
    discussed = s.has("collective_discussion_held", party) or (view is not None and view.discussion_required is True)
    if discussed and not s.proposal.get("discussion_record"):
        verdict &= refuse("filing.package_lacks_discussion", FILED, TOGETHER)
    return verdict


def a_comment_waits(s: Situation, party: str | None) -> Verdict:
    """A comment of the receiver that nobody answered."""
    if later(s.last("filing_commented", party), s.last("filing_comment_answered", party)):
        return ALLOWED
    return refuse("filing.no_comment", FILED)
