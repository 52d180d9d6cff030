"""Parties (当事人): splitting, merging and correcting them."""

from __future__ import annotations

from dayu.law.citations import cite
from dayu.law.course import outcome
from dayu.law.refusals import ALLOWED, Verdict, refuse
from dayu.law.situation import Situation

NAMED = cite("penalty-law", 59, 1, 1, anchor="当事人的姓名或者名称")
FACTS_FIRST = cite("penalty-law", 40, anchor="必须查明事实")


def more_than_one_party_remains(s: Situation, party: str | None) -> Verdict:
    """A split leaves at least one party behind."""
    if len(s.active_parties()) > 1:
        return ALLOWED
    return refuse("procedure.last_party", FACTS_FIRST)


def party_is_undecided(s: Situation, party: str | None) -> Verdict:
    """Who has a decision stays in the case that made it."""
    standing = outcome(s, party)
    if standing is None:
        return ALLOWED
    return refuse("procedure.already_decided", NAMED, on=standing.on)


def nobody_is_decided(s: Situation, party: str | None) -> Verdict:
    """Cases are merged, withdrawn or transferred as a whole only before any decision."""
    for view in s.active_parties():
        standing = outcome(s, view.key)
        if standing:
            return refuse("procedure.already_decided", NAMED, on=standing.on)
    return ALLOWED


def there_is_a_party(s: Situation, party: str | None) -> Verdict:
    """A penalty has someone to bear it; before that the investigation goes on."""
    if s.active_parties():
        return ALLOWED
    return refuse("procedure.no_party", FACTS_FIRST, remedy="add_party")


def someone_is_decided(s: Situation, party: str | None) -> Verdict:
    """Correcting a decision, or explaining it, needs one."""
    if outcome(s, party) is None:
        return refuse("procedure.no_decision", NAMED, remedy="decide_penalty")
    return ALLOWED
