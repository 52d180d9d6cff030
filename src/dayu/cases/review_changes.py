"""What the collective discussion changed after a passed review: told to legal review, so that the reviewer confirms it once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dayu.cases import facts
from dayu.cases.events import CaseActed
from dayu.cases.models import CaseParty
from dayu.core import clock
from dayu.core.actors import SYSTEM
from dayu.core.audit import subject_key
from dayu.core.events import handles
from dayu.documents.models import Document
from dayu.law.conditions.review import change_came_from_discussion
from dayu.legal_review import services as legal_review
from dayu.legal_review.changes import ChangedSubstance, change_after, tells_change
from dayu.legal_review.models import LegalReview


@tells_change("cases.case")
def change_of_review(review: LegalReview) -> ChangedSubstance | None:
    """The present draft, where the law lets one confirmation be enough for it."""
    pk = review.party.rpartition(":")[2]
    party = CaseParty.objects.select_related("case__organ", "draft").filter(pk=int(pk)).first() if pk.isdigit() else None
    if party is None or party.draft is None:
        return None
    situation = facts.situation_of(party.case, today=clock.today())
    if not change_came_from_discussion(situation, party.key).allowed:
        return None
    discussion = party.discussions.exclude(concluded_on=None).order_by("-id").first()
    paper = _paper(review)
    return ChangedSubstance(
        digest=party.draft.digest,
        document=review.document,
        discussion=subject_key(discussion) if discussion else "",
        differences=_differences(review.substance, party.draft.substance),
        ready=paper is None or paper.substance_digest == party.draft.digest,
    )


@handles(CaseActed)
def ask_reviewer(event: CaseActed, *, moment: datetime) -> None:
    """A discussion was concluded: where it changed what was reviewed, the reviewer is asked to confirm."""
    if event.kind != "collective_discussion_held" or event.party_id is None:
        return
    key = f"cases.case:{event.case_id}"
    party = f"cases.caseparty:{event.party_id}"
    review = LegalReview.objects.of(key, party).filter(conclusion="pass").order_by("-id").first()
    if review is not None and change_after(review) is not None:
        legal_review.ask_confirmation(review, actor=SYSTEM, moment=moment)


def _paper(review: LegalReview) -> Document | None:
    label, _colon, pk = review.document.partition(":")
    return Document.objects.filter(pk=int(pk)).first() if label == "documents.document" and pk.isdigit() else None


def _differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    names = dict.fromkeys([*before, *after])
    return tuple((n, _words(before.get(n)), _words(after.get(n))) for n in names if before.get(n) != after.get(n))


def _words(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return "；".join(str(v) for v in value)
    return "" if value is None else str(value)
