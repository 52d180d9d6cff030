"""Forms of opening: a new case (from a lead or at once), a case taken over from paper, and the old ledger."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dayu.cases.forms.base import WordsField
from dayu.cases.forms.filing import SOURCES
from dayu.cases.forms.investigation import PARTIAL, violation_choices
from dayu.cases.forms.people import PartyForm
from dayu.cases.screen_reads import people_of
from dayu.cases.views.people_words import kind_choices
from dayu.core import clock
from dayu.core.actors import Actor
from dayu.org.models import Person
from dayu.parties.identifiers import birthday_of, id_card_is_valid, tidy, uscc_is_valid

CASE_FIELDS = ("title", "violation", "summary", "source_type", "acted_from", "acted_to", "discovered_on", "place")


class NewCaseForm(forms.Form):
    """新建案件: what is known by now; nothing but the cause is compulsory, everything else may follow."""

    title = forms.CharField(
        label=_("案由"), max_length=200, help_text=_("当事人加违法行为，例如“张某在白鹿河龙尾段无证采砂案”。")
    )
    violation = forms.ChoiceField(label=_("违法行为"), required=False)
    source_type = forms.ChoiceField(label=_("案件来源"), choices=SOURCES)
    place = forms.CharField(label=_("地点"), required=False, max_length=200)
    summary = WordsField(label=_("案情"), required=False, max_length=4000, rows=4)
    acted_from = forms.CharField(label=_("行为开始"), required=False, max_length=10, help_text=PARTIAL)
    acted_to = forms.CharField(label=_("行为终了"), required=False, max_length=10, help_text=PARTIAL)
    discovered_on = forms.CharField(label=_("发现日期"), required=False, max_length=10, help_text=PARTIAL)
    party_kind = forms.ChoiceField(label=_("当事人类型"), required=False)
    party_name = forms.CharField(label=_("当事人姓名或者名称"), required=False, max_length=120)
    party_number = forms.CharField(
        label=_("身份证号或者统一社会信用代码"),
        required=False,
        max_length=18,
        help_text=_("填写后自动带出性别和出生日期，并查既往处罚。"),
    )
    party_phone = forms.CharField(label=_("联系电话"), required=False, max_length=40)
    party_address = forms.CharField(label=_("住所（住址）"), required=False, max_length=200)
    officers = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        label=_("承办人"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("第一位为主办；执法人员不得少于两人。"),
    )

    def __init__(self, data: Any = None, *, actor: Actor, **options: Any) -> None:
        super().__init__(data, **options)
        self.actor = actor
        self.fields["violation"].choices = violation_choices()  # type: ignore[attr-defined]
        self.fields["party_kind"].choices = kind_choices()  # type: ignore[attr-defined]
        rows = people_of(actor.organ_id or 0, clock.today()).filter(certified=True)
        self.fields["officers"].queryset = rows  # type: ignore[attr-defined]
        self.fields["officers"].label_from_instance = _officer_label  # type: ignore[attr-defined]
        if actor.person_id is not None:
            self.initial.setdefault("officers", [actor.person_id])

    def clean(self) -> dict[str, Any]:
        """The number has its check digit; a number or address without a name says nothing."""
        values: dict[str, Any] = super().clean() or {}
        number = tidy(values.get("party_number") or "")
        values["party_number"] = number
        if number and not (id_card_is_valid(number, today=clock.today()) or uscc_is_valid(number)):
            self.add_error("party_number", _("号码的校验位不对，请核对。"))
        if not values.get("party_name") and (number or values.get("party_phone") or values.get("party_address")):
            self.add_error("party_name", _("填写当事人的姓名或者名称。"))
        return values

    def case_arguments(self) -> dict[str, Any]:
        """What opens the case; the first officer leads it."""
        values = self.cleaned_data
        chosen = sorted(values["officers"], key=lambda p: (p.pk != self.actor.person_id, p.pk))
        return {name: values[name] for name in CASE_FIELDS} | {"officers": chosen}

    def party_arguments(self) -> dict[str, Any] | None:
        """The party, where one was named."""
        values = self.cleaned_data
        if not values.get("party_name"):
            return None
        found = {"name": values["party_name"], "kind": values["party_kind"] or "citizen", "phone": values["party_phone"],
                 "address": values["party_address"]}  # fmt: skip
        number = values["party_number"]
        if id_card_is_valid(number, today=clock.today()) if number else False:
            found |= {"id_no": number, "id_type": "居民身份证", "born_on": birthday_of(number),
                      "gender": "男" if int(number[16]) % 2 else "女"}  # fmt: skip
        elif number:
            found["uscc"] = number
        return found


def _officer_label(person: Person) -> str:
    return f"{person.name}（{person.unit.name}）" if person.unit_id else person.name


class TakeOverForm(NewCaseForm):
    """接续办理: a case that was begun on paper."""

    case_no = forms.CharField(label=_("原案号"), required=False, max_length=60)
    explanation = WordsField(
        label=_("接续说明"), max_length=500, help_text=_("从哪一步起改在系统里办理，纸质材料在哪里。")
    )

    field_order = ("case_no", "title", "explanation")

    def case_arguments(self) -> dict[str, Any]:
        """With the old number and why."""
        values = self.cleaned_data
        return super().case_arguments() | {"case_no": values["case_no"], "explanation": values["explanation"]}


class ImportForm(forms.Form):
    """导入旧台账."""

    file = forms.FileField(label=_("Excel 文件"), widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}))
    source_note = forms.CharField(
        label=_("来源"),
        max_length=120,
        help_text=_("这批台账从哪里来，例如“2019 年纸质处罚台账”。每一件都会带着这个来源标记。"),
    )


__all__ = ["CASE_FIELDS", "ImportForm", "NewCaseForm", "PartyForm", "TakeOverForm"]
