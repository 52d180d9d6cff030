"""Advance notice (事先告知): was it given and served, and does the draft stay within what was told?"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from dayu.law.citations import cite
from dayu.law.course import Terms, given_notice, notice_is_served, pleaded, served_notice, terms_of
from dayu.law.refusals import ALLOWED, Verdict, refuse
from dayu.law.situation import Draft, Situation
from dayu.law.words import Term, has_word

TOLD = cite("penalty-law", 44, anchor="应当告知当事人")
NO_DECISION_UNTOLD = cite("penalty-law", 62, anchor="不得作出行政处罚决定")
NOT_HEAVIER = cite("penalty-law", 45, 2, anchor="因当事人陈述、申辩而给予更重的")


class Heavier(NamedTuple):
    """One way in which a draft is heavier than what was told."""

    what: str
    told: Decimal | str
    now: Decimal | Term | str


def penalty_notice_was_served(s: Situation, party: str | None) -> Verdict:
    """处罚法四十四条、六十二条: without notice no decision; a later notice has to arrive as well."""
    if given_notice(s, party) is None and served_notice(s, party) is None:
        return refuse("procedure.notice_missing", TOLD, NO_DECISION_UNTOLD, remedy="give_penalty_notice")
    if not notice_is_served(s, party):
        return refuse("procedure.notice_unserved", TOLD, NO_DECISION_UNTOLD, remedy="serve_penalty_notice")
    return ALLOWED


def heavier(draft: Draft, told: Terms) -> tuple[Heavier, ...]:
    """In what the draft goes beyond the notice; lighter is never a difference (practice 7)."""
    found = []
    amount = draft.amount_yuan or Decimal(0)
    if amount > told.amount_yuan:
        found.append(Heavier("amount", told.amount_yuan, amount))
    if draft.confiscated_yuan > told.confiscated_yuan:
        found.append(Heavier("confiscation", told.confiscated_yuan, draft.confiscated_yuan))
    found += [Heavier("kind", "—", _kind(kind)) for kind in sorted(draft.kinds - told.kinds)]
    return tuple(found)


def _kind(kind: str) -> Term | str:
    return Term("penalty_kinds", kind) if has_word("penalty_kinds", kind) else kind


def has_new_ground(draft: Draft, told: Terms) -> bool:
    """Whether facts or articles were added that the notice did not name."""
    return bool(draft.facts - told.facts or draft.basis - told.basis)


def draft_is_not_heavier_than_notice(s: Situation, party: str | None) -> Verdict:
    """处罚法四十五条二款: heavier because of a plea is forbidden; heavier for another reason needs a new notice."""
    draft, notice = s.draft(party), served_notice(s, party)
    if draft is None or notice is None:
        return ALLOWED
    told = terms_of(notice)
    worse = heavier(draft, told)
    if not worse:
        return ALLOWED
    first = worse[0]
    words = {"what": Term("terms", first.what), "told": first.told, "now": first.now}
    if pleaded(s, party) and not has_new_ground(draft, told):
        return refuse("procedure.heavier_after_defence", NOT_HEAVIER, remedy="edit_draft", **words)
    return refuse("procedure.heavier_needs_new_notice", TOLD, NO_DECISION_UNTOLD, remedy="give_penalty_notice", **words)


def facts_and_basis_were_told(s: Situation, party: str | None) -> Verdict:
    """处罚法四十四条: facts and articles the decision rests on stood in the notice; dropping one is lawful."""
    draft, notice = s.draft(party), served_notice(s, party)
    if draft is None or notice is None or not has_new_ground(draft, terms_of(notice)):
        return ALLOWED
    told = terms_of(notice)
    return refuse(
        "procedure.ground_not_told", TOLD, NO_DECISION_UNTOLD, remedy="give_penalty_notice",
        facts=len(draft.facts - told.facts), articles=len(draft.basis - told.basis),
    )


def new_notice_is_not_a_penalty_for_pleading(s: Situation, party: str | None) -> Verdict:
    """After a plea a second notice may be heavier only on facts or articles that no earlier notice named."""
    draft = s.draft(party)
    if draft is None or not pleaded(s, party):
        return ALLOWED
    told = [terms_of(e) for e in s.journal.all("penalty_notice_served", party)]
    if not told or not heavier(draft, told[-1]):
        return ALLOWED
    if draft.facts - frozenset().union(*(t.facts for t in told)):
        return ALLOWED
    if draft.basis - frozenset().union(*(t.basis for t in told)):
        return ALLOWED
    worst = heavier(draft, told[-1])[0]
    return refuse(
        "procedure.heavier_after_defence", NOT_HEAVIER, remedy="edit_draft",
        what=Term("terms", worst.what), told=worst.told, now=worst.now,
    )


def there_is_a_draft(s: Situation, party: str | None) -> Verdict:
    """The content of the penalty has to be known before it can be told, reviewed, discussed or decided."""
    draft = s.draft(party)
    if draft is None or not draft.kinds:
        return refuse("procedure.no_draft", TOLD, remedy="edit_draft")
    return ALLOWED


def a_notice_waits_to_be_served(s: Situation, party: str | None) -> Verdict:
    """Only a notice that was given and has not arrived can be served."""
    if given_notice(s, party) is None or notice_is_served(s, party):
        return refuse("procedure.no_notice_to_serve", TOLD, remedy="give_penalty_notice")
    return ALLOWED


def the_notice_would_be_new(s: Situation, party: str | None) -> Verdict:
    """A second notice is given only for something that the first did not say."""
    draft, given = s.draft(party), given_notice(s, party)
    if draft is None or given is None:
        return ALLOWED
    told = terms_of(given)
    if heavier(draft, told) or has_new_ground(draft, told):
        return ALLOWED
    if s.proposal.get("corrects"):
        return ALLOWED
    return refuse("procedure.notice_already_given", TOLD, on=given.on)
