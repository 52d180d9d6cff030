"""Model test of the ordinary procedure: from every state every transition is tried over the API, and only the lawful ones pass.

One case walks from the lead to the archive. In each state every act of the procedure is called as a program would call it, by
whoever holds the post for it, with particulars that are in order; each call is rolled back, so that all start from the same
state. `LAWFUL` is the table of what may pass, written down here and not asked of the engine.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from dayu.api.services import issue_token
from dayu.cases import services
from dayu.cases.models import JournalEntry
from dayu.cases.tests.situations import _STEPS, Played, make_case
from dayu.core import clock
from dayu.core.audit import subject_key
from dayu.disclosure import services as disclosure
from dayu.disclosure.models import Publication
from dayu.law.conditions.filing import FILING_QUESTIONS
from dayu.law.procedures.ordinary_penalty import ORDINARY_PENALTY
from dayu.legal_review import services as review
from dayu.legal_review.definitions import points
from dayu.legal_review.models import LegalReview
from tests.cast import make_county
from tests.journeys.test_every_door_refuses import TOKENS_END, as_json

pytestmark = pytest.mark.django_db
# Acts that no program calls: the other half of a merger, and goods, which the records of evidence keep for leads as well.
NOT_CALLED = {"absorb_case", "preserve_evidence", "dispose_preserved_evidence"}
REASON = {"reason": "依法应当如此"}
RECEIPT = {"method": "direct", "proofs": ["receipt"]}


@dataclass(frozen=True)
class Call:
    """An act over the API: the action, by whom, on what, and with which particulars."""

    who: str
    given: Mapping[str, Any] | Callable[[Played], Mapping[str, Any]] = field(default_factory=dict)
    on: str = "party"
    key: str = ""

    def target(self, played: Played) -> str:
        if self.on == "review":
            found = LegalReview.objects.order_by("-id").first()
            return subject_key(found) if found is not None else "legal_review.legalreview:1"
        if self.on == "publication":
            released = Publication.objects.order_by("-id").first()
            return subject_key(released) if released is not None else "disclosure.publication:1"
        if self.on == "entry":
            last = JournalEntry.objects.filter(case=played.case).order_by("sequence").last()
            return subject_key(last) if last is not None else "cases.journalentry:999999999"
        return subject_key(played.case if self.on == "case" else played.parties[0])


def _officer(p: Played) -> dict[str, Any]:
    return {"person_id": p.county.people["officer"].pk, "reason": "亲属"}


def _hearing(p: Played) -> dict[str, Any]:
    return {"scheduled_at": (p.moment + timedelta(days=14)).isoformat(), "place": "会议室", "presider": p.county.people["presider"]}


def _withheld(p: Played) -> dict[str, Any]:
    return {"ground": "privacy", "reason": "涉及个人隐私，当事人不同意公开", "review_on": p.today + timedelta(days=90)}


def _confirmed(p: Played) -> dict[str, Any]:
    return {"digest": p.party.draft.digest if p.party.draft else "", "changed": ["amount_yuan"], "discussion": ""}


CALLS: Mapping[str, Call] = {
    "register_lead": Call("officer", {"source": "巡查"}, "case"),
    "verify_lead": Call("officer", {"result": "属实"}, "case"),
    "request_filing": Call("officer", {"opinion": "建议立案"}, "case"),
    "file_case": Call("head", {"opinion": "同意"}, "case"),
    "return_filing": Call("head", REASON, "case"),
    "decline_to_file": Call("head", {"ground": "duplicate", **REASON}, "case"),
    "withdraw_filing": Call("head", REASON, "case"),
    "assign_officers": Call("unit_head", lambda p: {"person": p.county.people["third_officer"]}, "case", "cases.assign_officer"),
    "request_recusal": Call("second_officer", lambda p: {**_officer(p), "asked_by": "当事人"}, "case"),
    "decide_recusal": Call("head", lambda p: {**_officer(p), "granted": False}, "case"),
    "correct_party": Call("officer", {"manner": "clerical", "address": "青石镇2号", **REASON}),
    "split_party": Call("head", REASON),
    "merge_case": Call("head", lambda p: {"into": p.other_case, **REASON}, "case"),
    "transfer_case": Call("head", {"receiver": "云泽县水利局", **REASON}, "case"),
    "order_correction": Call("officer", {"content": "停止采砂", "days": 10}),
    "serve_correction_order": Call("officer", RECEIPT),
    "find_correction_unneeded": Call("officer", {"ground": "already_corrected", **REASON}),
    "approve_extension": Call("head", {"days": 30, **REASON}, "case"),
    "pause_clock": Call("head", {"ground": "appraisal", **REASON}, "case"),
    "resume_clock": Call("head", REASON, "case"),
    "report_investigation": Call("officer", {"suggestion": "给予行政处罚"}, "case"),
    "examine_report": Call("head", {"route": "penalise", "opinion": "同意"}, "case"),
    "terminate_investigation": Call("head", REASON, "case"),
    "give_penalty_notice": Call("officer", {"hearing_offered": True}),
    "serve_penalty_notice": Call("officer", RECEIPT),
    "submit_defence": Call("officer", {"points": ["数量不对"]}),
    "waive_defence": Call("officer", {"document": "声明"}),
    "reexamine_defence": Call("officer", {"opinion": "不采纳"}),
    "request_hearing": Call("officer"),
    "waive_hearing": Call("officer", {"document": "声明"}),
    "refuse_hearing": Call("head", REASON),
    "notice_hearing": Call("officer", _hearing),
    "hold_hearing": Call("presider", {"transcript": "听证笔录", "opinion": "维持"}),
    "end_hearing": Call("presider", {"reason": "无正当理由未到场"}),
    "submit_legal_review": Call("officer", {"truth_signed": True}),
    "withdraw_legal_review": Call("officer", REASON),
    "pass_legal_review": Call("reviewer", {"conclusion": "pass", "opinion": "同意"}, "review", "legal_review.conclude_review"),
    "return_legal_review": Call(
        "reviewer", {"conclusion": "correct", "opinion": "依据写错"}, "review", "legal_review.conclude_review"
    ),
    "confirm_legal_review": Call("reviewer", _confirmed, "review", "legal_review.confirm_changed_substance"),
    "hold_collective_discussion": Call("head", {"conclusion": "同意处罚"}),
    "decide_penalty": Call("head", {"opinion": "同意"}),
    "exempt_from_penalty": Call("head", {"education": "当面教育", **REASON}),
    "revoke_decision": Call("head", REASON),
    "weigh_defect": Call("head", {"sequence": 1, "fatal": False, **REASON}, "case"),
    "suspect_crime": Call("officer", {"crime": "非法采矿罪"}, "case"),
    "approve_crime_transfer": Call("head", {}, "case"),
    "rule_out_crime": Call("head", REASON, "case"),
    "transfer_crime": Call("officer", {"receiver": "泽川县公安局"}, "case"),
    "record_police_refusal": Call("officer", {"document": "通知书"}, "case"),
    "record_prosecution_refusal": Call("officer", {"document": "检察意见"}, "case"),
    "record_court_fine": Call("officer", {"judgment": "判决书"}),
    "serve_decision": Call("officer", RECEIPT),
    "publish_decision": Call("disclosure_officer", {}, "publication", "disclosure.publish_decision"),
    "exempt_from_publication": Call("head", _withheld, "publication", "disclosure.withhold_publication"),
    "withdraw_publication": Call("disclosure_officer", REASON, "publication", "disclosure.withdraw_publication"),
    "record_payment": Call("fine_clerk", {"amount_yuan": "20000", "channel": "bank"}),
    "approve_deferral": Call("head", lambda p: {"until": p.today + timedelta(days=60), **REASON}),
    "decide_additional_fine": Call("head", {"impose": True}),
    "demand_performance": Call("officer"),
    "apply_court_enforcement": Call("head", {"court": "泽川县人民法院"}),
    "record_court_enforcement": Call("officer", {"ruling": "执行裁定"}),
    "record_court_refusal": Call("officer", {"ruling": "不予执行"}),
    "terminate_enforcement": Call("head", REASON),
    "record_performance": Call("officer", {"manner": "吊销"}),
    "verify_correction": Call("officer", {"result": "corrected", "findings": "已平整"}),
    "enforce_correction": Call("officer", {"manner": "代履行"}),
    "record_reconsideration": Call("officer", {"body": "泽川县人民政府"}),
    "record_reconsideration_decision": Call("officer", {"result": "维持"}),
    "record_suit": Call("officer", {"court": "泽川县人民法院"}),
    "record_judgment": Call("officer", {"result": "驳回"}),
    "record_education": Call("officer", {"manner": "当面", "text": "讲解"}, "case"),
    "close_case": Call("head", {"ground": "履行完毕"}, "case"),
    "archive_dossier": Call("archivist", {"digest": "0" * 64}, "case"),
    "annul_entry": Call("head", REASON, "entry"),
}
# What may pass in each state. First what is open during a whole part of the case, then what each state adds to it.
LEAD = "assign_officers request_recusal correct_party transfer_case order_correction find_correction_unneeded record_education"
FILED = f"{LEAD} withdraw_filing merge_case approve_extension pause_clock terminate_investigation suspect_crime"
ORDERED = f"{FILED} serve_correction_order verify_correction"
TOLD = f"{ORDERED} submit_defence waive_defence request_hearing waive_hearing"
DECIDED = (
    "assign_officers correct_party order_correction serve_correction_order find_correction_unneeded revoke_decision "
    "suspect_crime verify_correction record_reconsideration record_suit record_education"
)
OVER = "revoke_decision record_reconsideration record_suit"
LAWFUL: Mapping[str, str] = {
    "open": f"{LEAD} register_lead",
    "verified": f"{LEAD} decline_to_file annul_entry",
    "conditions_answered": f"{LEAD} request_filing decline_to_file annul_entry",
    "requested": f"{LEAD} file_case return_filing decline_to_file annul_entry",
    "filed": FILED,
    "proved": f"{FILED} report_investigation",
    "ordered": f"{ORDERED} report_investigation annul_entry",
    "reported": f"{ORDERED} examine_report annul_entry",
    "examined": f"{ORDERED} annul_entry",
    "drafted": f"{ORDERED} give_penalty_notice annul_entry",
    "told": f"{ORDERED} serve_penalty_notice annul_entry",
    "notified": TOLD,
    "heard": f"{TOLD} submit_legal_review annul_entry",
    "under_review": f"{TOLD} withdraw_legal_review pass_legal_review return_legal_review annul_entry",
    "passed": TOLD,
    "assembled": f"{TOLD} hold_collective_discussion",
    "discussed": f"{TOLD} decide_penalty",
    "decided": f"{DECIDED} serve_decision exempt_from_publication",
    "served": f"{DECIDED} publish_decision exempt_from_publication record_payment approve_deferral terminate_enforcement",
    "published": f"{DECIDED} withdraw_publication record_payment approve_deferral terminate_enforcement",
    "paid": f"{DECIDED} withdraw_publication terminate_enforcement annul_entry",
    "corrected": f"{DECIDED} withdraw_publication terminate_enforcement annul_entry",
    "educated": f"{DECIDED} withdraw_publication terminate_enforcement close_case annul_entry",
    "closed": f"{OVER} withdraw_publication archive_dossier",
    "archived": f"{OVER} withdraw_publication",
}


# -- the walk: how each state is reached from the one before ------------------------------------------------------------


def _answered(p: Played, fine: int) -> None:
    services.answer_filing(p.case, answers=dict.fromkeys(FILING_QUESTIONS, (True, "经核查属实")), **p.by("officer"))


def _requested(p: Played, fine: int) -> None:
    services.request_filing(p.now(), opinion="建议立案", **p.by("officer"))


def _told(p: Played, fine: int) -> None:
    services.give_penalty_notice(p.party, hearing_offered=True, **p.by("officer"))


def _notified(p: Played, fine: int) -> None:
    services.serve_penalty_notice(p.party, **RECEIPT, **p.by("officer"))


def _under_review(p: Played, fine: int) -> None:
    found = services.submit_legal_review(p.party, truth_signed=True, **p.by("officer"))
    if found.reviewer_id is None:
        review.assign_reviewer(found, reviewer=p.county.people["reviewer"], **p.by("review_head"))
    for key in points():
        review.judge_point(found, point=key, answer="fine", ground="已核实", **p.by("reviewer"))


def _passed(p: Played, fine: int) -> None:
    review.conclude_review(LegalReview.objects.latest("id"), conclusion="pass", opinion="同意", **p.by("reviewer"))


def _assembled(p: Played, fine: int) -> None:
    meeting = services.call_discussion(p.party, chair=p.county.people["head"], place="会议室", **p.by("unit_head"))
    for who in ("head", "deputy_head", "unit_head"):
        services.give_discussion_opinion(
            meeting, member=p.county.people[who], vote="agree", opinion="同意", **p.by(who)
        )


def _discussed(p: Played, fine: int) -> None:
    services.hold_collective_discussion(p.party, conclusion="同意处罚", **p.by("head"))


def _published(p: Played, fine: int) -> None:
    disclosure.publish_decision(Publication.objects.latest("id"), **p.by("disclosure_officer"))


Step = Callable[[Played, int], None]
STEPS: Mapping[str, Step] = {
    **_STEPS, "open": lambda p, fine: None, "conditions_answered": _answered, "requested": _requested, "told": _told,
    "notified": _notified, "under_review": _under_review, "passed": _passed, "assembled": _assembled,
    "discussed": _discussed, "published": _published,
}  # fmt: skip


@dataclass
class Walker(Played):
    """A case on its way, another one beside it to be merged into, and the tokens of those who call."""

    other_case: Any = None
    secrets: dict[str, str] = field(default_factory=dict)
    program: Client = field(default_factory=Client)
    entries: int = 0
    left: list[str] = field(default_factory=list)

    def call(self, act: str, **more: Any) -> Any:
        """One act as a program calls it; what it did is rolled back."""
        call = CALLS[act]
        given = call.given(self) if callable(call.given) else call.given
        body = {"target": call.target(self), "arguments": {k: as_json(v) for k, v in given.items()}, **more}
        cache.clear()  # the minute of the rate limit starts anew
        with transaction.atomic():
            answer = self.program.post(
                f"/api/actions/{call.key or f'cases.{act}'}", json.dumps(body), content_type="application/json",
                headers={"Authorization": f"Bearer {self.secrets[call.who]}"},
            )  # fmt: skip
            self.left = list(
                JournalEntry.objects.filter(case=self.case, sequence__gt=self.entries).values_list("kind", flat=True)
            )
            transaction.set_rollback(True)
        return answer

    def arrived(self) -> None:
        """A new state: what the journal holds is counted again."""
        self.entries = JournalEntry.objects.filter(case=self.case).count()


def walker(county: Any) -> Walker:
    cache.clear()
    beside = make_case(county, at="filed")
    played = make_case(county, at="open")
    walk = Walker(county, played.case, played.moment, played.parties, beside.now())
    review.name_review_body(
        county.agency, basis="三定规定", valid_from=date(2020, 1, 1), unit=county.units["legal"], **walk.by("head")
    )
    for who in sorted({c.who for c in CALLS.values()}):
        token = issue_token(
            None, actor=county.actor(who), moment=clock.now(), label="程序", expires_on=TOKENS_END, may_write=True
        )
        walk.secrets[who] = token.secret
    return walk


def passing(walk: Walker) -> set[str]:
    """Every act is tried; the names of those that passed. What is refused says why, with an article, and leaves nothing."""
    walk.arrived()
    found = set()
    for act in CALLS:
        answer = walk.call(act)
        if answer.status_code == 200:
            found.add(act)
            assert CALLS[act].on == "review" or ORDINARY_PENALTY.step(act).records in walk.left, act
            continue
        assert answer.status_code in (404, 422) and walk.left == [], (act, answer.content.decode())
        if answer.status_code == 404:
            assert CALLS[act].on in ("review", "publication", "entry"), act  # there is nothing yet to call it on
            continue
        told = answer.json()["refusals"]
        assert told and all(r["reason"] for r in told), act
        assert not any(r["rule"].startswith(("api.", "core.")) for r in told), (act, told)
    return found


def test_every_act_of_the_procedure_is_called() -> None:
    assert set(CALLS) | NOT_CALLED == {step.act for step in ORDINARY_PENALTY.steps}


@pytest.mark.requirement("CAS-01")
@pytest.mark.parametrize("part", [("open", "examined"), ("drafted", "discussed"), ("decided", "archived")], ids="-".join)
def test_from_every_state_only_the_lawful_transitions_pass_over_the_api(part: tuple[str, str], db: None, move_clock: Any) -> None:
    walk, states = walker(make_county()), list(LAWFUL)
    tried = states[states.index(part[0]) : states.index(part[1]) + 1]
    wrong = {}
    for state in states[: states.index(part[1]) + 1]:
        STEPS[state](walk, 20_000)
        walk.deliver()
        if state in tried and (found := passing(walk) ^ set(LAWFUL[state].split())):
            wrong[state] = sorted(found)
    assert not wrong


@pytest.mark.requirement("CAS-01")
def test_a_decision_without_prior_notice_is_refused_over_the_api(db: None, move_clock: Any) -> None:
    walk = walker(make_county())
    for state in list(LAWFUL)[: list(LAWFUL).index("drafted") + 1]:
        STEPS[state](walk, 20_000)
    walk.arrived()
    answer = walk.call("decide_penalty")
    assert answer.status_code == 422
    told = next(r for r in answer.json()["refusals"] if r["rule"] == "procedure.notice_missing")
    assert told["reason"] == "程序步骤缺失：未经事先告知，不得作出处罚决定" and "第四十四条" in "".join(told["basis"])
    assert walk.party.decided_on is None


def test_no_step_is_skipped_and_none_is_dated_back(db: None, move_clock: Any) -> None:
    walk = walker(make_county())
    walk.arrived()
    told = walk.call("request_filing").json()["refusals"]
    assert any(r["reason"].startswith("程序步骤缺失") for r in told), told
    for state in ("verified", "conditions_answered", "requested"):
        STEPS[state](walk, 20_000)
    walk.arrived()
    yesterday = (walk.moment - timedelta(days=1)).isoformat()
    told = walk.call("file_case", happened_at=yesterday).json()["refusals"]
    assert [r["rule"] for r in told] == ["api.happens_now"]
    assert walk.call("file_case").status_code == 200
