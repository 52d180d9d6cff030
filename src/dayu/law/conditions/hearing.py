"""Hearing (听证): must it be offered, may it be held, has it been resolved?"""

from __future__ import annotations

from datetime import date

from dayu.law.citations import cite
from dayu.law.course import day, served_notice
from dayu.law.journal import Entry, later
from dayu.law.refusals import ALLOWED, Verdict, refuse
from dayu.law.situation import LimitRequest, Situation

OFFER = cite("penalty-law", 63, 1, anchor="应当告知当事人有要求听证的权利")
ORGANISE = cite("penalty-law", 63, 1, anchor="行政机关应当组织听证")
FIVE_DAYS = cite("penalty-law", 64, 1, 1, anchor="告知后五日内提出")
SEVEN_DAYS = cite("penalty-law", 64, 1, 2, anchor="举行听证的七日前")
PRESIDER = cite("penalty-law", 64, 1, 4, anchor="非本案调查人员主持")
ABSENCE = cite("penalty-law", 64, 1, 6, anchor="视为放弃听证权利")
TRANSCRIPT = cite("penalty-law", 64, 1, 8, anchor="听证应当制作笔录")


def hearing_is_due(s: Situation, party: str | None) -> bool:
    """处罚法六十三条: the party has to be told of the right. An open threshold counts as met."""
    view = s.party(party)
    return view is not None and view.hearing_required is not False


def was_offered(s: Situation, party: str | None) -> bool:
    """Whether the latest notice told of the right to a hearing."""
    notice = served_notice(s, party)
    return notice is not None and bool(notice.params.get("hearing_offered"))


def request(s: Situation, party: str | None) -> Entry | None:
    """The request made upon the latest notice."""
    asked = s.last("hearing_requested", party)
    return asked if later(asked, served_notice(s, party)) else None


def open_request(s: Situation, party: str | None) -> Entry | None:
    """A request that nobody has met, withdrawn or refused as late."""
    asked = request(s, party)
    if asked is None:
        return None
    answered = s.journal.last_of(("hearing_held", "hearing_ended", "hearing_waived", "hearing_refused"), party)
    return None if later(answered, asked) else asked


def request_until(s: Situation, party: str | None) -> date | None:
    """The last day to ask for a hearing."""
    notice = served_notice(s, party)
    return None if notice is None else s.deadline(LimitRequest("hearing_request", notice.on))


def hearing_right_was_told(s: Situation, party: str | None) -> Verdict:
    """处罚法六十三条: the notice offered the hearing where the penalty is of that weight."""
    if served_notice(s, party) is None or not hearing_is_due(s, party) or was_offered(s, party):
        return ALLOWED
    return refuse("procedure.hearing_not_offered", OFFER, remedy="give_penalty_notice")


def notice_offers_the_hearing(s: Situation, party: str | None) -> Verdict:
    """A notice of a penalty of that weight tells of the right, in the same paper or beside it."""
    if not s.proposal or not hearing_is_due(s, party) or s.proposal.get("hearing_offered"):
        return ALLOWED
    return refuse("procedure.hearing_not_offered", OFFER)


def hearing_is_resolved(s: Situation, party: str | None) -> Verdict:
    """处罚法六十三、六十四条: held when asked for; else given up in writing, or the five working days are over."""
    if not was_offered(s, party):
        return ALLOWED
    if open_request(s, party):
        return refuse("procedure.hearing_not_held", ORGANISE, remedy="notice_hearing")
    if request(s, party) or later(s.last("hearing_waived", party), served_notice(s, party)):
        return ALLOWED
    until = request_until(s, party)
    if until is not None and s.today <= until:
        return refuse("procedure.hearing_period_running", FIVE_DAYS, until=until)
    return ALLOWED


def hearing_was_asked_for(s: Situation, party: str | None) -> Verdict:
    """A hearing is arranged for a request that is open."""
    if open_request(s, party):
        return ALLOWED
    return refuse("procedure.no_hearing_request", ORGANISE, remedy="request_hearing")


def hearing_may_be_asked_for(s: Situation, party: str | None) -> Verdict:
    """处罚法六十三条: the right exists where the notice told of it."""
    if was_offered(s, party):
        return ALLOWED
    return refuse("procedure.hearing_not_available", OFFER)


def request_was_late(s: Situation, party: str | None) -> Verdict:
    """Only a request after the five working days may be refused."""
    asked, until = open_request(s, party), request_until(s, party)
    if asked is None or until is None or asked.on > until:
        return ALLOWED
    return refuse("procedure.hearing_request_in_time", ORGANISE, remedy="notice_hearing", until=until)


def hearing_is_announced_in_time(s: Situation, party: str | None) -> Verdict:
    """处罚法六十四条二项: seven full working days lie between the notice and the hearing."""
    held_on = day(s.proposal, "held_on")
    if held_on is None:
        return ALLOWED
    served_on = day(s.proposal, "served_on") or s.today
    latest = s.deadline(LimitRequest("hearing_notice", held_on))
    if served_on <= latest:
        return ALLOWED
    return refuse("procedure.hearing_notice_late", SEVEN_DAYS, held_on=held_on, latest=latest, served_on=served_on)


def presider_did_not_investigate(s: Situation, party: str | None) -> Verdict:
    """处罚法六十四条四项: whoever investigated does not preside."""
    presider = s.proposal.get("presider")
    for officer in s.officers:
        if presider is not None and officer.key == presider:
            return refuse("procedure.presider_investigated", PRESIDER, officer=officer.name or officer.key)
    return ALLOWED


def hearing_was_announced(s: Situation, party: str | None) -> Verdict:
    """处罚法六十四条二项: a hearing is held on or after the announced day."""
    announced = s.last("hearing_noticed", party)
    if announced is None or not later(announced, request(s, party)):
        return refuse("procedure.hearing_not_announced", SEVEN_DAYS, remedy="notice_hearing")
    held_on = day(announced.params, "held_on")
    if held_on is not None and s.today < held_on:
        return refuse("procedure.hearing_not_yet", SEVEN_DAYS, held_on=held_on)
    return ALLOWED


def transcript_is_signed(s: Situation, party: str | None) -> Verdict:
    """处罚法六十四条八项: a transcript, signed by the party or with the refusal noted by the presider."""
    if not s.proposal or s.proposal.get("transcript"):
        return ALLOWED
    return refuse("procedure.transcript_missing", TRANSCRIPT)


def absence_is_noted(s: Situation, party: str | None) -> Verdict:
    """处罚法六十四条六项: a hearing ends without being held only where the party stayed away or left."""
    if not s.proposal or s.proposal.get("reason"):
        return ALLOWED
    return refuse("procedure.absence_unreasoned", ABSENCE)
