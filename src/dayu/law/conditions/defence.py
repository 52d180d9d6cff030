"""Statement and defence (陈述、申辩): was the party heard, and was every point answered?"""

from __future__ import annotations

from dayu.law.citations import cite
from dayu.law.course import day, served_notice
from dayu.law.journal import Entry, later
from dayu.law.refusals import ALLOWED, Verdict, all_of, refuse
from dayu.law.situation import Situation

RIGHT = cite("penalty-law", 45, 1, anchor="当事人有权进行陈述和申辩")
REEXAMINED = cite("penalty-law", 45, 1, anchor="应当进行复核")
UNHEARD = cite("penalty-law", 62, anchor="拒绝听取当事人的陈述、申辩")
WAIVER = cite("penalty-law", 62, anchor="明确放弃陈述或者申辩权利")


def current_defence(s: Situation, party: str | None) -> Entry | None:
    """The latest plea made upon the latest notice."""
    submitted = s.last("defence_submitted", party)
    return submitted if later(submitted, served_notice(s, party)) else None


def waived(s: Situation, party: str | None) -> bool:
    """Whether the right to plead was clearly given up after the latest notice."""
    return later(s.last("defence_waived", party), served_notice(s, party))


def party_was_heard(s: Situation, party: str | None) -> Verdict:
    """处罚法四十五条一款、六十二条: the time to plead has run out, or the party pleaded finally, or gave it up."""
    notice = served_notice(s, party)
    if notice is None:
        return ALLOWED
    defence = current_defence(s, party)
    if defence and not later(s.last("defence_reexamined", party), defence):
        return refuse("procedure.defence_not_reexamined", REEXAMINED, remedy="reexamine_defence")
    if waived(s, party) or _heard_orally(s, party, notice) or (defence and defence.params.get("final")):
        return ALLOWED
    until = day(notice.params, "defence_until")
    if until is not None and s.today <= until:
        return refuse("procedure.defence_period_running", RIGHT, UNHEARD, until=until)
    return ALLOWED


def _heard_orally(s: Situation, party: str | None, notice: Entry) -> bool:
    return later(s.last("hearing_held", party), notice)


def every_point_is_answered(s: Situation, party: str | None) -> Verdict:
    """处罚法四十五条一款: each point is adopted or not, with the reason."""
    view = s.party(party)
    if view is None:
        return ALLOWED
    return all_of(
        refuse(
            "procedure.defence_point_unanswered", REEXAMINED, remedy="answer_defence_point",
            number=number, point=point.label or point.key,
        )
        for number, point in enumerate(view.points, 1)
        if not point.answered
    )


def a_defence_waits(s: Situation, party: str | None) -> Verdict:
    """There is a plea that has not been re-examined."""
    submitted = s.last("defence_submitted", party)
    if submitted is None:
        return refuse("procedure.no_defence", REEXAMINED)
    return ALLOWED


def notice_can_be_answered(s: Situation, party: str | None) -> Verdict:
    """A party pleads, asks or waives upon a notice that reached it."""
    if served_notice(s, party) is None:
        return refuse("procedure.nothing_to_answer", RIGHT, remedy="serve_penalty_notice")
    return ALLOWED


def waiver_is_in_writing(s: Situation, party: str | None) -> Verdict:
    """处罚法六十二条: giving up must be clear; a signed paper or a signed record shows it."""
    if not s.proposal or s.proposal.get("written"):
        return ALLOWED
    return refuse("procedure.waiver_not_written", WAIVER)
