"""The clock of archiving: it starts when a case closes."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from dayu.cases.models import Case
from dayu.core.actions import action, note_subject
from dayu.core.actors import Actor
from dayu.core.audit import subject_key
from dayu.dossiers.policies import may_compile
from dayu.law.citations import cite
from dayu.org.selectors import holders_of
from dayu.work.holders import Holder
from dayu.work.models import RunningDeadline
from dayu.work.services import close_tasks_of, end_deadlines_of, open_task, start_deadline

LIMIT = "archive"
ARCHIVED = cite("penalty-law", 47, anchor="归档保存")


@action(label=_("等待归档"), policy=may_compile, doors={"system", "office"})
def expect_archiving(case: Case, *, actor: Actor, moment: datetime) -> RunningDeadline | None:
    """Let the archiving of a closed case wait on its first officer, with its last day. Asking again changes nothing."""
    if case.closed_on is None or case.archived_on is not None:
        return None
    known = RunningDeadline.objects.filter(subject=subject_key(case), limit_key=LIMIT).first()
    if known is not None:
        return known
    lead = case.officers.filter(until_on=None).order_by("-role", "id").select_related("person").first()
    running = start_deadline(
        case,
        LIMIT,
        starts=case.closed_on,
        organ_id=case.organ_id,
        territory=case.territory_code,
        title=_text("立卷归档"),
        start_event=_text("结案"),
        responsible_person_id=lead.person_id if lead else None,
        url=f"/dossiers/of-case/{case.pk}/",
        moment=moment,
    )
    archivists = holders_of("archivist", agency=case.organ_id, on=case.closed_on)
    holder = Holder(post="archivist") if archivists.exists() or lead is None else Holder(person_id=lead.person_id)
    open_task(
        case,
        "dossiers.archive_dossier",
        title=_text("立卷归档"),
        button=_text("去归档"),
        holder=holder,
        organ_id=case.organ_id,
        territory=case.territory_code,
        url=f"/dossiers/of-case/{case.pk}/",
        matter_no=case.case_no,
        matter_title=case.title,
        why=_text("案件已结案"),
        basis=[ARCHIVED],
        deadline=running,
        moment=moment,
    )
    note_subject(case)
    return running


@action(label=_("归档等待结束"), policy=may_compile, doors={"system", "office"})
def end_expecting(case: Case, *, actor: Actor, moment: datetime) -> None:
    """The case is archived, here or on paper: nothing waits any more."""
    close_tasks_of(case, moment=moment, by=actor, acts=["dossiers.archive_dossier"])
    end_deadlines_of(case, moment=moment, limit_keys=[LIMIT])
    note_subject(case)
