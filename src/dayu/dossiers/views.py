"""Screens of dossiers: the shelf, one dossier with index and gaps, its volumes, and the acts on it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dayu.cases.models import Case
from dayu.cases.selectors import case_url, find_case
from dayu.core import clock
from dayu.core.access import note_access
from dayu.core.act_pages import act_page
from dayu.core.actors import Actor
from dayu.core.audit import subject_key
from dayu.core.file_pages import file_response
from dayu.core.files import store_upload
from dayu.core.middleware import actor_of
from dayu.core.proof_log import proof_lines
from dayu.core.ui.parts import Cell, Column, FilterGroup, Link, Pager, Pair, Row, Table
from dayu.dossiers import services
from dayu.dossiers.assembly import assemble
from dayu.dossiers.definitions import keeping
from dayu.dossiers.forms import AddSheetForm, ArrangeForm, DescribeForm, ExplainForm, LeaveOutForm
from dayu.dossiers.models import AddedSheet, Dossier, DossierPart
from dayu.dossiers.policies import may_add_sheet, may_archive, may_compile
from dayu.dossiers.selectors import MissingRow, missing_of, shelf, waiting_cases
from dayu.dossiers.services.archiving import volume_pdf
from dayu.work.deadline_view import shown_deadline
from dayu.work.models import RunningDeadline

PAGE = 50


@login_required
def dossier_list(request: HttpRequest) -> HttpResponse:
    """案卷: what waits to be bound, what is being compiled, what is archived."""
    actor, which = actor_of(request), request.GET.get("which", "open")
    rows = shelf(actor, which=which)
    words, after = request.GET.get("q", "").strip(), request.GET.get("after", "")
    if words:
        rows = rows.filter(title__icontains=words)
    if after.isdigit():
        rows = rows.filter(pk__lt=int(after))
    found = list(rows.order_by("-id")[: PAGE + 1])
    table = Table(
        columns=[Column(_("案卷题名")), Column(_("归档号")), Column(_("保管期限")), Column(_("归档日期"))],
        rows=[_row(d) for d in found[:PAGE]],
        caption=_("案卷"),
        filters=[FilterGroup(_("范围"), _shelves(which))],
        pager=Pager(next_url=f"?which={which}&q={words}&after={found[PAGE - 1].pk}") if len(found) > PAGE else None,
        empty_title=_("没有案卷"),
        empty_text=_("案件结案后在这里整理、归档。"),
    )
    waiting = list(waiting_cases(actor).order_by("closed_on", "id")[:PAGE]) if which == "open" else []
    return render(request, "dossiers/list.html", {"table": table, "waiting": waiting, "words": words, "which": which})


def _shelves(which: str) -> list[Link]:
    kinds = [("open", _("整理中")), ("archived", _("已归档"))]
    return [Link(label, f"?which={key}", current=key == which) for key, label in kinds]


def _row(dossier: Dossier) -> Row:
    url = dossier.get_absolute_url()
    archived = clock.legal_date(dossier.archived_at).isoformat() if dossier.archived_at else ""
    return Row(
        [Cell(dossier.title, url=url, note=dossier.case.case_no), dossier.archive_no, dossier.retention, archived],
        url=url,
    )


@login_required
def of_case(request: HttpRequest, case: int) -> HttpResponse:
    """The dossier of a case; where nobody has begun, the page that begins."""
    found = find_case(case, actor=actor_of(request))
    dossier = Dossier.objects.filter(case=found).first()
    if dossier is not None:
        return redirect(dossier)
    context = {
        "case": found,
        "case_url": case_url(found),
        "may_compile": may_compile(found, actor=actor_of(request)).allowed,
    }
    return render(request, "dossiers/begin.html", context)


@login_required
@require_POST
def compile_case(request: HttpRequest, case: int) -> HttpResponse:
    """Gather everything of the case."""
    actor = actor_of(request)
    found: Case = find_case(case, actor=actor)
    dossier = services.compile_dossier(found, actor=actor, moment=clock.now())
    messages.success(request, _("已整理"))
    return redirect(dossier)


def _find(request: HttpRequest, pk: int) -> tuple[Dossier, Actor]:
    actor = actor_of(request)
    rows = Dossier.objects.visible_to(actor).select_related("case__organ", "case__unit", "organ")
    return get_object_or_404(rows, pk=pk), actor


@login_required
def dossier_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Cover facts, the index of each volume with pages, what is missing, the volumes as PDF."""
    dossier, actor = _find(request, pk)
    note_access([dossier, dossier.case])
    parts = list(dossier.parts.order_by("volume", "position"))
    running = RunningDeadline.objects.open().filter(subject=subject_key(dossier.case), limit_key="archive").first()
    missing = [] if dossier.is_archived else list(missing_of(dossier))
    change = not dossier.is_archived and may_compile(dossier, actor=actor).allowed
    context = {
        "dossier": dossier,
        "case_url": case_url(dossier.case),
        "pairs": _pairs(dossier),
        "volumes": [
            (
                key,
                label,
                _index(
                    dossier,
                    [p for p in parts if p.volume == key],
                    _("卷内目录：%(volume)s") % {"volume": label},
                    change=change,
                ),
            )
            for key, label in DossierPart.VOLUMES
            if any(p.volume == key for p in parts)
        ],
        "bound": {v.volume: v for v in dossier.volumes.select_related("pdf")},
        "missing": missing,
        "unexplained": [m for m in missing if m.explained is None],
        "sheets": dossier.added_sheets.select_related("pdf"),
        "deadline": shown_deadline(running, now=clock.now()) if running else None,
        "proof": proof_lines(subject_key(dossier)),
        "may_compile": change,
        "may_archive": not dossier.is_archived and may_archive(dossier, actor=actor).allowed,
        "may_add": dossier.is_archived and may_add_sheet(dossier, actor=actor).allowed,
        "unconfirmed": keeping().confirmation == "U",
    }
    return render(request, "dossiers/dossier.html", context)


def _index(dossier: Dossier, parts: list[DossierPart], caption: str, *, change: bool) -> Table:
    """卷内目录 of one volume."""
    columns = [
        Column(_("序号")),
        Column(_("题名")),
        Column(_("文号")),
        Column(_("责任者")),
        Column(_("日期")),
        Column(_("页号"), align="right"),
    ]
    if change:
        columns += [Column(_("调整")), Column(_("取舍"))]
    return Table(columns, [_part_row(dossier, p, change=change) for p in parts], caption)


def _part_row(dossier: Dossier, part: DossierPart, *, change: bool) -> Row:
    out = _("不入卷：%(reason)s") % {"reason": part.left_out_reason} if part.left_out_reason else part.remark
    cells: list[Any] = [
        part.position,
        Cell(part.title, note=out, tone="muted" if part.left_out_reason else ""),
        Cell(part.document_no, nowrap=True),
        part.responsible,
        Cell(part.dated.isoformat() if part.dated else "", nowrap=True),
        Cell(part.pages, nowrap=True),
    ]
    if change:
        cells += [
            Cell(_("调整"), url=reverse("dossiers:arrange", args=[dossier.pk, part.pk])),
            Cell(
                _("恢复") if part.left_out_reason else _("不入卷"),
                url=reverse("dossiers:leave_out", args=[dossier.pk, part.pk]),
            ),
        ]
    return Row(cells)


def _pairs(dossier: Dossier) -> list[Pair]:
    case = dossier.case
    found = [
        (_("归档号"), dossier.archive_no),
        (_("保管期限"), dossier.retention),
        (_("分卷"), dossier.get_mode_display()),
        (_("立案日期"), case.filed_on),
        (_("结案日期"), case.closed_on),
        (_("归档日期"), clock.legal_date(dossier.archived_at) if dossier.archived_at else None),
        (_("全宗号"), dossier.fonds_no),
        (_("目录号"), dossier.catalogue_no),
        (_("案卷号"), dossier.file_no),
        (_("立卷人"), dossier.compiled_by),
        (_("检查人"), dossier.checked_by),
        (_("情况说明"), dossier.remark),
    ]
    return [Pair(key, value) for key, value in found if value]


@login_required
def volume(request: HttpRequest, pk: int, volume: str) -> HttpResponseBase:
    """A volume as PDF: the archived one, or a preview of what it would be."""
    dossier, _actor = _find(request, pk)
    if volume not in dict(DossierPart.VOLUMES):
        raise Http404
    note_access([dossier])
    bound = dossier.volumes.select_related("pdf").filter(volume=volume).first()
    name = f"{dossier.title}-{dict(DossierPart.VOLUMES)[volume]}.pdf"
    if bound is not None:
        return file_response(request, bound.pdf, name=name, download="download" in request.GET)
    with transaction.atomic():
        assembly = assemble(dossier.case, kind=dossier.kind, single=dossier.mode == "single")
        known = {p.source for p in assembly.pieces}
        if dossier.parts.exclude(source__in=known).exists():
            return render(request, "dossiers/stale.html", {"dossier": dossier}, status=409)
        pdf, _pieces, _pages = volume_pdf(dossier, assembly, volume, on=clock.today())
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = "inline"
    return response


@login_required
def sheet(request: HttpRequest, pk: int, sheet: int) -> HttpResponseBase:
    """An added sheet."""
    dossier, _actor = _find(request, pk)
    found: AddedSheet = get_object_or_404(dossier.added_sheets.select_related("pdf"), pk=sheet)
    note_access([dossier])
    return file_response(request, found.pdf, name=f"{found.title}.pdf", download="download" in request.GET)


@login_required
@require_POST
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Bind, number and freeze."""
    dossier, actor = _find(request, pk)
    services.archive_dossier(
        dossier, actor=actor, moment=clock.now(), idempotency_key=f"archive-{dossier.pk}-{dossier.version}"
    )
    messages.success(request, _("已归档"))
    return redirect(dossier)


@login_required
def describe(request: HttpRequest, pk: int) -> HttpResponse:
    """Cover and closing note."""
    dossier, _actor = _find(request, pk)
    initial = {name: getattr(dossier, name) for name in DescribeForm.base_fields}
    return _act(request, services.describe_dossier, dossier, DescribeForm, _("填写案卷信息"), initial=initial)


@login_required
def explain(request: HttpRequest, pk: int) -> HttpResponse:
    """Why a part is not there."""
    dossier, _actor = _find(request, pk)
    missing: list[MissingRow] = list(missing_of(dossier))
    initial = {"key": request.GET.get("key", "")}
    return _act(
        request, services.explain_missing, dossier, ExplainForm, _("说明缺件"), initial=initial,
        form_options={"missing": missing},
    )  # fmt: skip


@login_required
def add_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """What comes after archiving."""
    dossier, _actor = _find(request, pk)

    def act(target: Dossier, *, actor: Actor, moment: datetime, idempotency_key: str, upload: Any, **given: Any) -> Any:
        files = [store_upload(upload)] if upload else []
        services.add_sheet(target, actor=actor, moment=moment, idempotency_key=idempotency_key, files=files, **given)

    return _act(request, act, dossier, AddSheetForm, _("补充案卷"))


@login_required
def arrange(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """Put a part elsewhere."""
    dossier, _actor = _find(request, pk)
    found = get_object_or_404(dossier.parts.select_related("dossier__case__organ"), pk=part)
    initial = {"volume": found.volume, "position": found.position}
    return _act(
        request, services.arrange_part, dossier, ArrangeForm, _("调整卷内文件"), target=found, initial=initial,
        note=found.title,
    )  # fmt: skip


@login_required
def leave_out(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """Leave a part out, or take it back."""
    dossier, _actor = _find(request, pk)
    found = get_object_or_404(dossier.parts.select_related("dossier__case__organ"), pk=part)
    return _act(
        request, services.leave_out_part, dossier, LeaveOutForm, _("不入卷或恢复入卷"), target=found,
        initial={"reason": found.left_out_reason}, note=found.title,
    )  # fmt: skip


def _act(
    request: HttpRequest, action: Any, dossier: Dossier, form: Any, title: str, *, target: Any = None, **more: Any
) -> HttpResponse:
    back = reverse("dossiers:dossier", args=[dossier.pk])
    return act_page(request, action=action, target=target or dossier, form_class=form, title=title, back=back, **more)
