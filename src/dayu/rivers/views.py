"""The register of rivers: list, page, registering."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from dayu.core import clock
from dayu.core.act_pages import act_page
from dayu.core.middleware import actor_of
from dayu.core.refused import require
from dayu.core.ui.filtering import choice_links
from dayu.core.ui.paging import key_page
from dayu.core.ui.parts import Cell, Column, FilterGroup, Pair, Row, Table
from dayu.rivers.forms import ChangeRiverForm, NewRiverForm, ReachForm, RemoveRiverForm
from dayu.rivers.models import River
from dayu.rivers.policies import may_keep_register
from dayu.rivers.services import add_reach, change_river, register_river, remove_river

PAGE = 50


@login_required
def river_list(request: HttpRequest) -> HttpResponse:
    """The rivers of the register, by code, filtered by words, kind and level."""
    actor = actor_of(request)
    words = request.GET.get("q", "").strip()
    kind, level = request.GET.get("kind", ""), request.GET.get("level", "")
    found = River.objects.visible_to(actor).filter(removed_on=None).select_related("territory")
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(other_names__icontains=word) | Q(code__startswith=word))
    if kind in dict(River.KINDS):
        found = found.filter(kind=kind)
    if level in dict(River.LEVELS):
        found = found.filter(level=level)
    page = key_page(found, ["code", "pk"], query=request.GET, size=PAGE)
    table = Table(
        columns=[Column(_("名称")), Column(_("代码")), Column(_("类别")), Column(_("级别")), Column(_("所在地区")),
                 Column(_("长度（千米）"), align="right")],
        rows=[
            Row(
                [Cell(r.name, url=r.get_absolute_url(), note=r.other_names), Cell(r.code, nowrap=True),
                 r.get_kind_display(), r.get_level_display(), r.territory.name,
                 r.length_km if r.length_km is not None else ""],
                url=r.get_absolute_url(),
            )
            for r in page.rows
        ],
        caption=_("河湖名录"),
        filters=[
            FilterGroup(_("类别"), choice_links(request.GET, "kind", River.KINDS)),
            FilterGroup(_("级别"), choice_links(request.GET, "level", River.LEVELS)),
        ],
        pager=page.pager(request.GET),
        empty_title=_("没有符合条件的河湖"),
        empty_text=_("换一个名称或去掉筛选条件；名录为空时请先登记。"),
    )  # fmt: skip
    allowed = may_keep_register(None, actor=actor).allowed
    return render(request, "rivers/list.html", {"table": table, "words": words, "may_register": allowed})


@login_required
def river_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One river: data, reaches from source to mouth, tributaries."""
    actor = actor_of(request)
    river = _river(request, pk)
    into = river.flows_into
    pairs = [
        Pair(_("类别"), river.get_kind_display()),
        Pair(_("级别"), river.get_level_display()),
        Pair(_("所在地区"), river.territory.name),
        Pair(_("流域"), river.basin or "—"),
        Pair(_("别名"), river.other_names or "—"),
        Pair(_("长度（千米）"), river.length_km if river.length_km is not None else "—"),
        Pair(_("起点"), river.source_place or "—"),
        Pair(_("终点"), river.mouth_place or "—"),
        Pair(_("汇入"), into.name if into else "—", url=into.get_absolute_url() if into else ""),
    ]
    reaches = Table(
        columns=[Column(_("河段")), Column(_("所在地区")), Column(_("起点")), Column(_("终点")),
                 Column(_("里程（千米）"), align="right")],
        rows=[
            Row([r.name, r.territory.name, r.from_place, r.until_place,
                 f"{r.from_km}–{r.until_km}" if r.from_km is not None and r.until_km is not None else ""])
            for r in river.reaches.select_related("territory")
        ],
        caption=_("河段"),
        empty_title=_("还没有登记河段"),
        empty_text=_("河段用来确定巡河责任和案件地点。"),
    )  # fmt: skip
    return render(
        request,
        "rivers/river.html",
        {
            "river": river,
            "pairs": pairs,
            "reaches": reaches,
            "tributaries": list(river.tributaries.filter(removed_on=None)),
            "may_keep": river.removed_on is None and may_keep_register(river, actor=actor).allowed,
        },
    )


@login_required
def new_river(request: HttpRequest) -> HttpResponse:
    """Register a river."""
    actor = actor_of(request)
    require(may_keep_register(None, actor=actor))
    return act_page(
        request,
        action=register_river,
        target=None,
        form_class=NewRiverForm,
        form_options={"actor": actor},
        title=_("登记河湖"),
        back=reverse("rivers:list"),
    )


@login_required
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the data of a river."""
    river = _river(request, pk)
    require(may_keep_register(river, actor=actor_of(request)))
    return act_page(
        request,
        action=change_river,
        target=river,
        form_class=ChangeRiverForm,
        initial=model_to_dict(river),
        title=_("修改河湖资料"),
        back=river.get_absolute_url(),
    )


@login_required
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a river out of the register."""
    river = _river(request, pk)
    require(may_keep_register(river, actor=actor_of(request)))
    return act_page(
        request,
        action=remove_river,
        target=river,
        form_class=RemoveRiverForm,
        initial={"removed_on": clock.today()},
        title=_("移出河湖名录"),
        back=river.get_absolute_url(),
    )


@login_required
def new_reach(request: HttpRequest, pk: int) -> HttpResponse:
    """Register a stretch of the river."""
    river = _river(request, pk)
    actor = actor_of(request)
    require(may_keep_register(river, actor=actor))
    return act_page(
        request,
        action=add_reach,
        target=river,
        form_class=ReachForm,
        form_options={"actor": actor},
        title=_("登记河段"),
        back=river.get_absolute_url(),
    )


def _river(request: HttpRequest, pk: int) -> River:
    rows = River.objects.visible_to(actor_of(request)).select_related("territory", "flows_into")
    return get_object_or_404(rows, pk=pk)
