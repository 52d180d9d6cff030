"""Pages: every parameter of a place, its value, where it comes from and whether it is confirmed; setting and ending one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from dayu.basis import services
from dayu.basis.forms import EndValueForm, ParameterForm
from dayu.basis.models import ProfileValue
from dayu.basis.policies import may_set_parameter
from dayu.basis.selectors import county_of, profiles
from dayu.basis.views import day_of, tabs
from dayu.core import clock
from dayu.core.act_pages import act_page
from dayu.core.actors import Actor
from dayu.core.middleware import actor_of
from dayu.core.refused import require
from dayu.core.territories import Territory
from dayu.core.ui.excel import sheet_response
from dayu.core.ui.parts import Cell, Column, FilterGroup, Link, Row, Table, Tone
from dayu.law.calendar import NotComputable
from dayu.law.open_points import OpenPoint, open_points
from dayu.law.rulebook import RulebookError
from dayu.law.territories import NATION, Declaration, Parameter, TerritoryProfile, declarations, levels, resolve

# How a value stands here: the keys of the filter, in its order.
STANDINGS = ("unconfirmed", "here", "inherited", "overruled", "missing")


@dataclass(frozen=True, slots=True)
class Line:
    """One parameter as it stands in a place on a day; without `found` no level sets a value."""

    declared: Declaration
    found: Parameter | None
    place: str

    @property
    def standings(self) -> frozenset[str]:
        """Under which filters it is found."""
        if self.found is None:
            return frozenset({"missing", "unconfirmed"})
        told = {"here" if self.found.territory == self.place else "inherited"}
        told |= set() if self.found.confirmed else {"unconfirmed"}
        return frozenset(told | ({"overruled"} if self.found.overruled else set()))


@dataclass(frozen=True, slots=True)
class View:
    """What the page shows: whose values, on which day, and which of them."""

    place: Territory
    on: date
    standing: str
    kind: str

    def url(self, name: str = "basis:parameters", **changes: str) -> str:
        """The page with something changed; what is empty or usual is left out."""
        told = {"place": self.place.code, "on": self.on.isoformat(), "standing": self.standing, "kind": self.kind}
        told |= changes
        if told["on"] == clock.today().isoformat():
            del told["on"]
        query = urlencode({k: v for k, v in told.items() if v})
        return f"{reverse(name)}?{query}"


def standing_words() -> dict[str, str]:
    """The words of the filter."""
    return {
        "unconfirmed": _("未确认"),
        "here": _("本地设定"),
        "inherited": _("沿用上级"),
        "overruled": _("下级值被上级取代"),
        "missing": _("没有规定"),
    }


def kind_words() -> dict[str, str]:
    """What kinds of values there are."""
    return {
        "days": _("天数"), "count": _("数量"), "day_list": _("日数表"), "text": _("文字"), "flag": _("是否"), "ratio": _("比例"),
    }  # fmt: skip


def confirmation_words() -> dict[str, str]:
    """How far a value was compared with a text."""
    return {"V": _("已核对"), "S": _("二手资料"), "U": _("缺省值，未确认")}


def lines_of(place: str, on: date, *, known: Mapping[str, TerritoryProfile]) -> list[Line]:
    """Every declared parameter in a place on a day."""
    return [Line(declared, _resolved(key, place, on, known), place) for key, declared in declarations().items()]


def _resolved(key: str, place: str, on: date, known: Mapping[str, TerritoryProfile]) -> Parameter | None:
    try:
        return resolve(key, place, on, profiles=known)
    except (NotComputable, RulebookError):
        return None


@login_required
def parameters(request: HttpRequest) -> HttpResponse:
    """Every parameter: the value here, where it comes from, whether anybody confirmed it; beside it all other open points."""
    actor = actor_of(request)
    view = _view(request, actor)
    known = profiles()
    lines = lines_of(view.place.code, view.on, known=known)
    may_set = may_set_parameter(view.place, actor=actor).allowed
    entered = list(ProfileValue.objects.filter(territory=view.place).order_by("key", "-valid_from"))
    names = _names(known)
    table = Table(
        columns=[
            Column(_("参数")), Column(_("本地取值")), Column(_("来自")), Column(_("依据条款")), Column(_("有效期")), Column(_("核实")),
        ],
        rows=[_row(line, names, view if may_set else None) for line in chosen(lines, view)],
        caption=_("地区规则"),
        filters=[_standing_filter(view, lines), _kind_filter(view), _place_filter(view, known)],
        export_url=view.url("basis:export_parameters"),
        empty_title=_("没有这样的参数"),
        empty_text=_("换一个筛选条件。"),
    )  # fmt: skip
    context = {
        "table": table,
        "open_points": _open_table(),
        "open_count": len(open_points()),
        "tabs": tabs("parameters"),
        "place": view.place,
        "on": view.on,
        "today": clock.today(),
        "unconfirmed": sum(1 for line in lines if "unconfirmed" in line.standings),
        "entered": [_entered(row) for row in entered],
        "may_set": may_set,
    }
    return render(request, "basis/parameters.html", context)


@login_required
def export(request: HttpRequest) -> FileResponse:
    """The same list as a sheet, with the open points of the rulebook below."""
    view = _view(request, actor_of(request))
    known = profiles()
    names = _names(known)
    shown = chosen(lines_of(view.place.code, view.on, known=known), view)
    columns = [
        _("参数"), _("键"), _("本地取值"), _("来自"), _("上级取值"), _("依据条款"), _("启用日期"), _("最后有效日"),
        _("核实情况"), _("下级可以"),
    ]  # fmt: skip
    rows = [_sheet_row(line, names) for line in shown]
    rows += [_open_sheet_row(point) for point in open_points()]
    note = _("{place}，{on}。下级可以从严，不能放宽。").format(place=view.place.name, on=view.on.isoformat())
    return sheet_response(_("地区规则"), columns, rows, note=note)


def _view(request: HttpRequest, actor: Actor) -> View:
    wanted = request.GET.get("place", "")[:12] or county_of(actor.territory or NATION)
    place = Territory.objects.filter(code=county_of(wanted)).first()
    if place is None:
        raise Http404
    standing, kind = request.GET.get("standing", ""), request.GET.get("kind", "")
    return View(
        place,
        day_of(request) or clock.today(),
        standing if standing in STANDINGS else "",
        kind if kind in kind_words() else "",
    )


def chosen(lines: Iterable[Line], view: View) -> list[Line]:
    """The lines that pass both filters."""
    return [
        line
        for line in lines
        if (not view.standing or view.standing in line.standings) and (not view.kind or view.kind == line.declared.kind)
    ]


def _standing_filter(view: View, lines: Sequence[Line]) -> FilterGroup:
    options = [Link(_("全部"), view.url(standing=""), count=len(lines), current=not view.standing)]
    for key, words in standing_words().items():
        count = sum(1 for line in lines if key in line.standings)
        options.append(Link(words, view.url(standing=key), count=count, current=view.standing == key))
    return FilterGroup(_("情况"), options)


def _kind_filter(view: View) -> FilterGroup:
    used = {declared.kind for declared in declarations().values()}
    options = [Link(_("全部"), view.url(kind=""), current=not view.kind)]
    options += [
        Link(words, view.url(kind=key), current=view.kind == key) for key, words in kind_words().items() if key in used
    ]
    return FilterGroup(_("类型"), options)


def _place_filter(view: View, known: Mapping[str, TerritoryProfile]) -> FilterGroup:
    """The levels above the place and the places just below it, one click away."""
    path = [code for code in view.place.path.split("/") if len(code) == 6]
    rows = list(Territory.objects.filter(pk__in=path)) + list(
        view.place.children.exclude(level__in=("township", "village")).order_by("code")[:40]
    )
    options = [Link(t.name, view.url(place=t.code), current=t.code == view.place.code) for t in rows]
    return FilterGroup(_("地区"), options)


def _names(known: Mapping[str, TerritoryProfile]) -> dict[str, str]:
    return {code: profile.name for code, profile in known.items()}


def _row(line: Line, names: Mapping[str, str], view: View | None) -> Row:
    declared, found = line.declared, line.found
    url = f"{reverse('basis:set', args=[declared.key])}?place={line.place}" if view is not None else ""
    note = "　".join(filter(None, [declared.explanation, direction(declared)]))
    name = Cell(declared.name, url=url, note=note)
    if found is None:
        return Row([name, Cell(_("没有规定"), tone="danger"), "", "", "", Cell(_("须由本地设定"), tone="danger")], url=url)
    tone: Tone = "" if found.confirmed else "soon"
    return Row(
        [
            name,
            Cell(show(declared, found.value), nowrap=True),
            Cell(names.get(found.territory, found.territory_name), note=_chain(declared, found, names)),
            found.clause,
            Cell(_life(found.valid_from, found.valid_until), nowrap=True),
            Cell(confirmation_words()[found.confirmation], tone=tone),
        ],
        url=url,
    )


def _chain(declared: Declaration, found: Parameter, names: Mapping[str, str]) -> str:
    """What the other levels say, from the nation down."""
    above = [f"{names.get(code, code)} {show(declared, value)}" for code, value in found.inherited]
    below = [
        _("{place} {value}，宽于上级，不适用").format(place=names.get(code, code), value=show(declared, value))
        for code, value in found.overruled
    ]
    return "；".join([*above, *below])


def _life(first: date | None, last: date | None) -> str:
    return f"{first or ''} – {last or _('至今')}"


def _entered(row: ProfileValue) -> dict[str, Any]:
    declared = declarations().get(row.key)
    return {
        "pk": row.pk,
        "name": declared.name if declared else row.key,
        "value": show(declared, row.value) if declared else row.value,
        "clause": row.clause,
        "life": _life(row.valid_from, row.valid_until),
        "entered_by": row.entered_by,
        "open": row.valid_until is None,
        "ahead": row.valid_from > clock.today(),
    }


def point_words() -> dict[str, str]:
    """What is open about a rule."""
    return {
        "number": _("天数没有核实"),
        "extension": _("延长的上限没有核实"),
        "rolling": _("末日遇休假日能否顺延没有核实"),
        "statement": _("说明中有没有核实的内容"),
        "source": _("数额据公开的二手来源，没有与条文核对"),
        "begin": _("施行的第一日没有核实，其间由人判断"),
        "numbering": _("旧条号没有核实"),
        "choice": _("幅度如何比较高低没有核实"),
        "benchmark": _("文件或者数额没有核实"),
    }


def _open_table() -> Table:
    words = point_words()
    return Table(
        columns=[Column(_("规则")), Column(_("待确认的内容")), Column(_("依据"))],
        rows=[
            Row([Cell(p.name, note=p.key), Cell(words[p.what], note=p.words, tone="soon"), "；".join(c.text() for c in p.basis)])
            for p in open_points()
        ],
        caption=_("规则库中没有核实的其他内容"),
    )


def _sheet_row(line: Line, names: Mapping[str, str]) -> list[Any]:
    declared, found = line.declared, line.found
    if found is None:
        return [declared.name, declared.key, _("没有规定"), "", "", "", None, None, _("须由本地设定"), direction(declared)]
    return [
        declared.name, declared.key, show(declared, found.value), names.get(found.territory, found.territory_name),
        _chain(declared, found, names), found.clause, found.valid_from, found.valid_until,
        confirmation_words()[found.confirmation], direction(declared),
    ]  # fmt: skip


def _open_sheet_row(point: OpenPoint) -> list[Any]:
    basis = "；".join(c.text() for c in point.basis)
    return [point.name, point.key, point.words, _("规则库"), "", basis, None, None, point_words()[point.what], ""]


def direction(declared: Declaration) -> str:
    """What a lower level may do."""
    return {"lower": _("下级只可更短、更少"), "higher": _("下级只可更长、更多"), "free": ""}[declared.tighter]


def show(declared: Declaration, value: Any) -> str:
    """A value with its unit, as a person reads it."""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, tuple | list):
        return "、".join(str(v) for v in value) + declared.unit
    return f"{value}{declared.unit}"


@login_required
def set_page(request: HttpRequest, key: str) -> HttpResponse:
    """Set a value for the own territory, or for one below it."""
    actor = actor_of(request)
    declared = declarations().get(key)
    if declared is None:
        raise Http404
    place = get_object_or_404(Territory, code=request.GET.get("place", "")[:12] or actor.territory or "")
    require(may_set_parameter(place, actor=actor))
    known = profiles()
    above = [
        f"{profile.name} {show(declared, found.value)}"
        for profile in levels(place.code, profiles=known)
        if (found := _resolved(key, profile.code, clock.today(), known)) and found.territory == profile.code
    ]
    return act_page(
        request,
        action=partial(services.set_parameter, key=key),
        target=place,
        form_class=ParameterForm,
        initial={"valid_from": clock.today()},
        title=_("设置：{name}").format(name=declared.name),
        note="　".join(filter(None, [place.name, declared.explanation, direction(declared), declared.unit, *above])),
        back=f"{reverse('basis:parameters')}?place={place.code}",
    )


@login_required
def end_value_page(request: HttpRequest, pk: int) -> HttpResponse:
    """End a value of the own territory."""
    stored = get_object_or_404(ProfileValue.objects.select_related("territory"), pk=pk)
    require(may_set_parameter(stored, actor=actor_of(request)))
    declared = declarations()[stored.key]
    return act_page(
        request,
        action=services.end_parameter,
        target=stored,
        form_class=EndValueForm,
        initial={"valid_until": clock.today()},
        title=_("终止：{name}").format(name=declared.name),
        note=f"{stored.territory.name} {show(declared, stored.value)}",
        back=f"{reverse('basis:parameters')}?place={stored.territory_id}",
    )
