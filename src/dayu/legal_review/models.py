"""Legal review: the body of each organ, answers about scope, reviews with package, points, supplements and opinion."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dayu.core.actors import Actor
from dayu.core.files import StoredFile
from dayu.core.records import AppendOnlyModel, VersionedModel, VisibleQuerySet
from dayu.core.territories import in_scopes
from dayu.org.models import Agency, OrgUnit, Person


class ReviewBody(VersionedModel):
    """法制审核机构: who reviews the decisions of an organ between two days: a unit of its own, or another body's."""

    organ = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="review_bodies", verbose_name=_("执法机关")
    )
    reviewing_agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="reviews_for", verbose_name=_("审核单位")
    )
    unit = models.ForeignKey(
        OrgUnit, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("审核机构")
    )
    basis = models.CharField(_("依据"), max_length=200)
    valid_from = models.DateField(_("起始日"))
    valid_until = models.DateField(_("最后一日"), null=True, blank=True)

    class Meta:
        app_label = "legal_review"
        verbose_name = _("法制审核机构")
        verbose_name_plural = _("法制审核机构")
        ordering = ["organ_id", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="review_body_dates_in_order"
            )
        ]

    def __str__(self) -> str:
        return str(self.unit or self.reviewing_agency)


class ReviewQuerySet(VisibleQuerySet["LegalReview"]):
    """Reviews."""

    def visible_to(self, actor: Actor) -> Self:
        """People of the organ whose draft it is, and people of the body that reviews it."""
        if actor.is_system:
            return self
        if actor.is_stranger or actor.posts <= {"administrator"}:
            return self.none()
        own = in_scopes(actor, territory_path="organ__territory__path", organ="organ_id")
        reviewing = Q(reviewing_agency_id=actor.organ_id) if actor.organ_id is not None else Q(pk__in=[])
        return self.filter(own | reviewing)

    def open(self) -> Self:
        """Reviews without an opinion that were not taken back."""
        return self.filter(concluded_at=None, withdrawn_at=None)

    def of(self, subject: str, party: str = "") -> Self:
        """Reviews of one matter and party."""
        return self.filter(subject=subject, party=party)


class LegalReview(VersionedModel):
    """法制审核: one submission of one draft for one party. The opinion binds to `digest`, the substance of that draft.

    `subject`, `party` and `document` are opaque keys; `involved` are the people who handled, approved or advised, so that
    none of them reviews. `premarks` are facts the caller already knew, by point.
    """

    subject = models.CharField(_("所属事项"), max_length=80)
    party = models.CharField(_("当事人"), max_length=80, blank=True)
    party_name = models.CharField(_("当事人名称"), max_length=120, blank=True)
    document = models.CharField(_("决定草案"), max_length=80)
    digest = models.CharField(_("实质内容校验值"), max_length=64)
    substance = models.JSONField(_("实质内容"), default=dict)
    round = models.PositiveSmallIntegerField(_("次"), default=1)
    matter_no = models.CharField(_("编号"), max_length=80, blank=True)
    matter_title = models.CharField(_("事项"), max_length=200)
    matter_url = models.CharField(_("地址"), max_length=300, blank=True)
    organ = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name=_("执法机关"))
    reviewing_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name=_("审核单位"))
    reviewing_unit = models.ForeignKey(
        OrgUnit, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("审核机构")
    )
    territory = models.CharField(_("地区"), max_length=12, blank=True)
    reasons = models.JSONField(_("须审核的理由"), default=list)
    involved = models.JSONField(_("参与人员"), default=list)
    premarks = models.JSONField(_("系统预核"), default=list)
    submitted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("送审人"))
    submitted_at = models.DateTimeField(_("送审时间"))
    package_digest = models.CharField(_("材料校验值"), max_length=64)
    reviewer = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("审核人员")
    )
    assigned_at = models.DateTimeField(_("分办时间"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("撤回原因"), max_length=200, blank=True)
    conclusion = models.CharField(_("审核结论"), max_length=20, blank=True)
    opinion = models.TextField(_("审核意见"), blank=True)
    concluded_at = models.DateTimeField(_("审结时间"), null=True, blank=True)
    signed_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("签署人")
    )
    opinion_digest = models.CharField(_("意见校验值"), max_length=64, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        app_label = "legal_review"
        verbose_name = _("法制审核")
        verbose_name_plural = _("法制审核")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "party"],
                condition=Q(concluded_at=None, withdrawn_at=None),
                name="one_open_review_of_a_draft",
            ),
            models.CheckConstraint(
                condition=Q(concluded_at=None) | (~Q(conclusion="") & Q(signed_by__isnull=False)),
                name="an_opinion_is_signed",
            ),
        ]
        indexes = [
            models.Index(fields=["subject", "party", "-id"], name="review_subject"),
            models.Index(fields=["reviewing_agency", "concluded_at", "-id"], name="review_queue"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_no} {self.matter_title}".strip()

    @property
    def is_open(self) -> bool:
        """Whether the opinion is still to come."""
        return self.concluded_at is None and self.withdrawn_at is None

    @property
    def passed(self) -> bool:
        """Whether the opinion lets the draft through."""
        return self.conclusion == "pass"


class ReviewMaterial(AppendOnlyModel):
    """送审材料: one part of the package with its digest. Parts of a supplement are added, nothing is exchanged."""

    review = models.ForeignKey(LegalReview, on_delete=models.PROTECT, related_name="materials")
    key = models.CharField(_("类别"), max_length=40)
    name = models.CharField(_("名称"), max_length=160)
    document = models.CharField(_("文书"), max_length=80, blank=True)
    stored = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(_("校验值"), max_length=64)
    url = models.CharField(_("地址"), max_length=300, blank=True)
    supplement = models.ForeignKey("ReviewSupplement", null=True, on_delete=models.PROTECT, related_name="materials")
    position = models.PositiveSmallIntegerField(_("顺序"))

    class Meta:
        app_label = "legal_review"
        verbose_name = _("送审材料")
        verbose_name_plural = _("送审材料")
        ordering = ["review_id", "position"]
        constraints = [models.UniqueConstraint(fields=["review", "position"], name="review_material_position_once")]

    def __str__(self) -> str:
        return self.name


class ReviewPoint(VersionedModel):
    """审核内容: the reviewer's answer to one of the nine points. A pre-marked fault is overruled only with a ground."""

    ANSWERS = [("fine", _("合法、充分、适当")), ("problem", _("有问题")), ("not_applicable", _("不适用"))]
    ASPECTS = [("lawful", _("合法")), ("sufficient", _("充分")), ("fitting", _("适当"))]

    review = models.ForeignKey(LegalReview, on_delete=models.PROTECT, related_name="points")
    key = models.CharField(_("项目"), max_length=20)
    answer = models.CharField(_("判断"), max_length=16, choices=ANSWERS)
    failing = models.JSONField(_("不足之处"), default=list, blank=True)
    remark = models.CharField(_("说明"), max_length=500, blank=True)
    ground = models.CharField(_("通过的理由"), max_length=500, blank=True)
    answered_at = models.DateTimeField(_("时间"))

    class Meta:
        app_label = "legal_review"
        verbose_name = _("审核内容")
        verbose_name_plural = _("审核内容")
        constraints = [models.UniqueConstraint(fields=["review", "key"], name="review_point_once")]

    def __str__(self) -> str:
        return f"{self.key} {self.answer}"


class ReviewSupplement(VersionedModel):
    """补正: the reviewer asked for something; the clock stands still until it came."""

    review = models.ForeignKey(LegalReview, on_delete=models.PROTECT, related_name="supplements")
    asked_for = models.TextField(_("要求"))
    asked_at = models.DateTimeField(_("要求时间"))
    answered_at = models.DateTimeField(_("补正时间"), null=True)
    answer = models.TextField(_("补正说明"), blank=True)

    class Meta:
        app_label = "legal_review"
        verbose_name = _("补正")
        verbose_name_plural = _("补正")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["review"], condition=Q(answered_at=None), name="one_open_supplement")
        ]

    def __str__(self) -> str:
        return self.asked_for[:40]


class ReviewConfirmation(AppendOnlyModel):
    """审核确认: after the discussion changed the substance, the reviewer confirms the new one once."""

    review = models.ForeignKey(LegalReview, on_delete=models.PROTECT, related_name="confirmations")
    document = models.CharField(_("决定草案"), max_length=80)
    digest = models.CharField(_("实质内容校验值"), max_length=64)
    changed = models.JSONField(_("改变之处"), default=list)
    discussion = models.CharField(_("集体讨论"), max_length=80)
    remark = models.CharField(_("说明"), max_length=500, blank=True)
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("确认人"))
    confirmed_at = models.DateTimeField(_("确认时间"))

    class Meta:
        app_label = "legal_review"
        verbose_name = _("审核确认")
        verbose_name_plural = _("审核确认")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["review", "digest"], name="one_confirmation_of_a_substance")]

    def __str__(self) -> str:
        return self.digest[:12]


class ScopeAnswer(AppendOnlyModel):
    """审核范围判断: the handler's answer to one question of scope. The latest counts; a "no" carries its reason."""

    subject = models.CharField(_("所属事项"), max_length=80)
    party = models.CharField(_("当事人"), max_length=80, blank=True)
    organ = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name=_("机关"))
    question = models.CharField(_("问题"), max_length=40)
    value = models.BooleanField(_("是"))
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    sampled = models.BooleanField(_("抽查"), default=False)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("回答人"))
    answered_at = models.DateTimeField(_("时间"))

    class Meta:
        app_label = "legal_review"
        verbose_name = _("审核范围判断")
        verbose_name_plural = _("审核范围判断")
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=Q(value=True) | ~Q(reason=""), name="a_no_has_a_reason")]
        indexes = [models.Index(fields=["subject", "party", "question", "-id"], name="scope_answer")]

    def __str__(self) -> str:
        return f"{self.question} {self.value}"
