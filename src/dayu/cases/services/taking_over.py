"""Taking over a case that stands half-way on paper (接续办理): what happened is entered, what is missing still blocks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from dayu.cases.models import Case, CaseParty, CaseSource, JournalEntry, PenaltyNotice
from dayu.cases.policies import may_take_over, may_work_on
from dayu.cases.services.indexing import index_case
from dayu.cases.services.journal import add_entry, record_past
from dayu.cases.services.opening import open_case
from dayu.core import clock
from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.refused import refuse_now
from dayu.law.citations import cite
from dayu.law.procedure import Step
from dayu.law.procedures.ordinary_penalty import ORDINARY_PENALTY
from dayu.law.words import Term

NO_WAY_ROUND = cite("penalty-law", 38, 2, anchor="违反法定程序构成重大且明显违法")
WRITTEN_HERE = frozenset({
    "request_filing", "report_investigation", "give_penalty_notice", "reexamine_defence", "submit_legal_review",
    "publish_decision", "withdraw_publication",
})  # fmt: skip


@action(label=_("接续办理"), policy=may_take_over)
def take_over_case(
    target: None, *, actor: Actor, moment: datetime, title: str, explanation: str, case_no: str = "", **known: Any
) -> Case:
    """A case that was begun on paper: it gets its old number; its past follows entry by entry."""
    if not explanation.strip():
        refuse_now("cases.reason_missing")
    if case_no and Case.objects.filter(organ_id=actor.organ_id, case_no=case_no).exists():
        refuse_now("cases.number_taken", number=case_no)
    case = open_case(
        None, actor=actor, moment=moment, title=title, source=CaseSource.TAKEOVER, source_note=explanation.strip()[:200],
        **known,
    )
    case.case_no = case_no
    case.save()
    add_entry(case, "case_taken_over", actor=actor, moment=moment, params={"explanation": explanation.strip()})
    note_subject(case)
    note(case_no=case_no)
    index_case(case)
    return case


@action(label=_("补录已经发生的步骤"), policy=may_work_on)
def enter_past_step(
    case: Case,
    *,
    actor: Actor,
    moment: datetime,
    act: str,
    on: date,
    explanation: str = "",
    party: CaseParty | None = None,
    params: Mapping[str, Any] | None = None,
    document: str = "",
) -> JournalEntry:
    """One step that happened on paper. Nothing of the past is refused; a defect needs its explanation, and stays."""
    step = ORDINARY_PENALTY.by_act.get(act)
    if step is None:
        refuse_now("cases.unknown_act", act=act)
    assert step is not None
    if on > clock.legal_date(moment):
        refuse_now("cases.not_yet_past", on=on)
    if _is_decided_here(step) and (case.source == CaseSource.APP or on > clock.legal_date(case.opened_at)):
        refuse_now("cases.must_be_done_here", NO_WAY_ROUND, act=Term("acts", act), since=clock.legal_date(case.opened_at))
    if step.per_party and party is None:
        refuse_now("cases.not_a_party")
    given = dict(params or {})
    if document:
        given["document"] = document
    if act == "serve_penalty_notice":
        _know_notice(party, on, given, document)
    entry = record_past(
        case, act, actor=actor, moment=moment, on=on, party=party, params=given, explanation=explanation,
        subject=str(given.get("subject", "")), digest=str(given.get("digest", "")),
    )
    note_subject(entry, related=case)
    return entry


def _is_decided_here(step: Step) -> bool:
    """What the organ itself is about to do has its gates: entering it as past is no way round them."""
    return step.act in WRITTEN_HERE or bool({"agency_head", "legal_reviewer"} & set(step.roles))


def _know_notice(party: CaseParty | None, on: date, given: dict[str, Any], document: str) -> None:
    """A notice that was served on paper becomes a notice of the party, with what it told."""
    assert party is not None
    number = party.notices.count() + 1
    given.setdefault("subject", str(number))
    PenaltyNotice(
        party=party, number=number, document=document, terms={k: v for k, v in given.items() if k != "subject"},
        hearing_offered=bool(given.get("hearing_offered")), given_on=on, served_on=on,
        defence_until=date.fromisoformat(given["defence_until"]) if given.get("defence_until") else None,
    ).save()
