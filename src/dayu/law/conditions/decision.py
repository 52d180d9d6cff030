"""The decision (处罚决定): content, remedies, crime, defects, and that there is none yet."""

from __future__ import annotations

from dayu.law.citations import cite
from dayu.law.course import crime_is_open, decision, extension_days, no_penalty, outcome, pauses
from dayu.law.journal import later
from dayu.law.refusals import ALLOWED, Verdict, all_of, refuse
from dayu.law.situation import LimitRequest, Situation
from dayu.law.words import Term

CONTENT = cite("penalty-law", 59, 1, anchor="应当载明下列事项")
REMEDIES = cite("penalty-law", 59, 1, 5, anchor="申请行政复议、提起行政诉讼")
NINETY_DAYS = cite("penalty-law", 60, anchor="立案之日起九十日内")
NOT_TWICE = cite("penalty-law", 29, anchor="不得给予两次以上罚款")
CRIME = cite("penalty-law", 27, 1, anchor="违法行为涉嫌犯罪的")
INSTEAD_OF_CRIME = cite("penalty-law", 82, anchor="以行政处罚代替刑事处罚")
FINED_BY_COURT = cite("penalty-law", 35, 2, anchor="不再给予罚款")
COURSE = cite("penalty-law", 38, 2, anchor="违反法定程序构成重大且明显违法")
ROUTES = cite("penalty-law", 57, 1, anchor="应当对调查结果进行审查")


def remedies_are_told(s: Situation, party: str | None) -> Verdict:
    """处罚法五十九条一款五项; an empty text would stretch the limits to a year (复议法二十条三款)."""
    draft = s.draft(party)
    if draft is None or draft.remedies_text.strip():
        return ALLOWED
    return refuse("procedure.remedies_missing", REMEDIES, remedy="set_remedies_text")


def content_is_complete(s: Situation, party: str | None) -> Verdict:
    """处罚法五十九条一款: what a decision must state."""
    draft = s.draft(party)
    if draft is None or not draft.missing:
        return ALLOWED
    return refuse("procedure.decision_content_missing", CONTENT, remedy="edit_draft", missing="、".join(draft.missing))


def crime_does_not_lock_the_fine(s: Situation, party: str | None) -> Verdict:
    """处罚法二十七、三十五、八十二条: on suspicion the fine is locked, everything else goes on (practice 12)."""
    draft = s.draft(party)
    if draft is None or not draft.fines:
        return ALLOWED
    if later(s.last("court_fined", party), s.last("crime_ruled_out")):
        return refuse("procedure.fined_by_court", FINED_BY_COURT, remedy="edit_draft")
    if crime_is_open(s):
        return refuse("procedure.crime_instead_of_fine", CRIME, INSTEAD_OF_CRIME, remedy="transfer_crime")
    return ALLOWED


def crime_is_suspected(s: Situation, party: str | None) -> Verdict:
    """Steps of a criminal referral follow a suspicion that is still open."""
    if crime_is_open(s):
        return ALLOWED
    return refuse("procedure.no_crime_suspected", CRIME, remedy="suspect_crime")


def crime_was_transferred(s: Situation, party: str | None) -> Verdict:
    """Police, prosecutor and court answer a transfer that took place."""
    declined = s.journal.last_of(("police_declined", "prosecution_declined"))
    if crime_is_open(s) and later(s.last("crime_transferred"), declined):
        return ALLOWED
    return refuse("procedure.crime_not_transferred", CRIME, remedy="transfer_crime")


def no_crime_blocks_sparing(s: Situation, party: str | None) -> Verdict:
    """处罚法二十七条: a suspected crime is not ended by sparing the party."""
    if crime_is_open(s) and not s.has("court_fined", party):
        return refuse("procedure.crime_pending", CRIME, remedy="transfer_crime")
    return ALLOWED


def defects_are_explained(s: Situation, party: str | None) -> Verdict:
    """The past is recorded with its defects; before the decision each is explained, and none was found fatal."""
    weighed = {e.subject: e for e in s.journal.all("defect_weighed")}
    verdicts = []
    for entry in s.journal.defective:
        if entry.party not in (None, party):
            continue
        judged = weighed.get(str(entry.sequence))
        if judged is not None and judged.params.get("fatal"):
            verdicts.append(refuse("procedure.defect_fatal", COURSE, kind=Term("entries", entry.kind), on=entry.on))
        elif judged is None and not entry.explanation.strip():
            what = Term("entries", entry.kind)
            verdicts.append(
                refuse("procedure.defect_unexplained", COURSE, remedy="weigh_defect", kind=what, on=entry.on)
            )
    return all_of(verdicts)


def not_yet_decided(s: Situation, party: str | None) -> Verdict:
    """One decision for a party; another only after the first is revoked (处罚法二十九条)."""
    standing = outcome(s, party)
    if standing is None:
        return ALLOWED
    return refuse("procedure.already_decided", NOT_TWICE, on=standing.on)


def route_is_a_penalty(s: Situation, party: str | None) -> Verdict:
    """处罚法五十七条一款: the head examined the result and chose the way."""
    examined = s.last("report_examined")
    if examined is None or examined.params.get("route") in (None, "penalise"):
        return ALLOWED
    route = Term("routes", str(examined.params["route"]))
    return refuse("procedure.route_is_not_a_penalty", ROUTES, remedy="exempt_from_penalty", route=route)


def decision_is_in_time(s: Situation, party: str | None) -> Verdict:
    """处罚法六十条. A mark, not a wall: late is written into the decision's entry and cannot be edited away."""
    filed = s.last("filed")
    if filed is None:
        return ALLOWED
    due = s.deadline(
        LimitRequest("decision", filed.on, excluded=pauses(s), extension_days=extension_days(s))
    )
    return ALLOWED if s.today <= due else refuse("procedure.decision_overdue", NINETY_DAYS, due=due)


def there_is_a_decision(s: Situation, party: str | None) -> Verdict:
    """What follows a decision needs one."""
    if outcome(s, party):
        return ALLOWED
    return refuse("procedure.no_decision", ROUTES, remedy="decide_penalty")


def there_is_a_penalty(s: Situation, party: str | None) -> Verdict:
    """Payment, additional fine and enforcement follow a penalty decision."""
    if decision(s, party):
        return ALLOWED
    if no_penalty(s, party):
        return refuse("procedure.nothing_to_perform", ROUTES)
    return refuse("procedure.no_decision", ROUTES, remedy="decide_penalty")
