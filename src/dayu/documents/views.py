"""Pages of documents: list, seal register, one document, the editor with guided writing, what came back, scans, service."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dayu.core import clock
from dayu.core.access import note_access
from dayu.core.act_pages import act_page, refusal_rows
from dayu.core.file_pages import file_response
from dayu.core.files import StoredFile, store_upload
from dayu.core.middleware import actor_of
from dayu.core.refused import Refused, require
from dayu.core.ui.paging import key_page
from dayu.core.ui.parts import Cell, Column, FilterGroup, Link, Row, Table
from dayu.documents import facts, screens, services
from dayu.documents.forms import (
    AttachForm,
    DocumentForm,
    PhotoForm,
    PhotosForm,
    ReasonForm,
    SealForm,
    ServiceForm,
    SignatureForm,
    UploadForm,
)
from dayu.documents.models import Document, DocumentLife, ReturnedDocx, ScanPage, SealUse
from dayu.documents.policies import may_revise_document
from dayu.documents.selectors import documents_of, neighbours_of
from dayu.paper.marks import is_hexadecimal
from dayu.paper.scan import UnreadablePhoto, find_mark
from dayu.paper.typeset import SettingFailed


@login_required
def document_list(request: HttpRequest) -> HttpResponse:
    """All documents one may see, newest first, filtered by links."""
    actor = actor_of(request)
    found = Document.objects.visible_to(actor)
    life, key, words = (request.GET.get(n, "") for n in ("life", "key", "q"))
    if life in DocumentLife.values:
        found = found.filter(life=life)
    if key in facts.definitions():
        found = found.filter(key=key)
    if words:
        found = found.filter(number__icontains=words)
    page = key_page(found, ["-id"], query=request.GET)
    note_access(page.rows)
    table = Table(
        columns=[Column(_("文书")), Column(_("当事人")), Column(_("文号")), Column(_("日期")), Column(_("状态")),
                 Column(_("起草人"), hide_narrow=True)],
        rows=[
            Row([Cell(d.title, url=_url("document", d)), str(d.fields.get("party_name", "")), Cell(d.number, nowrap=True),
                 Cell(d.dated.isoformat() if d.dated else "", nowrap=True), d.get_life_display(), d.drafted_by],
                url=_url("document", d))
            for d in page.rows
        ],
        caption=_("文书"),
        filters=[FilterGroup(_("状态"), _choices(request, "life", DocumentLife.choices))],
        pager=page.pager(request.GET), empty_title=_("没有符合条件的文书"),
        empty_text=_("文书从案件、线索或者检查的页面起草，起草后列在这里。"),
    )  # fmt: skip
    may_set_paper = actor.holds("administrator", "archivist") and actor.organ_id is not None
    return render(request, "documents/list.html", {"table": table, "words": words, "may_set_paper": may_set_paper})


@login_required
def seal_register(request: HttpRequest) -> HttpResponse:
    """The register of seal uses (用印登记)."""
    found = SealUse.objects.visible_to(actor_of(request)).select_related("document")
    page = key_page(found, ["-id"], query=request.GET)
    table = Table(
        columns=[Column(_("用印时间")), Column(_("印章")), Column(_("文书")), Column(_("文号")), Column(_("份数"), align="right"),
                 Column(_("用印人")), Column(_("批准人"))],
        rows=[
            Row([Cell(clock.legal_date(u.used_at).isoformat(), nowrap=True), u.seal,
                 Cell(u.document.title, url=_url("document", u.document)), Cell(u.number, nowrap=True), u.copies, u.used_by,
                 u.approved_by])
            for u in page.rows
        ],
        caption=_("用印登记"), pager=page.pager(request.GET), export_url=reverse("documents:export_seals"), empty_title=_("还没有用印记录"),
        empty_text=_("文书定稿用印后自动登记。"),
    )  # fmt: skip
    return render(request, "documents/seals.html", {"table": table})


@login_required
def document_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One document: its pages, what keeps it from being sealed, what was done with it."""
    document = _seen(request, pk)
    context = screens.page_context(document, actor=actor_of(request))
    return render(request, "documents/document.html", context)


@login_required
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The editor: fields at the left, the text and what guided writing says at the right."""
    document = _seen(request, pk)
    require(may_revise_document(document, actor=actor_of(request)))
    form = DocumentForm(facts.version_of(document), document.fields, request.POST or None)
    shown: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            services.revise_document(
                document, actor=actor_of(request), moment=clock.now(), fields=form.values(),
                reason=request.POST.get("reason", ""), seen_version=int(request.POST.get("seen", document.version)),
                idempotency_key=request.POST.get("once", ""),
            )
        except Refused as refused:
            shown = refusal_rows(refused)
        else:
            messages.success(request, _("已保存"))
            return redirect("documents:document", pk=document.pk)
    form.mark_needed(document.fields)
    context = {"document": document, "form": form, "refusal_rows": shown, **_guidance(document, document.fields)}
    return render(request, "documents/edit.html", context, status=422 if request.method == "POST" else 200)


@login_required
@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """What guided writing says about what is typed at this moment, and how it reads. Nothing is saved."""
    document = _seen(request, pk)
    form = DocumentForm(facts.version_of(document), document.fields, request.POST)
    form.is_valid()
    values = {k: v for k, v in form.values().items() if v is not None}
    return render(request, "documents/_guidance.html", {"document": document, **_guidance(document, values)})


@login_required
def preview_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The PDF as it stands: the sealed one, or the draft with its watermark."""
    document = _seen(request, pk)
    if document.pdf is not None:
        return file_response(request, document.pdf, name=f"{document}.pdf")
    return HttpResponse(facts.typesetter().pdf(facts.composed(document)), content_type="application/pdf")


@login_required
def page_image(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One page as a picture, for the screen and the phone."""
    document = _seen(request, pk)
    pages = facts.page_pictures(document)
    if not 1 <= number <= len(pages):
        return HttpResponse(status=404)
    response = HttpResponse(pages[number - 1], content_type="image/png")
    response.headers["Cache-Control"] = "private, max-age=300"
    return response


@login_required
@require_POST
def print_paper(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give out a file and keep that it was given out: the sealed PDF, a watermarked draft, or a DOCX."""
    document, actor = _seen(request, pk), actor_of(request)
    if request.POST.get("form", "") in ("pocket58", "pocket80"):
        run = services.print_pocket(document, actor=actor, moment=clock.now(), width_mm=int(request.POST["form"][-2:]))
    elif request.POST.get("form") == "docx":
        run = services.print_draft(document, actor=actor, moment=clock.now(), form="docx")
    elif document.sealed:
        run = services.issue_document(document, actor=actor, moment=clock.now())
    else:
        run = services.print_draft(document, actor=actor, moment=clock.now())
    ending = "docx" if run.kind == "docx" else "pdf"
    return FileResponse(run.stored.open(), as_attachment=True, filename=f"{document}.{ending}")


@login_required
def document_file(request: HttpRequest, pk: int, sha256: str) -> HttpResponseBase:
    """A file that belongs to a document: an attachment, a proof of service, a scan."""
    document = _seen(request, pk)
    if sha256 not in screens.file_names(document):
        return HttpResponse(status=404)
    return file_response(request, StoredFile.objects.get(pk=sha256), name=screens.file_names(document)[sha256])


@login_required
def seal(request: HttpRequest, pk: int) -> HttpResponse:
    """Make it final, take the number, use the seal."""
    return _act(request, pk, services.seal_document, SealForm, _("定稿用印"))


@login_required
def void(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it out of use; the number stays visible."""
    return _act(request, pk, services.void_document, ReasonForm, _("作废"))


@login_required
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """The head agrees to exactly this substance."""
    document = _seen(request, pk)
    services.release_hold(
        document, actor=actor_of(request), moment=clock.now(), kind="approval", digest=request.POST.get("digest", "")
    )
    messages.success(request, _("已批准"))
    return redirect("documents:document", pk=pk)


@login_required
def serve(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that it was served."""
    document = _seen(request, pk)
    initial = {
        "moment": clock.now(), "recipient": document.fields.get("party_name", ""),
        "place": document.fields.get("party_address", ""), "servers": [actor_of(request).name],
    }  # fmt: skip
    form = ServiceForm(request.POST or None, request.FILES or None, initial=initial)
    return _given_form(request, document, form, services.record_service, _("登记送达"))


@login_required
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a signature."""
    document = _seen(request, pk)
    form = SignatureForm(request.POST or None, initial={"moment": clock.now()})
    return _given_form(request, document, form, services.record_signature, _("登记签名"))


@login_required
def return_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring an edited Word file back."""
    document = _seen(request, pk)
    form = UploadForm(request.POST or None, request.FILES or None)
    rows: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            kept = services.receive_docx(
                document, actor=actor_of(request), moment=clock.now(), stored=store_upload(form.cleaned_data["file"])
            )
            return redirect("documents:returned", pk=kept.pk)
        except Refused as refused:
            rows = refusal_rows(refused)
    return _act_form(request, document, form, rows, _("收回 Word 稿"))


@login_required
def returned_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What an edited file changes, accepted or rejected one by one."""
    actor = actor_of(request)
    returned = get_object_or_404(ReturnedDocx.objects.visible_to(actor).select_related("document__organ"), pk=pk)
    note_access([returned.document])
    if request.method == "POST":
        change = get_object_or_404(returned.differences.select_related("returned__document__organ"),
                                   pk=request.POST.get("change"))
        accept = request.POST.get("decision") == "accept"
        act = services.accept_returned_field if accept else services.reject_returned_field
        act(change, actor=actor, moment=clock.now())
        return redirect("documents:returned", pk=pk)
    return render(request, "documents/returned.html", screens.returned_context(returned))


@login_required
def scan_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Upload a photographed page; see what was compared so far and which pages are missing."""
    document = _seen(request, pk)
    form = PhotoForm(request.POST or None, request.FILES or None)
    rows: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            services.match_scan(
                document, actor=actor_of(request), moment=clock.now(), stored=store_upload(form.cleaned_data["file"])
            )
            return redirect("documents:scan", pk=pk)
        except Refused as refused:
            rows = refusal_rows(refused)
    scans = list(ScanPage.objects.filter(document=document).order_by("-id")[:40])
    context = {"document": document, "form": form, "refusal_rows": rows, **screens.scan_context(document, scans)}
    return render(request, "documents/scan.html", context, status=422 if request.method == "POST" else 200)


@login_required
def scan_pages(request: HttpRequest) -> HttpResponse:
    """Photographs of pages of any documents: each goes to the document that its code names."""
    form = PhotosForm(request.POST or None, request.FILES or None)
    rows: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        rows = [_sorted_scan(request, upload) for upload in form.cleaned_data["files"]]
    return render(request, "documents/scan_pages.html", {"form": form, "rows": rows})


def _sorted_scan(request: HttpRequest, upload: Any) -> dict[str, Any]:
    """One photograph: its document, and what the comparison found; or why it found no place."""
    stored = store_upload(upload)
    row: dict[str, Any] = {"name": upload.name, "document": None, "scan": None, "problem": ""}
    try:
        mark = find_mark(stored.read())
    except UnreadablePhoto:
        return row | {"problem": _("不是可以识别的图片")}
    if mark is None:
        return row | {"problem": _("照片里没有找到二维码，请让整页入画后重拍。")}
    found = Document.objects.visible_to(actor_of(request)).select_related("organ", "pdf")
    document = found.filter(pk=int(mark.document, 16)).first() if is_hexadecimal(mark.document) else None
    if document is None:
        return row | {"problem": _("没有找到二维码所指的文书")}
    note_access([document])
    try:
        scan = services.match_scan(document, actor=actor_of(request), moment=clock.now(), stored=stored)
    except Refused as refused:
        return row | {"document": document, "problem": refusal_rows(refused)[0].what}
    return row | {"document": document, "scan": scan}


@login_required
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a file."""
    document = _seen(request, pk)
    form = AttachForm(request.POST or None, request.FILES or None)
    return _given_form(request, document, form, services.attach_file, _("添加附件"), now=True)


def panel(request: HttpRequest, subjects: list[str]) -> dict[str, Any]:
    """The document panel of another page (`documents/_panel.html`): for the doors that join domains."""
    return {"document_rows": documents_of(subjects, actor=actor_of(request))}


def _seen(request: HttpRequest, pk: int) -> Document:
    found = Document.objects.visible_to(actor_of(request)).select_related("organ", "pdf")
    document = get_object_or_404(found, pk=pk)
    note_access([document])
    return document


def _url(name: str, document: Document) -> str:
    return reverse(f"documents:{name}", args=[document.pk])


def _act(request: HttpRequest, pk: int, action: Any, form_class: Any, title: str) -> HttpResponse:
    document = _seen(request, pk)
    return act_page(
        request, action=action, target=document, form_class=form_class, title=title, back=_url("document", document)
    )


def _given_form(
    request: HttpRequest, document: Document, form: Any, action: Any, title: str, *, now: bool = False
) -> HttpResponse:
    """A form whose `moment` is when the act happened, not when it is entered; `now` where the two are the same."""
    rows: list[Any] = []
    if request.method == "POST" and form.is_valid():
        given = form.given() if hasattr(form, "given") else dict(form.cleaned_data)
        given |= {"moment": clock.now()} if now else {}
        try:
            action(document, actor=actor_of(request), **given)
        except Refused as refused:
            rows = refusal_rows(refused)
        else:
            messages.success(request, _("已登记"))
            return redirect("documents:document", pk=document.pk)
    return _act_form(request, document, form, rows, title)


def _act_form(request: HttpRequest, document: Document, form: Any, rows: list[Any], title: str) -> HttpResponse:
    context = {"form": form, "refusal_rows": rows, "title": title, "back": _url("document", document), "note": str(document)}
    return render(request, "frames/act.html", context, status=422 if request.method == "POST" else 200)


def _guidance(document: Document, values: dict[str, Any]) -> dict[str, Any]:
    """Findings and the text for values that are not saved yet."""
    trial = Document(
        pk=document.pk, key=document.key, title=document.title, form_version=document.form_version, organ=document.organ,
        subject=document.subject, party=document.party, fields=values, digest=document.digest,
        substance_digest=document.substance_digest, letterhead=document.letterhead, dated=document.dated,
    )
    try:
        findings = facts.findings_of(trial, neighbours_of(document), as_of=clock.today())
        blocks = facts.composed(trial).blocks
    except (SettingFailed, ValueError) as error:
        return {"findings": [], "blocks": [], "unreadable": str(error)}
    return {"findings": screens.finding_rows(findings), "blocks": screens.readable(blocks), "unreadable": ""}


def _choices(request: HttpRequest, name: str, choices: list[tuple[str, Any]]) -> list[Link]:
    present = request.GET.get(name, "")
    links = []
    for value, label in [("", _("全部")), *choices]:
        query = request.GET.copy()
        for old in ("after", "before"):
            query.pop(old, None)
        query[name] = value
        links.append(Link(str(label), f"?{query.urlencode()}", current=present == value))
    return links
