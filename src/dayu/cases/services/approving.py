"""Acts of the head that others ask for: the request goes through `work`, and what was granted is carried out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from dayu.cases import facts
from dayu.cases.models import Case, CaseApproval, CaseParty, JournalEntry
from dayu.cases.paper_fields import draft_in_words
from dayu.cases.policies import may_carry_out, may_request_approval, through_release
from dayu.cases.selectors import case_url
from dayu.cases.services import closing, crime, deciding, filing, investigating, notifying, performing, splitting
from dayu.cases.services.filing import request_filing
from dayu.core import clock
from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.audit import canonical, plain, subject_key
from dayu.core.refused import Refused, refuse_now, require
from dayu.documents.models import Document
from dayu.law.refusals import Verdict
from dayu.law.words import word
from dayu.work.services import request_approval

# What may wait for the head. Each is done by the very function that a head may call himself.
CARRIED_OUT: Mapping[str, Callable[..., Any]] = {
    "file_case": filing.file_case,
    "decline_to_file": filing.decline_to_file,
    "withdraw_filing": filing.withdraw_filing,
    "transfer_case": filing.transfer_case,
    "terminate_investigation": filing.terminate_investigation,
    "decide_recusal": investigating.decide_recusal,
    "approve_extension": investigating.approve_extension,
    "pause_clock": investigating.pause_clock,
    "resume_clock": investigating.resume_clock,
    "examine_report": investigating.examine_report,
    "refuse_hearing": notifying.refuse_hearing,
    "decide_penalty": deciding.decide_penalty,
    "exempt_from_penalty": deciding.exempt_from_penalty,
    "revoke_decision": deciding.revoke_decision,
    "exempt_from_publication": performing.exempt_from_publication,
    "approve_deferral": performing.approve_deferral,
    "decide_additional_fine": performing.decide_additional_fine,
    "apply_court_enforcement": performing.apply_court_enforcement,
    "terminate_enforcement": performing.terminate_enforcement,
    "approve_crime_transfer": crime.approve_crime_transfer,
    "rule_out_crime": crime.rule_out_crime,
    "split_party": splitting.split_party,
    "close_case": closing.close_case,
}
# Reasons that the head's own agreement will have answered: they do not stop the request.
ANSWERED_BY_ASKING = frozenset({"procedure.step_missing", "procedure.filing_was_returned"})


@action(label=_("报请批准"), policy=may_request_approval)
def request_case_approval(
    case: Case,
    *,
    actor: Actor,
    moment: datetime,
    act: str,
    party: CaseParty | None = None,
    document: Document | None = None,
    **particulars: Any,
) -> CaseApproval:
    """Ask the head to agree to an act. The law is asked now already, so that nobody signs what cannot be done."""
    if act not in CARRIED_OUT:
        refuse_now("cases.not_for_approval", act=act)
    step = facts.procedure_of(case).step(act)
    if step.per_party and party is None:
        refuse_now("cases.not_a_party")
    if act == "file_case" and facts.procedure_of(case).allowed(
        "request_filing", facts.situation_of(case, today=clock.legal_date(moment))
    ).allowed:
        request_filing(case, actor=actor, moment=moment, opinion=str(particulars.get("opinion", "")))
    _require_possible(case, act, party, particulars, actor, moment)
    given = plain(particulars)
    if document is not None:
        given["document"] = subject_key(document)
    digest = hashlib.sha256(canonical({
        "act": act, "case": case.pk, "party": party.pk if party else None, "particulars": given,
        "draft": party.draft.digest if party and party.draft else "",
    })).hexdigest()  # fmt: skip
    approval = CaseApproval(
        case=case, party=party, act=act, particulars=given, digest=digest, requested_by_id=actor.person_id,
        requested_at=moment,
    )
    approval.save()
    request = request_approval(
        approval, actor=actor, moment=moment, flow_key=f"cases.{act}", title=_title(case, act, party), digest=digest,
        deciding_facts=deciding_facts(case, act, party, given), url=case_url(case), related=case, matter_no=case.case_no,
        facts=_flow_facts(party),
    )
    approval.request = subject_key(request)
    approval.save()
    note_subject(approval, related=case)
    note(act=act, party=party.name if party else "", digest=digest)
    return approval


def _require_possible(
    case: Case, act: str, party: CaseParty | None, particulars: Mapping[str, Any], actor: Actor, moment: datetime
) -> None:
    if act == "exempt_from_publication" and party is not None:
        require(through_release(party, actor=actor))
    situation = facts.situation_of(case, today=clock.legal_date(moment))
    verdict = facts.procedure_of(case).allowed(act, situation, party.key if party else None, **particulars)
    require(Verdict(tuple(r for r in verdict.refusals if r.rule not in ANSWERED_BY_ASKING)))


def deciding_facts(
    case: Case, act: str, party: CaseParty | None, given: Mapping[str, Any]
) -> list[tuple[str, str]]:
    """The two facts that a leader needs on a phone."""
    who = party.name if party else "、".join(case.parties.values_list("name", flat=True)) or case.title
    if act == "decide_penalty" and party is not None and party.draft is not None:
        return [("当事人", who), ("拟处罚", draft_in_words(party.draft))]
    if act == "approve_extension":
        return [("延长", f"{given.get('days', '')}日"), ("理由", str(given.get("reason", "")))]
    told = str(given.get("reason") or given.get("opinion") or given.get("ground") or case.summary or case.title)
    return [("当事人", who), ("理由", told[:100])]


def _title(case: Case, act: str, party: CaseParty | None) -> str:
    whom = f"（{party.name}）" if party else ""
    return f"{word('acts', act)}：{case.title}{whom}"[:200]


def _flow_facts(party: CaseParty | None) -> dict[str, Any]:
    draft = party.draft if party else None
    return {"fine_yuan": draft.amount_yuan} if draft and draft.amount_yuan is not None else {}


@action(label=_("办理已批准的事项"), policy=may_carry_out, doors={"system"})
def carry_out_approval(
    approval: CaseApproval, *, actor: Actor, moment: datetime, granted_by: Actor, digest: str
) -> JournalEntry | None:
    """The act is done in the name of who granted it. Where the law refuses by now, nothing is done and the reasons stay."""
    if approval.outcome or digest != approval.digest:
        return None
    done = CARRIED_OUT[approval.act](
        approval.party or approval.case, actor=granted_by, moment=moment, **_arguments(approval)
    )
    approval.outcome, approval.answered_at = "done", moment
    approval.save()
    note_subject(approval, related=approval.case)
    note(act=approval.act, granted_by=granted_by.name)
    return done if isinstance(done, JournalEntry) else None


@action(label=_("登记报请的结果"), policy=may_carry_out, doors={"system"})
def end_approval(
    approval: CaseApproval, *, actor: Actor, moment: datetime, outcome: str, words: str
) -> CaseApproval:
    """The request was refused or given up, or could not be carried out: why."""
    if not approval.outcome:
        approval.outcome, approval.words, approval.answered_at = outcome, words, moment
        approval.save()
    note_subject(approval, related=approval.case)
    note(outcome=outcome, words=words)
    return approval


def reasons_of(refused: Refused) -> str:
    """The refusals in words, for the one who asked."""
    return "；".join(r.as_json()["reason"] for r in refused.refusals)


def _arguments(approval: CaseApproval) -> dict[str, Any]:
    """Particulars as the act wants them: they were kept as JSON."""
    found: dict[str, Any] = dict(approval.particulars)
    if "until" in found:
        found["until"] = date.fromisoformat(found["until"])
    if found.get("reduced_to_yuan") is not None:
        found["reduced_to_yuan"] = Decimal(found["reduced_to_yuan"])
    if "document" in found:
        found["document"] = Document.objects.get(pk=int(found["document"].rpartition(":")[2]))
    return found
