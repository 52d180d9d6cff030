"""Forms of the remedies domain."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dayu.cases.models import Case
from dayu.core.actors import Actor
from dayu.core.files import store_upload
from dayu.org.models import Person
from dayu.parties.forms import DayField
from dayu.remedies.models import Litigation, RemedyResult


class HandledForm(forms.Form):
    """A form that names who answers for the organ."""

    def __init__(self, *args: Any, organ_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(agency_id=organ_id, left_on=None)
        self.fields["handler"] = forms.ModelChoiceField(label=_("承办人"), queryset=people, empty_label=None)

    def clean_file(self) -> Any:
        """Kept under its digest."""
        upload = self.cleaned_data.get("file")
        return store_upload(upload) if upload else None


class ReconsiderationForm(HandledForm):
    """The party asked for reconsideration."""

    body = forms.CharField(label=_("复议机关"), max_length=120)
    number = forms.CharField(label=_("复议案号"), max_length=80, required=False)
    filed_on = DayField(label=_("申请日期"))
    copy_received_on = DayField(label=_("本机关收到申请书副本"), required=False)
    simplified = forms.BooleanField(label=_("适用简易程序（5个工作日内答复）"), required=False)
    claim = forms.CharField(label=_("复议请求"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    execution_stayed = forms.BooleanField(label=_("决定停止执行"), required=False)
    file = forms.FileField(label=_("申请书副本"), required=False)


class SuitForm(HandledForm):
    """The party sued."""

    court = forms.CharField(label=_("法院"), max_length=120)
    number = forms.CharField(label=_("案号"), max_length=80, required=False)
    instance = forms.ChoiceField(label=_("审级"), choices=Litigation.INSTANCES)
    filed_on = DayField(label=_("起诉日期"))
    copy_received_on = DayField(label=_("本机关收到起诉状副本"), required=False)
    claim = forms.CharField(label=_("诉讼请求"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    execution_stayed = forms.BooleanField(label=_("裁定停止执行"), required=False)
    file = forms.FileField(label=_("起诉状副本"), required=False)


class CopyForm(forms.Form):
    """The copy came."""

    received_on = DayField(label=_("收到日期"))


class ReconsiderationCopyForm(CopyForm):
    """The copy came; by which procedure."""

    simplified = forms.BooleanField(label=_("适用简易程序（5个工作日内答复）"), required=False)


class AnswerReconsiderationForm(forms.Form):
    """The answer went out."""

    answered_on = DayField(label=_("提交答复日期"))
    answer_no = forms.CharField(label=_("答复书文号"), max_length=80, required=False)


class AnswerSuitForm(forms.Form):
    """Answer and evidence went to the court."""

    answered_on = DayField(label=_("提交答辩状日期"))
    evidence_on = DayField(label=_("提交证据日期"))


class HearingForm(forms.Form):
    """The head in court."""

    hearing_on = DayField(label=_("开庭日期"))
    head_appeared = forms.TypedChoiceField(
        label=_("负责人出庭"), choices=[("yes", _("出庭")), ("no", _("未出庭"))], widget=forms.RadioSelect,
        coerce=lambda v: v == "yes",
    )  # fmt: skip
    head_name = forms.CharField(label=_("出庭负责人"), max_length=64, required=False)
    absence_reason = forms.CharField(label=_("未出庭理由"), max_length=300, required=False)


class ReconsiderationResultForm(forms.Form):
    """How it ended."""

    result = forms.ChoiceField(label=_("结果"), choices=RemedyResult.choices)
    decided_on = DayField(label=_("决定日期"))
    received_on = DayField(label=_("收到日期"), required=False)
    words = forms.CharField(label=_("说明"), widget=forms.Textarea(attrs={"rows": 3}))


class SuitResultForm(forms.Form):
    """How it ended."""

    result = forms.ChoiceField(label=_("结果"), choices=RemedyResult.choices)
    judged_on = DayField(label=_("裁判日期"))
    final = forms.BooleanField(label=_("已生效"), required=False, initial=True)
    words = forms.CharField(label=_("说明"), widget=forms.Textarea(attrs={"rows": 3}))


class RecommendationForm(HandledForm):
    """A recommendation came in."""

    procuratorate = forms.CharField(label=_("检察院"), max_length=120)
    number = forms.CharField(label=_("文号"), max_length=80)
    content = forms.CharField(label=_("建议内容"), widget=forms.Textarea(attrs={"rows": 4}))
    received_on = DayField(label=_("收到日期"))
    urgent = forms.BooleanField(label=_("紧急情形（15日内回复）"), required=False)
    file = forms.FileField(label=_("扫描件"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, organ_id=actor.organ_id or 0, **kwargs)
        self.fields["case"] = forms.ModelChoiceField(
            label=_("相关案件"), queryset=Case.objects.visible_to(actor), required=False
        )


class ReplyForm(forms.Form):
    """The reply."""

    replied_on = DayField(label=_("回复日期"))
    words = forms.CharField(label=_("回复内容"), widget=forms.Textarea(attrs={"rows": 4}))
