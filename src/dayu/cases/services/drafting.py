"""The draft of the decision for one party: questions of leniency, the amount with its receipt, versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from dayu.cases import facts
from dayu.cases.first_violation import earlier_penalties_of
from dayu.cases.models import CaseAnswer, CaseParty, PenaltyDraft
from dayu.cases.policies import may_work_on
from dayu.cases.services.journal import refresh
from dayu.core import clock
from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.audit import plain
from dayu.core.refused import refuse_now
from dayu.law.leniency import leniency_items
from dayu.law.words import has_word

FIRST_OFFENCE = "first_offence"
LOOKED_UP = "查询处罚台账：没有既往处罚"  # stands in the case file, so it is Chinese whatever the screen speaks


@action(label=_("核查减免情节"), policy=may_work_on)
def answer_leniency(
    party: CaseParty, *, actor: Actor, moment: datetime, answers: Mapping[str, tuple[bool, str]]
) -> list[CaseAnswer]:
    """Answer the checklist: item -> (yes or no, evidence). A yes counts only with its evidence."""
    unknown = sorted(set(answers) - set(leniency_items()))
    if unknown:
        refuse_now("cases.unknown_question", question=unknown[0])
    answers = _with_register(party, answers, clock.legal_date(moment))
    rows = [
        CaseAnswer(
            case=party.case, party=party, table="leniency", question=item, value=value, evidence=evidence.strip(),
            answered_by_id=actor.person_id, answered_at=moment,
        )
        for item, (value, evidence) in answers.items()
    ]
    for row in rows:
        row.save()
    note_subject(party, related=party.case)
    note(answers={r.question: [r.value, r.evidence] for r in rows})
    return rows


def _with_register(
    party: CaseParty, answers: Mapping[str, tuple[bool, str]], today: date
) -> dict[str, tuple[bool, str]]:
    """A first violation is looked up, not claimed: the register's answer stands in the evidence, and may refuse it."""
    told = dict(answers)
    said, evidence = told.get(FIRST_OFFENCE, (False, ""))
    if not said:
        return told
    known = earlier_penalties_of(party, before=today)
    if known:
        refuse_now(
            "cases.not_the_first_violation", leniency_items()[FIRST_OFFENCE].citation, count=len(known),
            cases="、".join(p.case_no or p.decided_on.isoformat() for p in known),
        )  # fmt: skip
    looked = f"{LOOKED_UP}（{today.isoformat()}）"
    told[FIRST_OFFENCE] = (True, "；".join(filter(None, (evidence.strip(), "" if LOOKED_UP in evidence else looked))))
    return told


@action(label=_("起草处罚意见"), policy=may_work_on)
def write_draft(
    party: CaseParty,
    *,
    actor: Actor,
    moment: datetime,
    kinds: Sequence[str],
    amount_yuan: Decimal | None = None,
    confiscated_yuan: Decimal = Decimal(0),
    other_content: str = "",
    fact_keys: Sequence[str] = (),
    basis: Sequence[str] = (),
    law_violated: Sequence[str] = (),
    orders: Sequence[str] = (),
    manner: str = "",
    reasoning: str = "",
    deviation_reason: str = "",
    reason: str = "",
) -> PenaltyDraft:
    """A new version of what is proposed for the party, with what the rules say about it. Gates come with the acts.

    Its digest covers the substance: party, facts, evidence, basis, kinds, amounts, orders, manner.
    """
    _require_sensible(party, kinds, amount_yuan, fact_keys)
    case = party.case
    keys = list(fact_keys) or [f.key for f in case.case_facts.filter(dropped_on=None)]
    values: dict[str, Any] = {
        "kinds": list(kinds), "amount_yuan": amount_yuan, "confiscated_yuan": confiscated_yuan, "facts": keys,
        "basis": list(basis), "orders": list(orders), "manner": manner.strip(),
    }
    evidence = facts.supporting_evidence(case, keys)
    substance = facts.substance_for(
        party, values, facts=facts.fact_texts(case, keys), evidence=[f"{e.pk} {e.name}" for e in evidence]
    )
    draft = PenaltyDraft(
        party=party, number=party.drafts.count() + 1, other_content=other_content.strip(), law_violated=list(law_violated),
        reasoning=reasoning.strip(), deviation_reason=deviation_reason.strip(), reason=reason.strip(),
        evidence=[e.pk for e in evidence], substance=_plain(substance), digest=facts.digest_of(substance),
        written_by=actor.name, written_at=moment, **values,
    )
    _assess(draft, party, moment)
    draft.save()
    party.draft = draft
    party.save()
    note_subject(draft, related=case)
    note(party=party.name, number=draft.number, amount=plain(amount_yuan), kinds=list(kinds), digest=draft.digest)
    refresh(case, today=clock.legal_date(moment))
    return draft


def _require_sensible(
    party: CaseParty, kinds: Sequence[str], amount_yuan: Decimal | None, fact_keys: Sequence[str]
) -> None:
    if party.case.is_over or party.left_on is not None:
        refuse_now("cases.case_is_over")
    for kind in kinds:
        if not has_word("penalty_kinds", kind):
            refuse_now("cases.unknown_penalty_kind", kind=kind)
    if ("fine" in kinds) != (amount_yuan is not None and amount_yuan > 0):
        refuse_now("cases.fine_needs_amount")
    known = {f.key for f in party.case.case_facts.filter(dropped_on=None)}
    if set(fact_keys) - known:
        refuse_now("cases.unknown_fact", fact=sorted(set(fact_keys) - known)[0])


def _assess(draft: PenaltyDraft, party: CaseParty, moment: datetime) -> None:
    """Keep what the rules say about exactly this draft, and the receipt that explains it."""
    found = facts.assessment_of(
        party.case, party, draft=draft, journal=facts.journal_of(party.case), on=clock.legal_date(moment)
    )
    bounds = facts.bounds_of(party, found)
    draft.bounds = plain({
        "known": bounds.known, "min_yuan": bounds.min_yuan, "max_yuan": bounds.max_yuan, "optional": bounds.optional,
        "tier_min_yuan": bounds.tier_min_yuan, "tier_max_yuan": bounds.tier_max_yuan, "basis": bounds.basis,
        "tier": found.tier.tier if found and found.tier else "",
    })
    if found is None:
        return
    told = found.as_json()
    draft.receipt = plain(told["receipt"])
    draft.thresholds = {
        key: told[key]
        for key in ("hearing_required", "collective_discussion_required", "legal_review_required", "person_decides")
    }


def _plain(substance: Any) -> dict[str, Any]:
    return {name: plain(getattr(substance, name)) for name in type(substance).__dataclass_fields__}
