"""Which act has which form: the pages of acts are made from these tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dayu.org import forms, services


@dataclass(frozen=True, slots=True)
class ActForm:
    """An act, its form, and what the form starts with (today stands for the day of asking)."""

    title: str | Promise
    action: Callable[..., Any]
    form: type[forms.ActorForm]
    today: tuple[str, ...] = ()
    copy: tuple[str, ...] = ()  # attributes of the target that the form starts with
    note: str | Promise = ""
    extra: Mapping[str, Any] = field(default_factory=dict)

    def initial(self, target: Any, today: date) -> dict[str, Any]:
        """What the form starts with."""
        return {
            **dict.fromkeys(self.today, today),
            **{name: getattr(target, name) for name in self.copy},
            **self.extra,
        }


AGENCY: dict[str, ActForm] = {
    "rename": ActForm(
        _("变更机关名称"),
        services.rename_agency,
        forms.RenameForm,
        copy=("name",),
        note=_("旧案仍用当时的名称。"),
    ),
    "add-unit": ActForm(_("设立内设机构"), services.add_unit, forms.NewUnitForm),
    "add-person": ActForm(_("登记人员"), services.register_person, forms.NewPersonForm),
    "add-subject": ActForm(_("登记执法主体"), services.register_subject, forms.SubjectForm, today=("valid_from",)),
    "plan-duty": ActForm(_("安排值班"), services.plan_duty, forms.DutyForm, today=("day",)),
    "close": ActForm(_("撤并机关单位"), services.close_agency, forms.CloseAgencyForm, today=("valid_until",)),
}
UNIT: dict[str, ActForm] = {
    "change": ActForm(
        _("变更内设机构"),
        services.change_unit,
        forms.ChangeUnitForm,
        copy=("name", "has_enforcement_power", "enforcement_basis"),
    ),
    "close": ActForm(_("撤销内设机构"), services.close_unit, forms.CloseUnitForm, today=("valid_until",)),
}
SUBJECT: dict[str, ActForm] = {
    "end": ActForm(
        _("终止执法主体资格"),
        services.end_subject,
        forms.EndSubjectForm,
        today=("valid_until",),
        note=_("次日起以该主体名义作出的决定、文书将被拒绝。"),
    ),
}
PERSON: dict[str, ActForm] = {
    "change": ActForm(
        _("修改人员资料"), services.change_person, forms.ChangePersonForm, copy=("name", "unit", "title", "phone")
    ),
    "appoint": ActForm(_("任职"), services.appoint_to_post, forms.AppointForm, today=("valid_from",), copy=("unit",)),
    "deputy": ActForm(
        _("指定代理"), services.appoint_deputy, forms.DeputyForm, today=("valid_from", "valid_until")
    ),
    "certificate": ActForm(_("登记执法证件"), services.issue_certificate, forms.CertificateForm),
    "qualification": ActForm(_("登记资格"), services.record_qualification, forms.QualificationForm),
    "uniform": ActForm(_("发放执法服装和标识"), services.issue_uniform, forms.UniformForm, today=("issued_on",)),
    "conduct": ActForm(
        _("记录平时考核"),
        services.note_conduct,
        forms.ConductForm,
        today=("noted_on",),
        note=_("记录不能修改；写错了再写一条更正。"),
    ),
    "freeze": ActForm(_("冻结账号"), services.freeze_account, forms.ReasonForm),
    "reopen": ActForm(_("恢复账号"), services.reopen_account, forms.NothingForm),
    "transfer": ActForm(
        _("人员调动"),
        services.transfer_officer,
        forms.TransferForm,
        today=("on",),
        note=_("原单位的岗位和执法证件当日终止，未办结的工作转为待重新指派。"),
    ),
    "leave": ActForm(
        _("人员离岗"),
        services.retire_officer,
        forms.LeaveForm,
        today=("left_on",),
        note=_("账号、执法证件、岗位当日终止，未办结的工作转为待重新指派，期限照常计算。"),
    ),
}
HOLDING: dict[str, ActForm] = {
    "end": ActForm(_("免去岗位"), services.end_post, forms.EndPostForm, today=("last_day",)),
}
CERTIFICATE: dict[str, ActForm] = {
    "check": ActForm(
        _("登记证件年检"), services.record_yearly_check, forms.YearlyCheckForm, today=("checked_on",),
        extra={"passed": True},
    ),
    "suspend": ActForm(_("暂扣执法证件"), services.suspend_certificate, forms.SuspendForm, today=("from_on",)),
    "resume": ActForm(_("发还执法证件"), services.resume_certificate, forms.ResumeForm, today=("last_day",)),
    "revoke": ActForm(_("收回、注销执法证件"), services.revoke_certificate, forms.RevokeForm, today=("revoked_on",)),
}  # fmt: skip
