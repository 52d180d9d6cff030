"""Opening a case: from a lead or an inspection, at once, or half-way from paper; and what is known of it."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from dayu.cases import services
from dayu.cases.forms.investigation import CaseFactsForm
from dayu.cases.forms.opening import NewCaseForm, TakeOverForm
from dayu.cases.models import Case
from dayu.cases.policies import may_open_case
from dayu.cases.services import Origin
from dayu.cases.views.shared import head, open_page
from dayu.cases.views.steps import refusal_row
from dayu.core import clock
from dayu.core.actors import Actor
from dayu.core.middleware import actor_of
from dayu.core.refused import Refused, require
from dayu.law.refusals import Refusal
from dayu.leads.models import Lead
from dayu.records.matters import matter_of


@login_required
def new(request: HttpRequest) -> HttpResponse:
    """新建案件: with `?origin=` what a lead or an inspection knows is filled in already."""
    actor = actor_of(request)
    require(may_open_case(None, actor=actor))
    key = request.POST.get("origin") or request.GET.get("origin", "")
    lead = _lead(key, actor)
    form = NewCaseForm(request.POST or None, actor=actor, initial=_from_lead(lead))
    refused: list[Refusal] = []
    if request.method == "POST" and form.is_valid():
        try:
            case = _open(request, form, actor, key, lead)
        except Refused as error:
            refused = list(error.refusals)
        else:
            messages.success(request, _("案件已建立。"))
            return redirect("cases:case", pk=case.pk)
    context = {
        "title": _("新建案件"),
        "form": form,
        "refusal_rows": [refusal_row(r, case=0, party=None) for r in refused],
        "origin": key,
        "matter": matter_of(key, actor) if key else None,
        "once": request.POST.get("once") if not refused and request.method == "POST" else secrets.token_urlsafe(16),
        "button": _("建立案件"),
    }
    return render(request, "cases/new.html", context, status=422 if request.method == "POST" else 200)


def _lead(key: str, actor: Actor) -> Lead | None:
    label, _colon, pk = key.partition(":")
    if label != "leads.lead" or not pk.isdigit():
        return None
    rows = Lead.objects.visible_to(actor).filter(pk=int(pk)).select_related("party")
    return rows.prefetch_related("officers__person").first()


def _from_lead(lead: Lead | None) -> dict[str, Any]:
    """What the lead knows: one thing is entered once."""
    if lead is None:
        return {}
    found: dict[str, Any] = {
        "title": lead.title, "violation": lead.violation, "place": lead.place, "summary": lead.finding or lead.content,
        "source_type": SOURCE_OF_LEAD.get(lead.source, "其他"),
        "discovered_on": clock.legal_date(lead.received_at).isoformat(),
    }  # fmt: skip
    if lead.happened_at:
        found["acted_from"] = found["acted_to"] = clock.legal_date(lead.happened_at).isoformat()
    if lead.party is not None:
        found |= {"party_name": lead.party.name, "party_phone": lead.party.phone, "party_address": lead.party.address}
        found["party_kind"] = lead.party.law_kind.name
        number = lead.party.identifiers.filter(kind__in=("id_card", "uscc"), withdrawn_at=None).first()
        found["party_number"] = number.value if number else ""
    officers = [o.person_id for o in lead.officers.all() if o.ended_at is None]
    if officers:
        found["officers"] = officers
    return found


SOURCE_OF_LEAD = {
    "patrol": "巡查", "inspection": "检查", "off_site": "遥感", "river_chief": "巡查", "superior": "交办", "inferior": "移送",
    "department": "移送", "hotline_12345": "举报", "hotline_12314": "举报", "petition": "投诉", "public": "举报",
    "visit": "举报", "media": "媒体", "prosecutor": "移送",
}  # fmt: skip


@transaction.atomic
def _open(request: HttpRequest, form: NewCaseForm, actor: Actor, key: str, lead: Lead | None) -> Case:
    """The case and its party. From a lead everything that hangs on it comes along; what was typed differently is amended."""
    now, once = clock.now(), request.POST.get("once", "")[:80]
    given = form.case_arguments()
    if lead is not None:
        case = services.open_case_from_lead(
            lead, actor=actor, moment=now, title=given["title"], officers=given.pop("officers"), idempotency_key=once
        )
        changed = {name: value for name, value in given.items() if value and getattr(case, name) != value}
        if changed and not case.case_no:
            services.amend_case(case, actor=actor, moment=now, **changed)
    else:
        matter = matter_of(key, actor) if key else None
        origins = [Origin(key, matter.title, matter.url)] if matter is not None else []
        case = services.open_case(None, actor=actor, moment=now, origins=origins, idempotency_key=once, **given)
    party = form.party_arguments()
    if party is not None and not case.parties.exists():
        services.add_party(case, actor=actor, moment=now, **party)
    if lead is None and not case.entries:
        services.register_lead(case, actor=actor, moment=now, source=form.cleaned_data["source_type"], subject=key)
    return case


@login_required
def take_over(request: HttpRequest) -> HttpResponse:
    """接续办理: the case gets its old number; its past is entered step by step next."""
    actor = actor_of(request)
    require(may_open_case(None, actor=actor))
    form = TakeOverForm(request.POST or None, actor=actor)
    refused: list[Refusal] = []
    if request.method == "POST" and form.is_valid():
        now = clock.now()
        try:
            with transaction.atomic():
                case = services.take_over_case(
                    None, actor=actor, moment=now, idempotency_key=request.POST.get("once", "")[:80],
                    **form.case_arguments(),
                )  # fmt: skip
                party = form.party_arguments()
                if party is not None and not case.parties.exists():
                    services.add_party(case, actor=actor, moment=now, **party)
        except Refused as error:
            refused = list(error.refusals)
        else:
            messages.success(request, _("案件已建立。下面逐步补录纸上已经办过的步骤。"))
            return redirect("cases:past", pk=case.pk)
    context = {
        "title": _("接续办理纸质案件"),
        "form": form,
        "note": _("已经发生的一律收下，写明日期和瑕疵；缺少的步骤仍会拦住后面的决定。"),
        "refusal_rows": [refusal_row(r, case=0, party=None) for r in refused],
        "once": secrets.token_urlsafe(16),
        "button": _("建立并补录步骤"),
    }
    return render(request, "cases/new.html", context, status=422 if request.method == "POST" else 200)


@login_required
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """修改案件信息: ranges and thresholds follow at once."""
    page = open_page(request, pk)
    form = CaseFactsForm(request.POST or None, page=page)
    refused: list[Refusal] = []
    if request.method == "POST" and form.is_valid():
        seen = request.POST.get("seen_version", "")
        try:
            services.amend_case(
                page.case, actor=page.actor, moment=clock.now(), idempotency_key=request.POST.get("once", "")[:80],
                seen_version=int(seen) if seen.isdigit() else None, **form.arguments(),
            )  # fmt: skip
        except Refused as error:
            refused = list(error.refusals)
        else:
            messages.success(request, _("已修改，幅度和条件已重新计算。"))
            return redirect(reverse("cases:case", args=[pk]))
    context = {
        **head(request, page, "case"),
        "act": "amend",
        "act_title": _("修改案件信息"),
        "form": form,
        "refusal_rows": [refusal_row(r, case=pk, party=None) for r in refused],
        "button": _("保存"),
        "once": secrets.token_urlsafe(16),
        "seen_version": request.POST.get("seen_version") or page.case.version,
        "also": (_("填写裁量事实"), reverse("cases:act", args=[pk, "discretion_facts"])),
    }
    return render(request, "cases/act.html", context, status=422 if request.method == "POST" else 200)
