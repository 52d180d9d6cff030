"""The people behind leads: shown on purpose only, and told what became of what they sent."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.refused import refuse_now
from dayu.leads.models import Informant, Lead, SenderFeedback
from dayu.leads.policies import may_add_to_lead, may_learn_informant
from dayu.leads.services.timeline import add_entry
from dayu.work.services import close_task


@action(label=gettext_lazy("查看举报人"), policy=may_learn_informant)
def disclose_informant(lead: Lead, *, actor: Actor, moment: datetime, reason: str) -> Informant:
    """Show who sent the lead, for a reason. The audit entry names the lead and the reason, never the person."""
    if not reason.strip():
        refuse_now("leads.words_needed")
    informant = Informant.objects.filter(lead=lead).first()
    if informant is None:
        refuse_now("leads.no_informant")
    note_subject(lead)
    note(reason=reason.strip())
    return informant


@action(label=gettext_lazy("反馈举报人（来件单位）"), policy=may_add_to_lead)
def give_feedback(lead: Lead, *, actor: Actor, moment: datetime, text: str, channel: str) -> SenderFeedback:
    """The sender was told, how and what."""
    if not text.strip():
        refuse_now("leads.words_needed")
    if channel not in dict(SenderFeedback.CHANNELS):
        refuse_now("leads.unknown_channel", channel=channel)
    if not lead.disposal and lead.verified_at is None:
        refuse_now("leads.nothing_to_tell")
    row = SenderFeedback.objects.create(
        lead=lead, text=text.strip(), channel=channel, given_at=moment, given_by=actor.name
    )
    close_task(lead, "leads.give_feedback", moment=moment, by=actor)
    words = {"channel": row.get_channel_display(), "text": row.text}
    add_entry(lead, "feedback", _("%(channel)s反馈：%(text)s") % words, actor=actor, happened_at=moment)
    note(channel=channel)
    return row
