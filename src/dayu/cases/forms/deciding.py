"""Forms of discussion, decision, service, performance, remedies, crime and closing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dayu.cases.doors import entry_name
from dayu.cases.forms.base import CaseForm, DayField, LinesField, MoneyField, PaperField, PeopleField, WordsField
from dayu.cases.models import DiscussionOpinion
from dayu.org.models import Person


class CallDiscussionForm(CaseForm):
    """召集集体讨论."""

    chair = PeopleField(label=_("主持人"))
    recorder = PeopleField(label=_("记录人"), required=False)
    place = forms.CharField(label=_("地点"), max_length=200, required=False)
    question = WordsField(label=_("讨论事项"), required=False, max_length=1000)

    def fill(self) -> None:
        """Heads preside; anybody may write."""
        people: list[Any] = list(self.page.people)
        self.offer_people("chair", [p for p in people if p.heads])
        self.offer_people("recorder", people)
        if self.party is not None and self.party.draft is not None:
            words = {"party": self.party.name, "n": self.party.draft.number}
            self.start(question=str(_("%(party)s一案的处罚意见（草案 v%(n)s）") % words))


class OpinionOfMemberForm(CaseForm):
    """发表讨论意见: one's own."""

    @property
    def member(self) -> Person:
        """Who signed in."""
        return Person.objects.get(pk=self.actor.person_id)

    vote = forms.ChoiceField(label=_("表决"), choices=DiscussionOpinion.VOTES, widget=forms.RadioSelect)
    opinion = WordsField(label=_("意见"), max_length=2000)


class ConclusionForm(CaseForm):
    """形成讨论结论."""

    papers = ("collective_discussion",)
    amount_yuan = MoneyField(
        label=_("结论金额（元）"),
        required=False,
        help_text=_("与草案不同时，草案按结论改为新的一版，须由审核人员确认一次。"),
    )
    conclusion = WordsField(rows=4, label=_("结论性意见"), max_length=4000)
    attendees = LinesField(label=_("列席人员"), required=False, help_text=_("每行一人。"))
    document = PaperField(label=_("集体讨论记录"))

    def fill(self) -> None:
        """The amount of the draft."""
        if self.party is not None and self.party.draft is not None and self.party.draft.amount_yuan:
            self.start(amount_yuan=format(self.party.draft.amount_yuan.normalize(), "f"))


class DecideForm(CaseForm):
    """作出处罚决定."""

    papers = ("penalty_decision",)
    document = PaperField(label=_("处罚决定书"), help_text=_("不选时用审核通过的那一份；决定书在这一步取号、定稿。"))
    opinion = WordsField(label=_("决定意见"), required=False, max_length=500, initial=_("同意按草案作出处罚决定。"))


class ExemptForm(CaseForm):
    """作出不予处罚决定."""

    papers = ("no_penalty_decision",)
    reason = WordsField(label=_("不予处罚的理由"), max_length=1000)
    education = WordsField(
        label=_("对当事人的教育"), max_length=1000, help_text=_("处罚法第三十三条：不予处罚的，应当对当事人进行教育。")
    )
    document = PaperField(label=_("不予处罚决定书"))


class RevokeForm(CaseForm):
    """撤销或者变更决定."""

    reason = WordsField(label=_("理由"), max_length=1000)
    by = forms.CharField(
        label=_("由谁撤销"), max_length=120, required=False, help_text=_("复议机关或者法院撤销的写明；自行纠正留空。")
    )


class WeighDefectForm(CaseForm):
    """认定瑕疵."""

    sequence = forms.TypedChoiceField(label=_("有瑕疵的记录"), coerce=int)
    fatal = forms.TypedChoiceField(
        label=_("认定"),
        coerce=lambda v: v == "True",
        widget=forms.RadioSelect,
        choices=[("False", _("不影响当事人权利，予以说明")), ("True", _("严重违反程序，须重新办理"))],
    )
    reason = WordsField(label=_("说明"), max_length=1000)

    def fill(self) -> None:
        """Entries that carry a defect."""
        found = [(e.sequence, f"{e.on} {entry_name(e.kind)}") for e in self.page.journal.defective]
        self.fields["sequence"].choices = found  # type: ignore[attr-defined]


class AnnounceForm(CaseForm):
    """发出送达公告."""

    where = forms.CharField(label=_("公告载体"), max_length=200, help_text=_("公告栏、报纸、网站，写明名称和版面。"))
    ground = WordsField(label=_("为什么用公告送达"), max_length=1000)


# -- crime -------------------------------------------------------------------------------------------------------------


class CrimeForm(CaseForm):
    """登记涉嫌犯罪."""

    crime = forms.CharField(label=_("涉嫌罪名"), max_length=120)
    report = WordsField(label=_("书面报告"), required=False, max_length=1000)


class HandOverForm(CaseForm):
    """移送公安机关."""

    receiver = forms.CharField(label=_("受案机关"), max_length=120)
    receipt = forms.CharField(label=_("回执"), max_length=120, required=False)


class DocumentNameForm(CaseForm):
    """A paper of another organ."""

    document = forms.CharField(label=_("文书名称和文号"), max_length=200)


class JudgmentForm(CaseForm):
    """登记判处罚金."""

    judgment = forms.CharField(label=_("判决书"), max_length=200, help_text=_("法院、文号、罚金数额。"))


# -- performance -------------------------------------------------------------------------------------------------------


class PublishForm(CaseForm):
    """登记公示."""

    url = forms.CharField(label=_("公示地址"), max_length=300, required=False)


class PaymentForm(CaseForm):
    """登记缴款: to the bank or electronically."""

    amount_yuan = MoneyField(label=_("到账金额（元）"))
    channel = forms.ChoiceField(
        label=_("缴款渠道"), choices=[("bank", _("银行")), ("e_payment", _("电子支付")), ("on_the_spot", _("当场收缴"))]
    )
    receipt = forms.CharField(label=_("票据号"), max_length=60, required=False)
    on = DayField(label=_("到账日期"), required=False)
    ground = forms.CharField(label=_("当场收缴的法定理由"), max_length=200, required=False)

    def fill(self) -> None:
        """What is still owed."""
        assert self.party is not None
        if self.party.fine_yuan:
            self.start(amount_yuan=format((self.party.fine_yuan - self.party.paid_yuan).normalize(), "f"))


class DeferralForm(CaseForm):
    """批准延期、分期缴纳."""

    until = DayField(label=_("延至"))
    instalments = forms.IntegerField(label=_("分几期"), min_value=1, max_value=36, initial=1)
    reason = WordsField(label=_("当事人申请的理由"), max_length=500)


class AdditionalFineForm(CaseForm):
    """决定是否加处罚款."""

    impose = forms.TypedChoiceField(
        label=_("决定"),
        coerce=lambda v: v == "True",
        choices=[("True", _("加处")), ("False", _("不加处"))],
        widget=forms.RadioSelect,
    )
    reduced_to_yuan = MoneyField(label=_("减为（元）"), required=False)
    reason = WordsField(label=_("理由"), required=False, max_length=500, help_text=_("不加处或者减少的必须写明。"))


class CourtForm(CaseForm):
    """A court."""

    court = forms.CharField(label=_("人民法院"), max_length=120)

    def fill(self) -> None:
        """The court of the place, where the profile names it."""
        self.start(court=str(self.page.situation.settings.get("court", "")))


class RulingForm(CaseForm):
    """A ruling."""

    ruling = forms.CharField(label=_("裁定书"), max_length=200)


class BodyForm(CaseForm):
    """A reviewing body."""

    body = forms.CharField(label=_("复议机关"), max_length=120)

    def fill(self) -> None:
        """The body of the place."""
        self.start(body=str(self.page.situation.settings.get("reconsideration_body", "")))


class ResultForm(CaseForm):
    """How a remedy ended."""

    result = forms.ChoiceField(
        label=_("结果"),
        choices=[
            ("upheld", _("维持、驳回")),
            ("changed", _("变更")),
            ("revoked", _("撤销")),
            ("withdrawn", _("撤回、终止")),
        ],
    )


# -- closing -----------------------------------------------------------------------------------------------------------


class EducationForm(CaseForm):
    """登记说理普法."""

    manner = forms.ChoiceField(
        label=_("方式"), choices=[(w, w) for w in ("当面说理", "发放普法材料", "告诫约谈", "批评教育", "其他")]
    )
    text = WordsField(label=_("内容"), max_length=2000)
    result = forms.CharField(label=_("当事人的反应"), required=False, max_length=500)


class CloseForm(CaseForm):
    """结案."""

    ground = forms.ChoiceField(
        label=_("结案理由"),
        choices=[("performed", _("处罚决定执行完毕")), ("no_penalty", _("不予处罚")), ("terminated", _("终结执行")),
                 ("court_refused", _("法院裁定不予执行")), ("ended", _("案件终结（移送、撤销、终止）"))],
    )  # fmt: skip
    opinion = WordsField(label=_("结案意见"), required=False, max_length=500)


class AnnulForm(CaseForm):
    """作废一条记录."""

    reason = WordsField(label=_("理由"), max_length=500)

    def arguments(self) -> dict[str, Any]:
        """The reason."""
        return {"reason": self.cleaned_data["reason"]}
