"""How an act gets into the journal: the law is asked, one entry is added, the index and the kept answers follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dayu.cases import facts
from dayu.cases.events import CaseActed
from dayu.cases.models import Case, CaseParty, JournalEntry, JournalHead
from dayu.core import clock
from dayu.core.actions import note, note_subject
from dayu.core.actors import Actor
from dayu.core.audit import plain
from dayu.core.events import publish
from dayu.core.refused import Refused, require
from dayu.law.course import ENDINGS, pay_due
from dayu.law.journal import Entry
from dayu.law.refusals import Refusal, Verdict
from dayu.law.situation import Situation
from dayu.law.substance import Substance

FIELD_LIMITS = {"explanation": 1000, "defect": 200}


def perform(
    case: Case,
    act: str,
    *,
    actor: Actor,
    moment: datetime,
    party: CaseParty | None = None,
    proposal: Mapping[str, Any] | None = None,
    params: Mapping[str, Any] | None = None,
    subject: str = "",
    digest: str = "",
    source: str = "",
) -> JournalEntry:
    """Ask the law whether `act` may be done now, then add its entry. `proposal` is what the law looks at; `params` is kept.

    The case is locked first, so that two people cannot both do what only one of them may.
    """
    _lock(case)
    today, rows = clock.legal_date(moment), facts.party_rows(case)
    situation = replace(
        facts.situation_of(case, today=today, strict=True, rows=rows),
        proposal={**(proposal or {}), "officer": str(actor.person_id)},
    )
    procedure, key = facts.procedure_of(case), party.key if party else None
    require(procedure.allowed(act, situation, key))
    marks = procedure.marks(act, situation, key)
    return add_entry(
        case, procedure.step(act).records, actor=actor, moment=moment, party=party, params=params, subject=subject,
        digest=digest, source=source, marks=marks, situation=situation, rows=rows,
    )


def _lock(case: Case) -> None:
    """Hold the row of the case until the act is done, and take over what others have counted up."""
    held = Case.objects.select_for_update(of=("self",)).values_list("entries", "version").get(pk=case.pk)
    case.entries, case.version = held


def record_past(
    case: Case,
    act: str,
    *,
    actor: Actor,
    moment: datetime,
    on: date,
    explanation: str,
    party: CaseParty | None = None,
    params: Mapping[str, Any] | None = None,
    subject: str = "",
    digest: str = "",
    source: str = "",
) -> JournalEntry:
    """Enter an act that already happened on paper: nothing is refused, what was wrong becomes its defect (practice 1)."""
    situation = facts.situation_of(case, today=on)
    procedure, key = facts.procedure_of(case), party.key if party else None
    wrong = procedure.past_defects(act, situation, key, on=on, **dict(params or {}))
    serious = [r for r in wrong if r.rule not in _ORDER_ONLY]
    if serious and not explanation.strip():
        raise Refused(serious)
    return add_entry(
        case, procedure.step(act).records, actor=actor, moment=moment, on=on, party=party, params=params, subject=subject,
        digest=digest, source=source, taken_over=True, marks=tuple(serious), explanation=explanation,
    )


# Entering old papers one by one meets steps that are entered a moment later: that alone is no defect of the paper.
_ORDER_ONLY = frozenset({
    "procedure.step_missing", "procedure.not_filed", "procedure.investigation_unreported", "procedure.report_unexamined",
    "procedure.notice_missing", "procedure.notice_unserved", "procedure.no_draft", "procedure.range_unknown",
    "procedure.no_facts", "procedure.fact_without_evidence", "procedure.evidence_unchecked", "assess.leniency_unanswered",
    "procedure.filing_unanswered", "procedure.no_party", "procedure.remedies_missing", "procedure.fine_without_order",
    "procedure.review_missing", "procedure.discussion_missing", "procedure.nothing_to_answer",
    "procedure.hearing_not_available", "procedure.no_decision", "procedure.decision_unserved", "procedure.no_order",
    "procedure.hearing_not_offered", "procedure.order_not_served", "procedure.review_not_submitted",
})  # fmt: skip


def add_entry(
    case: Case,
    kind: str,
    *,
    actor: Actor,
    moment: datetime,
    on: date | None = None,
    at: datetime | None = None,
    party: CaseParty | None = None,
    params: Mapping[str, Any] | None = None,
    subject: str = "",
    digest: str = "",
    source: str = "",
    taken_over: bool = False,
    marks: tuple[Refusal, ...] = (),
    explanation: str = "",
    situation: Situation | None = None,
    rows: list[CaseParty] | None = None,
) -> JournalEntry:
    """Add one entry without asking; for acts that were asked before, and for what other domains have done."""
    if source:
        known = JournalEntry.objects.filter(case=case, kind=kind, source=source).first()
        if known is not None:
            return known
    if situation is None:
        _lock(case)
    case.entries += 1
    day = on or clock.legal_date(moment)
    row = JournalEntry(
        case=case, sequence=case.entries, kind=kind, happened_on=day, party=party, subject=subject, digest=digest,
        happened_at=at or (moment if not taken_over and day == clock.legal_date(moment) else None),
        params=plain(params or {}),
        source=source, entered_at=clock.now(), entered_by=actor.name, taken_over=taken_over,
        defect=",".join(r.rule for r in marks)[: FIELD_LIMITS["defect"]],
        explanation=(explanation or _words(marks))[: FIELD_LIMITS["explanation"]],
    )
    row.save()
    _keep_head(row)
    note_subject(row, related=case)
    note(kind=kind, on=day, party=party.name if party else "", params=plain(params or {}))
    refresh(case, today=clock.legal_date(moment), situation=situation, entry=row, rows=rows)
    publish(CaseActed(case.pk, party.pk if party else None, kind, row.pk, day, subject), moment=moment)
    return row


def _words(marks: tuple[Refusal, ...]) -> str:
    """A mark of lateness explains itself; whoever acts may say more."""
    return "；".join(m.as_json()["reason"] for m in marks)


def _keep_head(row: JournalEntry) -> None:
    if row.kind == "annulled":
        rebuild_heads(row.case)
        return
    subject = f"{row.subject}#{row.sequence}" if row.defect else row.subject
    head = JournalHead.objects.filter(case_id=row.case_id, kind=row.kind, party_id=row.party_id, subject=subject)
    known = head.select_related("first", "last").first()
    if known is None:
        JournalHead.objects.create(
            case_id=row.case_id, kind=row.kind, party_id=row.party_id, subject=subject, first=row, last=row
        )
        return
    if _order(row) >= _order(known.last):
        known.last = row
    if _order(row) < _order(known.first):
        known.first = row
    known.save()


def _order(row: JournalEntry) -> tuple[int, float, int]:
    return facts.entry_of(row).order


def rebuild_heads(case: Case) -> None:
    """Make the index again from the journal: after an entry was annulled, or whenever somebody doubts it."""
    rows = list(JournalEntry.objects.filter(case=case))
    annulled = {int(r.params.get("sequence", 0)) for r in rows if r.kind == "annulled"}
    kept: dict[tuple[str, int | None, str], list[JournalEntry]] = {}
    for row in sorted((r for r in rows if r.sequence not in annulled), key=_order):
        subject = f"{row.subject}#{row.sequence}" if row.defect else row.subject
        kept.setdefault((row.kind, row.party_id, subject), []).append(row)
    JournalHead.objects.filter(case=case).delete()
    JournalHead.objects.bulk_create(
        JournalHead(case=case, kind=kind, party_id=party, subject=subject, first=found[0], last=found[-1])
        for (kind, party, subject), found in kept.items()
    )


def refresh(
    case: Case,
    *,
    today: date,
    situation: Situation | None = None,
    entry: JournalEntry | None = None,
    rows: list[CaseParty] | None = None,
) -> None:
    """Renew the kept answers of the case and its parties from the journal."""
    s = situation or facts.situation_of(case, today=today)
    s = replace(s, journal=s.journal.adding(facts.entry_of(entry)) if situation and entry else s.journal, proposal={})
    procedure = facts.procedure_of(case)
    case.stage = procedure.stage(s)
    case.filed_on = _on(s, "filed")
    case.closed_on, case.archived_on = _on(s, "closed"), _on(s, "archived")
    ended = s.journal.last_of(ENDINGS)
    case.ended_on = ended.on if ended else None
    due = [s.deadline(r.request) for r in procedure.limits(s) if r.request.key == "decision" and r.met_by is None]
    case.decision_due_on = min(due, default=None)
    decided = [d for p in s.parties if (d := _decided(s, p.key)) is not None]
    case.decided_on = min((d.on for d in decided), default=None)
    case.save()
    for party in rows if rows is not None else CaseParty.objects.filter(case=case):
        _refresh_party(party, s, procedure.stage(s, party.key))


def _decided(s: Situation, party: str) -> Entry | None:
    return s.journal.last_of(("decision_sealed", "no_penalty_decided"), party)


def _on(s: Situation, kind: str) -> date | None:
    found = s.journal.last(kind)
    return found.on if found else None


def _refresh_party(party: CaseParty, s: Situation, stage: str) -> None:
    decided, served = _decided(s, party.key), s.journal.last("decision_served", party.key)
    paid = s.journal.last("fine_paid", party.key)
    values: dict[str, Any] = {
        "stage": stage,
        "decided_on": decided.on if decided else None,
        "served_on": served.on if served else None,
        "pay_due_on": pay_due(s, party.key) if served and decided and decided.kind == "decision_sealed" else None,
        "paid_on": paid.on if paid and paid.params.get("complete") else None,
        "paid_yuan": Decimal(str(paid.params.get("total_yuan") or 0)) if paid else Decimal(0),
        "fine_yuan": Decimal(str(decided.params["amount_yuan"])) if decided and decided.params.get("amount_yuan") else None,
    }
    if decided and decided.params.get("number"):
        values["decision_no"] = str(decided.params["number"])
    changed = {k: v for k, v in values.items() if getattr(party, k) != v}
    if changed:
        CaseParty.objects.filter(pk=party.pk).update(**changed)


def verdict_of(case: Case, act: str, *, today: date, party: CaseParty | None = None, **proposal: Any) -> Verdict:
    """What the law says about an act today, without doing it."""
    situation = facts.situation_of(case, today=today)
    return facts.procedure_of(case).allowed(act, situation, party.key if party else None, **proposal)


def terms_for(party: CaseParty) -> dict[str, Any]:
    """The terms of the present draft, as notice, discussion and decision keep them."""
    draft = party.draft
    if draft is None:
        return {}
    return {
        "amount_yuan": _yuan(draft.amount_yuan or Decimal(0)), "kinds": list(draft.kinds), "facts": list(draft.facts),
        "basis": list(draft.basis), "confiscated_yuan": _yuan(draft.confiscated_yuan), "includes_order": bool(draft.orders),
        "draft": draft.number,
    }


def _yuan(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


def substance_of_draft(values: Mapping[str, Any]) -> Substance:
    """A kept substance, read back."""
    amount = values.get("amount_yuan")
    return Substance(
        party=(values["party"][0], values["party"][1]), facts=tuple(values["facts"]), evidence=tuple(values["evidence"]),
        basis=tuple(values["basis"]), kinds=tuple(values["kinds"]), amount_yuan=None if amount is None else Decimal(amount),
        confiscated_yuan=Decimal(values.get("confiscated_yuan") or 0), orders=tuple(values.get("orders", ())),
        manner=values.get("manner", ""),
    )
