"""Pages of the paper side: entering papers that exist, the organ's paper, blank forms, the register of seals as Excel."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from pypdf import PdfReader, PdfWriter

from dayu.core import clock
from dayu.core.access import note_access
from dayu.core.act_pages import act_page, refusal_rows
from dayu.core.actors import Actor
from dayu.core.middleware import actor_of
from dayu.core.refused import Refused, require
from dayu.core.ui.excel import sheet_response
from dayu.core.ui.paging import key_page
from dayu.core.ui.parts import Cell, Column, Link, Row, Table
from dayu.documents import facts
from dayu.documents.forms import BlanksForm, DocumentForm, EnterForm, KindForm, OrganPaperForm
from dayu.documents.models import Document, OrganPaper, SealUse
from dayu.documents.policies import may_enter_document, may_set_organ_paper
from dayu.documents.services import enter_blank_form, enter_document, issue_blank_forms, set_organ_paper
from dayu.documents.services.blanks import UNUSED, blank_kinds
from dayu.org.models import Agency
from dayu.paper.definitions import Version
from dayu.records.matters import matter_of, matters_called

EXPORTED, ISSUED_ON = 20_000, "issued_on"
SAME_IN_ALL_PAPERS = frozenset({
    "case_name", "case_no", "party_type", "party_name", "party_address", "party_phone", "party_sex", "party_born_on",
    "id_type", "id_no", "org_uscc", "org_legal_rep", "organ_name", "contact_name", "contact_phone", "contact_address",
    "review_organ", "court_name", "place",
})  # fmt: skip


@login_required
def enter(request: HttpRequest) -> HttpResponse:
    """A paper that was issued before, or outside the program: first its kind, then its number, day, scans and fields."""
    actor = actor_of(request)
    require(may_enter_document(None, actor=actor))
    subject = request.GET.get("subject", "")[:80]
    matter = _matter(subject, actor)
    key = request.GET.get("key", "")
    if key not in facts.definitions():
        form = KindForm(matter=matter, initial={"subject": subject})
        tried = _("没有这个事项，或者您不能查看") if subject and matter is None else ""
        back = matter.url if matter else reverse("documents:list")
        context = {"form": form, "matter": matter, "back": back, "tried": tried}
        return render(request, "documents/enter_kind.html", context)
    if matter is None:
        raise Http404
    version = facts.version_for(key, on=_day(request), territory=Agency.objects.get(pk=actor.organ_id).territory_id)
    return _entering(request, version, matter, title=str(facts.definition_of(key).title), blank=None, key=key)


@login_required
def use_blank(request: HttpRequest, pk: int) -> HttpResponse:
    """A blank form that was filled in at the scene becomes a paper of its matter."""
    actor = actor_of(request)
    document = get_object_or_404(Document.objects.visible_to(actor).select_related("organ"), pk=pk, subject=UNUSED)
    matter = _matter(request.GET.get("subject", "")[:80], actor)
    if matter is None:
        form = KindForm(initial={"key": document.key, "subject": request.GET.get("subject", "")})
        del form.fields["key"]
        tried = _("没有这个事项，或者您不能查看") if request.GET.get("subject") else ""
        context = {"form": form, "blank": document, "back": reverse("documents:blanks"), "tried": tried}
        return render(request, "documents/enter_kind.html", context)
    return _entering(request, facts.version_of(document), matter, title=document.title, blank=document, key=document.key)


def _entering(
    request: HttpRequest, version: Version, matter: Any, *, title: str, blank: Document | None, key: str
) -> HttpResponse:
    form = EnterForm(request.POST or None, request.FILES or None, blank=blank is not None)
    known = _known_of(matter, version, actor_of(request)) | (blank.fields if blank else {})
    fields = DocumentForm(version, known, request.POST or None)
    own_day = fields.fields.pop(ISSUED_ON, None)  # asked once, as the day of the paper
    rows: list[Any] = []
    if request.method == "POST" and form.is_valid() and fields.is_valid():
        values = {k: v for k, v in fields.values().items() if v is not None}
        if own_day is not None:
            values[ISSUED_ON] = form.cleaned_data["dated"].isoformat()
        given = {**form.given(), "subject": matter.subject, "fields": values, "actor": actor_of(request)}
        given |= {"moment": clock.now(), "idempotency_key": request.POST.get("once", "")[:80]}
        try:
            made = enter_blank_form(blank, **given) if blank else enter_document(None, key=key, **given)
        except Refused as refused:
            rows = refusal_rows(refused)
        else:
            messages.success(request, _("已录入"))
            return redirect("documents:document", pk=made.pk)
    context = {
        "form": form, "fields": fields, "refusal_rows": rows, "matter": matter, "paper": title, "blank": blank,
        "back": matter.url or reverse("documents:list"),
    }  # fmt: skip
    return render(request, "documents/enter.html", context, status=422 if request.method == "POST" else 200)


def _matter(subject: str, actor: Actor) -> Any:
    """The matter that a key or a number names, as far as the person may see it; None where there is none."""
    text = subject.strip()
    if not text:
        return None
    if ":" in text:
        found = matter_of(text, actor)
        return found if found.url else None
    paper = Document.objects.visible_to(actor).filter(number=text).exclude(subject=UNUSED).first()
    if paper is None:
        return next(iter(matters_called(text, actor)), None)
    found = matter_of(paper.subject, actor)
    return found if found.url else None


def _known_of(matter: Any, version: Version, actor: Actor) -> dict[str, Any]:
    """What other papers of the matter say already, so that nobody types it again; days and amounts are typed anew."""
    wanted = {f.id for f in version.fields if f.id in SAME_IN_ALL_PAPERS}
    known: dict[str, Any] = {}
    for document in Document.objects.visible_to(actor).filter(subject=matter.subject).current().order_by("id"):
        known |= {k: v for k, v in document.fields.items() if k in wanted and v not in (None, "", [])}
    return known


def _day(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(request.POST.get("dated", ""))
    except ValueError:
        return clock.today()


@login_required
def organ_paper(request: HttpRequest) -> HttpResponse:
    """How the organ's paper looks: printed red head, plain or pre-printed with offsets, and its own numbers."""
    actor = actor_of(request)
    organ = get_object_or_404(Agency, pk=actor.organ_id)
    require(may_set_organ_paper(organ, actor=actor))
    paper = OrganPaper.objects.filter(organ=organ).first()
    initial: dict[str, Any] = {"letterhead": "red", "offset_x_mm": 0, "offset_y_mm": 0}
    if paper is not None:
        initial = {n: getattr(paper, n) for n in initial} | {"number_forms": paper.number_forms}
    return act_page(
        request, action=_set_paper, target=organ, form_class=OrganPaperForm, initial=initial,
        title=_("设定机关用纸与文号格式"), back=reverse("documents:list"),
        note=_("先用普通纸打印一份，量出红头与正文的偏差，再填右移、下移的毫米数；已定稿的文书不受影响。"),
    )  # fmt: skip


def _set_paper(organ: Agency, **given: Any) -> None:
    """Back to the list afterwards: the paper has no page of its own."""
    set_organ_paper(organ, **given)


@login_required
def blanks(request: HttpRequest) -> HttpResponse:
    """Blank forms that are out, each to be entered or voided."""
    actor = actor_of(request)
    found = Document.objects.visible_to(actor).filter(subject=UNUSED, organ_id=actor.organ_id).current()
    page = key_page(found, ["-id"], query=request.GET)
    table = Table(
        columns=[Column(_("文号")), Column(_("文书")), Column(_("领取日期")), Column(_("领取人")), Column(_("办理"))],
        rows=[
            Row([
                Cell(d.number, nowrap=True, url=reverse("documents:document", args=[d.pk])), d.title,
                Cell(clock.legal_date(d.drafted_at).isoformat(), nowrap=True), d.drafted_by,
                Cell(_("登记使用"), url=reverse("documents:use_blank", args=[d.pk])),
            ])
            for d in page.rows
        ],
        caption=_("未使用的空白文书"), pager=page.pager(request.GET), empty_title=_("没有未使用的空白文书"),
        empty_text=_("现场没有网络或者打印机坏了时，用预先编号的空白文书手写；事后登记使用，未用的作废并说明理由。"),
        empty_action=Link(_("领取空白文书"), reverse("documents:new_blanks")),
    )  # fmt: skip
    return render(request, "documents/blanks.html", {"table": table, "some": bool(page.rows)})


@login_required
def new_blanks(request: HttpRequest) -> HttpResponse:
    """Take some along."""
    require(may_enter_document(None, actor=actor_of(request)))
    return act_page(
        request, action=issue_blank_forms, target=None, form_class=BlanksForm, title=_("领取空白文书"),
        form_options={"kinds": [(d.key, d.title) for d in blank_kinds()]}, back=reverse("documents:blanks"),
        note=_("号码从本机关的文号序列取得，领取后不再发给其他文书；未用的须作废并说明理由。"),
    )  # fmt: skip


@login_required
def print_blanks(request: HttpRequest) -> HttpResponse:
    """All unused blank forms as one file for the printer."""
    actor = actor_of(request)
    found = Document.objects.visible_to(actor).filter(subject=UNUSED, organ_id=actor.organ_id).current()
    writer = PdfWriter()
    for document in found.select_related("pdf").order_by("id")[:200]:
        if document.pdf is not None:
            writer.append(PdfReader(BytesIO(document.pdf.read())))
    if not writer.pages:
        raise Http404
    out = BytesIO()
    writer.write(out)
    return HttpResponse(out.getvalue(), content_type="application/pdf")


@login_required
def export_seals(request: HttpRequest) -> HttpResponseBase:
    """The register of seal uses as Excel, oldest first, blank forms and entered papers included."""
    actor = actor_of(request)
    note_access(["documents.seals"], purpose=_("导出用印登记"))
    found = SealUse.objects.visible_to(actor).select_related("document").order_by("id")[:EXPORTED]
    rows = (
        [
            u.used_at, u.seal, u.document.title, u.number, u.copies, u.used_by, u.approved_by, u.entered_at, u.digest[:16],
            str(u.document.get_life_display()),
        ]
        for u in found.iterator(chunk_size=500)
    )  # fmt: skip
    heads = [
        _("用印时间"), _("印章"), _("文书"), _("文号"), _("份数"), _("用印人"), _("批准人"), _("登记时间"), _("文本校验值"),
        _("文书状态"),
    ]  # fmt: skip
    said = _("导出人 %(name)s，%(day)s") % {"name": actor.name, "day": clock.today().isoformat()}
    return sheet_response(_("用印登记"), heads, rows, note=said)
