"""Forms of the inspections domain."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dayu.core.actors import Actor
from dayu.inspections.models import CheckOfficer, CheckResult, OnSiteCheck
from dayu.leads.forms import MomentField, rivers_of, violation_choices
from dayu.leads.models import Lead
from dayu.org.models import Person
from dayu.parties.forms import PartyChoice
from dayu.records.facts import Proceedings
from dayu.records.models.proceedings import ProceedingsKind, SignatureState


def colleagues(actor: Actor) -> Any:
    """Who may check on site beside the actor."""
    return Person.objects.filter(
        agency_id=actor.organ_id, left_on=None, unit__has_enforcement_power=True
    ).exclude(pk=actor.person_id)


class OpenForm(forms.Form):
    """What is checked, where, why, with whom."""

    object_text = forms.CharField(label=_("检查对象"), max_length=200)
    place = forms.CharField(label=_("地点"), max_length=200)
    purpose = forms.CharField(label=_("检查事由"), max_length=200)
    longitude = forms.FloatField(label=_("经度"), required=False, min_value=-180, max_value=180)
    latitude = forms.FloatField(label=_("纬度"), required=False, min_value=-90, max_value=90)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.fields["others"] = forms.ModelMultipleChoiceField(
            label=_("同行执法人员"), queryset=colleagues(actor), widget=forms.CheckboxSelectMultiple
        )
        self.fields["lead"] = forms.ModelChoiceField(
            label=_("核查的线索"), queryset=Lead.objects.visible_to(actor).filter(disposal=""), required=False
        )
        self.fields["party"] = PartyChoice(actor=actor, label=_("被检查人（已登记的）"), required=False)
        self.fields["river"] = forms.ModelChoiceField(label=_("河湖"), queryset=rivers_of(actor), required=False)

    def clean(self) -> dict[str, Any]:
        """The one who opens it comes first."""
        data = super().clean() or {}
        others = list(data.pop("others", []))
        myself = Person.objects.filter(pk=self.actor.person_id).first()
        data["officers"] = [p for p in (myself, *others) if p is not None]
        return data


class ArriveForm(forms.Form):
    """Who is there."""

    present_name = forms.CharField(label=_("在场人"), max_length=60)
    present_role = forms.CharField(label=_("身份"), max_length=60, help_text=_("例如：法定代表人、现场负责人、船员。"))
    dressed = forms.BooleanField(label=_("已按规定着装、佩戴标识"), required=False)


class ConfirmForm(forms.Form):
    """A colleague confirms with his own password."""

    secret = forms.CharField(
        label=_("本人密码"), widget=forms.PasswordInput(attrs={"autocomplete": "off", "inputmode": "text"})
    )

    def __init__(self, *args: Any, check: OnSiteCheck, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = CheckOfficer.objects.filter(check_done=check, confirmed_at=None).values("person_id")
        self.fields["officer"] = forms.ModelChoiceField(
            label=_("执法人员"), queryset=Person.objects.filter(pk__in=waiting).select_related("account"), empty_label=None
        )
        self.order_fields(["officer", "secret"])


class ReplaceForm(forms.Form):
    """Another colleague."""

    def __init__(self, *args: Any, check: OnSiteCheck, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        present = check.officers.exclude(person_id=actor.person_id).values("person_id")
        self.fields["leaving"] = forms.ModelChoiceField(
            label=_("不能到场的"), queryset=Person.objects.filter(pk__in=present), empty_label=None
        )
        self.fields["coming"] = forms.ModelChoiceField(label=_("换成"), queryset=colleagues(actor))


class TellForm(forms.Form):
    """What was answered."""

    answer = forms.CharField(label=_("对方的回答"), max_length=300, initial=_("听清了，不申请回避。"))
    asks_recusal = forms.BooleanField(label=_("申请回避"), required=False)


class FindingForm(forms.Form):
    """One thing that was found."""

    text = forms.CharField(label=_("发现的情况"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    violation = forms.ChoiceField(
        label=_("涉嫌违法行为"), choices=violation_choices, required=False, help_text=_("属于应受处罚的，选对应事项。")
    )


class WithdrawForm(forms.Form):
    """Why a finding was wrong."""

    reason = forms.CharField(label=_("更正原因"), max_length=200)


class RecordForm(forms.Form):
    """The record of the check."""

    text = forms.CharField(label=_("笔录正文"), widget=forms.Textarea(attrs={"rows": 8}))
    signature = forms.ChoiceField(label=_("在场人签名"), choices=SignatureState.choices, widget=forms.RadioSelect)
    signature_note = forms.CharField(label=_("拒签、不在场的说明"), max_length=200, required=False)
    witness_name = forms.CharField(label=_("见证人"), max_length=60, required=False)
    officers_signed = forms.BooleanField(label=_("两名执法人员已签名"), required=False)


class ConcludeForm(forms.Form):
    """The result."""

    result = forms.ChoiceField(label=_("检查结果"), choices=CheckResult.choices, widget=forms.RadioSelect)
    words = forms.CharField(label=_("说明"), widget=forms.Textarea(attrs={"rows": 3}))
    order_text = forms.CharField(
        label=_("责令改正的内容"), max_length=500, required=False, help_text=_("责令改正时填写；转为线索时也可以同时责令。")
    )
    order_days = forms.IntegerField(label=_("改正期限（日）"), min_value=1, required=False)
    document_no = forms.CharField(label=_("责令文书文号"), max_length=80, required=False)


class RecheckForm(forms.Form):
    """Whether it was corrected."""

    met = forms.TypedChoiceField(
        label=_("是否改正"), choices=[("yes", _("已改正")), ("no", _("未改正"))], widget=forms.RadioSelect,
        coerce=lambda v: v == "yes",
    )  # fmt: skip
    words = forms.CharField(label=_("复查情况"), max_length=300)


class PastForm(forms.Form):
    """A check that was done on paper."""

    object_text = forms.CharField(label=_("检查对象"), max_length=200)
    place = forms.CharField(label=_("地点"), max_length=200)
    purpose = forms.CharField(label=_("检查事由"), max_length=200)
    started_at = MomentField(label=_("开始时间"))
    ended_at = MomentField(label=_("结束时间"))
    present_name = forms.CharField(label=_("在场人"), max_length=60)
    present_role = forms.CharField(label=_("身份"), max_length=60, required=False)
    certificates_shown = forms.BooleanField(label=_("笔录载明已出示执法证件"), required=False)
    rights_told = forms.BooleanField(label=_("笔录载明已告知权利义务"), required=False)
    text = forms.CharField(label=_("笔录正文"), widget=forms.Textarea(attrs={"rows": 6}))
    signature = forms.ChoiceField(label=_("在场人签名"), choices=SignatureState.choices)
    signature_note = forms.CharField(label=_("签名说明"), max_length=200, required=False)
    officers_signed = forms.BooleanField(label=_("执法人员已签名"), required=False)
    finding = forms.CharField(label=_("发现的情况"), max_length=500, required=False)
    violation = forms.ChoiceField(label=_("涉嫌违法行为"), choices=violation_choices, required=False)
    explanation = forms.CharField(label=_("补录说明"), max_length=300)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(agency_id=actor.organ_id)
        self.fields["officers"] = forms.ModelMultipleChoiceField(
            label=_("执法人员"), queryset=people, widget=forms.CheckboxSelectMultiple
        )
        self.fields["lead"] = forms.ModelChoiceField(
            label=_("核查的线索"), queryset=Lead.objects.visible_to(actor).filter(disposal=""), required=False
        )

    def clean(self) -> dict[str, Any]:
        """The record as one thing."""
        data = super().clean() or {}
        if self.errors:
            return data
        people = [(p, "asks" if i == 0 else "writes") for i, p in enumerate(data.pop("officers"))]
        finding, violation = data.pop("finding"), data.pop("violation")
        data["findings"] = [(finding, violation)] if finding else []
        data["written"] = Proceedings(
            kind=ProceedingsKind.ON_SITE,
            place=data["place"],
            officers=people,
            examined_name=data["present_name"],
            examined_role=data["present_role"],
            **{
                k: data.pop(k)
                for k in (
                    "started_at", "ended_at", "certificates_shown", "rights_told", "text", "signature",
                    "signature_note", "officers_signed",
                )
            },
        )  # fmt: skip
        return data
