"""Pages: the list of powers, one item with the posts that exercise it, benchmarks and their publication."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from dayu.core import clock
from dayu.core.act_pages import act_page
from dayu.core.actors import Actor
from dayu.core.middleware import actor_of
from dayu.core.refused import refuse_now, require
from dayu.core.ui.filtering import choice_links
from dayu.core.ui.paging import key_page
from dayu.core.ui.parts import Cell, Column, FilterGroup, Link, Pair, RefusalRow, Row, Table
from dayu.law.benchmarks import Benchmark, ancestors, benchmarks
from dayu.law.violations import violation
from dayu.org.models import Agency
from dayu.org.models.organisations import valid_on
from dayu.powers import forms, services
from dayu.powers.models import BenchmarkPublication, EnforcementItem, PowerAssignment
from dayu.powers.policies import may_keep_items, may_publish_benchmark
from dayu.powers.selectors import items_of_actor


def _tabs(here: str) -> list[Link]:
    return [
        Link(_("执法事项"), reverse("powers:list"), current=here == "list"),
        Link(_("裁量基准"), reverse("powers:benchmarks"), current=here == "benchmarks"),
    ]


def _agency(request: HttpRequest) -> Agency:
    """The agency for which the actor keeps the list."""
    actor = actor_of(request)
    agency = Agency.objects.select_related("territory").filter(pk=actor.organ_id or 0).first()
    if agency is None:
        refuse_now("core.not_permitted", act=_("维护权责清单"))
    return agency


@login_required
def items(request: HttpRequest) -> HttpResponse:
    """The items in force, by words, type and department; one's own first where asked."""
    actor, today = actor_of(request), clock.today()
    words, mine = request.GET.get("q", "").strip(), request.GET.get("mine", "")
    kind, department = request.GET.get("type", ""), request.GET.get("department", "")
    found = EnforcementItem.objects.visible_to(actor).filter(valid_on(today))
    found = found.filter(Q(agency_id=actor.organ_id) | Q(agency=None)) if actor.organ_id else found
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(basis__icontains=word) | Q(code=word))
    if kind in dict(EnforcementItem.ACT_TYPES):
        found = found.filter(act_type=kind)
    if department in dict(EnforcementItem.DEPARTMENTS):
        found = found.filter(department=department)
    if mine:
        found = found.filter(pk__in=items_of_actor(actor, on=today).values("pk"))
    page = key_page(found.select_related("agency"), ["code", "pk"], query=request.GET, size=50)
    units: dict[int, list[str]] = {}
    for a in PowerAssignment.objects.filter(valid_on(today), item__in=page.rows).select_related("unit"):
        units.setdefault(a.item_id, []).append(a.unit.name)
    table = Table(
        columns=[Column(_("事项")), Column(_("职权类型")), Column(_("依据")), Column(_("实施机关、机构"))],
        rows=[
            Row(
                [
                    Cell(i.name, url=i.get_absolute_url(), note=i.code),
                    i.get_act_type_display(),
                    i.basis,
                    Cell(i.agency.name, note="、".join(dict.fromkeys(units.get(i.pk, [_("尚未分解到机构")]))))
                    if i.agency
                    else Cell(_("不属本机关：{name}").format(name=i.get_department_display()), tone="muted"),
                ],
                url=i.get_absolute_url(),
            )
            for i in page.rows
        ],
        caption=_("执法事项"),
        filters=[
            FilterGroup(_("范围"), choice_links(request.GET, "mine", [("1", _("本人岗位的"))])),
            FilterGroup(_("类型"), choice_links(request.GET, "type", EnforcementItem.ACT_TYPES)),
            FilterGroup(_("部门"), choice_links(request.GET, "department", EnforcementItem.DEPARTMENTS)),
        ],
        pager=page.pager(request.GET),
        empty_title=_("没有符合条件的执法事项"),
        empty_text=_("清单为空时，先按违法行为目录建立清单，再分解到机构和岗位。"),
    )
    context = {
        "table": table, "words": words, "tabs": _tabs("list"), "may_keep": _may_keep(request),
        "without_list": _without_list(actor),
    }  # fmt: skip
    return render(request, "powers/list.html", context)


def _without_list(actor: Actor) -> list[RefusalRow]:
    """An organ that keeps no list is asked for its enforcement subject only: that must be plain to everybody."""
    if actor.organ_id is None or EnforcementItem.objects.filter(agency_id=actor.organ_id).exists():
        return []
    return [
        RefusalRow(
            _("本机关还没有权责清单"),
            _("立案和作出决定时只核对执法主体是否适格，事项、地域、岗位是否相符没有核对；建立清单后自动核对。"),
            action=_("按违法行为目录建立清单"), url=reverse("powers:adopt"),
        )
    ]  # fmt: skip


def _may_keep(request: HttpRequest) -> bool:
    actor = actor_of(request)
    agency = Agency.objects.filter(pk=actor.organ_id or 0).first()
    return agency is not None and may_keep_items(agency, actor=actor).allowed


@login_required
def item_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One item: basis, violations, the units and posts that exercise it."""
    actor = actor_of(request)
    item = _item(request, pk)
    keys = list(item.violations.values_list("violation", flat=True))
    may = item.agency is not None and item.valid_until is None and may_keep_items(item, actor=actor).allowed
    pairs = [
        Pair(_("事项编码"), item.code),
        Pair(_("职权类型"), item.get_act_type_display()),
        Pair(_("实施机关"), item.agency.name if item.agency else item.get_department_display()),
        Pair(_("适用地域"), item.territory.name),
        Pair(_("依据"), item.basis),
        Pair(_("违法行为"), "；".join(violation(k).name for k in keys) or "—"),
        Pair(_("有效期"), f"{item.valid_from} – {item.valid_until or _('至今')}"),
    ]
    assignments = list(item.assignments.select_related("unit").order_by("unit_id", "post_key"))
    context = {"item": item, "pairs": pairs, "assignments": assignments, "may": may}
    return render(request, "powers/item.html", context)


@login_required
def new_item(request: HttpRequest) -> HttpResponse:
    """Register an item of the own agency."""
    agency = _agency(request)
    require(may_keep_items(agency, actor=actor_of(request)))
    return act_page(
        request,
        action=partial(services.register_item, agency=agency),
        target=None,
        form_class=forms.ItemForm,
        form_options={"agency": agency},
        initial={"valid_from": clock.today()},
        title=_("登记执法事项"),
        back=reverse("powers:list"),
    )


@login_required
def adopt(request: HttpRequest) -> HttpResponse:
    """Make the list from the catalogue of violations."""
    agency = _agency(request)
    require(may_keep_items(agency, actor=actor_of(request)))
    return act_page(
        request,
        action=services.adopt_catalogue,
        target=agency,
        form_class=forms.AdoptForm,
        form_options={"agency": agency},
        initial={"valid_from": clock.today()},
        title=_("按违法行为目录建立清单"),
        note=_("把规则库里现行的违法行为列为本机关的处罚事项，分解到有执法权的机构；不属水行政主管部门的列为其他部门事项。"),
        back=reverse("powers:list"),
    )


@login_required
def end_item_page(request: HttpRequest, pk: int) -> HttpResponse:
    """End an item."""
    return _on_item(request, _item(request, pk), services.end_item, forms.EndItemForm, _("终止执法事项"), "valid_until")


@login_required
def assign_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Assign an item to a unit and a kind of post."""
    return _on_item(request, _item(request, pk), services.assign_power, forms.AssignForm, _("分解职权到岗位"), "valid_from")


@login_required
def end_assignment_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a power back from a post."""
    rows = PowerAssignment.objects.visible_to(actor_of(request)).select_related("item__agency", "unit")
    assignment = get_object_or_404(rows, pk=pk)
    return _on_item(
        request, assignment, services.end_assignment, forms.EndAssignmentForm, _("收回岗位职权"), "last_day"
    )


def _on_item(request: HttpRequest, target: Any, action: Any, form: Any, title: str, day: str) -> HttpResponse:
    item = target.item if isinstance(target, PowerAssignment) else target
    require(may_keep_items(target, actor=actor_of(request)))
    return act_page(
        request,
        action=action,
        target=target,
        form_class=form,
        form_options={"agency": item.agency},
        initial={day: clock.today()},
        title=title,
        note=str(target),
        back=item.get_absolute_url(),
    )


def _item(request: HttpRequest, pk: int) -> EnforcementItem:
    rows = EnforcementItem.objects.visible_to(actor_of(request)).select_related("agency", "territory")
    return get_object_or_404(rows, pk=pk)


@login_required
def benchmark_list(request: HttpRequest) -> HttpResponse:
    """The benchmarks that apply here, and whether the agency published them."""
    actor = actor_of(request)
    known = [b for b in benchmarks().values() if b.territory in ancestors(actor.territory or "000000")]
    published = {
        p.benchmark: p for p in BenchmarkPublication.objects.filter(agency_id=actor.organ_id or 0, withdrawn_on=None)
    }
    table = Table(
        columns=[Column(_("裁量基准")), Column(_("文件")), Column(_("阶次"), align="right"),
                 Column(_("核实")), Column(_("公布"))],
        rows=[
            Row(
                [
                    Cell(b.name, url=reverse("powers:benchmark", args=[b.key])),
                    b.document,
                    len(b.tiers),
                    Cell(_("已核对") if b.confirmed else _("缺省值，未确认"), tone="" if b.confirmed else "soon"),
                    _publication_cell(b, published.get(b.key)),
                ],
                url=reverse("powers:benchmark", args=[b.key]),
            )
            for b in sorted(known, key=lambda b: (b.territory, b.name))
        ],
        caption=_("裁量基准"),
        empty_title=_("规则库里没有适用于本地的裁量基准"),
        empty_text=_("没有基准时，裁量由承办人说明理由，金额仍受法定幅度限制。"),
    )
    return render(request, "powers/benchmarks.html", {"table": table, "tabs": _tabs("benchmarks")})


def _publication_cell(benchmark: Benchmark, published: BenchmarkPublication | None) -> Cell:
    if published is None:
        return Cell(_("未公布"), tone="muted")
    if published.digest != benchmark.digest:
        return Cell(_("已公布旧版"), note=published.published_on.isoformat(), tone="soon")
    return Cell(_("已公布"), note=published.published_on.isoformat(), tone="fine")


@login_required
def benchmark_page(request: HttpRequest, key: str) -> HttpResponse:
    """One benchmark as a table of tiers."""
    actor = actor_of(request)
    found = _benchmark(request, key)
    published = BenchmarkPublication.objects.filter(agency_id=actor.organ_id or 0, benchmark=key, withdrawn_on=None).first()
    agency = Agency.objects.filter(pk=actor.organ_id or 0).first()
    may = agency is not None and may_publish_benchmark(agency, actor=actor).allowed
    context = {
        "benchmark": found,
        "pairs": [
            Pair(_("文件"), found.document),
            Pair(_("适用违法行为"), "；".join(violation(v).name for v in found.violations)),
            Pair(_("施行"), f"{found.in_force_from or '—'} – {found.in_force_until or _('现行')}"),
            Pair(_("说明"), found.notes or "—"),
        ],
        "tiers": tier_table(found),
        "published": published,
        "outdated": published is not None and published.digest != found.digest,
        "may_publish": may and (published is None or published.digest != found.digest),
        "may_withdraw": may and published is not None,
    }
    return render(request, "powers/benchmark.html", context)


def tier_table(found: Benchmark) -> Table:
    """Tiers with their conditions and ranges."""
    return Table(
        columns=[Column(_("阶次")), Column(_("适用情形")), Column(_("幅度"), align="right")],
        rows=[
            Row([t.name, Cell("；或者".join(r.text for r in t.rows), note=t.plus), range_words(t, found)]) for t in found.tiers
        ],
        caption=_("裁量阶次"),
    )


def range_words(tier: Any, found: Benchmark) -> str:
    """The range of a tier in words: 10000–30000 元, or rates of a base."""
    if tier.no_fine:
        return _("不罚款")
    unit = _("倍") if found.rate_fact else _("元")

    def words(ends: Any) -> str:
        low, high = ends
        return f"{_number(low)}–{_number(high)} {unit}" if None not in ends else _("原文缺数额")

    if tier.split:
        return _("公民 {citizen}；单位 {organisation}").format(
            citizen=words(tier.citizen), organisation=words(tier.organisation)
        )
    return words(tier.citizen)


def _number(value: Any) -> str:
    return f"{value:,.2f}".rstrip("0").rstrip(".")


@login_required
def publish_page(request: HttpRequest, key: str) -> HttpResponse:
    """Publish a benchmark."""
    agency, found = _agency(request), _benchmark(request, key)
    require(may_publish_benchmark(agency, actor=actor_of(request)))
    return act_page(
        request,
        action=partial(services.publish_benchmark, benchmark=key),
        target=agency,
        form_class=forms.PublishForm,
        form_options={"agency": agency},
        initial={"published_on": clock.today()},
        title=_("公布裁量基准"),
        note=found.name,
        back=reverse("powers:benchmark", args=[key]),
    )


@login_required
def withdraw_page(request: HttpRequest, key: str) -> HttpResponse:
    """Withdraw a published benchmark."""
    agency, found = _agency(request), _benchmark(request, key)
    require(may_publish_benchmark(agency, actor=actor_of(request)))
    publication = get_object_or_404(BenchmarkPublication, agency=agency, benchmark=key, withdrawn_on=None)
    return act_page(
        request,
        action=services.withdraw_benchmark,
        target=publication,
        form_class=forms.WithdrawForm,
        form_options={"agency": agency},
        initial={"withdrawn_on": clock.today()},
        title=_("撤下裁量基准"),
        note=found.name,
        back=reverse("powers:benchmark", args=[key]),
    )


def _benchmark(request: HttpRequest, key: str) -> Benchmark:
    found = benchmarks().get(key)
    if found is None or found.territory not in ancestors(actor_of(request).territory or "000000"):
        raise Http404
    return found
