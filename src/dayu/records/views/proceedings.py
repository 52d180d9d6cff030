"""Screens of records of proceedings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from dayu.core import clock
from dayu.core.access import note_access
from dayu.core.act_pages import act_page
from dayu.core.actors import Actor
from dayu.core.file_pages import file_response
from dayu.core.middleware import actor_of
from dayu.core.ui.parts import FileView, Pair
from dayu.records import services
from dayu.records.forms import ProceedingsForm, WordsAndReasonForm
from dayu.records.matters import matter_of
from dayu.records.models import RecordOfProceedings
from dayu.records.policies import may_record


def _find(request: HttpRequest, pk: int) -> tuple[RecordOfProceedings, Actor]:
    actor = actor_of(request)
    rows = RecordOfProceedings.objects.visible_to(actor).select_related("organ")
    return get_object_or_404(rows.prefetch_related("officers__person", "files__stored", "supplements"), pk=pk), actor


@login_required
def record_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One record with its officers, signatures, defects and scans."""
    record, actor = _find(request, pk)
    note_access([record, record.subject])
    context = {
        "record": record,
        "matter": matter_of(record.subject, actor),
        "pairs": _pairs(record),
        "files": [_file_view(record, f) for f in record.files.all()],
        "may_record": may_record(record, actor=actor).allowed,
    }
    return render(request, "records/proceedings.html", context)


def _pairs(record: RecordOfProceedings) -> list[Pair]:
    begin = record.started_at.astimezone(clock.LEGAL_ZONE)
    end = record.ended_at.astimezone(clock.LEGAL_ZONE)
    officers = "、".join(f"{o.person.name}（{o.certificate_no or _('无证号')}）" for o in record.officers.all())
    found = [
        (_("起止时间"), f"{begin:%Y-%m-%d %H:%M}–{end:%H:%M}"),
        (_("地点"), record.place),
        (_("执法人员"), officers),
        (_("被询问（检查、勘验）人"), f"{record.examined_name} {record.examined_role}".strip()),
        (_("监护人"), record.guardian_name),
        (_("翻译"), record.interpreter_name),
        (_("见证人"), record.witness_name),
        (_("出示执法证件"), _("是") if record.certificates_shown else _("未记载")),
        (_("告知权利义务"), _("是") if record.rights_told else _("未记载")),
        (_("签名情况"), f"{record.get_signature_display()} {record.signature_note}".strip()),
        (_("页数"), record.pages),
        (_("涂改处数"), record.corrections or ""),
        (_("录入"), f"{record.entered_by} {record.entered_at.astimezone(clock.LEGAL_ZONE):%Y-%m-%d %H:%M}"),
    ]
    return [Pair(key, value) for key, value in found if value]


def _file_view(record: RecordOfProceedings, file: Any) -> FileView:
    url = reverse("records:proceedings_file", args=[record.pk, file.pk])
    return FileView(
        file.name, url, file.stored.media_type, file.stored.size, file.stored.sha256, f"{url}?download", str(record)
    )


@login_required
def proceedings_file(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    """A scan or recording."""
    record, _actor = _find(request, pk)
    found = get_object_or_404(record.files.select_related("stored"), pk=file)
    note_access([record])
    return file_response(request, found.stored, name=found.name, download="download" in request.GET)


@login_required
def enter(request: HttpRequest) -> HttpResponse:
    """Enter a record for a matter."""
    actor, subject = actor_of(request), request.GET.get("subject", "")
    form_options = {"actor": actor}

    def act(target: str, *, actor: Actor, moment: datetime, idempotency_key: str, **given: Any) -> RecordOfProceedings:
        return services.record_proceedings(
            target,
            actor=actor,
            moment=moment,
            idempotency_key=idempotency_key,
            written=ProceedingsForm.written(given),
            explanation=given["explanation"],
        )

    return act_page(
        request,
        action=act,
        target=subject,
        form_class=ProceedingsForm,
        title=_("录入笔录"),
        back=f"{reverse('records:board')}?subject={subject}",
        form_options=form_options,
        note=matter_of(subject, actor).title,
    )


@login_required
def supplement(request: HttpRequest, pk: int) -> HttpResponse:
    """Add to a record."""
    record, _actor = _find(request, pk)
    return act_page(
        request,
        action=services.supplement_proceedings,
        target=record,
        form_class=WordsAndReasonForm,
        title=_("补充笔录"),
        back=reverse("records:proceedings", args=[record.pk]),
    )
