"""Holds: placed, released for one substance, taken back."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.refused import refuse_now
from dayu.documents.models import Document, Hold, HoldRelease
from dayu.documents.policies import may_place_hold, may_release_hold

OUTCOMES = frozenset({"passed", "not_needed"})


@action(label=_("办结文书前置事项"), policy=may_release_hold, doors={"office", "field", "system"})
def release_hold(
    document: Document,
    *,
    actor: Actor,
    moment: datetime,
    kind: str,
    digest: str,
    outcome: str = "passed",
    reason: str = "",
    source: str = "",
) -> HoldRelease:
    """Release one hold for the substance `digest` that was looked at. Another present substance is refused.

    `outcome` is `passed`, or `not_needed` with a reason (e.g. "not a major case"). `source` is the key of the record that
    carries the ground: the review, the minutes, the notice.
    """
    hold = _hold(document, kind)
    if outcome not in OUTCOMES:
        refuse_now("documents.bad_outcome", outcome=outcome)
    if outcome != "passed" and not reason.strip():
        refuse_now("documents.reason_needed")
    if digest != document.substance_digest:
        refuse_now("documents.hold_digest_stale")
    note_subject(document, related=document.subject)
    note(kind=kind, outcome=outcome, reason=reason)
    return HoldRelease.objects.create(
        hold=hold, digest=digest, outcome=outcome, reason=reason[:500], source=source, released_by=actor.name,
        released_at=moment,
    )


@action(label=_("撤回前置事项的办结"), policy=may_release_hold, doors={"office", "system"})
def withdraw_release(document: Document, *, actor: Actor, moment: datetime, kind: str, reason: str) -> HoldRelease:
    """Close a hold again for the present substance: a review that was withdrawn, an approval taken back."""
    if not reason.strip():
        refuse_now("documents.reason_needed")
    if document.sealed:
        refuse_now("documents.wrong_life", life=document.get_life_display(), act=_("撤回"))
    note_subject(document, related=document.subject)
    note(kind=kind, reason=reason)
    return HoldRelease.objects.create(
        hold=_hold(document, kind), digest=document.substance_digest, outcome="withdrawn", reason=reason[:500],
        released_by=actor.name, released_at=moment,
    )


@action(label=_("增加文书前置事项"), policy=may_place_hold, doors={"office", "system"})
def place_hold(document: Document, *, actor: Actor, moment: datetime, kind: str, label: str) -> Hold:
    """A hold that the definition does not know: a higher domain found that something must come first."""
    hold, _created = Hold.objects.get_or_create(document=document, kind=kind, defaults={"label": label})
    note_subject(document, related=document.subject)
    note(kind=kind, label=label)
    return hold


def _hold(document: Document, kind: str) -> Hold:
    hold = Hold.objects.filter(document=document, kind=kind).first()
    if hold is None:
        refuse_now("documents.unknown_hold", kind=kind)
    assert hold is not None
    return hold
