"""Screens of the inspections domain: the list, one check, and the stepper that goes through it on a phone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dayu.core import clock
from dayu.core.access import note_access
from dayu.core.act_pages import act_page, refusal_rows
from dayu.core.actors import Actor
from dayu.core.middleware import actor_of
from dayu.core.refused import Refused, require
from dayu.core.ui.excel import sheet_response
from dayu.core.ui.filtering import filter_group
from dayu.core.ui.paging import key_page
from dayu.core.ui.parts import Cell, Column, Link, Pair, Row, Step, Table
from dayu.inspections import forms, services
from dayu.inspections.models import CheckFinding, CheckOrder, CheckResult, OnSiteCheck
from dayu.inspections.policies import may_open_check, may_work_on_check
from dayu.inspections.selectors import filtered_checks, steps_of
from dayu.inspections.steps import ARRIVE, CONCLUDE, LOOK, SHOW, TELL, WRITE
from dayu.law.violations import violation
from dayu.parties.selectors import read_party
from dayu.records.selectors import evidence_of


@dataclass(frozen=True, slots=True)
class StepPage:
    """How one step is done: its action, its form, its button."""

    action: Callable[..., Any]
    form: type[django_forms.Form]
    button: Any


STEPS: dict[str, StepPage] = {
    ARRIVE: StepPage(services.arrive, forms.ArriveForm, gettext_lazy("我已到场")),
    SHOW: StepPage(services.show_certificates, django_forms.Form, gettext_lazy("已亮证并说明来意")),
    TELL: StepPage(services.tell_rights, forms.TellForm, gettext_lazy("已念给对方听")),
    LOOK: StepPage(services.finish_looking, django_forms.Form, gettext_lazy("检查完毕")),
    WRITE: StepPage(services.write_record, forms.RecordForm, gettext_lazy("笔录已签名")),
    CONCLUDE: StepPage(services.conclude_check, forms.ConcludeForm, gettext_lazy("确定检查结果")),
}


@login_required
def check_list(request: HttpRequest) -> HttpResponse:
    """Checks, newest first."""
    actor = actor_of(request)
    page = key_page(filtered_checks(actor, request.GET).select_related("lead"), ["-id"], query=request.GET)
    table = Table(
        columns=[
            Column(_("检查")), Column(_("地点")), Column(_("日期")), Column(_("线索")), Column(_("结果")),
        ],
        rows=[
            Row(
                [
                    Cell(c.object_text, url=c.get_absolute_url(), note=c.number),
                    c.place,
                    Cell(clock.legal_date(c.arrived_at or c.opened_at).isoformat(), nowrap=True),
                    Cell(c.lead.number, url=c.lead.get_absolute_url()) if c.lead else "",
                    Cell(c.get_result_display() or _("进行中"), tone="" if c.result else "strong"),
                ],
                url=c.get_absolute_url(),
            )
            for c in page.rows
        ],
        caption=_("现场检查"),
        filters=[
            filter_group(_("范围"), request.GET, "mine", [("1", _("我的"))]),
            filter_group(_("结果"), request.GET, "result", [("open", _("进行中")), *CheckResult.choices]),
        ],
        pager=page.pager(request.GET),
        export_url=reverse("inspections:export") + (f"?{request.GET.urlencode()}" if request.GET else ""),
        empty_title=_("没有符合条件的检查"),
        empty_text=_("到现场前在手机上开始一次检查，系统按法定顺序引导。"),
        empty_action=Link(_("开始现场检查"), reverse("inspections:new")),
    )  # fmt: skip
    context = {
        "table": table, "words": request.GET.get("q", ""), "may_open": may_open_check(None, actor=actor).allowed,
    }  # fmt: skip
    return render(request, "inspections/list.html", context)


@login_required
def export(request: HttpRequest) -> FileResponse:
    """The list as Excel."""
    actor = actor_of(request)
    rows = (
        [
            c.number, c.object_text, c.place, c.arrived_at, c.purpose, "、".join(str(o) for o in c.officers.all()),
            str(c.get_result_display()), c.result_text, c.concluded_at,
        ]
        for c in filtered_checks(actor, request.GET).prefetch_related("officers__person").order_by("id").iterator(500)
    )  # fmt: skip
    columns = [
        _("编号"), _("检查对象"), _("地点"), _("到场时间"), _("事由"), _("执法人员"), _("结果"), _("说明"), _("结束时间"),
    ]  # fmt: skip
    return sheet_response(_("现场检查台账"), columns, rows)


@login_required
def check_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One check with everything that belongs to it."""
    actor = actor_of(request)
    check = _check(request, pk)
    note_access([check], purpose=check.number)
    context = {
        "check": check,
        "steps": _steps(check),
        "pairs": _pairs(check, actor),
        "findings": [(f, violation(f.violation).name if f.violation else "") for f in check.findings.all()],
        "evidence": evidence_of(check.subject, actor=actor),
        "may_work": check.concluded_at is None and may_work_on_check(check, actor=actor).allowed,
        "may_recheck": may_work_on_check(check, actor=actor).allowed,
    }
    return render(request, "inspections/check.html", context)


def _steps(check: OnSiteCheck) -> list[Step]:
    return [Step(name, state=state) for _key, name, state in steps_of(check)]  # type: ignore[arg-type]


def _pairs(check: OnSiteCheck, actor: Actor) -> list[Pair]:
    pairs = [Pair(_("事由"), check.purpose), Pair(_("地点"), check.place)]
    if check.lead is not None:
        pairs.append(Pair(_("核查的线索"), check.lead.number, url=check.lead.get_absolute_url()))
    if check.party is not None:
        reading = read_party(check.party, actor=actor, now=clock.now())
        pairs.append(Pair(_("被检查人"), reading.fields.name, url=check.party.get_absolute_url()))
    if check.present_name:
        pairs.append(Pair(_("在场人"), f"{check.present_name}　{check.present_role}"))
    for label, at in ((_("到场"), check.arrived_at), (_("亮证"), check.shown_at), (_("告知"), check.told_at)):
        if at is not None:
            pairs.append(Pair(label, f"{at.astimezone(clock.LEGAL_ZONE):%Y-%m-%d %H:%M}"))
    if check.answer:
        pairs.append(Pair(_("对告知的回答"), check.answer, tone="danger" if check.asks_recusal else ""))
    if check.entered_late:
        pairs.append(Pair(_("补录"), check.explanation))
    return pairs


@login_required
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """The present step on one phone screen: what to do, why it is not possible yet, one thumb."""
    actor, check = actor_of(request), _check(request, pk)
    here = check.progress.here
    if not here or check.concluded_at is not None:
        return redirect(check)
    page = STEPS[here]
    form = page.form(request.POST if request.method == "POST" else None, initial=_initial(check, here))
    refused_rows = []
    if request.method == "POST" and form.is_valid():
        try:
            page.action(
                check,
                actor=actor,
                moment=clock.now(),
                idempotency_key=request.POST.get("once", "")[:80],
                **form.cleaned_data,
            )
        except Refused as refused:
            refused_rows = refusal_rows(refused)
        else:
            return redirect("inspections:step", pk)
    waiting = [o.person.name for o in check.officers.all() if o.confirmed_at is None]
    context = {
        "check": check,
        "here": here,
        "steps": _steps(check),
        "form": form,
        "button": page.button,
        "refusal_rows": refused_rows,
        "waiting": waiting if here in (ARRIVE, SHOW) else [],
        "officers": check.officers.all(),
        "findings": check.findings.all() if here in (LOOK, WRITE, CONCLUDE) else [],
        "may_work": may_work_on_check(check, actor=actor).allowed,
        "back_url": check.get_absolute_url(),
        "once": f"check-{check.pk}-{here}-{check.version}",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "inspections/step.html", context, status=status)


def _initial(check: OnSiteCheck, here: str) -> dict[str, Any]:
    """What the form may begin with: the findings as the text of the record."""
    if here == ARRIVE and check.party is not None:
        return {"present_role": _("当事人")}
    if here != WRITE:
        return {}
    lines = [f"{i}. {f.text}" for i, f in enumerate((f for f in check.findings.all() if f.withdrawn_at is None), 1)]
    head = _("经检查，%(object)s现场情况如下：") % {"object": check.object_text}
    return {"text": "\n".join([head, *lines]) if lines else head + _("未发现违法情况。"), "signature": "signed"}


@login_required
def new_check(request: HttpRequest) -> HttpResponse:
    """Begin a check."""
    actor = actor_of(request)
    require(may_open_check(None, actor=actor))
    initial = {name: request.GET[name] for name in ("lead", "object_text", "place", "purpose", "party") if name in request.GET}
    response = act_page(
        request,
        action=services.open_check,
        target=None,
        form_class=forms.OpenForm,
        form_options={"actor": actor},
        initial=initial,
        title=_("开始现场检查"),
        back=reverse("inspections:list"),
    )
    if response.status_code == 302:
        return redirect(f"{response['Location']}step/")
    return response


@login_required
def past_check(request: HttpRequest) -> HttpResponse:
    """Enter a check that was done on paper."""
    actor = actor_of(request)
    require(may_open_check(None, actor=actor))
    return act_page(
        request,
        action=_enter_past,
        target=None,
        form_class=forms.PastForm,
        form_options={"actor": actor},
        title=_("补录纸质检查"),
        note=_("已经做完的检查按纸质笔录录入，时间以笔录为准；有缺陷的如实录入并说明。"),
        back=reverse("inspections:list"),
    )


def _enter_past(target: None, **values: Any) -> OnSiteCheck:
    return services.enter_past_check(target, **values)


@login_required
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """A colleague confirms on this telephone that he is there."""
    check = _check(request, pk)
    return _act(
        request, services.confirm_presence, check, forms.ConfirmForm, _("确认在场"), options={"check": check},
        back=reverse("inspections:step", args=[pk]),
    )  # fmt: skip


@login_required
def replace(request: HttpRequest, pk: int) -> HttpResponse:
    """Another colleague comes instead."""
    check = _check(request, pk)
    return _act(
        request, services.replace_officer, check, forms.ReplaceForm, _("换一名同事"),
        options={"check": check, "actor": actor_of(request)}, back=reverse("inspections:step", args=[pk]),
    )  # fmt: skip


@login_required
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    """One thing that was found."""
    check = _check(request, pk)
    return _act(
        request, services.note_finding, check, forms.FindingForm, _("记录发现"),
        back=reverse("inspections:step", args=[pk]),
    )  # fmt: skip


@login_required
def withdraw(request: HttpRequest, pk: int, finding_id: int) -> HttpResponse:
    """A finding was wrong."""
    check = _check(request, pk)
    found = get_object_or_404(CheckFinding, pk=finding_id, check_done=check)

    def run(target: OnSiteCheck, **values: Any) -> None:
        services.withdraw_finding(target, finding=found, **values)

    return _act(
        request, run, check, forms.WithdrawForm, _("更正发现"), back=reverse("inspections:step", args=[pk])
    )


@login_required
def recheck(request: HttpRequest, pk: int, order_id: int) -> HttpResponse:
    """Somebody looked again."""
    check = _check(request, pk)
    found = get_object_or_404(CheckOrder, pk=order_id, check_done=check)

    def run(target: OnSiteCheck, **values: Any) -> None:
        services.record_recheck(target, order=found, **values)

    return _act(request, run, check, forms.RecheckForm, _("复查责令改正"), back=check.get_absolute_url())


def _act(
    request: HttpRequest, action: Any, check: OnSiteCheck, form_class: Any, title: str, *, back: str,
    options: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    def run(target: OnSiteCheck, **values: Any) -> None:
        action(target, **values)

    return act_page(
        request, action=run, target=check, form_class=form_class, form_options=options, title=title,
        note=f"{check.number}　{check.object_text}", back=back, template="inspections/act.html",
    )  # fmt: skip


def _check(request: HttpRequest, pk: int) -> OnSiteCheck:
    found = OnSiteCheck.objects.visible_to(actor_of(request)).select_related("lead", "party", "founded_lead", "organ", "record")
    return get_object_or_404(found.prefetch_related("officers__person__account", "findings", "orders"), pk=pk)
