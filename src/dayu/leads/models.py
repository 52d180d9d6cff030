"""Leads, who sent them, what is attached, who verifies, how they were disposed of; orders that hang on them."""

from __future__ import annotations

import uuid
from typing import Any, NoReturn, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dayu.core.actors import Actor
from dayu.core.files import StoredFile
from dayu.core.records import AppendOnlyError, AppendOnlyModel, VersionedModel, VisibleQuerySet
from dayu.core.territories import Territory, in_scopes
from dayu.org.models import Agency, OrgUnit, Person
from dayu.parties.models import Party
from dayu.rivers.models import River


class LeadSource(models.TextChoices):
    """Where a lead comes from (CLU-01)."""

    PATROL = "patrol", _("执法巡查")
    INSPECTION = "inspection", _("行政检查")
    OFF_SITE = "off_site", _("非现场监管")
    RIVER_CHIEF = "river_chief", _("河长巡河")
    SUPERIOR = "superior", _("上级交办")
    INFERIOR = "inferior", _("下级报送")
    DEPARTMENT = "department", _("其他部门移送")
    HOTLINE_12345 = "hotline_12345", _("12345热线")
    HOTLINE_12314 = "hotline_12314", _("12314监督举报")
    PETITION = "petition", _("信访")
    PUBLIC = "public", _("群众举报（网上）")
    VISIT = "visit", _("群众举报（来电来访）")
    MEDIA = "media", _("媒体报道")
    PROSECUTOR = "prosecutor", _("检察机关")
    OTHER = "other", _("其他")


class Disposal(models.TextChoices):
    """How a lead ends (CLU-03)."""

    FILED = "filed", _("立案")
    DECLINED = "declined", _("不予立案")
    TRANSFERRED = "transferred", _("移送")
    JOINED = "joined", _("并案（并入）")
    INVALID = "invalid", _("无效线索")


class LeadQuerySet(VisibleQuerySet["Lead"]):
    """Leads."""

    def visible_to(self, actor: Actor) -> Self:
        """Leads of organs within the actor's scopes. Who sent them is another question (`Informant`)."""
        if actor.is_system:
            return self
        if actor.is_stranger or actor.posts <= {"administrator"}:
            return self.none()
        return self.filter(in_scopes(actor, territory_path="organ__territory__path", organ="organ_id"))

    def open(self) -> Self:
        """Leads without a disposal."""
        return self.filter(disposal="")

    def delete(self) -> NoReturn:
        """Nobody deletes leads."""
        raise AppendOnlyError("leads are never deleted")


class Lead(VersionedModel):
    """线索: something that may be a violation, whatever its source. It never disappears: it ends in a disposal."""

    STAGES = [
        ("received", _("待分派")),
        ("verifying", _("核查中")),
        ("verified", _("待处置")),
        ("deciding", _("处置审批中")),
        ("disposed", _("已处置")),
    ]

    number = models.CharField(_("线索编号"), max_length=60, unique=True)
    organ = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="leads", verbose_name=_("机关"))
    unit = models.ForeignKey(
        OrgUnit, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("承办机构")
    )
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+", verbose_name=_("地区"))
    source = models.CharField(_("来源"), max_length=16, choices=LeadSource.choices)
    source_no = models.CharField(_("来件编号"), max_length=80, blank=True)
    title = models.CharField(_("标题"), max_length=120)
    content = models.TextField(_("内容"))
    received_at = models.DateTimeField(_("收到时间"))
    happened_at = models.DateTimeField(_("发生时间"), null=True, blank=True)
    place = models.CharField(_("地点"), max_length=200)
    longitude = models.FloatField(_("经度"), null=True, blank=True)
    latitude = models.FloatField(_("纬度"), null=True, blank=True)
    river = models.ForeignKey(
        River, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("河湖")
    )
    party = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="leads", verbose_name=_("涉嫌当事人")
    )
    object_text = models.CharField(_("涉及对象"), max_length=200, blank=True)
    violation = models.CharField(_("涉嫌违法行为"), max_length=80, blank=True)  # a key of rulebook/violations
    registered_by_id = models.BigIntegerField(_("登记人"), null=True)
    registered_by_name = models.CharField(_("登记人姓名"), max_length=64)
    entered_at = models.DateTimeField(_("录入时间"))
    stage = models.CharField(_("环节"), max_length=10, choices=STAGES, default="received", editable=False)
    verified_at = models.DateTimeField(_("核查完成"), null=True)
    finding = models.TextField(_("核查情况"), blank=True)
    conditions = models.JSONField(_("立案条件"), default=dict)
    disposal = models.CharField(_("处置"), max_length=12, choices=Disposal.choices, blank=True)
    disposed_at = models.DateTimeField(_("处置时间"), null=True)
    target = models.CharField(_("去向"), max_length=80, blank=True)  # key of the case or lead it went to
    target_text = models.CharField(_("去向说明"), max_length=200, blank=True)
    target_url = models.CharField(_("去向地址"), max_length=300, blank=True)

    objects = LeadQuerySet.as_manager()

    class Meta:
        app_label = "leads"
        verbose_name = _("线索")
        verbose_name_plural = _("线索")
        indexes = [
            models.Index(fields=["organ", "stage", "-id"], name="lead_stage"),
            models.Index(fields=["organ", "source", "-id"], name="lead_source"),
            models.Index(fields=["latitude", "longitude"], name="lead_place"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(disposal="", disposed_at=None) | (~Q(disposal="") & Q(disposed_at__isnull=False)),
                name="lead_disposal_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None) | Q(latitude__isnull=False, longitude__isnull=False),
                name="lead_place_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        """The page of the lead."""
        return reverse("leads:lead", args=[self.pk])

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """No role deletes a lead."""
        raise AppendOnlyError("leads are never deleted")


class Informant(models.Model):
    """举报人: who sent the lead. Restricted: an opaque key, shown only on purpose, each showing on record."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lead = models.OneToOneField(Lead, on_delete=models.PROTECT, related_name="informant")
    anonymous = models.BooleanField(_("匿名"), default=False)
    name = models.CharField(_("姓名、单位"), max_length=80, blank=True)
    phone = models.CharField(_("联系方式"), max_length=40, blank=True)
    wants_answer = models.BooleanField(_("要求反馈"), default=True)
    keep_secret = models.BooleanField(_("要求保密"), default=False)
    follow_digest = models.CharField(max_length=64, blank=True, db_index=True)
    sender_mark = models.CharField(max_length=64, blank=True, db_index=True)  # salted digest of where it was sent from

    class Meta:
        app_label = "leads"
        verbose_name = _("举报人")
        verbose_name_plural = _("举报人")

    def __str__(self) -> str:
        return str(self.key)


class LeadMaterial(AppendOnlyModel):
    """线索材料: a file that came with the lead or was added later."""

    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="materials")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("名称"), max_length=160)
    from_informant = models.BooleanField(_("举报人提供"), default=False)
    added_at = models.DateTimeField(_("时间"))
    added_by = models.CharField(_("提供、录入人"), max_length=64)

    class Meta:
        app_label = "leads"
        verbose_name = _("线索材料")
        verbose_name_plural = _("线索材料")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class LeadOfficer(models.Model):
    """核查人员: who verifies, from when to when."""

    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="officers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField(_("分派时间"))
    ended_at = models.DateTimeField(_("结束时间"), null=True)

    class Meta:
        app_label = "leads"
        verbose_name = _("核查人员")
        verbose_name_plural = _("核查人员")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["lead", "person"], condition=Q(ended_at=None), name="lead_officer_once")
        ]

    def __str__(self) -> str:
        return str(self.person)


class LeadLink(models.Model):
    """线索关联: two leads that may tell of the same thing. Both stay; what one finds out is told to both senders."""

    FINDINGS = [("suggested", _("系统提示")), ("same", _("同一事项")), ("different", _("经核不是同一事项"))]

    one = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="links_from")
    other = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="links_to")
    finding = models.CharField(_("结论"), max_length=10, choices=FINDINGS, default="suggested")
    why = models.CharField(_("缘由"), max_length=200)
    found_at = models.DateTimeField(_("提示时间"))
    decided_by = models.CharField(_("核对人"), max_length=64, blank=True)
    decided_at = models.DateTimeField(_("核对时间"), null=True)

    class Meta:
        app_label = "leads"
        verbose_name = _("线索关联")
        verbose_name_plural = _("线索关联")
        constraints = [
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="lead_link_in_order"),
            models.UniqueConstraint(fields=["one", "other"], name="lead_link_once"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} {self.finding} {self.other_id}"


class LeadEntry(AppendOnlyModel):
    """线索经过: what happened with the lead, in order."""

    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(_("种类"), max_length=24)
    text = models.CharField(_("内容"), max_length=500)
    happened_at = models.DateTimeField(_("时间"))
    entered_at = models.DateTimeField(_("录入时间"))
    by = models.CharField(_("人员"), max_length=64)
    url = models.CharField(_("地址"), max_length=300, blank=True)

    class Meta:
        app_label = "leads"
        verbose_name = _("线索经过")
        verbose_name_plural = _("线索经过")
        ordering = ["happened_at", "id"]

    def __str__(self) -> str:
        return self.text


class DisposalProposal(models.Model):
    """处置意见: a disposal that needs agreement; one open proposal at a time."""

    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="proposals")
    disposal = models.CharField(_("处置"), max_length=12, choices=Disposal.choices)
    ground = models.CharField(_("理由类别"), max_length=40, blank=True)
    reason = models.TextField(_("理由"))
    target_text = models.CharField(_("去向"), max_length=200, blank=True)
    proposed_by_id = models.BigIntegerField(_("提出人"))
    proposed_by_name = models.CharField(_("提出人姓名"), max_length=64)
    proposed_at = models.DateTimeField(_("提出时间"))
    agreed_at = models.DateTimeField(_("批准时间"), null=True)
    agreed_by = models.CharField(_("批准人"), max_length=64, blank=True)
    ended_at = models.DateTimeField(_("未获批准"), null=True)

    class Meta:
        app_label = "leads"
        verbose_name = _("处置意见")
        verbose_name_plural = _("处置意见")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["lead"], condition=Q(agreed_at=None, ended_at=None), name="one_open_proposal"
            )
        ]

    def __str__(self) -> str:
        return str(self.get_disposal_display())


class SenderFeedback(AppendOnlyModel):
    """反馈: what a sender was told, how and when."""

    CHANNELS = [
        ("follow", _("网上查询")),
        ("sms", _("短信")),
        ("phone", _("电话")),
        ("letter", _("书面")),
        ("system", _("交办系统")),
        ("visit", _("当面")),
    ]

    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="feedbacks")
    text = models.CharField(_("内容"), max_length=500)
    channel = models.CharField(_("方式"), max_length=8, choices=CHANNELS)
    given_at = models.DateTimeField(_("时间"))
    given_by = models.CharField(_("人员"), max_length=64)

    class Meta:
        app_label = "leads"
        verbose_name = _("反馈")
        verbose_name_plural = _("反馈")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text


class LeadOrder(models.Model):
    """责令: an order to stop or correct that was given before a case was filed, by this organ or by another.

    It hangs on a lead and goes with it into the case. What has happened is recorded with its own day and its day of entry.
    """

    KINDS = [("stop", _("责令停止违法行为")), ("correct", _("责令改正")), ("restore", _("责令限期恢复原状"))]
    RESULTS = [
        ("met", _("已按期改正")),
        ("late", _("逾期后改正")),
        ("unmet", _("逾期未改正")),
        ("corrected_before", _("责令前已自行改正")),
        ("impossible", _("无法改正")),
    ]

    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="orders")
    kind = models.CharField(_("种类"), max_length=8, choices=KINDS)
    text = models.CharField(_("内容"), max_length=500)
    document_no = models.CharField(_("文号"), max_length=80, blank=True)
    ordered_on = models.DateField(_("作出日期"))
    ordered_by = models.CharField(_("作出机关"), max_length=100)
    served_on = models.DateField(_("送达日期"), null=True, blank=True)
    days = models.PositiveSmallIntegerField(_("期限（日）"), null=True, blank=True)
    due_on = models.DateField(_("届满日期"), null=True, blank=True)
    result = models.CharField(_("结果"), max_length=16, choices=RESULTS, blank=True)
    result_on = models.DateField(_("核实日期"), null=True, blank=True)
    result_note = models.CharField(_("核实情况"), max_length=300, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    explanation = models.CharField(_("补录说明"), max_length=300, blank=True)
    entered_at = models.DateTimeField(_("录入时间"))
    entered_by = models.CharField(_("录入人"), max_length=64)

    class Meta:
        app_label = "leads"
        verbose_name = _("责令")
        verbose_name_plural = _("责令")
        ordering = ["ordered_on", "id"]

    def __str__(self) -> str:
        return str(self.get_kind_display())
