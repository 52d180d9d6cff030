"""Education, closing, archiving, and taking back a slip of recording."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from dayu.cases.events import CaseArchived, CaseClosed
from dayu.cases.models import Case, JournalEntry
from dayu.cases.policies import may_decide, may_keep_dossier, may_work_on
from dayu.cases.services.indexing import index_case
from dayu.cases.services.journal import perform
from dayu.core.actions import action, note
from dayu.core.actors import Actor
from dayu.core.audit import subject_key
from dayu.core.events import publish
from dayu.core.refused import refuse_now
from dayu.parties.services import end_involvements_of
from dayu.work.services import drop_tasks_of


@action(label=_("登记说理普法"), policy=may_work_on, doors={"office", "field"})
def record_education(
    case: Case, *, actor: Actor, moment: datetime, manner: str, text: str, result: str = ""
) -> JournalEntry:
    """The law was explained to the party: how, what was said, and how it was taken."""
    return perform(
        case, "record_education", actor=actor, moment=moment, params={"manner": manner, "text": text, "result": result}
    )


@action(label=_("结案"), policy=may_decide, doors={"office", "system"})
def close_case(case: Case, *, actor: Actor, moment: datetime, ground: str, opinion: str = "") -> JournalEntry:
    """Everything is done for every party, or was lawfully ended."""
    entry = perform(
        case, "close_case", actor=actor, moment=moment, params={"ground": ground, "opinion": opinion, "head": actor.name}
    )
    drop_tasks_of(case, reason="案件已结案", moment=moment, by=actor)
    end_involvements_of(case, moment=moment)
    index_case(case)
    publish(CaseClosed(case.pk, entry.happened_on), moment=moment)
    return entry


@action(label=_("归档"), policy=may_keep_dossier, doors={"office", "system"})
def archive_dossier(
    case: Case, *, actor: Actor, moment: datetime, digest: str, missing: Sequence[str] = (), dossier: str = ""
) -> JournalEntry:
    """The dossier has cover, index and page numbers, nothing is missing; one digest covers all."""
    entry = perform(
        case, "archive_dossier", actor=actor, moment=moment, digest=digest, source=dossier,
        proposal={"digest": digest, "missing": tuple(missing)}, params={"dossier": dossier},
    )
    publish(CaseArchived(case.pk, entry.happened_on), moment=moment)
    return entry


@action(label=_("作废一条记录"), policy=may_decide)
def annul_entry(entry: JournalEntry, *, actor: Actor, moment: datetime, reason: str) -> JournalEntry:
    """A slip of recording is annulled; it stays readable. What others rely on is revoked or corrected instead."""
    if entry.kind == "annulled":
        refuse_now("cases.already_annulled")
    case = entry.case
    row = perform(
        case, "annul_entry", actor=actor, moment=moment, subject=str(entry.sequence),
        proposal={"kind": entry.kind, "reason": reason, "taken_over": entry.taken_over},
        params={"sequence": entry.sequence, "kind": entry.kind, "reason": reason},
    )
    note(annulled=subject_key(entry), reason=reason)
    return row
