"""Parties, their numbers, addresses, names, representatives; links between duplicates; credit events; objects and sites."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dayu.core.actors import Actor
from dayu.core.files import StoredFile
from dayu.core.records import AppendOnlyModel, VersionedModel, VisibleQuerySet
from dayu.core.territories import Territory, in_scopes
from dayu.law.party_kinds import PartyKind as LawKind
from dayu.law.party_kinds import party_kind


class PartyKind(models.TextChoices):
    """Kinds of parties, finer than citizen and organisation (practice 5)."""

    CITIZEN = "citizen", _("公民")
    MINOR = "minor_with_guardian", _("未成年人")
    SOLE_TRADER = "individual_business", _("个体工商户")
    COMPANY = "company", _("公司、企业")
    BRANCH = "branch", _("分公司、分支机构")
    PROJECT_DEPARTMENT = "project_department", _("项目部")
    COOPERATIVE = "cooperative", _("农民专业合作社")
    VILLAGE_COMMITTEE = "village_committee", _("村（居）民委员会")
    PUBLIC_BODY = "public_body", _("机关、事业单位")
    ORGANISATION = "organisation", _("其他组织")
    AFFILIATED_VESSEL = "affiliated_vessel", _("挂靠船舶")
    NO_PAPERS_VESSEL = "no_papers_vessel", _("三无船舶")
    BORROWED_NAME = "borrowed_name", _("借用他人名义、资质者")
    UNKNOWN = "unknown_owner", _("当事人不明")


NATURAL_PERSONS = frozenset({PartyKind.CITIZEN, PartyKind.MINOR, PartyKind.SOLE_TRADER})
LAW_KINDS = {PartyKind.COMPANY: "organisation", PartyKind.PUBLIC_BODY: "organisation"}


class PartyQuerySet(VisibleQuerySet["Party"]):
    """Parties."""

    def visible_to(self, actor: Actor) -> Self:
        """That a party exists is known within the actor's scopes; what is protected stays covered (see `selectors`)."""
        if actor.is_system:
            return self
        if actor.is_stranger:
            return self.none()
        return self.filter(in_scopes(actor, territory_path="territory__path", organ="organ_id"))


class Party(VersionedModel):
    """当事人: somebody (or something) that enforcement concerns. Never merged with another, never deleted."""

    STANDINGS = [
        ("present", _("存续")),
        ("deceased", _("死亡")),
        ("deregistered", _("注销、终止")),
        ("vanished", _("下落不明")),
    ]

    kind = models.CharField(_("类别"), max_length=24, choices=PartyKind.choices)
    name = models.CharField(_("名称（姓名）"), max_length=120)
    organ_id = models.BigIntegerField(_("登记机关"))
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+", verbose_name=_("地区"))
    born_on = models.DateField(_("出生日期"), null=True, blank=True)
    sex = models.CharField(_("性别"), max_length=2, blank=True, choices=[("男", _("男")), ("女", _("女"))])
    phone = models.CharField(_("联系电话"), max_length=40, blank=True)
    address = models.CharField(_("住所（住址）"), max_length=200, blank=True)
    served_at_address = models.CharField(_("送达地址"), max_length=200, blank=True)
    occupation = models.CharField(_("职业、经营范围"), max_length=120, blank=True)
    guardian = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="wards", verbose_name=_("监护人")
    )
    belongs_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts", verbose_name=_("所属（被挂靠）单位")
    )
    operator = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="operates", verbose_name=_("经营者、实际控制人")
    )
    treated_as = models.CharField(
        _("认定为"), max_length=12, blank=True, choices=[("citizen", _("公民")), ("organisation", _("法人或者其他组织"))]
    )
    treated_reason = models.CharField(_("认定理由"), max_length=300, blank=True)
    treated_by = models.CharField(_("认定人"), max_length=64, blank=True)
    treated_at = models.DateTimeField(_("认定时间"), null=True, blank=True)
    standing = models.CharField(_("状况"), max_length=12, choices=STANDINGS, default="present")
    standing_on = models.DateField(_("状况变动日"), null=True, blank=True)
    standing_note = models.CharField(_("状况说明"), max_length=200, blank=True)
    source = models.CharField(_("来源"), max_length=80, blank=True)
    registered_at = models.DateTimeField(_("登记时间"))
    registered_by_id = models.BigIntegerField(_("登记人"), null=True)

    objects = PartyQuerySet.as_manager()

    class Meta:
        app_label = "parties"
        verbose_name = _("当事人")
        verbose_name_plural = _("当事人")
        indexes = [
            models.Index(fields=["organ_id", "-id"], name="party_organ"),
            models.Index(fields=["name"], name="party_name"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(treated_as="") | ~Q(treated_reason=""), name="party_class_has_a_reason"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of the party."""
        return reverse("parties:party", args=[self.pk])

    @property
    def is_natural_person(self) -> bool:
        """Whether the record is personal data throughout."""
        return self.kind in NATURAL_PERSONS

    @property
    def law_kind(self) -> LawKind:
        """The kind as the law's ranges and thresholds know it."""
        return party_kind(LAW_KINDS.get(PartyKind(self.kind), self.kind))


class PartyIdentifier(models.Model):
    """证件号码: one number of a party. The same number may stand at two parties: they are linked, never merged."""

    KINDS = [
        ("id_card", _("公民身份号码")),
        ("uscc", _("统一社会信用代码")),
        ("passport", _("护照")),
        ("vessel", _("船舶登记号（船名号）")),
        ("licence", _("许可证、营业执照号")),
        ("other", _("其他证件")),
    ]

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="identifiers")
    kind = models.CharField(_("证件种类"), max_length=12, choices=KINDS)
    value = models.CharField(_("号码"), max_length=60)
    noted_at = models.DateTimeField(_("登记时间"))
    withdrawn_at = models.DateTimeField(_("更正时间"), null=True, blank=True)

    class Meta:
        app_label = "parties"
        verbose_name = _("证件号码")
        verbose_name_plural = _("证件号码")
        constraints = [
            models.UniqueConstraint(
                fields=["party", "kind", "value"], condition=Q(withdrawn_at=None), name="identifier_once"
            )
        ]
        indexes = [models.Index(fields=["kind", "value"], name="identifier_value")]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class PartyName(AppendOnlyModel):
    """名称变更: a name that the party bore until a day."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="earlier_names")
    name = models.CharField(_("原名称"), max_length=120)
    until = models.DateField(_("使用至"))
    reason = models.CharField(_("原因"), max_length=200)
    changed_by = models.CharField(_("登记人"), max_length=64)
    changed_at = models.DateTimeField(_("登记时间"))

    class Meta:
        app_label = "parties"
        verbose_name = _("名称变更")
        verbose_name_plural = _("名称变更")
        ordering = ["-until", "-id"]

    def __str__(self) -> str:
        return self.name


class Representative(models.Model):
    """代表人、代理人: who speaks for a party, by which paper and until when."""

    ROLES = [
        ("legal_representative", _("法定代表人")),
        ("principal", _("负责人")),
        ("operator", _("经营者")),
        ("guardian", _("法定代理人（监护人）")),
        ("authorised", _("委托代理人")),
        ("lawyer", _("律师")),
        ("contact", _("联系人")),
    ]

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="representatives")
    role = models.CharField(_("身份"), max_length=24, choices=ROLES)
    name = models.CharField(_("姓名"), max_length=60)
    position = models.CharField(_("职务"), max_length=60, blank=True)
    phone = models.CharField(_("电话"), max_length=40, blank=True)
    id_card = models.CharField(_("公民身份号码"), max_length=18, blank=True)
    authority = models.CharField(_("代理权限"), max_length=200, blank=True)
    paper = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField(_("自"))
    valid_until = models.DateField(_("至"), null=True, blank=True)

    class Meta:
        app_label = "parties"
        verbose_name = _("代表人、代理人")
        verbose_name_plural = _("代表人、代理人")
        ordering = ["party_id", "-valid_from", "-id"]

    def __str__(self) -> str:
        return self.name


class PartyLink(AppendOnlyModel):
    """关联: two records stand for the same party (or were found not to). Both stay as they are."""

    RELATIONS = [("same", _("同一当事人")), ("different", _("经核不是同一当事人"))]

    one = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="links_from")
    other = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="links_to")
    relation = models.CharField(_("结论"), max_length=10, choices=RELATIONS)
    reason = models.CharField(_("理由"), max_length=200)
    linked_at = models.DateTimeField(_("时间"))
    linked_by = models.CharField(_("人员"), max_length=64)

    class Meta:
        app_label = "parties"
        verbose_name = _("当事人关联")
        verbose_name_plural = _("当事人关联")
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=~Q(one=models.F("other")), name="link_of_two")]

    def __str__(self) -> str:
        return f"{self.one_id} {self.relation} {self.other_id}"


class PartyInvolvement(models.Model):
    """涉及事项: a matter (lead, check, case) that concerns the party; it gives the people who handle it their purpose."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="involvements")
    subject = models.CharField(_("事项"), max_length=80)
    role = models.CharField(_("地位"), max_length=40, default="party")
    matter_no = models.CharField(_("编号"), max_length=80, blank=True)
    matter_title = models.CharField(_("事项名称"), max_length=200)
    url = models.CharField(_("地址"), max_length=300)
    organ_id = models.BigIntegerField(_("机构"))
    opened_at = models.DateTimeField(_("开始"))
    closed_at = models.DateTimeField(_("结束"), null=True)

    class Meta:
        app_label = "parties"
        verbose_name = _("涉及事项")
        verbose_name_plural = _("涉及事项")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["party", "subject", "role"], name="involved_once")]
        indexes = [models.Index(fields=["subject"], name="involvement_subject")]

    def __str__(self) -> str:
        return self.matter_no or self.matter_title


class InvolvedOfficer(models.Model):
    """办理人员: a person who handles a matter that concerns the party."""

    involvement = models.ForeignKey(PartyInvolvement, on_delete=models.CASCADE, related_name="officers")
    person_id = models.BigIntegerField(_("人员"))

    class Meta:
        app_label = "parties"
        verbose_name = _("办理人员")
        verbose_name_plural = _("办理人员")
        constraints = [models.UniqueConstraint(fields=["involvement", "person_id"], name="involved_officer_once")]
        indexes = [models.Index(fields=["person_id"], name="involved_officer")]

    def __str__(self) -> str:
        return str(self.person_id)


class CreditEvent(AppendOnlyModel):
    """信用事项: something from which a party's credit follows. Revoked by a further row, never erased."""

    KINDS = [
        ("penalty", _("行政处罚")),
        ("order", _("责令改正")),
        ("exemption", _("不予处罚")),
        ("commitment", _("信用承诺")),
        ("inspection", _("检查结果")),
        ("paid", _("履行完毕")),
        ("revocation", _("原事项已撤销")),
    ]

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="credit_events")
    kind = models.CharField(_("种类"), max_length=12, choices=KINDS)
    happened_on = models.DateField(_("日期"))
    subject = models.CharField(_("来源事项"), max_length=80)
    text = models.CharField(_("内容"), max_length=300)
    amount_yuan = models.DecimalField(_("金额（元）"), max_digits=14, decimal_places=2, null=True)
    revokes = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="revoked_by")
    recorded_at = models.DateTimeField(_("记录时间"))

    class Meta:
        app_label = "parties"
        verbose_name = _("信用事项")
        verbose_name_plural = _("信用事项")
        ordering = ["-happened_on", "-id"]
        indexes = [models.Index(fields=["party", "-happened_on"], name="credit_party")]

    def __str__(self) -> str:
        return self.text


class RegulatedObject(VersionedModel):
    """监管对象: a project, a site, an intake or a vessel that stands apart from whoever runs it."""

    KINDS = [
        ("project", _("建设项目")),
        ("site", _("场所、点位")),
        ("sand_site", _("采砂场（点）")),
        ("vessel", _("船舶")),
        ("intake", _("取水口")),
    ]

    kind = models.CharField(_("类别"), max_length=10, choices=KINDS)
    name = models.CharField(_("名称"), max_length=120)
    party = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="objects_run", verbose_name=_("责任单位")
    )
    organ_id = models.BigIntegerField(_("登记机关"))
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+", verbose_name=_("地区"))
    place = models.CharField(_("位置"), max_length=200, blank=True)
    longitude = models.FloatField(_("经度"), null=True, blank=True)
    latitude = models.FloatField(_("纬度"), null=True, blank=True)
    permit_no = models.CharField(_("许可证（批复）号"), max_length=80, blank=True)
    ended_on = models.DateField(_("终止日期"), null=True, blank=True)
    registered_at = models.DateTimeField(_("登记时间"))

    class Meta:
        app_label = "parties"
        verbose_name = _("监管对象")
        verbose_name_plural = _("监管对象")
        indexes = [models.Index(fields=["organ_id", "-id"], name="object_organ")]

    def __str__(self) -> str:
        return self.name


class PartyExport(models.Model):
    """批量导出: asked for with a reason, approved where it is large, marked with who took it, counted."""

    organ_id = models.BigIntegerField(_("机构"))
    asked_by_id = models.BigIntegerField(_("申请人"))
    asked_by_name = models.CharField(_("申请人姓名"), max_length=64)
    filters = models.JSONField(_("条件"), default=dict)
    reason = models.CharField(_("用途"), max_length=300)
    rows = models.PositiveIntegerField(_("行数"))
    needs_approval = models.BooleanField(_("须经批准"))
    asked_at = models.DateTimeField(_("申请时间"))
    granted_at = models.DateTimeField(_("批准时间"), null=True)
    refused_at = models.DateTimeField(_("不予批准"), null=True)
    taken_at = models.DateTimeField(_("导出时间"), null=True)
    taken_rows = models.PositiveIntegerField(_("导出行数"), null=True)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        app_label = "parties"
        verbose_name = _("当事人批量导出")
        verbose_name_plural = _("当事人批量导出")
        indexes = [models.Index(fields=["asked_by_id", "-id"], name="party_export_asker")]

    def __str__(self) -> str:
        return f"{self.asked_by_name} {self.rows}"

    def get_absolute_url(self) -> str:
        """The page of the export."""
        return reverse("parties:export", args=[self.pk])
