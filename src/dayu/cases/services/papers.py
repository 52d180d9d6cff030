"""Papers of a case: drafted with what the case knows, and sealed inside the act that they carry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from dayu.cases.models import Case, CaseParty
from dayu.cases.paper_fields import fields_for
from dayu.cases.policies import may_work_on
from dayu.core import clock
from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.audit import subject_key
from dayu.core.refused import refuse_now
from dayu.documents.facts import open_holds
from dayu.documents.models import Document
from dayu.documents.services import draft_document, release_hold, revise_document, seal_document

# The paper that carries the draft decision itself: its holds are released for the substance of the draft.
DECISIONS = frozenset({"penalty_decision", "no_penalty_decision", "penalty_notice"})


@action(label=_("起草案件文书"), policy=may_work_on, doors={"office", "field", "system"})
def draft_paper(
    case: Case, *, actor: Actor, moment: datetime, key: str, party: CaseParty | None = None, **fields: Any
) -> Document:
    """A paper of a kind, filled from the case; `fields` are what a person adds or words differently."""
    day = clock.legal_date(moment)
    if party is not None and party.case_id != case.pk:
        refuse_now("cases.not_a_party")
    known = fields_for(case, key, party=party, on=day)
    document = draft_document(
        None, actor=actor, moment=moment, key=key, subject=subject_key(case), party=subject_key(party),
        organ=case.organ, on=day, fields={**known, **fields}, substance_digest=digest_for(key, party),
    )
    note_subject(document, related=case)
    return document


@action(label=_("按案件更新文书"), policy=may_work_on, doors={"office", "field", "system"})
def refill_paper(case: Case, *, actor: Actor, moment: datetime, document: Document) -> Document:
    """Fill a draft again from the case, for example after the amount changed. What a person worded stays his to change."""
    party = party_of(case, document.party)
    known = fields_for(case, document.key, party=party, on=clock.legal_date(moment))
    return revise_document(
        document, actor=actor, moment=moment, fields=known, reason=_text("按案件现有内容更新"),
        substance_digest=digest_for(document.key, party),
    )


def digest_for(key: str, party: CaseParty | None) -> str:
    """The digest that holds of this paper are released for: the substance of the draft where the paper carries it."""
    return party.draft.digest if key in DECISIONS and party is not None and party.draft is not None else ""


def party_of(case: Case, key: str) -> CaseParty | None:
    """The party that a document is for."""
    pk = key.rpartition(":")[2]
    return case.parties.filter(pk=int(pk)).first() if pk.isdigit() else None


def seal_in_act(
    document: Document | None, *, actor: Actor, moment: datetime, grounds: Mapping[str, str], digest: str = ""
) -> Document | None:
    """Seal the paper of an act that the law has just allowed. `grounds` says which holds the act itself answers, and how.

    `passed` grounds are plain words; a ground that starts with `-` means "not needed, because …".
    """
    if document is None:
        return None
    document.refresh_from_db()
    if digest and document.substance_digest != digest:
        refuse_now("cases.paper_of_another_substance", paper=document.title)
    if document.sealed:
        return document
    for hold in open_holds(document):
        ground = grounds.get(hold.kind)
        if ground is None:
            continue
        outcome = "not_needed" if ground.startswith("-") else "passed"
        release_hold(
            document, actor=actor, moment=moment, kind=hold.kind, digest=document.substance_digest, outcome=outcome,
            reason=ground.lstrip("-"),
        )
    sealed = seal_document(document, actor=actor, moment=moment)
    note(paper=sealed.title, number=sealed.number)
    return sealed
