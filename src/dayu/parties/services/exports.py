"""Lists of parties as Excel: small ones at once, large ones after approval; marked with who took them, counted (SEC-01)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dayu.basis.selectors import parameter
from dayu.core import clock
from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.audit import plain
from dayu.core.files import store_bytes
from dayu.core.refused import refuse_now
from dayu.core.ui.excel import MEDIA_TYPE
from dayu.parties.listing import EXPORT_COLUMNS, export_rows, filtered_parties
from dayu.parties.marked_sheet import marked_sheet
from dayu.parties.models import PartyExport
from dayu.parties.policies import is_system, may_export, may_take_export
from dayu.work.services import notify, request_approval

FLOW = "parties.export"


@action(label=gettext_lazy("申请导出当事人"), policy=may_export)
def ask_for_export(
    target: None, *, actor: Actor, moment: datetime, filters: Mapping[str, str], reason: str
) -> PartyExport:
    """Ask for the list that `filters` describe. From the territory's number of rows on a head must agree first."""
    if not reason.strip():
        refuse_now("parties.export_needs_purpose")
    limit = export_limit(actor, moment)
    rows = filtered_parties(actor, filters).count()
    export = PartyExport.objects.create(
        organ_id=actor.organ_id,
        asked_by_id=actor.person_id,
        asked_by_name=actor.name,
        filters=dict(filters),
        reason=reason.strip(),
        rows=rows,
        needs_approval=rows > limit,
        asked_at=moment,
    )
    note_subject(export)
    note(rows=rows, reason=reason, limit=limit)
    if export.needs_approval:
        request_approval(
            export,
            actor=actor,
            moment=moment,
            flow_key=FLOW,
            title=_("批量导出当事人信息 %(rows)s 行") % {"rows": rows},
            digest=_digest(export),
            deciding_facts=[(_("行数"), str(rows)), (_("用途"), export.reason)],
            url=export.get_absolute_url(),
            facts={"rows": rows},
        )
    return export


@action(label=gettext_lazy("批准导出当事人"), policy=is_system, doors={"system"})
def grant_export(export: PartyExport, *, actor: Actor, moment: datetime) -> PartyExport:
    """The approval was granted: the one who asked may take the list."""
    if export.granted_at is None:
        export.granted_at = moment
        export.save(update_fields=["granted_at"])
        notify(export.asked_by_id, _("导出申请已获批准，可以下载"), export.get_absolute_url(), moment=moment)
    return export


@action(label=gettext_lazy("不予批准导出当事人"), policy=is_system, doors={"system"})
def refuse_export(export: PartyExport, *, actor: Actor, moment: datetime) -> PartyExport:
    """The approval was refused or given up."""
    if export.refused_at is None:
        export.refused_at = moment
        export.save(update_fields=["refused_at"])
    return export


@action(label=gettext_lazy("下载当事人清单"), policy=may_take_export)
def take_export(export: PartyExport, *, actor: Actor, moment: datetime) -> PartyExport:
    """Make the file: with the taker's mark on every page, its count of rows, and its digest on record.

    Without approval only rows that one has a purpose for show their protected fields.
    """
    if export.refused_at is not None:
        refuse_now("parties.export_refused")
    if export.needs_approval and export.granted_at is None:
        refuse_now("parties.export_waits")
    if export.file_id is not None:
        return export
    rows = list(export_rows(actor, export.filters, open_all=export.granted_at is not None, moment=moment))
    if export.granted_at is not None and len(rows) > export.rows:
        rows = rows[: export.rows]  # what was approved is a number of rows; later ones are not part of it
    day = clock.legal_date(moment)
    mark = _("仅限行政执法使用　%(name)s　%(day)s　共%(rows)s行　用途：%(reason)s") % {
        "name": actor.name,
        "day": day,
        "rows": len(rows),
        "reason": export.reason,
    }
    content = marked_sheet(_("当事人清单"), [str(c) for c in EXPORT_COLUMNS], rows, mark=mark)
    export.file = store_bytes(content, media_type=MEDIA_TYPE)
    export.taken_at, export.taken_rows = moment, len(rows)
    export.save(update_fields=["file", "taken_at", "taken_rows"])
    note(rows=len(rows), digest=export.file_id, approved=export.granted_at is not None)
    return export


def export_limit(actor: Actor, moment: datetime) -> int:
    """From more than this many rows on a list needs approval, by the territory's own value."""
    return parameter("party_export_rows", actor.territory, clock.legal_date(moment)).number


def _digest(export: PartyExport) -> str:
    content: dict[str, Any] = {"filters": export.filters, "rows": export.rows, "reason": export.reason}
    return hashlib.sha256(json.dumps(plain(content), ensure_ascii=False, sort_keys=True).encode()).hexdigest()
