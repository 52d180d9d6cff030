"""What a sender is told when a lead ends: at once where the follow-up code shows it, by a task where a person must tell."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from dayu.leads.models import Disposal, Informant, Lead, LeadSource, SenderFeedback
from dayu.work.holders import post
from dayu.work.services import open_task

# Sources whose sender expects an answer even where no person is named.
ANSWERED_SOURCES = frozenset(
    {
        LeadSource.SUPERIOR,
        LeadSource.INFERIOR,
        LeadSource.DEPARTMENT,
        LeadSource.HOTLINE_12345,
        LeadSource.HOTLINE_12314,
        LeadSource.PETITION,
        LeadSource.PROSECUTOR,
    }
)


def ask_for_feedback(lead: Lead, *, outcome: Lead, moment: datetime) -> None:
    """Let the sender of `lead` learn what became of `outcome` (the lead itself, or the one it was joined to)."""
    informant = Informant.objects.filter(lead=lead).first()
    if informant is not None and informant.follow_digest:
        SenderFeedback.objects.create(
            lead=lead, text=outcome_words(outcome), channel="follow", given_at=moment, given_by=_("系统")
        )
        if not informant.phone:
            return
    wants = informant is not None and informant.wants_answer and not informant.anonymous
    if not wants and lead.source not in ANSWERED_SOURCES:
        return
    open_task(
        lead,
        "leads.give_feedback",
        title=_("反馈处理结果：%(title)s") % {"title": lead.title},
        button=_("去反馈"),
        holder=post("registrar"),
        organ_id=lead.organ_id,
        territory=lead.territory_id,
        url=lead.get_absolute_url(),
        matter_no=lead.number,
        matter_title=lead.title,
        why=outcome_words(outcome),
        moment=moment,
    )


def outcome_words(lead: Lead) -> str:
    """What became of a lead, in words that may leave the organ: no names, no grounds that concern a person."""
    return {
        Disposal.FILED: _("经核查，已依法立案。"),
        Disposal.DECLINED: _("经核查，依法不予立案。"),
        Disposal.TRANSFERRED: _("经核查，已移送有管辖权的机关处理。"),
        Disposal.INVALID: _("经核查，未发现所反映的情况。"),
    }.get(Disposal(lead.disposal), "")
