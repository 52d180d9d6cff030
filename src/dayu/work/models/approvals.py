"""Approvals (审批): the definition of a flow, a request that goes through it, its steps and marks."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dayu.core.actors import Actor
from dayu.core.files import StoredFile
from dayu.core.records import AppendOnlyModel, VersionedModel, VisibleQuerySet


class ApprovalFlow(AppendOnlyModel):
    """审批流程: one published version of an organ's own flow. Where there is none, the rulebook's applies."""

    key = models.CharField(_("流程"), max_length=80)
    organ_id = models.BigIntegerField(_("机构"))
    name = models.CharField(_("名称"), max_length=120)
    steps = models.JSONField(_("步骤"))
    valid_from = models.DateField(_("启用"))
    digest = models.CharField(_("摘要"), max_length=64)
    published_at = models.DateTimeField(_("发布时间"))
    published_by = models.CharField(_("发布人"), max_length=64)

    class Meta:
        app_label = "work"
        verbose_name = _("审批流程")
        verbose_name_plural = _("审批流程")
        indexes = [models.Index(fields=["key", "organ_id", "valid_from"], name="flow_key")]

    def __str__(self) -> str:
        return self.name


class ApprovalRequestQuerySet(VisibleQuerySet["ApprovalRequest"]):
    """Approval requests."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the actor's organ, and those that name the person as a signer."""
        if actor.is_system:
            return self
        if actor.is_stranger or actor.person_id is None:
            return self.none()
        seen = Q(requested_by_id=actor.person_id) | Q(steps__holder_person_id=actor.person_id)
        if actor.organ_id is not None:
            seen |= Q(organ_id=actor.organ_id)
        return self.filter(seen).distinct()


class ApprovalRequest(VersionedModel):
    """审批: one paper that asks for agreement. It is with a holder until it is finished.

    `digest` names exactly what is asked for; `deciding_facts` are the two facts that a leader needs, as pairs.
    """

    OPEN, RETURNED, WITHDRAWN = "open", "returned", "withdrawn"
    GRANTED, REFUSED, DROPPED = "granted", "refused", "dropped"
    FINISHED = (GRANTED, REFUSED, DROPPED)

    flow_key = models.CharField(_("流程"), max_length=80)
    flow_digest = models.CharField(_("流程版本"), max_length=64)
    subject = models.CharField(_("对象"), max_length=80)
    related = models.CharField(_("所属事项"), max_length=80)
    matter_no = models.CharField(_("编号"), max_length=80, blank=True)
    title = models.CharField(_("请求批准"), max_length=200)
    deciding_facts = models.JSONField(_("关键事实"), default=list)
    facts = models.JSONField(_("条件"), default=dict, blank=True)
    digest = models.CharField(_("内容摘要"), max_length=64)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(_("文件名"), max_length=160, blank=True)
    url = models.CharField(_("地址"), max_length=300)
    organ_id = models.BigIntegerField(_("机构"))
    territory = models.CharField(_("地区"), max_length=12, blank=True)
    requested_by_id = models.BigIntegerField(_("申请人"))
    requested_by_name = models.CharField(_("申请人姓名"), max_length=64)
    requested_by_unit_id = models.BigIntegerField(_("申请机构"), null=True)
    requested_at = models.DateTimeField(_("提交时间"))
    round = models.PositiveSmallIntegerField(_("轮次"), default=1)
    standing = models.CharField(
        _("情况"),
        max_length=10,
        default=OPEN,
        choices=[
            (OPEN, _("审批中")),
            (RETURNED, _("已退回")),
            (WITHDRAWN, _("已撤回")),
            (GRANTED, _("已同意")),
            (REFUSED, _("不同意")),
            (DROPPED, _("已放弃")),
        ],
    )
    finished_at = models.DateTimeField(_("办结时间"), null=True)

    objects = ApprovalRequestQuerySet.as_manager()

    class Meta:
        app_label = "work"
        verbose_name = _("审批")
        verbose_name_plural = _("审批")
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "flow_key"], condition=Q(finished_at=None), name="approval_open_once"
            )
        ]
        indexes = [
            models.Index(fields=["organ_id", "standing", "-id"], name="approval_organ"),
            models.Index(fields=["requested_by_id", "-id"], name="approval_requester"),
            models.Index(fields=["related"], name="approval_related"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def finished(self) -> bool:
        """Whether nobody needs to do anything more about the request itself."""
        return self.standing in self.FINISHED


class ApprovalStep(models.Model):
    """审批步骤: one signer of one stage. Steps of the same stage are signed side by side (会签)."""

    request = models.ForeignKey(ApprovalRequest, on_delete=models.PROTECT, related_name="steps")
    stage = models.PositiveSmallIntegerField(_("环节"))
    position = models.PositiveSmallIntegerField(_("顺序"))
    label = models.CharField(_("名称"), max_length=60)
    organ_id = models.BigIntegerField(_("机构"))
    holder_person_id = models.BigIntegerField(_("审批人"), null=True)
    holder_unit_id = models.BigIntegerField(_("科室"), null=True)
    holder_post = models.CharField(_("岗位"), max_length=40, blank=True)
    principal_person_id = models.BigIntegerField(_("委托人"), null=True)
    origin = models.CharField(
        _("来源"),
        max_length=12,
        default="flow",
        choices=[("flow", _("流程")), ("countersign", _("会签")), ("added", _("加签"))],
    )
    by_phone_allowed = models.BooleanField(_("可电话批准"), default=False)
    answer = models.CharField(
        _("意见"), max_length=10, blank=True, choices=[("agreed", _("同意")), ("by_phone", _("电话同意，待补签"))]
    )
    answered_at = models.DateTimeField(_("时间"), null=True)
    answered_by_id = models.BigIntegerField(_("签批人"), null=True)
    answered_by_name = models.CharField(_("签批人姓名"), max_length=64, blank=True)

    class Meta:
        app_label = "work"
        verbose_name = _("审批步骤")
        verbose_name_plural = _("审批步骤")
        ordering = ["request_id", "stage", "position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(holder_person_id__isnull=False) | ~Q(holder_post=""), name="step_has_a_holder"
            ),
            models.UniqueConstraint(fields=["request", "position"], name="step_position_once"),
        ]
        indexes = [models.Index(fields=["holder_person_id"], name="step_person")]

    def __str__(self) -> str:
        return self.label


class ApprovalMark(AppendOnlyModel):
    """签批记录: one thing that somebody did to the request, at a moment, over one digest. Never changed."""

    KINDS = [
        ("submit", _("提交")),
        ("agree", _("同意")),
        ("refuse", _("不同意")),
        ("return", _("退回")),
        ("withdraw", _("撤回")),
        ("resubmit", _("重新提交")),
        ("delegate", _("委托")),
        ("countersign", _("会签")),
        ("add_signer", _("加签")),
        ("note_phone", _("登记电话批准")),
        ("confirm_phone", _("补签")),
        ("disown_phone", _("否认电话批准")),
        ("reassign", _("改派")),
        ("drop", _("放弃")),
    ]

    request = models.ForeignKey(ApprovalRequest, on_delete=models.PROTECT, related_name="marks")
    step = models.ForeignKey(ApprovalStep, null=True, on_delete=models.PROTECT, related_name="marks")
    kind = models.CharField(_("行为"), max_length=16, choices=KINDS)
    person_id = models.BigIntegerField(_("人员"), null=True)
    person_name = models.CharField(_("姓名"), max_length=64)
    in_place_of = models.CharField(_("代行"), max_length=80, blank=True)
    words = models.CharField(_("意见"), max_length=500, blank=True)
    digest = models.CharField(_("内容摘要"), max_length=64)
    round = models.PositiveSmallIntegerField(_("轮次"))
    moment = models.DateTimeField(_("时间"))
    entered_at = models.DateTimeField(_("录入时间"))

    class Meta:
        app_label = "work"
        verbose_name = _("签批记录")
        verbose_name_plural = _("签批记录")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.person_name} {self.kind}"
