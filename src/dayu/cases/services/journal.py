"""How an act gets into the journal: the law is asked, one entry is added, the index and the kept answers follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dayu.cases import facts
from dayu.cases.events import CaseActed
from dayu.cases.models import Case, CaseKept, CaseParty, JournalEntry
from dayu.core import clock
from dayu.core.actions import note, note_subject
from dayu.core.actors import Actor
from dayu.core.audit import plain
from dayu.core.events import publish
from dayu.core.refused import Refused, require
from dayu.law.calendar import NotComputable
from dayu.law.course import ENDINGS, pay_due
from dayu.law.journal import Entry, Journal, essential
from dayu.law.lazily import LazySequence
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

    The case is held first, so that two people cannot both do what only one of them may.
    """
    journal, today = hold(case), clock.legal_date(moment)
    rows = LazySequence(lambda: facts.party_rows(case))
    situation = replace(
        facts.situation_of(case, today=today, strict=True, rows=rows, journal=journal),
        proposal={**(proposal or {}), "officer": str(actor.person_id)},
    )
    procedure, key = facts.procedure_of(case), party.key if party else None
    require(procedure.allowed(act, situation, key))
    marks = procedure.marks(act, situation, key)
    step = procedure.step(act)
    return add_entry(
        case, step.records, actor=actor, moment=moment, party=party, params=params, subject=subject, digest=digest,
        source=source, marks=marks, situation=situation, rows=rows, moves=step.moves,
    )


def hold(case: Case) -> Journal:
    """Hold the case until the act is done, take over what others have counted up, and answer its essential entries."""
    held = CaseKept.objects.select_for_update(of=("self",)).filter(pk=case.pk)
    found = held.values_list("case__entries", "case__version", "essence").first()
    if found is None:
        CaseKept.objects.create(case=case)
        return hold(case)
    case.entries, case.version, essence = found
    return facts.journal_from(essence)


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
    "procedure.decision_receipt_missing",
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
    rows: Sequence[CaseParty] | None = None,
    moves: bool = True,
) -> JournalEntry:
    """Add one entry without asking; for acts that were asked before, and for what other domains have done."""
    if source:
        known = JournalEntry.objects.filter(case=case, kind=kind, source=source).first()
        if known is not None:
            return known
    journal = situation.journal if situation is not None else hold(case)
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
    journal = _keep(case, journal, row)
    note_subject(row, related=case)
    note(kind=kind, on=day, party=party.name if party else "", params=plain(params or {}))
    if moves:
        refresh(case, today=clock.legal_date(moment), situation=situation, journal=journal, rows=rows)
    else:
        _save_kept(case, {})
    publish(CaseActed(case.pk, party.pk if party else None, kind, row.pk, day, subject), moment=moment)
    return row


def _words(marks: tuple[Refusal, ...]) -> str:
    """A mark of lateness explains itself; whoever acts may say more."""
    return "；".join(m.as_json()["reason"] for m in marks)


def _keep(case: Case, journal: Journal, row: JournalEntry) -> Journal:
    """The essential entries with this one; an annulment makes them again from the whole journal."""
    if row.kind == "annulled":
        return rebuild_kept(case)
    entries = essential([*journal, facts.entry_of(row)])
    CaseKept.objects.filter(pk=case.pk).update(essence=facts.kept_form(entries))
    return Journal(entries)


def rebuild_kept(case: Case) -> Journal:
    """Make the kept entries again from the journal: after an annulment, or whenever somebody doubts them."""
    rows = list(JournalEntry.objects.filter(case=case))
    annulled = {int(r.params.get("sequence", 0)) for r in rows if r.kind == "annulled"}
    entries = essential(facts.entry_of(r) for r in rows if r.sequence not in annulled and r.kind != "annulled")
    CaseKept.objects.update_or_create(case=case, defaults={"essence": facts.kept_form(entries)})
    return Journal(entries)


def refresh(
    case: Case,
    *,
    today: date,
    situation: Situation | None = None,
    journal: Journal | None = None,
    rows: Sequence[CaseParty] | None = None,
) -> None:
    """Renew the kept answers of the case and its parties from the journal. `rows` are the parties, where they were read."""
    parties = rows if rows is not None else facts.party_rows(case)
    s = situation or facts.situation_of(case, today=today, rows=parties, journal=journal)
    s = replace(s, journal=journal if journal is not None else s.journal, proposal={})
    procedure = facts.procedure_of(case)
    stages = procedure.stage_of_each(s)
    ended = s.journal.last_of(ENDINGS)
    due = [s.deadline(r.request) for r in procedure.limits(s) if r.request.key == "decision" and r.met_by is None]
    decided = [d for p in s.parties if (d := _decided(s, p.key)) is not None]
    _save_kept(case, {
        "stage": stages[None], "filed_on": _on(s, "filed"), "closed_on": _on(s, "closed"), "archived_on": _on(s, "archived"),
        "ended_on": ended.on if ended else None, "decision_due_on": min(due, default=None),
        "decided_on": min((d.on for d in decided), default=None),
    })  # fmt: skip
    for party in parties:
        _refresh_party(party, s, stages[party.key])


def _pay_due(s: Situation, party: str) -> date | None:
    """The last day to pay; None where no law of that day sets one (a case of earlier years)."""
    try:
        return pay_due(s, party)
    except NotComputable:
        return None


def _save_kept(case: Case, answers: Mapping[str, Any]) -> None:
    """One narrow statement; the version grows, so that a second tab loses politely."""
    changed = {name: value for name, value in answers.items() if getattr(case, name) != value}
    case.version += 1
    for name, value in changed.items():
        setattr(case, name, value)
    Case.objects.filter(pk=case.pk).update(**changed, entries=case.entries, version=case.version)


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
        "pay_due_on": _pay_due(s, party.key) if served and decided and decided.kind == "decision_sealed" else None,
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
