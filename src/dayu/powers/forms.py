"""Forms of acts on the list of powers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dayu.org.models import Agency, OrgUnit, PostKey
from dayu.powers.models import EnforcementItem


class DayField(forms.DateField):
    """A day, typed with the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class AgencyForm(forms.Form):
    """Knows the agency whose list it is."""

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency = agency
        if "unit" in self.fields:
            self.fields["unit"].queryset = agency.units.filter(valid_until=None)  # type: ignore[attr-defined]


class AdoptForm(AgencyForm):
    """按违法行为目录建立清单."""

    valid_from = DayField(label=_("启用日期"))


class ItemForm(AgencyForm):
    """登记执法事项."""

    code = forms.CharField(label=_("事项编码"), max_length=60)
    name = forms.CharField(label=_("事项名称"), max_length=200)
    act_type = forms.ChoiceField(label=_("职权类型"), choices=EnforcementItem.ACT_TYPES)
    basis = forms.CharField(label=_("依据"), max_length=500)
    matter = forms.CharField(label=_("领域"), max_length=40, required=False)
    violations = forms.CharField(
        label=_("所含违法行为"), required=False, help_text=_("规则库中的违法行为代号，用逗号分开；处罚事项填写")
    )
    valid_from = DayField(label=_("启用日期"))

    def clean_violations(self) -> list[str]:
        """A list of keys."""
        text = str(self.cleaned_data["violations"]).replace("，", ",")
        return [v.strip() for v in text.split(",") if v.strip()]


class EndItemForm(AgencyForm):
    """终止执法事项."""

    valid_until = DayField(label=_("最后一日"))
    reason = forms.CharField(label=_("原因"), max_length=200)


class AssignForm(AgencyForm):
    """分解职权到岗位."""

    unit = forms.ModelChoiceField(OrgUnit.objects.none(), label=_("内设机构"))
    post_key = forms.ChoiceField(label=_("岗位"), choices=PostKey.choices)
    valid_from = DayField(label=_("起始日"))


class EndAssignmentForm(AgencyForm):
    """收回岗位职权."""

    last_day = DayField(label=_("最后一日"))


class PublishForm(AgencyForm):
    """公布裁量基准."""

    published_on = DayField(label=_("公布日期"))


class WithdrawForm(AgencyForm):
    """撤下裁量基准."""

    withdrawn_on = DayField(label=_("撤下日期"))
    reason = forms.CharField(label=_("原因"), max_length=200)
