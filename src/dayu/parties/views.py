"""Screens of the parties domain: list, page, acts, Excel in and out."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dayu.core import clock
from dayu.core.act_pages import act_page, refusal_rows
from dayu.core.actors import Actor
from dayu.core.middleware import actor_of
from dayu.core.refused import Refused, require
from dayu.core.ui.excel import sheet_response
from dayu.core.ui.filtering import filter_group
from dayu.core.ui.paging import key_page
from dayu.core.ui.parts import Cell, Column, Entry, Link, Pair, Row, Table
from dayu.parties import forms, services
from dayu.parties.identifiers import covered_name
from dayu.parties.listing import filtered_parties
from dayu.parties.matching import find_matches, same_parties
from dayu.parties.models import Party, PartyExport, PartyKind
from dayu.parties.policies import may_change_party, may_export, may_register_party
from dayu.parties.selectors import PartyReading, credit_of, read_parties, read_party
from dayu.parties.services.exports import export_limit
from dayu.parties.services.imports import COLUMNS

FILTERS = ("q", "kind", "standing", "mine")


@login_required
def party_list(request: HttpRequest) -> HttpResponse:
    """Parties, newest first. Without a purpose personal fields are covered, and the reading is recorded."""
    actor = actor_of(request)
    found = filtered_parties(actor, request.GET).prefetch_related("identifiers")
    page = key_page(found, ["-id"], query=request.GET)
    readings = read_parties(page.rows, actor=actor, now=clock.now())
    table = Table(
        columns=[
            Column(_("名称（姓名）")),
            Column(_("类别")),
            Column(_("证件号码")),
            Column(_("联系电话")),
            Column(_("查阅依据")),
        ],
        rows=[_list_row(r) for r in readings],
        caption=_("当事人"),
        filters=[
            filter_group(_("范围"), request.GET, "mine", [("1", _("我办理的"))]),
            filter_group(_("类别"), request.GET, "kind", PartyKind.choices),
            filter_group(_("状况"), request.GET, "standing", Party.STANDINGS),
        ],
        pager=page.pager(request.GET),
        empty_title=_("没有符合条件的当事人"),
        empty_text=_("换一个名称或号码；确实没有的，请登记。"),
        empty_action=Link(_("登记当事人"), reverse("parties:new")),
    )
    context = {
        "table": table,
        "words": request.GET.get("q", ""),
        "may_register": may_register_party(None, actor=actor).allowed,
        "may_export": may_export(None, actor=actor).allowed,
        "query": request.GET.urlencode(),
    }
    return render(request, "parties/list.html", context)


def _list_row(reading: PartyReading) -> Row:
    party, fields = reading.party, reading.fields
    number = "；".join(value for _kind, value in fields.identifiers)
    return Row(
        [
            Cell(fields.name, url=party.get_absolute_url(), note=_standing(party)),
            str(party.get_kind_display()),
            Cell(number, nowrap=True),
            Cell(fields.phone, nowrap=True),
            Cell(reading.purpose or _("已遮盖：与执法目的无关"), tone="" if reading.purpose else "muted"),
        ],
        url=party.get_absolute_url(),
    )


def _standing(party: Party) -> str:
    return "" if party.standing == "present" else str(party.get_standing_display())


@login_required
def party_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One party: fields (covered without a purpose), representatives, matters, credit, links, names."""
    actor = actor_of(request)
    party = _party(request, pk)
    now = clock.now()
    reading = read_party(party, actor=actor, now=now)
    matches = find_matches(actor, name=party.name, identifiers=_numbers(party), phone=party.phone, besides=party)
    linked = same_parties(party)
    context = {
        "party": party,
        "reading": reading,
        "pairs": _pairs(party, reading, actor),
        "class_words": _class_words(party),
        "representatives": party.representatives.all(),
        "matters": _matters(party, reading),
        "credit": [] if reading.fields.covered and party.is_natural_person else _credit(party),
        "earlier_names": [] if reading.fields.covered else party.earlier_names.all(),
        "matches": read_parties([m.party for m in matches if m.party not in linked], actor=actor, now=now),
        "linked": read_parties(linked, actor=actor, now=now),
        "objects": party.objects_run.all(),
        "may_change": may_change_party(party, actor=actor).allowed,
    }
    return render(request, "parties/party.html", context)


def _pairs(party: Party, reading: PartyReading, actor: Actor) -> list[Pair]:
    fields = reading.fields
    pairs = [Pair(_("类别"), party.get_kind_display()), Pair(_("登记号"), party.pk)]
    pairs += [Pair(kind, value) for kind, value in fields.identifiers]
    for label, value in (
        (_("性别"), party.sex),
        (_("出生日期"), fields.born),
        (_("联系电话"), fields.phone),
        (_("住所（住址）"), fields.address),
        (_("送达地址"), fields.served_at_address),
        (_("职业、经营范围"), party.occupation),
        (_("来源"), party.source),
    ):
        if value:
            pairs.append(Pair(label, value))
    for label, other in (
        (_("监护人"), party.guardian),
        (_("所属（被挂靠）单位"), party.belongs_to),
        (_("经营者、实际控制人"), party.operator),
    ):
        if other is not None:
            shown = covered_name(other.name) if fields.covered and other.is_natural_person else other.name
            pairs.append(Pair(label, shown, url=other.get_absolute_url()))
    if party.standing != "present":
        words = f"{party.get_standing_display()}　{party.standing_on}　{party.standing_note}"
        pairs.append(Pair(_("状况"), words, tone="danger"))
    return pairs


def _class_words(party: Party) -> dict[str, str] | None:
    """How the party counts for ranges and thresholds, where that is not plain."""
    if not party.law_kind.ask:
        return None
    if party.treated_as:
        decided = _("%(who)s %(day)s：%(reason)s") % {
            "who": party.treated_by,
            "day": clock.legal_date(party.treated_at) if party.treated_at else "",
            "reason": party.treated_reason,
        }
        return {"as": str(party.get_treated_as_display()), "why": decided}
    return {"as": "", "why": _("尚未认定。听证、集体讨论等门槛暂按较低的公民标准，直至有人认定并写明理由。")}


def _credit(party: Party) -> list[Entry]:
    return [
        Entry(e.happened_on, e.text, text=f"{e.happened_on}　{e.get_kind_display()}", icon="scale") for e in credit_of(party)
    ]


def _matters(party: Party, reading: PartyReading) -> Table:
    rows = [
        Row(
            [
                Cell(i.matter_no or i.matter_title, url=i.url, note=i.matter_title if i.matter_no else ""),
                clock.legal_date(i.opened_at).isoformat(),
                _("办理中") if i.closed_at is None else clock.legal_date(i.closed_at).isoformat(),
            ],
            url=i.url,
        )
        for i in ([] if reading.fields.covered else party.involvements.all()[:50])
    ]
    return Table(
        columns=[Column(_("事项")), Column(_("开始")), Column(_("结束"))],
        rows=rows,
        caption=_("涉及事项"),
        empty_title=_("与执法目的无关，不予查询") if reading.fields.covered else _("没有涉及的事项"),
        empty_text=_("承办涉及该当事人的线索、检查或案件后可见。") if reading.fields.covered else "",
    )


@login_required
@require_POST
def disclose(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the protected fields: open for the matter one handles, otherwise refused and recorded."""
    party = _party(request, pk)
    services.disclose_party(party, actor=actor_of(request), moment=clock.now())
    return redirect(party)


@login_required
def new_party(request: HttpRequest) -> HttpResponse:
    """Register a party."""
    actor = actor_of(request)
    require(may_register_party(None, actor=actor))
    return act_page(
        request,
        action=services.register_party,
        target=None,
        form_class=forms.NewPartyForm,
        form_options={"actor": actor},
        initial={"name": request.GET.get("name", ""), "kind": request.GET.get("kind", PartyKind.CITIZEN)},
        title=_("登记当事人"),
        back=reverse("parties:list"),
    )


@login_required
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct telephone, addresses and the like. What is covered cannot be changed by somebody without a purpose."""
    party, actor = _party(request, pk), actor_of(request)
    services.disclose_party(party, actor=actor, moment=clock.now())
    fields = forms.ContactForm(actor=actor).fields
    return _act(
        request,
        services.change_party,
        party,
        forms.ContactForm,
        _("修改信息"),
        options={"actor": actor},
        initial={name: getattr(party, name) for name in fields},
    )


@login_required
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name."""
    return _act(request, services.rename_party, _party(request, pk), forms.RenameForm, _("变更名称"))


@login_required
def identifier(request: HttpRequest, pk: int) -> HttpResponse:
    """A further number."""
    return _act(request, services.add_identifier, _party(request, pk), forms.IdentifierForm, _("登记证件号码"))


@login_required
def representative(request: HttpRequest, pk: int) -> HttpResponse:
    """Who speaks for the party."""
    initial = {"valid_from": clock.today()}
    party = _party(request, pk)
    return _act(
        request,
        services.name_representative,
        party,
        forms.RepresentativeForm,
        _("登记代表人、代理人"),
        initial=initial,
    )


@login_required
def decide_class(request: HttpRequest, pk: int) -> HttpResponse:
    """Citizen or organisation."""
    return _act(request, services.decide_party_class, _party(request, pk), forms.ClassForm, _("认定类别"))


@login_required
def standing(request: HttpRequest, pk: int) -> HttpResponse:
    """Death, deregistration, vanished."""
    return _act(request, services.record_party_standing, _party(request, pk), forms.StandingForm, _("登记状况"))


@login_required
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Another record of the same party."""
    actor = actor_of(request)
    initial = {"other": request.GET.get("other", ""), "relation": "same"}
    return _act(
        request,
        services.link_parties,
        _party(request, pk),
        forms.LinkForm,
        _("关联当事人"),
        options={"actor": actor},
        initial=initial,
    )


@login_required
def new_object(request: HttpRequest, pk: int) -> HttpResponse:
    """A project, site, vessel or intake of the party."""
    party = _party(request, pk)

    def register(target: Party, **values: Any) -> Any:
        services.register_object(None, party=target, **values)

    return _act(request, register, party, forms.ObjectForm, _("登记监管对象"))


@login_required
def import_page(request: HttpRequest) -> HttpResponse:
    """Parties out of an Excel sheet; failed rows are named and the good ones stay."""
    actor = actor_of(request)
    require(may_register_party(None, actor=actor))
    form = forms.ImportForm(request.POST or None, request.FILES or None)
    outcome, refused_rows = None, []
    if request.method == "POST" and form.is_valid():
        try:
            outcome = services.import_parties(None, actor=actor, moment=clock.now(), **form.cleaned_data)
        except Refused as refused:
            refused_rows = refusal_rows(refused)
    status = 422 if request.method == "POST" and outcome is None else 200
    context = {"form": form, "outcome": outcome, "refusal_rows": refused_rows}
    return render(request, "parties/import.html", context, status=status)


@login_required
def import_sheet(request: HttpRequest) -> FileResponse:
    """An empty sheet with the columns."""
    return sheet_response(_("当事人导入表"), list(COLUMNS), [])


@login_required
def ask_export(request: HttpRequest) -> HttpResponse:
    """Ask for the list that the present filters describe."""
    actor = actor_of(request)
    require(may_export(None, actor=actor))
    filters = {name: request.GET[name] for name in FILTERS if request.GET.get(name)}
    rows = filtered_parties(actor, filters).count()
    limit = export_limit(actor, clock.now())

    def ask(target: None, **values: Any) -> Any:
        return services.ask_for_export(target, filters=filters, **values)

    if rows > limit:
        note = _("共 %(rows)s 行，超过 %(limit)s 行，须经机关负责人批准；文件带您的姓名、时间和行数。")
    else:
        note = _("共 %(rows)s 行。无执法目的的个人信息保持遮盖；文件带您的姓名、时间和行数。")
    return act_page(
        request,
        action=ask,
        target=None,
        form_class=forms.ExportForm,
        title=_("导出当事人"),
        note=note % {"rows": rows, "limit": limit},
        back=reverse("parties:list"),
    )


@login_required
def export_page(request: HttpRequest, pk: int) -> HttpResponse:
    """How an export stands, and its file."""
    return render(request, "parties/export.html", {"export": _export(request, pk)})


@login_required
@require_POST
def export_file(request: HttpRequest, pk: int) -> FileResponse:
    """Take the file."""
    export = services.take_export(_export(request, pk), actor=actor_of(request), moment=clock.now())
    if export.file is None:
        raise Http404
    return FileResponse(
        export.file.open(), as_attachment=True, filename=f"{_('当事人清单')}.xlsx", content_type=export.file.media_type
    )


def _act(
    request: HttpRequest,
    action: Any,
    party: Party,
    form_class: Any,
    title: str,
    *,
    options: dict[str, Any] | None = None,
    initial: dict[str, Any] | None = None,
) -> HttpResponse:
    """A form whose answer calls an action on the party, and goes back to its page."""

    def run(target: Party, **values: Any) -> None:
        action(target, **values)

    return act_page(
        request,
        action=run,
        target=party,
        form_class=form_class,
        form_options=options,
        initial=initial,
        title=title,
        back=party.get_absolute_url(),
    )


def _party(request: HttpRequest, pk: int) -> Party:
    found = Party.objects.visible_to(actor_of(request)).select_related("guardian", "belongs_to", "operator")
    return get_object_or_404(found.prefetch_related("identifiers", "representatives", "earlier_names"), pk=pk)


def _export(request: HttpRequest, pk: int) -> PartyExport:
    actor = actor_of(request)
    found = PartyExport.objects.filter(organ_id=actor.organ_id)
    if not actor.holds("agency_head", "administrator"):
        found = found.filter(asked_by_id=actor.person_id)
    return get_object_or_404(found, pk=pk)


def _numbers(party: Party) -> dict[str, str]:
    return {i.kind: i.value for i in party.identifiers.all() if i.withdrawn_at is None}


