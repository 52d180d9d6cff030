"""How the organ makes up its mind: collective discussion with each opinion, and approvals of acts."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dayu.cases.models.case import Case, CaseScopedQuerySet, rows_of
from dayu.cases.models.drafts import PenaltyDraft
from dayu.cases.models.parties import CaseParty
from dayu.core.records import AppendOnlyModel, VersionedModel
from dayu.org.models import Person


class CollectiveDiscussion(VersionedModel):
    """集体讨论: a meeting of the heads about one party's case; it is held when its conclusion is recorded."""

    party = models.ForeignKey(CaseParty, on_delete=models.PROTECT, related_name="discussions")
    called_on = models.DateField(_("召集日期"))
    place = models.CharField(_("地点"), max_length=200, blank=True)
    chair = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("主持人"))
    recorder = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("记录人"))
    question = models.TextField(_("讨论事项"), blank=True)
    concluded_on = models.DateField(_("结论日期"), null=True)
    conclusion = models.TextField(_("结论性意见"), blank=True)
    amount_yuan = models.DecimalField(_("结论金额"), max_digits=14, decimal_places=2, null=True)
    draft = models.ForeignKey(PenaltyDraft, null=True, on_delete=models.PROTECT, related_name="+")
    document = models.CharField(_("文书"), max_length=80, blank=True)

    objects = rows_of("party__case")

    class Meta:
        app_label = "cases"
        verbose_name = _("集体讨论")
        verbose_name_plural = _("集体讨论")
        ordering = ["party_id", "id"]

    def __str__(self) -> str:
        return f"{self.party} {self.called_on}"


class DiscussionOpinion(AppendOnlyModel):
    """讨论意见: what one member said and voted, entered by that member's own account."""

    VOTES = [("agree", _("同意")), ("disagree", _("不同意")), ("abstain", _("弃权"))]

    discussion = models.ForeignKey(CollectiveDiscussion, on_delete=models.PROTECT, related_name="opinions")
    member = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("成员"))
    vote = models.CharField(_("表决"), max_length=8, choices=VOTES)
    opinion = models.TextField(_("意见"))
    given_at = models.DateTimeField(_("时间"))

    objects = rows_of("discussion__party__case")

    class Meta:
        app_label = "cases"
        verbose_name = _("讨论意见")
        verbose_name_plural = _("讨论意见")
        ordering = ["discussion_id", "id"]
        constraints = [models.UniqueConstraint(fields=["discussion", "member"], name="one_opinion_of_a_member")]

    def __str__(self) -> str:
        return f"{self.member} {self.vote}"


class CaseApprovalQuerySet(CaseScopedQuerySet["CaseApproval"]):
    """Requests for approval; seen with the case."""

    case_path = "case"

    def open(self) -> Self:
        """Those without an outcome."""
        return self.filter(outcome="")


class CaseApproval(VersionedModel):
    """报请批准: an act that waits for the head's agreement. When it is granted the act is done with these particulars.

    `digest` covers act, particulars and the draft they rest on; where the law refuses by then, nothing is done and the
    requester reads why.
    """

    OUTCOMES = [
        ("done", _("已批准并办理")), ("refused", _("未批准")), ("failed", _("批准后不能办理")), ("dropped", _("已放弃")),
    ]  # fmt: skip

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="approvals")
    party = models.ForeignKey(CaseParty, null=True, on_delete=models.PROTECT, related_name="approvals")
    act = models.CharField(_("行为"), max_length=40)
    particulars = models.JSONField(_("内容"), default=dict)
    digest = models.CharField(_("校验值"), max_length=64)
    request = models.CharField(_("审批"), max_length=80, blank=True)
    requested_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("报请人"))
    requested_at = models.DateTimeField(_("报请时间"))
    outcome = models.CharField(_("结果"), max_length=8, choices=OUTCOMES, blank=True)
    words = models.TextField(_("意见"), blank=True)
    answered_at = models.DateTimeField(_("批复时间"), null=True)

    objects = CaseApprovalQuerySet.as_manager()

    class Meta:
        app_label = "cases"
        verbose_name = _("报请批准")
        verbose_name_plural = _("报请批准")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "act", "party"], condition=Q(outcome=""), name="one_open_approval_of_an_act"
            ),
            models.UniqueConstraint(
                fields=["case", "act"], condition=Q(outcome="", party=None), name="one_open_approval_for_the_case"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.act}"
