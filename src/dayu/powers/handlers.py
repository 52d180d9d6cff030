"""What the powers domain does when law changes: items freeze on the day, organs get a task with a limit, and settle."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from dayu.basis.events import ImpactSettled, ImpactsFound
from dayu.basis.models import ChangeImpact
from dayu.core import clock
from dayu.core.audit import subject_key
from dayu.core.events import handles
from dayu.law.citations import cite
from dayu.org.models import Agency
from dayu.powers.models import EnforcementItem
from dayu.work.holders import Holder
from dayu.work.services import close_tasks_of, end_deadlines_of, open_task, start_deadline

LIMIT = "settle_law_change"
PREFIX = "powers.enforcementitem:"


@handles(ImpactsFound)
def freeze_items(event: ImpactsFound, *, moment: datetime) -> None:
    """POW-02: an item that rests on a changed article is frozen from the day the change counts, until it is settled."""
    keys = [int(s.removeprefix(PREFIX)) for s in event.subjects if s.startswith(PREFIX)]
    for item in EnforcementItem.objects.filter(pk__in=keys):
        _look_again(item)


@handles(ImpactsFound)
def ask_organs_to_settle(event: ImpactsFound, *, moment: datetime) -> None:
    """One task with its limit for each organ whose records the change touches."""
    for organ in Agency.objects.filter(pk__in=event.organs).select_related("territory"):
        subject = _matter(event.law, event, organ.pk)
        title = _("依据变更：核对引用%(law)s的事项") % {"law": event.law_name}
        url = f"{reverse('basis:changes')}?law={event.law}"
        running = start_deadline(
            subject, LIMIT, starts=clock.legal_date(moment), organ_id=organ.pk, territory=organ.territory_id,
            title=title, start_event=_("发现依据变更"), url=url, moment=moment,
        )  # fmt: skip
        open_task(
            subject, "basis.settle_impact", title=title, button=_("去核对"), holder=Holder(post="review_head"),
            organ_id=organ.pk, territory=organ.territory_id, url=url, deadline=running,
            why=_("%(day)s起施行，未处理的事项当日冻结") % {"day": event.freezes_on.isoformat()},
            basis=[cite("responsibility-rules-150000", 13)], moment=moment,
        )  # fmt: skip


@handles(ImpactSettled)
def thaw_item(event: ImpactSettled, *, moment: datetime) -> None:
    """A settled item works again; the organ's task ends with its last one."""
    if event.subject.startswith(PREFIX):
        _look_again(EnforcementItem.objects.get(pk=int(event.subject.removeprefix(PREFIX))))
    if event.was_last and event.organ_id is not None:
        subject = _matter(event.law, event, event.organ_id)
        end_deadlines_of(subject, moment=moment, limit_keys=[LIMIT])
        close_tasks_of(subject, moment=moment)


def _matter(law: str, event: ImpactsFound | ImpactSettled, organ: int) -> str:
    return f"basis.change:{law}/{event.freezes_on:%Y%m%d}/{organ}"


def _look_again(item: EnforcementItem) -> None:
    """What is kept on the item equals what the open impacts say, whatever order events come in."""
    first = ChangeImpact.objects.open().filter(subject=subject_key(item)).order_by("freezes_on", "id").first()
    item.frozen_from = first.freezes_on if first is not None else None
    item.frozen_by = {"law": first.law, "article": first.article} if first is not None else {}
    item.save(update_fields=["frozen_from", "frozen_by"])
