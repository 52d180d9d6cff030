"""Filing of major penalties (重大行政处罚备案): package, government and superior, receipt, comments that become tasks."""

from __future__ import annotations

from dayu.law.citations import cite
from dayu.law.conditions import major_filing
from dayu.law.conditions.matter import Happened, OneOf, Stated, Within
from dayu.law.journal import Entry
from dayu.law.procedure import MAY, Procedure, Step
from dayu.law.procedures.matter_duties import LatestOf, MustAfter
from dayu.law.running_limits import LimitRule
from dayu.law.situation import Situation

FILED = major_filing.FILED
RECORD = cite("penalty-law", 47, anchor="全过程记录")
SUPERVISED = cite("penalty-law", 75, 1, anchor="加强对行政处罚的监督检查")


def _major(s: Situation, entry: Entry) -> bool:
    return major_filing.is_major(s, entry.party)


CLOCK = LimitRule(
    "major_filing", "decision_sealed", ("major_penalty_filed", "decision_revoked"), per_party=True, when=_major,
    act="file_major_penalty", reassigned_by=("filing_package_made",),
)
MAJOR_PENALTY_FILING = Procedure(
    key="major_penalty_filing",
    steps=(
        Step(
            "make_filing_package", "preparation", "filing_package_made", (FILED,), per_party=True, repeatable=True,
            duty=major_filing.filing_duty, mainline=True, documents=("major_penalty_filing",),
            requires=(
                Happened(("decision_sealed",), FILED), Stated(("person", "decision_text", "facts"), SUPERVISED),
                major_filing.package_is_complete,
            ),
            leads_to=("file_major_penalty",),
        ),
        Step(
            "file_major_penalty", "sending", "major_penalty_filed", (FILED,), after=("make_filing_package",), per_party=True,
            duty=major_filing.filing_duty, mainline=True, marks=(Within(CLOCK, FILED),), limit="major_filing",
            requires=(
                OneOf("recipients", ("government_and_superior", "government", "superior"), SUPERVISED), Stated(("signed_by_head",), RECORD),
            ),
            documents=("major_penalty_filing",), roles=("agency_head",), leads_to=("record_filing_receipt",),
        ),
        Step(
            "record_filing_receipt", "sending", "filing_receipted", (FILED,), after=("file_major_penalty",), per_party=True,
            duty=major_filing.filing_duty, mainline=True, requires=(Stated(("received_by",), RECORD),), repeatable=True,
            leads_to=("record_filing_comment",),
        ),
        Step(
            "record_filing_comment", "comments", "filing_commented", (SUPERVISED,), per_party=True, duty=MAY, repeatable=True,
            requires=(
                Happened(("major_penalty_filed",), FILED, "file_major_penalty"), Stated(("content", "person"), SUPERVISED),
            ),
            leads_to=("answer_filing_comment",),
        ),
        Step(
            "answer_filing_comment", "comments", "filing_comment_answered", (SUPERVISED,), per_party=True, repeatable=True,
            duty=MustAfter(("filing_commented",), "comment_waits", SUPERVISED, MAY, ("filing_comment_answered",)), mainline=True,
            done_when=LatestOf(("filing_comment_answered",), ("filing_commented",)),
            requires=(major_filing.a_comment_waits, Stated(("content",), SUPERVISED)), roles=("agency_head",),
        ),
    ),
    limits_rules=(CLOCK,),
    stages=("preparation", "sending", "comments"),
)
