"""Limitation (追责期限): may this act still be penalised?"""

from __future__ import annotations

from dayu.law.citations import cite
from dayu.law.refusals import ALLOWED, Verdict, refuse
from dayu.law.situation import Situation

TWO_YEARS = cite("penalty-law", 36, 1, anchor="违法行为在二年内未被发现")


def limitation_is_not_barred(s: Situation, party: str | None) -> Verdict:
    """处罚法三十六条: undiscovered for two (five) years means no penalty; orders to correct stay possible."""
    view = s.party(party)
    if view is None or not view.limitation_barred:
        return ALLOWED
    return refuse("procedure.limitation_barred", TWO_YEARS, remedy="exempt_from_penalty", party=view.name or view.key)


def limitation_leaves_someone(s: Situation, party: str | None) -> Verdict:
    """A case is not filed where every known party is beyond the limitation."""
    if s.parties and all(p.limitation_barred for p in s.parties):
        return refuse("procedure.limitation_barred", TWO_YEARS, remedy="decline_to_file", party=s.parties[0].name)
    return ALLOWED
