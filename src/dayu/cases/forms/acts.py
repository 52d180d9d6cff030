"""Which act has which form, what it acts on, and what the page says: one table for the one view of acts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dayu.cases import services
from dayu.cases.forms import deciding, drafting, filing, hearing, investigation, people
from dayu.cases.forms.base import CaseForm, NothingForm, OpinionForm, ReasonForm
from dayu.cases.services.approving import CARRIED_OUT

Target = Literal["case", "party"]


@dataclass(frozen=True, slots=True)
class ActForm:
    """An act of the table. `title` is needed only where no act of the procedure bears the name."""

    action: Callable[..., Any]
    form: type[CaseForm]
    target: Target = "case"
    title: str | Promise = ""
    note: str | Promise = ""
    button: str | Promise = ""
    performs: Callable[..., Any] | None = None  # where one form means more than one act

    def run(self, target: Any, form: CaseForm, *, idempotency_key: str, **common: Any) -> Any:
        """Do the act, or the acts, with what the form says."""
        if self.performs is not None:
            return self.performs(target, form, idempotency_key=idempotency_key, **common)
        return self.action(target, idempotency_key=idempotency_key, **common, **form.arguments())


def _request_filing(case: Any, form: Any, *, idempotency_key: str, seen_version: Any = None, **common: Any) -> Any:
    """Answer the conditions, then ask: the head has it in his inbox in the same moment."""
    if answers := form.answers():
        services.answer_filing(case, answers=answers, **common)
        case.refresh_from_db()
    opinion = form.cleaned_data["opinion"]
    if common["actor"].holds("agency_head"):
        return services.request_filing(case, opinion=opinion, idempotency_key=idempotency_key, **common)
    return services.request_case_approval(
        case, act="file_case", opinion=opinion, idempotency_key=idempotency_key, **common
    )


def _answer_leniency(party: Any, form: Any, *, idempotency_key: str, seen_version: Any = None, **common: Any) -> Any:
    return services.answer_leniency(party, answers=form.answers(), idempotency_key=idempotency_key, **common)


def _answer_scope(party: Any, form: Any, *, idempotency_key: str, seen_version: Any = None, **common: Any) -> Any:
    return services.answer_review_scope(party, answers=form.answers(), idempotency_key=idempotency_key, **common)


def _answer_points(party: Any, form: Any, *, idempotency_key: str, seen_version: Any = None, **common: Any) -> Any:
    for point, adopted, answer in form.given():
        services.answer_defence_point(
            point, adopted=adopted, answer=answer, idempotency_key=f"{idempotency_key}:{point.pk}"[:80], **common
        )


def _give_opinion(party: Any, form: Any, *, idempotency_key: str, seen_version: Any = None, **common: Any) -> Any:
    discussion = party.discussions.filter(concluded_on=None).order_by("-id").first()
    member = form.member
    return services.give_discussion_opinion(
        discussion, member=member, idempotency_key=idempotency_key, **common, **form.arguments()
    )


P: Target = "party"
HEAD_NOTE = _("不是负责人的，提交后进入负责人的审批；批准后由系统以负责人的名义办理。")

ACTS: Mapping[str, ActForm] = {
    # up to filing
    "register_lead": ActForm(services.register_lead, filing.RegisterLeadForm),
    "verify_lead": ActForm(services.verify_lead, filing.VerifyLeadForm),
    "request_filing": ActForm(
        services.request_filing,
        filing.FilingForm,
        performs=_request_filing,
        note=_("四项条件逐项回答；提交后送负责人批准，批准之日起计算九十日。"),
    ),
    "file_case": ActForm(services.file_case, filing.FileCaseForm, note=_("批准之日为立案日，办案期限从次日起算。")),
    "return_filing": ActForm(services.return_filing, ReasonForm),
    "decline_to_file": ActForm(
        services.decline_to_file, filing.DeclineForm, note=_("有案必立：符合立案条件的，只有列明的理由才能不予立案。")
    ),
    "withdraw_filing": ActForm(services.withdraw_filing, ReasonForm),
    "transfer_case": ActForm(services.transfer_case, filing.TransferForm),
    "terminate_investigation": ActForm(services.terminate_investigation, ReasonForm),
    # people
    "assign_officers": ActForm(services.assign_officer, people.AssignForm),
    "declare_interest": ActForm(
        services.declare_interest,
        people.InterestForm,
        title=_("声明有无利害关系"),
        note=_("每名办案人员各自声明；有利害关系的即为申请回避。"),
    ),
    "request_recusal": ActForm(
        services.request_recusal, people.RequestRecusalForm, note=_("决定作出之前，不停止调查。")
    ),
    "decide_recusal": ActForm(services.decide_recusal, people.DecideRecusalForm),
    "add_party": ActForm(services.add_party, people.PartyForm, title=_("登记当事人")),
    "amend_party": ActForm(
        services.amend_party,
        people.AmendPartyForm,
        P,
        title=_("修改当事人联系方式"),
        note=_("联系方式不影响告知、审核和讨论的效力；姓名、名称、证件号码用“更正当事人”。"),
    ),
    "treat_party_as": ActForm(
        services.treat_party_as,
        people.TreatAsForm,
        P,
        title=_("认定当事人类型"),
        note=_("没有认定之前，听证和集体讨论按较低的一档标准。"),
    ),
    "state_range": ActForm(services.state_range, people.StateRangeForm, P, title=_("写明法定幅度")),
    "correct_party": ActForm(
        services.correct_party,
        people.CorrectPartyForm,
        P,
        note=_("提交后列出每一份载有原名称的文书：没有送达的作废重作，已送达的笔误作补正并单独送达。"),
    ),
    "split_party": ActForm(
        services.split_party, ReasonForm, P, note=_("事实、证据、责令和立案日期随同到新案，期限不变。")
    ),
    "merge_case": ActForm(services.merge_case, people.MergeForm),
    # investigation
    "add_fact": ActForm(services.add_fact, investigation.FactForm, title=_("列明待证事实")),
    "discretion_facts": ActForm(
        services.amend_case,
        investigation.DiscretionFactsForm,
        title=_("填写裁量事实"),
        note=_("这些事实决定法定幅度、裁量档次、应否听证、讨论和审核。不清楚的留空，系统不猜。"),
    ),
    "order_correction": ActForm(services.order_correction, investigation.OrderForm, P),
    "serve_correction_order": ActForm(services.serve_correction_order, investigation.ServeOrderForm, P),
    "find_correction_unneeded": ActForm(services.find_correction_unneeded, investigation.UnneededForm, P),
    "verify_correction": ActForm(services.verify_correction, investigation.VerifyCorrectionForm, P),
    "enforce_correction": ActForm(services.enforce_correction, investigation.MannerForm, P),
    "approve_extension": ActForm(services.approve_extension, investigation.ExtensionForm),
    "pause_clock": ActForm(services.pause_clock, investigation.PauseForm),
    "resume_clock": ActForm(services.resume_clock, ReasonForm),
    "report_investigation": ActForm(services.report_investigation, investigation.ReportForm),
    "examine_report": ActForm(services.examine_report, investigation.ExamineForm),
    # draft, notice, defence, hearing
    "answer_leniency": ActForm(
        services.answer_leniency,
        drafting.LeniencyForm,
        P,
        title=_("核查减免情节"),
        performs=_answer_leniency,
        note=_("每一项都要回答；回答“是”的写明证据，回答“否”的写明查询情况更好。"),
    ),
    "write_draft": ActForm(
        services.write_draft,
        drafting.DraftForm,
        P,
        title=_("起草处罚意见"),
        button=_("保存为新的一版"),
        note=_("每保存一次成为新的一版；告知、审核和讨论各自认准当时的那一版。"),
    ),
    "give_penalty_notice": ActForm(services.give_penalty_notice, hearing.NoticeForm, P),
    "serve_penalty_notice": ActForm(
        services.serve_penalty_notice,
        investigation.ServeAnnouncedForm,
        P,
        note=_("送达之日起计算陈述、申辩和申请听证的期限。"),
    ),
    "submit_defence": ActForm(services.submit_defence, hearing.DefenceForm, P),
    "waive_defence": ActForm(services.waive_defence, hearing.WaiverForm, P),
    "answer_points": ActForm(
        services.answer_defence_point,
        hearing.AnswerPointsForm,
        P,
        title=_("答复申辩意见"),
        performs=_answer_points,
        button=_("保存答复"),
        note=_("逐点写明采纳或者不采纳及理由；不得因申辩加重处罚。"),
    ),
    "reexamine_defence": ActForm(services.reexamine_defence, hearing.ReexamineForm, P),
    "request_hearing": ActForm(services.request_hearing, hearing.PaperForm, P),
    "waive_hearing": ActForm(services.waive_hearing, hearing.WaiverForm, P),
    "refuse_hearing": ActForm(services.refuse_hearing, ReasonForm, P),
    "notice_hearing": ActForm(services.notice_hearing, hearing.NoticeHearingForm, P),
    "hold_hearing": ActForm(services.hold_hearing, hearing.HoldHearingForm, P),
    "end_hearing": ActForm(services.end_hearing, hearing.AbsenceForm, P),
    # review and discussion
    "answer_scope": ActForm(
        services.answer_review_scope,
        drafting.ScopeForm,
        P,
        title=_("判断是否应当法制审核"),
        performs=_answer_scope,
        note=_("没有回答的一律按“是”；回答“否”须写明理由，并可能被抽查。"),
    ),
    "submit_legal_review": ActForm(services.submit_legal_review, drafting.SubmitReviewForm, P),
    "withdraw_legal_review": ActForm(services.withdraw_legal_review, ReasonForm, P),
    "call_discussion": ActForm(
        services.call_discussion,
        deciding.CallDiscussionForm,
        P,
        title=_("召集集体讨论"),
        note=_("召集后由每位成员用自己的账号发表意见和表决。"),
    ),
    "give_discussion_opinion": ActForm(
        services.give_discussion_opinion,
        deciding.OpinionOfMemberForm,
        P,
        title=_("发表讨论意见"),
        performs=_give_opinion,
        note=_("只能发表本人的意见，提交后不能修改。"),
    ),
    "hold_collective_discussion": ActForm(services.hold_collective_discussion, deciding.ConclusionForm, P),
    # decision, service
    "decide_penalty": ActForm(services.decide_penalty, deciding.DecideForm, P),
    "exempt_from_penalty": ActForm(services.exempt_from_penalty, deciding.ExemptForm, P),
    "revoke_decision": ActForm(services.revoke_decision, deciding.RevokeForm, P),
    "weigh_defect": ActForm(services.weigh_defect, deciding.WeighDefectForm),
    "announce_decision": ActForm(services.announce_decision, deciding.AnnounceForm, P, title=_("发出送达公告")),
    "serve_decision": ActForm(
        services.serve_decision,
        investigation.ServeAnnouncedForm,
        P,
        note=_("送达之日起计算缴款十五日、复议六十日和起诉六个月。"),
    ),
    # crime
    "suspect_crime": ActForm(services.suspect_crime, deciding.CrimeForm),
    "approve_crime_transfer": ActForm(services.approve_crime_transfer, OpinionForm),
    "rule_out_crime": ActForm(services.rule_out_crime, ReasonForm),
    "transfer_crime": ActForm(services.transfer_crime, deciding.HandOverForm),
    "record_police_refusal": ActForm(services.record_police_refusal, deciding.DocumentNameForm),
    "record_prosecution_refusal": ActForm(services.record_prosecution_refusal, deciding.DocumentNameForm),
    "record_court_fine": ActForm(services.record_court_fine, deciding.JudgmentForm, P),
    # what follows the decision; payments, publication and archive have pages of their own where those domains are there
    "publish_decision": ActForm(services.publish_decision, deciding.PublishForm, P),
    "exempt_from_publication": ActForm(services.exempt_from_publication, ReasonForm, P),
    "withdraw_publication": ActForm(services.withdraw_publication, ReasonForm, P),
    "record_payment": ActForm(services.record_payment, deciding.PaymentForm, P, note=_("罚缴分离：执法人员不收现金。")),
    "approve_deferral": ActForm(services.approve_deferral, deciding.DeferralForm, P),
    "decide_additional_fine": ActForm(
        services.decide_additional_fine,
        deciding.AdditionalFineForm,
        P,
        note=_("处罚法第七十二条：可以加处，由负责人决定。"),
    ),
    "demand_performance": ActForm(services.demand_performance, NothingForm, P, note=_("催告书送达之日起十个工作日。")),
    "apply_court_enforcement": ActForm(services.apply_court_enforcement, deciding.CourtForm, P),
    "record_court_enforcement": ActForm(services.record_court_enforcement, deciding.RulingForm, P),
    "record_court_refusal": ActForm(services.record_court_refusal, deciding.RulingForm, P),
    "terminate_enforcement": ActForm(services.terminate_enforcement, ReasonForm, P),
    "record_performance": ActForm(services.record_performance, investigation.MannerForm, P),
    "record_reconsideration": ActForm(services.record_reconsideration, deciding.BodyForm, P),
    "record_reconsideration_decision": ActForm(services.record_reconsideration_decision, deciding.ResultForm, P),
    "record_suit": ActForm(services.record_suit, deciding.CourtForm, P),
    "record_judgment": ActForm(services.record_judgment, deciding.ResultForm, P),
    # closing
    "record_education": ActForm(services.record_education, deciding.EducationForm),
    "close_case": ActForm(services.close_case, deciding.CloseForm),
}
FOR_APPROVAL = frozenset(CARRIED_OUT)
