"""Publications of decisions, their versions, the late list, and the alerts that went out."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dayu.core.actors import Actor
from dayu.core.records import AppendOnlyModel, VersionedModel, VisibleQuerySet
from dayu.core.territories import in_scopes

M = TypeVar("M", bound=models.Model)


class PublicationScopedQuerySet(VisibleQuerySet[M]):
    """Rows of publications; `publication_path` leads from a row to the publication."""

    publication_path = ""

    def visible_to(self, actor: Actor) -> Self:
        """Publications of organs within the actor's scopes; strangers read `public.py`."""
        if actor.is_system:
            return self
        prefix = f"{self.publication_path}__" if self.publication_path else ""
        return self.filter(
            in_scopes(actor, territory_path=f"{prefix}agency__territory__path", organ=f"{prefix}agency_id")
        )


class PublicationQuerySet(PublicationScopedQuerySet["Publication"]):
    """Publications."""

    def open(self) -> Self:
        """Neither published nor withheld nor dropped: somebody must still act."""
        return self.filter(released_on=None, withheld_on=None, dropped_on=None)

    def public(self) -> Self:
        """What strangers may see today: released, not withdrawn."""
        return self.filter(released_on__isnull=False, withdrawn_on=None)


class Publication(VersionedModel):
    """公示: the publication of one decision against one party, from the masked draft made at sealing to its withdrawal.

    The columns of content hold masked text only. `due_on` is the last day of the time limit `publish`; when service comes
    after it, the limit runs again from service and `reason_for_wait` says so.
    """

    PENDING, READY, RELEASED, WITHHELD, WITHDRAWN, DROPPED = (
        "pending",
        "ready",
        "released",
        "withheld",
        "withdrawn",
        "dropped",
    )
    STATES = {
        PENDING: _("待送达"),
        READY: _("待公示"),
        RELEASED: _("已公示"),
        WITHHELD: _("不予公开"),
        WITHDRAWN: _("已撤回"),
        DROPPED: _("不再公示"),
    }

    code = models.CharField(_("公示编号"), max_length=16, unique=True)
    agency = models.ForeignKey("org.Agency", on_delete=models.PROTECT, related_name="publications")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="publications")
    party = models.ForeignKey("cases.CaseParty", on_delete=models.PROTECT, related_name="publications")
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="publications")
    owner = models.ForeignKey("org.Person", null=True, on_delete=models.PROTECT, related_name="publications")

    decision_no = models.CharField(_("决定书文号"), max_length=80)
    decided_on = models.DateField(_("决定日期"))
    organ_name = models.CharField(_("处罚机关"), max_length=100)
    party_name = models.CharField(_("行政相对人"), max_length=120)
    natural_person = models.BooleanField(_("自然人"), default=False)
    uscc = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    category = models.CharField(_("违法行为类型"), max_length=300)
    facts = models.TextField(_("违法事实"))
    basis = models.TextField(_("处罚依据"))
    kinds = models.JSONField(_("处罚类别"), default=list)
    conclusion = models.TextField(_("处罚内容"))
    fine_yuan = models.DecimalField(_("罚款"), max_digits=14, decimal_places=2, null=True)
    confiscated_yuan = models.DecimalField(_("没收"), max_digits=14, decimal_places=2, null=True)
    ends_on = models.DateField(_("公示截止日"), null=True, blank=True)
    masked = models.JSONField(_("隐去的内容"), default=dict)
    pdf = models.ForeignKey("core.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(_("内容校验值"), max_length=64)

    due_on = models.DateField(_("公示期限"))
    provisional = models.BooleanField(_("期限为暂定"), default=False)
    served_on = models.DateField(_("送达日期"), null=True)
    reason_for_wait = models.CharField(_("等待原因"), max_length=200, blank=True)
    drafted_at = models.DateTimeField(_("生成时间"))
    released_on = models.DateField(_("公示日期"), null=True)
    released_by = models.CharField(_("公示人"), max_length=64, blank=True)
    withheld_on = models.DateField(_("决定不予公开日期"), null=True)
    withheld_ground = models.CharField(_("不予公开依据"), max_length=30, blank=True)
    withheld_reason = models.CharField(_("不予公开理由"), max_length=500, blank=True)
    withheld_by = models.CharField(_("批准人"), max_length=64, blank=True)
    review_on = models.DateField(_("复核日期"), null=True)
    revoked_on = models.DateField(_("决定被变更、撤销日期"), null=True)
    withdraw_due_on = models.DateField(_("撤回期限"), null=True)
    withdrawn_on = models.DateField(_("撤回日期"), null=True)
    withdrawn_reason = models.CharField(_("撤回理由"), max_length=500, blank=True)
    dropped_on = models.DateField(null=True)
    dropped_reason = models.CharField(_("不再公示的原因"), max_length=200, blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("处罚决定公示")
        verbose_name_plural = _("处罚决定公示")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["document"], name="one_publication_of_a_decision"),
            models.CheckConstraint(
                condition=Q(withheld_on=None) | (~Q(withheld_ground="") & ~Q(withheld_reason="") & ~Q(withheld_by="")),
                name="withholding_has_ground_reason_approver",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | (~Q(withdrawn_reason="") & Q(released_on__isnull=False)),
                name="withdrawal_follows_release_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["-released_on", "-id"], name="publication_released"),
            models.Index(fields=["agency", "due_on"], name="publication_due"),
            models.Index(fields=["decision_no"], name="publication_no"),
            models.Index(
                fields=["agency", "decided_on"], condition=Q(released_on__isnull=False, withdrawn_on=None),
                name="publication_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_no} {self.party_name}"

    def get_absolute_url(self) -> str:
        """The page of the publication in the office."""
        return reverse("disclosure:publication", args=[self.pk])

    @property
    def state(self) -> str:
        """Where it stands: derived, never typed."""
        if self.withdrawn_on is not None:
            return self.WITHDRAWN
        if self.released_on is not None:
            return self.RELEASED
        if self.withheld_on is not None:
            return self.WITHHELD
        if self.dropped_on is not None:
            return self.DROPPED
        return self.READY if self.served_on is not None else self.PENDING

    @property
    def state_name(self) -> str:
        """The state in words."""
        return str(self.STATES[self.state])


class VersionQuerySet(PublicationScopedQuerySet["PublicationVersion"]):
    """Versions; seen with their publication."""

    publication_path = "publication"


class PublicationVersion(AppendOnlyModel):
    """公示内容沿革: each content that a publication had; `public_note` is the correction that the public reads."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="versions")
    sequence = models.PositiveSmallIntegerField(_("次序"))
    content = models.JSONField(_("内容"))
    digest = models.CharField(max_length=64)
    pdf = models.ForeignKey("core.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("修改理由"), max_length=300, blank=True)
    public_note = models.CharField(_("更正说明"), max_length=300, blank=True)
    made_on = models.DateField(_("日期"))
    made_by = models.CharField(_("修改人"), max_length=64)
    made_at = models.DateTimeField(_("时间"))

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("公示内容沿革")
        verbose_name_plural = _("公示内容沿革")
        ordering = ["publication_id", "sequence"]
        constraints = [models.UniqueConstraint(fields=["publication", "sequence"], name="publication_version_once")]

    def __str__(self) -> str:
        return f"{self.publication} {self.sequence}"


class LateQuerySet(PublicationScopedQuerySet["LatePublication"]):
    """Late entries; seen with their publication."""

    publication_path = "publication"


class LatePublication(AppendOnlyModel):
    """逾期公示台账: one publication that missed its limit, by how many working days. Nothing later takes it off the list."""

    MANNERS = [("released", _("逾期公示")), ("withheld", _("逾期决定不予公开")), ("withdrawn", _("逾期撤回"))]

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="late_entries")
    manner = models.CharField(_("情形"), max_length=10, choices=MANNERS)
    due_on = models.DateField(_("期限"))
    settled_on = models.DateField(_("办理日期"))
    working_days_late = models.PositiveSmallIntegerField(_("逾期工作日"))
    owner_name = models.CharField(_("责任人"), max_length=64, blank=True)

    objects = LateQuerySet.as_manager()

    class Meta:
        verbose_name = _("逾期公示台账")
        verbose_name_plural = _("逾期公示台账")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["publication", "manner"], name="late_once_in_a_manner")]

    def __str__(self) -> str:
        return f"{self.publication} {self.working_days_late}"


class PublicationAlert(AppendOnlyModel):
    """公示提醒: one alert that went out, so that each goes out once."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="alerts")
    level = models.CharField(_("对象"), max_length=10)  # owner | head | late | withdraw
    due_on = models.DateField(_("期限"))
    alerted_on = models.DateField(_("提醒日"))
    person_ids = models.JSONField(_("被提醒人"), default=list)

    class Meta:
        verbose_name = _("公示提醒")
        verbose_name_plural = _("公示提醒")
        constraints = [
            models.UniqueConstraint(fields=["publication", "level", "due_on"], name="publication_alerted_once")
        ]

    def __str__(self) -> str:
        return f"{self.publication} {self.level}"
