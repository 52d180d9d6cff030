"""Screens of the leads domain: the pool, one lead with its timeline, each act on it, Excel in and out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dayu.basis.selectors import profiles
from dayu.core import clock
from dayu.core.access import note_access
from dayu.core.act_pages import act_page, refusal_rows
from dayu.core.actors import Actor
from dayu.core.file_pages import file_response
from dayu.core.middleware import actor_of
from dayu.core.refused import Refused, require
from dayu.core.ui.excel import sheet_response
from dayu.core.ui.filtering import filter_group
from dayu.core.ui.paging import key_page
from dayu.core.ui.parts import Cell, Column, Entry, Link, Pair, RefusalRow, Row, Table
from dayu.law.violations import violation
from dayu.leads import forms, services
from dayu.leads.grounds import all_met, conditions, conditions_basis
from dayu.leads.models import Disposal, Lead, LeadMaterial, LeadOrder, LeadSource
from dayu.leads.policies import (
    may_add_to_lead,
    may_assign,
    may_extend,
    may_import_leads,
    may_learn_informant,
    may_register_lead,
    may_work_on_lead,
)
from dayu.leads.selectors import (
    filtered_leads,
    holdings_of,
    lead_deadlines,
    links_of,
    with_everything,
)
from dayu.leads.services.feedback import outcome_words
from dayu.leads.services.verifying import verification_deadline
from dayu.parties.selectors import read_party
from dayu.work.calendars import calendar_for
from dayu.work.deadline_view import shown_deadline

ICONS = {
    "registered": "add", "imported": "upload", "amended": "edit", "material": "file", "note": "edit", "linked": "link",
    "link_suggested": "link", "assigned": "people", "extended": "clock", "verified": "check", "proposed": "stamp",
    "disposed": "flow", "not_agreed": "back", "joined": "link", "ordered": "doc", "order_result": "check",
    "feedback": "send",
}  # fmt: skip


@login_required
def pool(request: HttpRequest) -> HttpResponse:
    """The pool of leads, newest first."""
    actor, now = actor_of(request), clock.now()
    page = key_page(filtered_leads(actor, request.GET).select_related("unit"), ["-id"], query=request.GET)
    deadlines, calendar, known = lead_deadlines(page.rows), calendar_for(actor.territory), cache(profiles)
    rows = []
    for lead in page.rows:
        running = deadlines.get(lead.pk)
        shown = shown_deadline(running, now=now, calendar=calendar, with_days=False, known=known) if running else None
        rows.append(
            Row(
                [
                    Cell(lead.title, url=lead.get_absolute_url(), note=lead.number),
                    str(lead.get_source_display()),
                    Cell(lead.place),
                    Cell(clock.legal_date(lead.received_at).isoformat(), nowrap=True),
                    Cell(lead.get_disposal_display() or lead.get_stage_display(), tone="" if lead.disposal else "strong"),
                    Cell(deadline=shown, nowrap=True) if shown else "",
                ],
                url=lead.get_absolute_url(),
                state=shown.state if shown and shown.state == "overdue" else "",
            )
        )
    table = Table(
        columns=[
            Column(_("线索")),
            Column(_("来源")),
            Column(_("地点")),
            Column(_("收到")),
            Column(_("环节")),
            Column(_("核查期限")),
        ],
        rows=rows,
        caption=_("线索"),
        filters=[
            filter_group(_("范围"), request.GET, "mine", [("1", _("我核查的"))]),
            filter_group(_("期限"), request.GET, "due", [("overdue", _("核查逾期"))]),
            filter_group(_("环节"), request.GET, "stage", Lead.STAGES),
            filter_group(_("处置"), request.GET, "disposal", Disposal.choices),
            filter_group(_("来源"), request.GET, "source", LeadSource.choices),
        ],
        pager=page.pager(request.GET),
        export_url=reverse("leads:export") + (f"?{request.GET.urlencode()}" if request.GET else ""),
        empty_title=_("没有符合条件的线索"),
        empty_text=_("去掉筛选条件，或登记新收到的线索。"),
        empty_action=Link(_("登记线索"), reverse("leads:new")),
    )
    context = {
        "table": table,
        "words": request.GET.get("q", ""),
        "may_register": may_register_lead(None, actor=actor).allowed,
    }
    return render(request, "leads/list.html", context)


@login_required
def export(request: HttpRequest) -> FileResponse:
    """The pool as Excel, with the filters of the page; who sent a lead is never in it."""
    actor = actor_of(request)
    return sheet_response(
        _("线索台账"),
        [
            _("编号"), _("来源"), _("来件编号"), _("收到时间"), _("标题"), _("地点"), _("经度"), _("纬度"), _("涉及对象"),
            _("环节"), _("核查完成"), _("处置"), _("处置时间"), _("去向"),
        ],
        _sheet_rows(actor, request),
        note=_("%(name)s %(day)s 导出") % {"name": actor.name, "day": clock.today()},
    )  # fmt: skip


def _sheet_rows(actor: Actor, request: HttpRequest) -> Iterator[list[Any]]:
    for lead in filtered_leads(actor, request.GET).order_by("id").iterator(chunk_size=500):
        yield [
            lead.number, str(lead.get_source_display()), lead.source_no, lead.received_at, lead.title, lead.place,
            lead.longitude, lead.latitude, lead.object_text, str(lead.get_stage_display()), lead.verified_at,
            str(lead.get_disposal_display()), lead.disposed_at, lead.target_text,
        ]  # fmt: skip


@login_required
def lead_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One lead: what is known, what hangs on it, the limit, its neighbours, its timeline, and the next lawful act."""
    actor, now = actor_of(request), clock.now()
    lead = get_object_or_404(with_everything(Lead.objects.visible_to(actor)), pk=pk)
    note_access([lead], purpose=lead.number)
    running = verification_deadline(lead)
    context = {
        "lead": lead,
        "pairs": _pairs(lead, actor),
        "deadline": shown_deadline(running, now=now, calendar=calendar_for(lead.territory_id)) if running else None,
        "officers": list(lead.officers.all()),
        "answers": _answers(lead),
        "steps": _next_acts(lead, actor),
        "blocked": _blocked(lead, actor),
        "record_acts": _record_acts(lead) if may_add_to_lead(lead, actor=actor).allowed and not lead.disposal else [],
        "links": links_of(lead),
        "holdings": holdings_of(lead, actor=actor),
        "entries": [_entry(e) for e in reversed(lead.entries.all())],
        "proposal": next((p for p in lead.proposals.all() if p.agreed_at is None and p.ended_at is None), None),
        "may_add": may_add_to_lead(lead, actor=actor).allowed,
        "may_work": may_work_on_lead(lead, actor=actor).allowed,
        "may_learn": may_learn_informant(lead, actor=actor, moment=now).allowed and hasattr(lead, "informant"),
        "has_informant": hasattr(lead, "informant"),
    }
    return render(request, "leads/lead.html", context)


def _entry(entry: Any) -> Entry:
    late = clock.legal_date(entry.entered_at) != clock.legal_date(entry.happened_at)
    text = _("%(day)s 录入") % {"day": clock.legal_date(entry.entered_at)} if late else ""
    return Entry(
        entry.happened_at, entry.text, text=text, who=entry.by, url=entry.url, icon=ICONS.get(entry.kind, "")
    )


def _pairs(lead: Lead, actor: Actor) -> list[Pair]:
    pairs = [
        Pair(_("来源"), f"{lead.get_source_display()}　{lead.source_no}".strip()),
        Pair(_("收到"), _moment(lead.received_at)),
        Pair(_("地点"), lead.place),
    ]
    if lead.happened_at is not None:
        pairs.append(Pair(_("发生"), _moment(lead.happened_at)))
    if lead.longitude is not None:
        pairs.append(Pair(_("经纬度"), f"{lead.longitude:.6f}, {lead.latitude:.6f}"))
    if lead.river is not None:
        pairs.append(Pair(_("河湖"), lead.river, url=lead.river.get_absolute_url()))
    if lead.party is not None:
        reading = read_party(lead.party, actor=actor, now=clock.now())
        pairs.append(Pair(_("涉嫌当事人"), reading.fields.name, url=lead.party.get_absolute_url()))
    if lead.object_text:
        pairs.append(Pair(_("涉及对象"), lead.object_text))
    if lead.violation:
        pairs.append(Pair(_("涉嫌违法行为"), violation(lead.violation).name))
    if lead.unit is not None:
        pairs.append(Pair(_("承办机构"), lead.unit))
    return pairs


def _moment(value: Any) -> str:
    return f"{value.astimezone(clock.LEGAL_ZONE):%Y-%m-%d %H:%M}"


def _answers(lead: Lead) -> list[tuple[str, bool]]:
    """The conditions of filing with their answers."""
    language = "en" if (get_language() or "").startswith("en") else "zh"
    return [(row[language], bool(lead.conditions[key])) for key, row in conditions().items() if key in lead.conditions]


def _next_acts(lead: Lead, actor: Actor) -> list[Link]:
    """The next lawful acts of this person, the first one as the main button."""
    if lead.disposal:
        return []
    acts = []
    if lead.stage in ("received", "verifying") and may_assign(lead, actor=actor).allowed:
        acts.append(_act(_("分派核查") if lead.stage == "received" else _("改派"), "assign", lead))
    if may_work_on_lead(lead, actor=actor).allowed:
        if lead.stage in ("received", "verifying"):
            acts.append(_act(_("提交核查结果"), "verify", lead))
        if lead.stage == "verified":
            if all_met(lead.conditions):
                acts += _filing(lead)
            acts.append(_act(_("提出其他处置"), "dispose", lead))
            acts.append(_act(_("更正核查结果"), "verify", lead))
        if lead.stage != "deciding":
            acts.append(_act(_("并入另一线索"), "join", lead))
    if verification_deadline(lead) is not None and may_extend(lead, actor=actor).allowed:
        acts.append(_act(_("延长核查期限"), "extend", lead))
    return acts


def _act(label: str, name: str, lead: Lead) -> Link:
    return Link(label, reverse(f"leads:{name}", args=[lead.pk]))


def _filing(lead: Lead) -> list[Link]:
    """The page that opens a case, where that domain is installed; it takes this lead as its origin."""
    return _elsewhere(_("申请立案"), "cases:new", f"origin=leads.lead:{lead.pk}")


def _elsewhere(label: str, name: str, query: str) -> list[Link]:
    """A page of a higher domain, where it is installed."""
    try:
        return [Link(label, f"{reverse(name)}?{query}")]
    except NoReverseMatch:
        return []


def _record_acts(lead: Lead) -> list[Link]:
    """What may hang on a lead before any case: evidence, records of proceedings, advance registration, a check."""
    key = f"subject=leads.lead:{lead.pk}"
    check = urlencode({"lead": lead.pk, "object_text": lead.object_text or lead.title, "place": lead.place})
    return [
        *_elsewhere(_("现场检查"), "inspections:new", check),
        *_elsewhere(_("登记证据"), "records:take_evidence", key),
        *_elsewhere(_("录入笔录"), "records:enter_proceedings", key),
        *_elsewhere(_("先行登记保存"), "records:propose_preservation", key),
    ]


def _blocked(lead: Lead, actor: Actor) -> list[RefusalRow]:
    """Why the lead cannot simply be declined."""
    if lead.stage != "verified" or lead.disposal or not all_met(lead.conditions):
        return []
    why = _("核查结论为四项立案条件均具备，应当立案；只有列明的不予处罚情形可以报请不予立案。")
    return [RefusalRow(_("有案必立"), why, [conditions_basis()])]


@login_required
def new_lead(request: HttpRequest) -> HttpResponse:
    """Register a lead; works on a phone."""
    actor = actor_of(request)
    require(may_register_lead(None, actor=actor))
    wanted = ("source", "title", "place", "content", "longitude", "latitude")
    return act_page(
        request,
        action=services.register_lead,
        target=None,
        form_class=forms.LeadForm,
        form_options={"actor": actor},
        initial={name: request.GET[name] for name in wanted if name in request.GET},
        title=_("登记线索"),
        back=reverse("leads:list"),
    )


@login_required
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what is known."""
    lead, actor = _lead(request, pk), actor_of(request)
    names = forms.KnownForm(actor=actor).fields
    initial = {n: getattr(lead, n) for n in names}
    return _act_page(
        request, services.amend_lead, lead, forms.KnownForm, _("补正信息"), options={"actor": actor}, initial=initial
    )


@login_required
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Who verifies."""
    lead = _lead(request, pk)
    initial = {"officers": list(lead.officers.filter(ended_at=None).values_list("person_id", flat=True))}
    return _act_page(
        request,
        services.assign_lead,
        lead,
        forms.AssignForm,
        _("分派核查"),
        options={"organ_id": lead.organ_id},
        initial=initial,
    )


@login_required
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """More time."""
    return _act_page(request, services.extend_verification, _lead(request, pk), forms.ExtendForm, _("延长核查期限"))


@login_required
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    """What was found."""
    lead = _lead(request, pk)
    initial = {"finding": lead.finding}
    initial |= {f"condition_{k}": "yes" if v else "no" for k, v in lead.conditions.items()}
    return _act_page(request, services.verify_lead, lead, forms.VerifyForm, _("提交核查结果"), initial=initial)


@login_required
def dispose(request: HttpRequest, pk: int) -> HttpResponse:
    """Declined, transferred, invalid."""
    return _act_page(
        request, services.propose_disposal, _lead(request, pk), forms.DisposeForm, _("提出处置意见"),
        note=_("提交后由负责人审批。应当立案的请申请立案。"),
    )  # fmt: skip


@login_required
def transfer(request: HttpRequest) -> HttpResponse:
    """Hand a lead to the organ whose matter it is: whom and why are filled in by the refusal that led here."""
    actor = actor_of(request)
    initial = {name: request.GET.get(name, "")[:500] for name in ("target_text", "reason")}
    initial["lead"] = request.GET.get("target", "").removeprefix("leads.lead:")[:60]
    return act_page(
        request, action=_propose_transfer, target=None, form_class=forms.TransferForm, form_options={"actor": actor},
        initial=initial, title=_("移送有管辖权的机关"), note=_("提交后由负责人审批。"), back=reverse("leads:list"),
    )  # fmt: skip


def _propose_transfer(_target: None, *, lead: Lead, **answers: Any) -> Lead:
    """The act's target is the lead that the form names; afterwards its page."""
    return services.propose_disposal(lead, disposal=Disposal.TRANSFERRED, **answers).lead


@login_required
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """Together with another lead."""
    initial = {"into": request.GET.get("into", "")}
    return _act_page(
        request, services.join_lead, _lead(request, pk), forms.JoinForm, _("并入另一线索"),
        options={"actor": actor_of(request)}, initial=initial,
    )  # fmt: skip


@login_required
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """The same thing, or not."""
    initial = {"other": request.GET.get("other", ""), "finding": "same"}
    return _act_page(
        request, services.decide_link, _lead(request, pk), forms.LinkForm, _("核对关联"),
        options={"actor": actor_of(request)}, initial=initial,
    )  # fmt: skip


@login_required
def material(request: HttpRequest, pk: int) -> HttpResponse:
    """More files."""
    return _act_page(request, services.add_material, _lead(request, pk), forms.MaterialForm, _("添加材料"))


@login_required
def material_file(request: HttpRequest, pk: int, material_id: int) -> HttpResponseBase:
    """One file."""
    lead = _lead(request, pk)
    row = get_object_or_404(LeadMaterial.objects.select_related("file"), pk=material_id, lead=lead)
    note_access([lead], purpose=lead.number)
    return file_response(request, row.file, name=row.name, download="download" in request.GET)


@login_required
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """A line for the timeline."""
    return _act_page(request, services.add_note, _lead(request, pk), forms.NoteForm, _("记录情况"))


@login_required
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """An order that was given."""
    initial = {"ordered_on": clock.today()}
    return _act_page(
        request, services.record_order, _lead(request, pk), forms.OrderForm, _("登记责令"), initial=initial
    )


@login_required
def order_result(request: HttpRequest, pk: int, order_id: int) -> HttpResponse:
    """Whether it was met."""
    lead = _lead(request, pk)
    found = get_object_or_404(LeadOrder, pk=order_id, lead=lead)

    def record(target: Lead, **values: Any) -> None:
        services.record_order_result(target, order=found, **values)

    initial = {"result_on": clock.today()}
    return _act_page(request, record, lead, forms.OrderResultForm, _("核实责令结果"), initial=initial)


@login_required
def order_file(request: HttpRequest, pk: int, order_id: int) -> HttpResponseBase:
    """The scan of an order."""
    found = get_object_or_404(
        LeadOrder.objects.select_related("file"), pk=order_id, lead=_lead(request, pk), file__isnull=False
    )
    assert found.file is not None
    return file_response(request, found.file, name=f"{found}.pdf")


@login_required
def feedback(request: HttpRequest, pk: int) -> HttpResponse:
    """The sender was told."""
    lead = _lead(request, pk)
    initial = {"text": outcome_words(lead) if lead.disposal else ""}
    return _act_page(request, services.give_feedback, lead, forms.FeedbackForm, _("反馈处理结果"), initial=initial)


@login_required
def informant(request: HttpRequest, pk: int) -> HttpResponse:
    """Who sent the lead: for a reason, on record."""
    lead, actor = _lead(request, pk), actor_of(request)
    form = forms.ReasonForm(request.POST or None)
    shown, refused_rows = None, []
    if request.method == "POST" and form.is_valid():
        try:
            shown = services.disclose_informant(lead, actor=actor, moment=clock.now(), **form.cleaned_data)
            note_access([f"leads.informant:{shown.key}"], purpose=lead.number)
        except Refused as refused:
            refused_rows = refusal_rows(refused)
    status = 422 if request.method == "POST" and shown is None else 200
    context = {"lead": lead, "form": form, "shown": shown, "refusal_rows": refused_rows}
    return render(request, "leads/informant.html", context, status=status)


@login_required
def import_page(request: HttpRequest) -> HttpResponse:
    """Leads of an earlier ledger; failed rows are named and the good ones stay."""
    actor = actor_of(request)
    require(may_import_leads(None, actor=actor))
    form = forms.ImportForm(request.POST or None, request.FILES or None)
    outcome, refused_rows = None, []
    if request.method == "POST" and form.is_valid():
        try:
            outcome = services.import_leads(None, actor=actor, moment=clock.now(), **form.cleaned_data)
        except Refused as refused:
            refused_rows = refusal_rows(refused)
    status = 422 if request.method == "POST" and outcome is None else 200
    context = {"form": form, "outcome": outcome, "refusal_rows": refused_rows}
    return render(request, "leads/import.html", context, status=status)


@login_required
def import_sheet(request: HttpRequest) -> FileResponse:
    """An empty sheet with the columns."""
    return sheet_response(_("线索导入表"), list(forms.IMPORT_COLUMNS), [])


def _act_page(
    request: HttpRequest,
    action: Any,
    lead: Lead,
    form_class: Any,
    title: str,
    *,
    options: dict[str, Any] | None = None,
    initial: dict[str, Any] | None = None,
    note: str = "",
) -> HttpResponse:
    """A form whose answer calls an action on the lead, and goes back to its page."""

    def run(target: Lead, **values: Any) -> None:
        action(target, **values)

    return act_page(
        request,
        action=run,
        target=lead,
        form_class=form_class,
        form_options=options,
        initial=initial,
        title=title,
        note=note or f"{lead.number}　{lead.title}",
        back=lead.get_absolute_url(),
    )


def _lead(request: HttpRequest, pk: int) -> Lead:
    return get_object_or_404(Lead.objects.visible_to(actor_of(request)).select_related("organ"), pk=pk)
