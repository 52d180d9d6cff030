"""导入旧台账: a file is read and shown first (nothing written), then goes in as long work with its progress."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from dayu.cases import jobs
from dayu.cases.forms.opening import ImportForm
from dayu.cases.old_ledgers import COLUMNS, EXAMPLE, Reading, UnreadableSheet, read_ledger
from dayu.cases.policies import may_take_over
from dayu.core import clock
from dayu.core.actors import Actor
from dayu.core.files import store_upload
from dayu.core.jobs import JobProgress, start_progress
from dayu.core.middleware import actor_of
from dayu.core.refused import require
from dayu.core.ui import parts
from dayu.core.ui.excel import sheet_response

SALT = "cases.old-ledger"
SHOWN = 20


@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Choose a file; see what would happen; let it go in."""
    actor = actor_of(request)
    require(may_take_over(None, actor=actor))
    if request.method == "POST" and "ticket" in request.POST:
        return _go(request, actor)
    form = ImportForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "columns": COLUMNS}
    if request.method == "POST" and form.is_valid():
        stored = store_upload(form.cleaned_data["file"])
        try:
            with stored.open() as file:
                reading = read_ledger(file)
        except UnreadableSheet as fault:
            form.add_error("file", str(fault))
        else:
            note = form.cleaned_data["source_note"]
            context |= _dry_run(reading, note)
            context["ticket"] = signing.dumps({"file": stored.sha256, "note": note, "rows": _rows(reading)}, salt=SALT)
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, "cases/import.html", context, status=status)


def _rows(reading: Reading) -> int:
    return len(reading.good) + len(reading.bad)


def _dry_run(reading: Reading, note: str) -> dict[str, Any]:
    return {
        "reading": reading,
        "source_note": note,
        "good": len(reading.good),
        "bad": [parts.Pair(_("第 %(n)s 行") % {"n": n}, f"{name}：{reason}") for n, name, reason in reading.bad[:200]],
        "sample": reading.good[:SHOWN],
        "passed_over": reading.passed_over,
    }


def _go(request: HttpRequest, actor: Actor) -> HttpResponse:
    try:
        ticket = signing.loads(request.POST["ticket"], salt=SALT, max_age=86_400)
    except signing.BadSignature:
        messages.info(request, _("文件已经过期，请重新选择。"))
        return redirect("cases:import")
    title = _("导入旧台账：%(note)s") % {"note": ticket["note"]}
    progress = start_progress(title, actor=actor, total=ticket["rows"], moment=clock.now())
    jobs.import_ledger.enqueue(progress.pk, ticket["file"], ticket["note"], actor.person_id)
    return redirect("cases:import_progress", pk=progress.pk)


@login_required
def progress(request: HttpRequest, pk: int) -> HttpResponseBase:
    """How far it is; each failed row with its reason, and as a sheet."""
    actor = actor_of(request)
    row = get_object_or_404(JobProgress, pk=pk, account_id=actor.account_id)
    if "failed" in request.GET:
        lines = ([f["row"], f.get("name", ""), f["reason"]] for f in row.failures)
        return sheet_response(_("没有成功的行"), [_("行"), _("案由"), _("原因")], lines)
    state = "failed" if row.error else "finished" if row.finished_at else "running" if row.done else "waiting"
    shown = parts.Progress(
        row.title,
        row.done,
        row.total,
        state,  # type: ignore[arg-type]  # one of the four
        [parts.Pair(_("第 %(n)s 行") % {"n": f["row"]}, f"{f.get('name', '')}：{f['reason']}") for f in row.failures[:200]],
        result_url=f"{reverse('cases:import_progress', args=[pk])}?failed=1" if row.failures and row.finished_at else "",
        result_label=_("下载没有成功的行"),
        refresh_url="" if row.finished_at else reverse("cases:import_progress", args=[pk]),
    )
    template = "cases/_job.html" if getattr(request, "htmx", False) else "cases/import_progress.html"
    return render(request, template, {"progress": shown, "row": row, "good": row.done - len(row.failures)})


@login_required
def template(request: HttpRequest) -> HttpResponseBase:
    """An empty sheet with the heads and one example."""
    require(may_take_over(None, actor=actor_of(request)))
    return sheet_response(_("旧台账模板"), COLUMNS, [EXAMPLE], note=_("第一行是表头，第二行是示例，导入前请删去。"))
