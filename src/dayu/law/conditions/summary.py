"""The summary procedure (简易程序): what may be decided on the spot, with which number, and how cash is dealt with."""

from __future__ import annotations

from datetime import date

from dayu.law.citations import cite
from dayu.law.course import day, decision, fine_is_settled, yuan
from dayu.law.journal import Entry, later
from dayu.law.number_blocks import block_of
from dayu.law.refusals import ALLOWED, Verdict, refuse
from dayu.law.situation import Situation
from dayu.law.thresholds import ON_SPOT_COLLECTION, SUMMARY_DECISION, edition_on

KINDS = cite("penalty-law", 51, anchor="罚款或者警告")
CEILING = cite("penalty-law", 51, anchor="二百元以下")
CERTAIN = cite("penalty-law", 51, anchor="违法事实确凿并有法定依据")
NUMBERED = cite("penalty-law", 52, 1, anchor="编有号码的行政处罚决定书")
ON_THE_SPOT = cite("penalty-law", 68, 1, 1, anchor="一百元以下罚款的")
REMOTE = cite("penalty-law", 69, anchor="经当事人提出")
SEPARATE = cite("penalty-law", 67, 2, anchor="不得自行收缴罚款")
HAND_IN = cite("penalty-law", 71, anchor="缴付指定的银行")
COLLECTION_GROUNDS = ("up_to_one_hundred", "hard_to_enforce_later", "remote_and_asked")


def only_a_fine_or_a_warning(s: Situation, party: str | None) -> Verdict:
    """处罚法五十一条: confiscation, revocation and suspension, and public criticism, take the ordinary procedure."""
    draft = s.draft(party)
    if draft is None or (draft.kinds and draft.kinds <= {"fine", "warning"}):
        return ALLOWED
    return refuse("summary.kind_not_on_the_spot", KINDS, remedy="turn_to_ordinary")


def amount_is_within_the_ceiling(s: Situation, party: str | None) -> Verdict:
    """处罚法五十一条: at most 200 yuan for a person, 3,000 for an organisation."""
    view = s.party(party)
    edition = edition_on(SUMMARY_DECISION, s.today)
    if view is None or view.draft is None or view.draft.amount_yuan is None:
        return ALLOWED
    if edition is None:
        return refuse("summary.no_rule_that_day", CEILING, remedy="turn_to_ordinary")
    amount, side = view.draft.amount_yuan, view.threshold_side or "citizen"  # the lower figure until a person decides
    if edition.answer(amount, side):
        return ALLOWED
    most = edition.figure(side)
    return refuse("summary.above_the_ceiling", CEILING, remedy="turn_to_ordinary", amount=amount, most=most)


def number_is_from_the_block(s: Situation, party: str | None) -> Verdict:
    """处罚法五十二条: numbered. A device gives only numbers of its own block, each once."""
    device, number = s.proposal.get("device"), s.proposal.get("number")
    if not device or number is None:
        return ALLOWED
    block = block_of(s.setting("number_blocks"), device=str(device), year=s.today.year, number=int(number))
    if block is None:
        return refuse("summary.number_not_allotted", NUMBERED, number=number)
    if int(number) in block.used:
        return refuse("summary.number_already_given", NUMBERED, number=number)
    return ALLOWED


def cash_may_be_collected(s: Situation, party: str | None) -> Verdict:
    """处罚法六十八、六十九条: up to 100 yuan, hard to enforce later, or far from a bank and asked for by the party."""
    ground = s.proposal.get("ground")
    if ground is None:
        return ALLOWED
    if ground not in COLLECTION_GROUNDS:
        return refuse("summary.collection_without_ground", SEPARATE, ON_THE_SPOT, REMOTE)
    decided, edition = decision(s, party), edition_on(ON_SPOT_COLLECTION, s.today)
    amount = yuan(decided.params, "amount_yuan") if decided else yuan(s.proposal, "amount_yuan")
    if ground == "up_to_one_hundred" and (edition is None or not edition.answer(amount, "citizen")):
        return refuse("summary.collection_above_one_hundred", ON_THE_SPOT, amount=amount)
    if ground == "remote_and_asked" and not s.proposal.get("asked_by_party"):
        return refuse("summary.collection_not_asked_for", REMOTE)
    return ALLOWED


def collected(s: Situation, entry: Entry) -> bool:
    """Whether a payment was taken in cash by the officers."""
    return entry.params.get("channel") == "on_the_spot"


def landed_on(s: Situation, party: str | None) -> date | None:
    """Cash taken on the water: the days run from landing (抵岸)."""
    paid = s.last("fine_paid", party)
    return day(paid.params, "landed_on") if paid else None


def cash_waits(s: Situation, party: str | None) -> bool:
    """Cash that the officers still hold, or the organ has not paid in."""
    paid = s.last("fine_paid", party)
    return paid is not None and collected(s, paid) and not later(s.last("cash_banked", party), paid)


def cash_was_collected(s: Situation, party: str | None) -> Verdict:
    """Only what was collected is handed in and paid into the bank."""
    return ALLOWED if cash_waits(s, party) else refuse("summary.no_cash", HAND_IN)


def slip_is_settled(s: Situation, party: str | None) -> Verdict:
    """Before closing: the fine is settled, and cash lies in the bank."""
    verdict = ALLOWED if fine_is_settled(s, party) else refuse("summary.unpaid", HAND_IN, remedy="record_payment")
    return verdict & (refuse("summary.cash_not_banked", HAND_IN, remedy="bank_cash") if cash_waits(s, party) else ALLOWED)
