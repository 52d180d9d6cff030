"""Records of proceedings (笔录): interviews, on-site records and scene examinations, with the officers who were there."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dayu.core.files import StoredFile
from dayu.core.records import AppendOnlyModel, VersionedModel
from dayu.org.models import Agency, Person
from dayu.records.models.visibility import RecordQuerySet


class ProceedingsKind(models.TextChoices):
    """笔录种类."""

    INTERVIEW = "interview_record", _("询问笔录")
    ON_SITE = "on_site_record", _("现场笔录")
    SCENE = "scene_examination", _("勘验笔录")


class SignatureState(models.TextChoices):
    """签名情况: how the person examined confirmed the record."""

    SIGNED = "signed", _("逐页签名")
    REFUSED = "refused", _("拒绝签名，已注明")
    ABSENT = "absent", _("当事人不在场，有见证人")


class RecordOfProceedings(VersionedModel):
    """笔录: what two officers asked, saw or measured between two moments.

    The past is recorded: a record with a defect is accepted with a written explanation, and the defect stays with it.
    Later corrections are supplements.
    """

    subject = models.CharField(_("所属事项"), max_length=80, db_index=True)
    organ = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name=_("机关"))
    kind = models.CharField(_("种类"), max_length=20, choices=ProceedingsKind.choices)
    place = models.CharField(_("地点"), max_length=200)
    started_at = models.DateTimeField(_("开始时间"))
    ended_at = models.DateTimeField(_("结束时间"))
    examined_name = models.CharField(_("被询问（检查、勘验）人"), max_length=120, blank=True)
    examined_role = models.CharField(
        _("身份"), max_length=60, blank=True, help_text=_("当事人、法定代表人、现场负责人、证人")
    )
    examined_identity = models.CharField(_("证件号码"), max_length=40, blank=True)
    examined_phone = models.CharField(_("联系电话"), max_length=30, blank=True)
    is_minor = models.BooleanField(_("未成年人"), default=False)
    guardian_name = models.CharField(_("监护人"), max_length=60, blank=True)
    interpreter_name = models.CharField(_("翻译"), max_length=60, blank=True)
    interpreter_signed = models.BooleanField(_("翻译已签名"), default=False)
    witness_name = models.CharField(_("见证人"), max_length=60, blank=True)
    certificates_shown = models.BooleanField(_("已出示执法证件"), default=False)
    rights_told = models.BooleanField(_("已告知权利义务"), default=False)
    text = models.TextField(_("正文"), blank=True)
    passages = models.JSONField(_("问答"), default=list, blank=True)
    pages = models.PositiveSmallIntegerField(_("页数"), default=1)
    corrections = models.PositiveSmallIntegerField(_("涂改处数"), default=0)
    corrections_signed = models.BooleanField(_("涂改处已确认"), default=False)
    signature = models.CharField(_("签名情况"), max_length=10, choices=SignatureState.choices)
    signature_note = models.CharField(_("签名说明"), max_length=200, blank=True)
    officers_signed = models.BooleanField(_("执法人员已签名"), default=False)
    defects = models.JSONField(_("瑕疵"), default=list, blank=True)
    explanation = models.CharField(_("情况说明"), max_length=500, blank=True)
    entered_at = models.DateTimeField(_("录入时间"))
    entered_by = models.CharField(_("录入人"), max_length=64)

    objects = RecordQuerySet["RecordOfProceedings"].as_manager()

    class Meta:
        app_label = "records"
        verbose_name = _("笔录")
        verbose_name_plural = _("笔录")
        ordering = ["started_at", "id"]
        indexes = [models.Index(fields=["started_at", "ended_at"], name="proceedings_time")]
        constraints = [
            models.CheckConstraint(condition=Q(ended_at__gt=F("started_at")), name="proceedings_end_after_start")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.examined_name}".strip()

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("records:proceedings", args=[self.pk])


class ProceedingsOfficer(AppendOnlyModel):
    """在场执法人员: one officer of one record and what the officer did."""

    ROLES = [("asks", _("询问（检查、勘验）人")), ("writes", _("记录人"))]

    record = models.ForeignKey(RecordOfProceedings, on_delete=models.PROTECT, related_name="officers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("执法人员"))
    role = models.CharField(_("分工"), max_length=10, choices=ROLES)
    certificate_no = models.CharField(_("执法证号"), max_length=40, blank=True)

    class Meta:
        app_label = "records"
        verbose_name = _("在场执法人员")
        verbose_name_plural = _("在场执法人员")
        ordering = ["record_id", "id"]
        constraints = [models.UniqueConstraint(fields=["record", "person"], name="officer_once_in_a_record")]
        indexes = [models.Index(fields=["person"], name="proceedings_person")]

    def __str__(self) -> str:
        return str(self.person)


class ProceedingsFile(AppendOnlyModel):
    """笔录文件: the scan of the signed pages, or the recording made beside it."""

    record = models.ForeignKey(RecordOfProceedings, on_delete=models.PROTECT, related_name="files")
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("文件"))
    name = models.CharField(_("文件名"), max_length=160)
    position = models.PositiveSmallIntegerField(_("顺序"))
    recorded_from = models.DateTimeField(_("录制开始"), null=True, blank=True)
    recorded_until = models.DateTimeField(_("录制结束"), null=True, blank=True)

    class Meta:
        app_label = "records"
        verbose_name = _("笔录文件")
        verbose_name_plural = _("笔录文件")
        ordering = ["record_id", "position"]
        constraints = [models.UniqueConstraint(fields=["record", "position"], name="proceedings_file_position_once")]

    def __str__(self) -> str:
        return self.name


class ProceedingsSupplement(AppendOnlyModel):
    """笔录补充: what was added or corrected later, by whom and why. The record itself stays as it was signed."""

    record = models.ForeignKey(RecordOfProceedings, on_delete=models.PROTECT, related_name="supplements")
    text = models.TextField(_("内容"))
    reason = models.CharField(_("原因"), max_length=200)
    added_by = models.CharField(_("补充人"), max_length=64)
    added_at = models.DateTimeField(_("时间"))

    class Meta:
        app_label = "records"
        verbose_name = _("笔录补充")
        verbose_name_plural = _("笔录补充")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:40]
