"""Forms about people: officers, recusal, parties, their correction, splitting and merging."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dayu.cases.forms.base import CaseForm, DayField, MoneyField, PeopleField, WordsField
from dayu.cases.models import Case, CaseOfficer, PartyCorrection
from dayu.cases.views.people_words import kind_choices
from dayu.core import clock
from dayu.parties.identifiers import birthday_of, id_card_is_valid, tidy, uscc_is_valid

PERSON_KINDS = ("citizen", "individual_business", "minor", "minor_with_guardian")


class AssignForm(CaseForm):
    """指派执法人员."""

    person = PeopleField(label=_("执法人员"))
    role = forms.ChoiceField(label=_("角色"), choices=CaseOfficer.ROLES, initial="assist")
    instead_of = PeopleField(label=_("替换"), required=False, help_text=_("换人时选被换下的人；增加人员时留空。"))

    def fill(self) -> None:
        """Certified officers who do not handle the case yet; those of the case may be replaced."""
        mine = {o.person for o in self.page.officers if o.present}
        people: list[Any] = list(self.page.people)
        self.offer_people("person", [p for p in people if p.certified and p.pk not in mine])
        self.offer_people("instead_of", [p for p in people if p.pk in mine])


class InterestForm(CaseForm):
    """声明有无利害关系."""

    interest = WordsField(
        label=_("利害关系"),
        required=False,
        max_length=300,
        help_text=_("与本案当事人没有近亲属、利害关系的留空；有的写明，即视为申请回避。"),
    )


class RequestRecusalForm(CaseForm):
    """登记回避申请."""

    person_id = forms.TypedChoiceField(label=_("被申请回避的人"), coerce=int)
    asked_by = forms.CharField(label=_("申请人"), max_length=60)
    reason = WordsField(label=_("理由"), max_length=500)

    def fill(self) -> None:
        """The present officers."""
        found = [(o.person, o.name) for o in self.page.officers if o.present]
        self.fields["person_id"].choices = found  # type: ignore[attr-defined]
        if self.page.party_names:
            self.start(asked_by=self.page.party_names[0]["name"])


class DecideRecusalForm(CaseForm):
    """决定是否回避."""

    person_id = forms.TypedChoiceField(label=_("被申请回避的人"), coerce=int)
    granted = forms.TypedChoiceField(
        label=_("决定"),
        coerce=lambda v: v == "True",
        choices=[("True", _("回避")), ("False", _("不予回避"))],
        widget=forms.RadioSelect,
    )
    reason = WordsField(label=_("理由"), max_length=500)

    def fill(self) -> None:
        """Those whose request waits."""
        waiting = {e.subject for e in self.page.journal.all("recusal_requested")}
        decided = {e.subject for e in self.page.journal.all("recusal_decided")}
        names = {str(o.person): o.name for o in self.page.officers}
        known = {e.subject: str(e.params.get("name", "")) for e in self.page.journal.all("recusal_requested")}
        rows = [(k, names.get(k) or known.get(k) or k) for k in sorted(waiting - decided or waiting)]
        self.fields["person_id"].choices = rows  # type: ignore[attr-defined]


class PartyForm(CaseForm):
    """登记当事人: who it is. Numbers are checked by their own check digit."""

    kind = forms.ChoiceField(label=_("当事人类型"))
    name = forms.CharField(label=_("姓名或者名称"), max_length=120, help_text=_("与证件、营业执照一致。"))
    id_no = forms.CharField(label=_("公民身份号码"), max_length=40, required=False)
    uscc = forms.CharField(label=_("统一社会信用代码"), max_length=18, required=False)
    legal_representative = forms.CharField(label=_("法定代表人（负责人）"), max_length=64, required=False)
    representative_duty = forms.CharField(label=_("职务"), max_length=40, required=False)
    guardian = forms.CharField(label=_("监护人"), max_length=64, required=False)
    address = forms.CharField(label=_("住所（住址）"), max_length=200, required=False)
    phone = forms.CharField(label=_("联系电话"), max_length=40, required=False)

    def fill(self) -> None:
        """All kinds of parties."""
        self.fields["kind"].choices = kind_choices()  # type: ignore[attr-defined]

    def clean_id_no(self) -> str:
        """A citizen's number has its check digit."""
        value = tidy(self.cleaned_data["id_no"])
        if value and len(value) == 18 and not id_card_is_valid(value, today=clock.today()):
            raise forms.ValidationError(_("身份号码的校验位不对，请核对。"))
        return value

    def clean_uscc(self) -> str:
        """So has an organisation's."""
        value = tidy(self.cleaned_data["uscc"])
        if value and not uscc_is_valid(value):
            raise forms.ValidationError(_("统一社会信用代码的校验位不对，请核对。"))
        return value

    def arguments(self) -> dict[str, Any]:
        """With birthday and sex, which the number holds."""
        values = dict(self.cleaned_data)
        number = values.get("id_no", "")
        if len(number) == 18:
            values |= {
                "id_type": "居民身份证",
                "born_on": birthday_of(number),
                "gender": "男" if int(number[16]) % 2 else "女",
            }
        return {k: v for k, v in values.items() if v not in ("", None)}


class AmendPartyForm(CaseForm):
    """修改联系方式: nothing that says who the party is."""

    phone = forms.CharField(label=_("联系电话"), max_length=40, required=False)
    address = forms.CharField(label=_("住所（住址）"), max_length=200, required=False)
    service_address = forms.CharField(
        label=_("确认的送达地址"), max_length=200, required=False, help_text=_("当事人在送达地址确认书上写明的地址。")
    )
    electronic_consent = forms.CharField(
        label=_("电子送达同意书"), max_length=80, required=False, help_text=_("签有同意书的，写确认书编号。")
    )
    legal_representative = forms.CharField(label=_("法定代表人（负责人）"), max_length=64, required=False)
    representative_duty = forms.CharField(label=_("职务"), max_length=40, required=False)
    guardian = forms.CharField(label=_("监护人"), max_length=64, required=False)

    def fill(self) -> None:
        """What is known."""
        for name in self.fields:
            self.start(**{name: getattr(self.party, name)})

    def arguments(self) -> dict[str, Any]:
        """Only what changed."""
        return {k: v for k, v in self.cleaned_data.items() if getattr(self.party, k) != v}


class TreatAsForm(CaseForm):
    """认定当事人类型."""

    side = forms.ChoiceField(
        label=_("按何种当事人处理"),
        choices=[("citizen", _("公民")), ("organisation", _("法人或者其他组织"))],
        widget=forms.RadioSelect,
    )
    reason = WordsField(label=_("认定理由"), max_length=300)


class StateRangeForm(CaseForm):
    """写明法定幅度: where local law sets it, or the rules leave it open."""

    min_yuan = MoneyField(label=_("下限（元）"))
    max_yuan = MoneyField(label=_("上限（元）"))
    basis = forms.CharField(
        label=_("依据条文"), max_length=200, help_text=_("法规名称和条、款、项，例如“某省河道管理条例第三十条第二款”。")
    )
    reason = WordsField(label=_("为什么适用这一条"), max_length=500)

    def clean(self) -> dict[str, Any]:
        """Low is not above high."""
        values: dict[str, Any] = super().clean() or {}
        if (
            values.get("min_yuan") is not None
            and values.get("max_yuan") is not None
            and values["min_yuan"] > values["max_yuan"]
        ):
            self.add_error("max_yuan", _("上限低于下限。"))
        return values

    def arguments(self) -> dict[str, Any]:
        """Amounts as the act keeps them."""
        values = dict(self.cleaned_data)
        return values | {"min_yuan": str(values["min_yuan"]), "max_yuan": str(values["max_yuan"])}


class CorrectPartyForm(CaseForm):
    """更正当事人: one act that finds every paper with the old name."""

    manner = forms.ChoiceField(label=_("更正方式"), choices=PartyCorrection.MANNERS, widget=forms.RadioSelect)
    name = forms.CharField(label=_("正确的姓名或者名称"), max_length=120)
    id_no = forms.CharField(label=_("公民身份号码"), max_length=40, required=False)
    uscc = forms.CharField(label=_("统一社会信用代码"), max_length=18, required=False)
    reason = WordsField(label=_("理由"), max_length=300)

    def fill(self) -> None:
        """The party as it is written now."""
        assert self.party is not None
        self.start(name=self.party.name, id_no=self.party.id_no, uscc=self.party.uscc)

    def arguments(self) -> dict[str, Any]:
        """Manner, reason, and only what changed."""
        values = dict(self.cleaned_data)
        changed = {k: values[k] for k in ("name", "id_no", "uscc") if values[k] != getattr(self.party, k)}
        return {"manner": values["manner"], "reason": values["reason"], **changed}


class MergeForm(CaseForm):
    """并案: into which case."""

    into = forms.ModelChoiceField(Case.objects.none(), label=_("并入案件"))
    reason = WordsField(label=_("理由"), max_length=500)

    def fill(self) -> None:
        """Open cases of the organ that are not this one."""
        rows = Case.objects.visible_to(self.actor).filter(organ_id=self.page.case.organ_id).open()
        self.fields["into"].queryset = rows.exclude(pk=self.page.case.pk).order_by("-id")[:200]  # type: ignore[attr-defined]


class DayForm(CaseForm):
    """A day that is not today."""

    on = DayField(label=_("日期"), required=False)
