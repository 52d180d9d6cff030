"""Records (记录): is there something to which this act refers, and may an entry be taken back?"""

from __future__ import annotations

from dayu.law.citations import cite
from dayu.law.course import crime_is_open, ending
from dayu.law.journal import later
from dayu.law.refusals import ALLOWED, Verdict, refuse
from dayu.law.situation import Situation
from dayu.law.words import Term

WHOLE_COURSE = cite("penalty-law", 47, anchor="全过程记录")
MAJOR_BREACH = cite("penalty-law", 38, 2, anchor="违反法定程序构成重大且明显违法")
WITHDRAWAL = cite("penalty-law", 48, 2, anchor="在三日内撤回行政处罚决定信息")
CRIME = cite("penalty-law", 27, 1, anchor="违法行为涉嫌犯罪的")
REMEDY = cite("penalty-law", 73, 1, anchor="申请行政复议或者提起行政诉讼")
SUBSTITUTE = cite("compulsion-law", 50, anchor="可以代履行")
FILE_FIRST = cite("penalty-law", 54, 2, anchor="应当及时立案")

# What others already rely on is never annulled: it is revoked or corrected by an act of its own.
LASTING = frozenset({
    "filed", "decision_sealed", "no_penalty_decided", "decision_served", "decision_published", "legal_review_passed",
    "legal_review_returned", "legal_review_confirmed", "collective_discussion_held", "closed", "archived", "annulled",
    "penalty_notice_served", "defence_submitted", "hearing_requested", "hearing_held",
})


def entry_may_be_annulled(s: Situation, party: str | None) -> Verdict:
    """Only a slip of recording is annulled; the entry stays readable."""
    kind = s.proposal.get("kind")
    if kind is None or kind not in LASTING or s.proposal.get("taken_over"):
        return ALLOWED
    return refuse("procedure.entry_is_lasting", WHOLE_COURSE, kind=Term("entries", kind))


def there_is_a_defect(s: Situation, party: str | None) -> Verdict:
    """Only a recorded defect is weighed."""
    if s.journal.defective:
        return ALLOWED
    return refuse("procedure.no_defect", MAJOR_BREACH)


def it_was_published(s: Situation, party: str | None) -> Verdict:
    """What was never public cannot be withdrawn."""
    published = s.last("decision_published", party)
    if later(published, s.last("publication_withdrawn", party)):
        return ALLOWED
    return refuse("procedure.not_published", WITHDRAWAL)


def no_crime_is_suspected(s: Situation, party: str | None) -> Verdict:
    """One suspicion at a time."""
    if crime_is_open(s):
        return refuse("procedure.crime_already_suspected", CRIME, remedy="approve_crime_transfer")
    return ALLOWED


def reconsideration_is_open(s: Situation, party: str | None) -> Verdict:
    """A reconsideration that runs."""
    if later(s.last("reconsideration_filed", party), s.last("reconsideration_decided", party)):
        return ALLOWED
    return refuse("procedure.no_open_remedy", REMEDY)


def suit_is_open(s: Situation, party: str | None) -> Verdict:
    """A suit that runs."""
    if later(s.last("suit_filed", party), s.last("suit_decided", party)):
        return ALLOWED
    return refuse("procedure.no_open_remedy", REMEDY)


def correction_was_not_done(s: Situation, party: str | None) -> Verdict:
    """Substitute performance and the like follow a failed check."""
    checked = s.last("correction_verified", party)
    if checked is not None and checked.params.get("result") == "not_corrected":
        return ALLOWED
    return refuse("procedure.correction_not_failed", SUBSTITUTE, remedy="verify_correction")


def there_was_a_case(s: Situation, party: str | None) -> Verdict:
    """Only what was filed, or ended before filing, is closed."""
    if s.has("filed") or ending(s):
        return ALLOWED
    return refuse("procedure.not_filed", FILE_FIRST, remedy="file_case")
