"""Forms of acts on organisations, people and certificates. Choices are limited to what the actor may see."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dayu.core.actors import Actor
from dayu.core.territories import Territory
from dayu.org.models import (
    Agency,
    ConductNote,
    DutyShift,
    EnforcementSubject,
    OrgUnit,
    Person,
    PostKey,
    Qualification,
)
from dayu.org.services.people import LEAVING


class DayField(forms.DateField):
    """A day, typed with the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class MattersField(forms.CharField):
    """Matters separated by commas; empty means all."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=200, help_text=_("多个领域用逗号分开，留空表示不限"), **kwargs)

    def clean(self, value: Any) -> list[str]:
        """A list of words."""
        text = super().clean(value)
        return [m.strip() for m in text.replace("，", ",").split(",") if m.strip()]


class ActorForm(forms.Form):
    """A form whose choices depend on who fills it, and on what it acts."""

    def __init__(self, *args: Any, actor: Actor, target: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.target = actor, target
        self.limit()

    def limit(self) -> None:
        """Limit the choices of fields."""

    def offer(self, name: str, rows: Any) -> None:
        """Offer these rows in a field."""
        self.fields[name].queryset = rows  # type: ignore[attr-defined]


def own_territories(actor: Actor) -> Any:
    """The territories within the actor's own."""
    if not actor.territory:
        return Territory.objects.none()
    return Territory.objects.filter(path__contains=f"/{actor.territory}/")


class TerritoryForm(ActorForm):
    """登记行政区划."""

    parent = forms.ModelChoiceField(Territory.objects.none(), label=_("上级"), required=False)
    code = forms.RegexField(
        r"^\d{6}(\d{3}(\d{3})?)?$",
        label=_("代码"),
        help_text=_("县级以上 6 位，乡级 9 位，村级 12 位；全国为 000000"),
        error_messages={"invalid": _("代码应为 6、9 或 12 位数字")},
    )
    name = forms.CharField(label=_("名称"), max_length=64)
    level = forms.ChoiceField(label=_("级别"), choices=Territory.LEVELS)

    def limit(self) -> None:
        """Below the own territory; the installer begins with the nation."""
        self.offer("parent", own_territories(self.actor))


class NewAgencyForm(ActorForm):
    """登记机关单位."""

    name = forms.CharField(label=_("名称"), max_length=100)
    kind = forms.ChoiceField(label=_("类别"), choices=Agency.KINDS)
    territory = forms.ModelChoiceField(Territory.objects.none(), label=_("地区"))
    short_name = forms.CharField(label=_("简称"), max_length=40, required=False)
    sign = forms.CharField(label=_("机关代字"), max_length=20, required=False, help_text=_("用于文号，例如“泽水”"))
    uscc = forms.CharField(label=_("统一社会信用代码"), max_length=18, required=False)
    address = forms.CharField(label=_("地址"), max_length=200, required=False)
    postcode = forms.CharField(label=_("邮政编码"), max_length=10, required=False)
    phone = forms.CharField(label=_("电话"), max_length=40, required=False)
    business_parent = forms.ModelChoiceField(Agency.objects.none(), label=_("业务上级"), required=False)
    administrative_parent = forms.ModelChoiceField(Agency.objects.none(), label=_("行政上级"), required=False)
    valid_from = DayField(label=_("成立日期"), required=False)

    def limit(self) -> None:
        """Territories of the administrator; any agency may be a parent."""
        self.offer("territory", own_territories(self.actor))
        for name in ("business_parent", "administrative_parent"):
            self.offer(name, Agency.objects.filter(valid_until=None))


class RenameForm(ActorForm):
    """变更机关名称."""

    name = forms.CharField(label=_("新名称"), max_length=100)
    valid_from = DayField(label=_("启用日期"))
    basis = forms.CharField(label=_("依据"), max_length=200, required=False)


class CloseAgencyForm(ActorForm):
    """撤并."""

    valid_until = DayField(label=_("最后一日"))
    successor = forms.ModelChoiceField(Agency.objects.none(), label=_("职权承继单位"), required=False)

    def limit(self) -> None:
        """Any agency that goes on."""
        self.offer("successor", Agency.objects.filter(valid_until=None).exclude(pk=self.target.pk))


class NewUnitForm(ActorForm):
    """设立内设机构."""

    name = forms.CharField(label=_("名称"), max_length=60)
    parent = forms.ModelChoiceField(OrgUnit.objects.none(), label=_("上级机构"), required=False)
    has_enforcement_power = forms.BooleanField(label=_("有行政执法权"), required=False)
    enforcement_basis = forms.CharField(label=_("执法权依据"), max_length=200, required=False)
    valid_from = DayField(label=_("设立日期"), required=False)

    def limit(self) -> None:
        """Units of the agency."""
        self.offer("parent", self.target.units.filter(valid_until=None))


class ChangeUnitForm(ActorForm):
    """变更内设机构."""

    name = forms.CharField(label=_("名称"), max_length=60)
    has_enforcement_power = forms.BooleanField(label=_("有行政执法权"), required=False)
    enforcement_basis = forms.CharField(label=_("执法权依据"), max_length=200, required=False)


class CloseUnitForm(ActorForm):
    """撤销内设机构."""

    valid_until = DayField(label=_("最后一日"))


class SubjectForm(ActorForm):
    """登记执法主体."""

    kind = forms.ChoiceField(label=_("主体类型"), choices=EnforcementSubject.KINDS)
    basis = forms.CharField(label=_("依据"), max_length=300)
    printed_name = forms.CharField(label=_("文书署名"), max_length=100, required=False, help_text=_("留空用机关名称"))
    entrusted_by = forms.ModelChoiceField(EnforcementSubject.objects.none(), label=_("委托机关"), required=False)
    matters = MattersField(label=_("执法领域"))
    official_seal_name = forms.CharField(label=_("印章名称"), max_length=100, required=False)
    valid_from = DayField(label=_("起始日"))
    valid_until = DayField(label=_("最后一日"), required=False)

    def limit(self) -> None:
        """Subjects that act in their own name may entrust."""
        self.offer("entrusted_by", EnforcementSubject.objects.exclude(kind="entrusted"))


class EndSubjectForm(ActorForm):
    """终止执法主体资格."""

    valid_until = DayField(label=_("最后一日"))
    reason = forms.CharField(label=_("原因"), max_length=200)


class NewPersonForm(ActorForm):
    """登记人员."""

    name = forms.CharField(label=_("姓名"), max_length=40)
    staff_no = forms.CharField(label=_("工号"), max_length=30, required=False)
    unit = forms.ModelChoiceField(OrgUnit.objects.none(), label=_("内设机构"), required=False)
    title = forms.CharField(label=_("职务"), max_length=60, required=False)
    phone = forms.CharField(label=_("手机号"), max_length=20, required=False)
    username = forms.CharField(label=_("登录名"), max_length=64, required=False, help_text=_("留空则不开账号"))
    password = forms.CharField(
        label=_("初始密码"),
        max_length=128,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    must_wear_uniform = forms.BooleanField(label=_("应着执法服装"), required=False)
    joined_on = DayField(label=_("到岗日期"), required=False)

    def limit(self) -> None:
        """Units of the agency."""
        self.offer("unit", self.target.units.filter(valid_until=None))


class ChangePersonForm(ActorForm):
    """修改人员资料."""

    name = forms.CharField(label=_("姓名"), max_length=40)
    unit = forms.ModelChoiceField(OrgUnit.objects.none(), label=_("内设机构"), required=False)
    title = forms.CharField(label=_("职务"), max_length=60, required=False)
    phone = forms.CharField(label=_("手机号"), max_length=20, required=False)

    def limit(self) -> None:
        """Units of the person's agency."""
        self.offer("unit", self.target.agency.units.filter(valid_until=None))


class AppointForm(ActorForm):
    """任职."""

    key = forms.ChoiceField(label=_("岗位"), choices=PostKey.choices)
    unit = forms.ModelChoiceField(OrgUnit.objects.none(), label=_("内设机构"), required=False)
    title = forms.CharField(label=_("岗位名称"), max_length=60, required=False)
    valid_from = DayField(label=_("起始日"))
    valid_until = DayField(label=_("最后一日"), required=False)
    basis = forms.CharField(label=_("任命依据"), max_length=200, required=False)

    def limit(self) -> None:
        """Units of the person's agency."""
        self.offer("unit", self.target.agency.units.filter(valid_until=None))


class DeputyForm(ActorForm):
    """指定代理."""

    deputy = forms.ModelChoiceField(Person.objects.none(), label=_("代理人"))
    key = forms.ChoiceField(label=_("代理岗位"), choices=PostKey.choices)
    valid_from = DayField(label=_("起始日"))
    valid_until = DayField(label=_("最后一日"))
    basis = forms.CharField(label=_("依据或事由"), max_length=200, required=False)

    def limit(self) -> None:
        """Colleagues."""
        self.offer("deputy", Person.objects.filter(agency=self.target.agency, left_on=None).exclude(pk=self.target.pk))


class EndPostForm(ActorForm):
    """免去岗位."""

    last_day = DayField(label=_("最后一日"))
    reason = forms.CharField(label=_("原因"), max_length=100)


class LeaveForm(ActorForm):
    """人员离岗."""

    left_on = DayField(label=_("离岗日期"))
    kind = forms.ChoiceField(label=_("原因"), choices=list(LEAVING.items()))


class TransferForm(ActorForm):
    """人员调动."""

    on = DayField(label=_("调动日期"))
    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("调入单位"))

    def limit(self) -> None:
        """Any agency that exists."""
        self.offer("agency", Agency.objects.filter(valid_until=None).exclude(pk=self.target.agency_id))


class ReasonForm(ActorForm):
    """Only a reason."""

    reason = forms.CharField(label=_("原因"), max_length=200)


class NothingForm(ActorForm):
    """Nothing to fill in: only to confirm."""


class ConductForm(ActorForm):
    """记录平时考核."""

    kind = forms.ChoiceField(label=_("类别"), choices=ConductNote.KINDS)
    noted_on = DayField(label=_("日期"))
    text = forms.CharField(label=_("内容"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000)


class UniformForm(ActorForm):
    """发放执法服装和标识."""

    issued_on = DayField(label=_("发放日期"))
    badge_no = forms.CharField(label=_("胸徽号"), max_length=30, required=False)


class CertificateForm(ActorForm):
    """登记执法证件."""

    number = forms.CharField(label=_("证号"), max_length=40)
    issuing_authority = forms.CharField(label=_("发证机关"), max_length=100)
    issued_in = forms.ModelChoiceField(Territory.objects.none(), label=_("发证机关所在地区"))
    filed_with = forms.ModelChoiceField(
        Territory.objects.none(), label=_("备案地区"), required=False, help_text=_("外地或部委证件经本省备案时填写")
    )
    region = forms.ModelChoiceField(Territory.objects.none(), label=_("执法区域"))
    matters = MattersField(label=_("执法领域"))
    valid_from = DayField(label=_("有效期起"))
    valid_until = DayField(label=_("有效期止"))

    def limit(self) -> None:
        """Issuers are provinces and the nation; the region lies at home."""
        issuers = Territory.objects.filter(level__in=("nation", "province", "city"))
        self.offer("issued_in", issuers)
        self.offer("filed_with", issuers)
        self.offer("region", own_territories(self.actor).filter(level__in=("province", "city", "county")))


class QualificationForm(ActorForm):
    """登记资格."""

    kind = forms.ChoiceField(label=_("类别"), choices=Qualification.KINDS)
    number = forms.CharField(label=_("证书编号"), max_length=40, required=False)
    issued_by = forms.CharField(label=_("颁发机关"), max_length=100, required=False)
    valid_from = DayField(label=_("取得日期"))
    valid_until = DayField(label=_("有效期止"), required=False)


class SuspendForm(ActorForm):
    """暂扣执法证件."""

    from_on = DayField(label=_("暂扣起"))
    until_on = DayField(label=_("暂扣最后一日"), required=False)
    reason = forms.CharField(label=_("原因"), max_length=200)


class ResumeForm(ActorForm):
    """发还执法证件."""

    last_day = DayField(label=_("暂扣最后一日"))


class RevokeForm(ActorForm):
    """收回、注销执法证件."""

    revoked_on = DayField(label=_("收回、注销日期"))
    reason = forms.CharField(label=_("原因"), max_length=200)


class YearlyCheckForm(ActorForm):
    """登记证件年检."""

    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100)
    checked_on = DayField(label=_("年检日期"))
    passed = forms.BooleanField(label=_("通过"), required=False)
    remark = forms.CharField(label=_("说明"), max_length=200, required=False)


class DutyForm(ActorForm):
    """安排值班."""

    day = DayField(label=_("日期"))
    person = forms.ModelChoiceField(Person.objects.none(), label=_("人员"))
    role = forms.ChoiceField(label=_("任务"), choices=DutyShift.ROLES)

    def limit(self) -> None:
        """People of the agency."""
        self.offer("person", self.target.people.filter(left_on=None))


class ImportForm(forms.Form):
    """An Excel file of people."""

    file = forms.FileField(label=_("Excel 文件"), help_text=_("第一行为表头，每行一人；先下载模板"))
