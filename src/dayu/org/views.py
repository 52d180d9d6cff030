"""Pages: the tree of organisations, an agency, people, a person, certificates, Excel import, and a form for each act."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Model, Q, QuerySet, prefetch_related_objects
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from dayu.core import clock
from dayu.core.access import note_access
from dayu.core.act_pages import act_page
from dayu.core.middleware import actor_of
from dayu.core.refused import require
from dayu.core.territories import Territory
from dayu.core.ui.excel import sheet_response
from dayu.core.ui.filtering import choice_links
from dayu.core.ui.paging import key_page
from dayu.core.ui.parts import Cell, Column, FilterGroup, Link, Pair, Row, Table
from dayu.org import act_forms, services
from dayu.org.act_forms import ActForm
from dayu.org.forms import ImportForm, NewAgencyForm, TerritoryForm
from dayu.org.importing import COLUMNS, EXAMPLE, UnreadableSheet, import_people
from dayu.org.models import (
    Agency,
    ConductNote,
    EnforcementCertificate,
    EnforcementSubject,
    OrgUnit,
    Person,
    PostHolding,
    PostKey,
)
from dayu.org.models.certificates import STANDINGS
from dayu.org.models.organisations import valid_on
from dayu.org.policies import may_administer, may_note_conduct


@login_required
def tree(request: HttpRequest) -> HttpResponse:
    """The tree of organisations that the person may see, each with its units and how many people work there."""
    actor = actor_of(request)
    today = clock.today()
    agencies = (
        Agency.objects.visible_to(actor)
        .filter(valid_on(today))
        .select_related("territory", "business_parent", "administrative_parent")
        .annotate(staff=Count("people", filter=Q(people__left_on=None)))
        .order_by("territory__path", "pk")
    )
    return render(
        request,
        "org/tree.html",
        {
            "branches": _branches(list(agencies)),
            "may_administer": may_administer(None, actor=actor).allowed,
            "tabs": _tabs("tree"),
        },
    )


def _branches(agencies: list[Agency]) -> list[dict[str, Any]]:
    """Agencies in the order of the tree with their depth; one with two parents stands under both.

    What hangs below it is drawn once, along the administrative line.
    """
    shown = {a.pk for a in agencies}
    children: dict[int | None, list[tuple[Agency, bool]]] = {}
    for agency in agencies:
        lines = [p for p in (agency.administrative_parent_id, agency.business_parent_id) if p in shown]
        children.setdefault(lines[0] if lines else None, []).append((agency, False))
        if len(set(lines)) == 2:
            children.setdefault(lines[1], []).append((agency, True))
    found: list[dict[str, Any]] = []

    def walk(parent: int | None, depth: int) -> None:
        for agency, again in children.get(parent, []):
            found.append({"agency": agency, "depth": min(depth, 6), "again": again})
            if not again:
                walk(agency.pk, depth + 1)

    walk(None, 0)
    return found


def _tabs(here: str) -> list[Link]:
    return [
        Link(_("机构"), reverse("org:tree"), current=here == "tree"),
        Link(_("人员"), reverse("org:people"), current=here == "people"),
        Link(_("执法证件"), reverse("org:certificates"), current=here == "certificates"),
        Link(_("行政区划"), reverse("org:territories"), current=here == "territories"),
    ]


@login_required
def territories(request: HttpRequest) -> HttpResponse:
    """The territories of one's own, in the order of the tree."""
    actor = actor_of(request)
    found = Territory.objects.filter(path__contains=f"/{actor.territory}/") if actor.territory else Territory.objects.none()
    page = key_page(found.select_related("parent"), ["path"], query=request.GET, size=100)
    table = Table(
        columns=[Column(_("名称")), Column(_("代码")), Column(_("级别")), Column(_("上级"))],
        rows=[
            Row([t.name, Cell(t.code, nowrap=True), t.get_level_display(), t.parent.name if t.parent else ""])
            for t in page.rows
        ],
        caption=_("行政区划"),
        pager=page.pager(request.GET),
        empty_title=_("还没有行政区划"),
        empty_text=_("依次登记全国、省、市、县、乡；机关单位、案件和日历都按行政区划归属。"),
    )
    may = may_administer(None, actor=actor).allowed
    return render(request, "org/territories.html", {"table": table, "tabs": _tabs("territories"), "may": may})


@login_required
def new_territory(request: HttpRequest) -> HttpResponse:
    """Register a territory below another one."""
    actor = actor_of(request)
    require(may_administer(None, actor=actor))
    return act_page(
        request,
        action=_register_territory,
        target=None,
        form_class=TerritoryForm,
        form_options={"actor": actor},
        title=_("登记行政区划"),
        back=reverse("org:territories"),
    )


def _register_territory(_target: None, *, parent: Territory | None, **answers: Any) -> Territory:
    """The act's target is the parent that the form names."""
    return services.register_territory(parent, **answers)


@login_required
def agency_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One agency: names over time, units, subjects, people in posts, duty of the next two weeks."""
    actor = actor_of(request)
    agency = _agency(request, pk)
    today = clock.today()
    staffed = Count("people", filter=Q(people__left_on=None))
    units = list(agency.units.filter(valid_on(today)).annotate(staff=staffed).order_by("pk"))
    may = may_administer(agency, actor=actor).allowed
    holdings = list(
        PostHolding.objects.filter(valid_on(today), post__agency=agency)
        .select_related("person", "post__unit", "deputises_for")
        .order_by("post__key", "pk")
    )
    context = {
        "agency": agency,
        "pairs": _agency_pairs(agency),
        "names": list(agency.names.all()),
        "units": [(u, may) for u in units],
        "subjects": list(agency.subjects.select_related("entrusted_by")),
        "posts": _post_table(holdings),
        "shifts": list(
            agency.shifts.filter(day__gte=today, day__lte=today + timedelta(days=14)).select_related("person")
        ),
        "acts": _links("org:agency_act", agency, act_forms.AGENCY, actor),
        "may": may,
    }
    return render(request, "org/agency.html", context)


def _agency_pairs(agency: Agency) -> list[Pair]:
    def link(other: Agency | None) -> Pair | None:
        return None if other is None else Pair("", other.name, url=other.get_absolute_url())

    business, administrative = link(agency.business_parent), link(agency.administrative_parent)
    pairs = [
        Pair(_("类别"), agency.get_kind_display()),
        Pair(_("地区"), agency.territory.name),
        Pair(_("业务上级"), business.value if business else "—", url=business.url if business else ""),
        Pair(_("行政上级"), administrative.value if administrative else "—", url=administrative.url if administrative else ""),
        Pair(_("机关代字"), agency.sign or "—"),
        Pair(_("地址"), agency.address or "—"),
        Pair(_("电话"), agency.phone or "—"),
    ]
    if agency.valid_until is not None:
        successor = agency.successor.name if agency.successor is not None else "—"
        pairs.append(Pair(_("已撤并"), f"{agency.valid_until}，{successor}", tone="danger"))
    return pairs


def _post_table(holdings: list[PostHolding]) -> Table:
    return Table(
        columns=[Column(_("岗位")), Column(_("内设机构")), Column(_("人员")), Column(_("任职自"))],
        rows=[
            Row([
                Cell(str(h.post), note=_("代理{name}").format(name=h.deputises_for.name) if h.deputises_for else ""),
                h.post.unit.name if h.post.unit else "",
                Cell(h.person.name, url=h.person.get_absolute_url()),
                h.valid_from.isoformat(),
            ])
            for h in holdings
        ],
        caption=_("在任岗位"),
        empty_title=_("还没有人任职"),
        empty_text=_("先登记人员，再任职；没有任职的人不能办理事务。"),
    )  # fmt: skip


@login_required
def new_agency(request: HttpRequest) -> HttpResponse:
    """Register an agency."""
    actor = actor_of(request)
    require(may_administer(None, actor=actor))
    return act_page(
        request,
        action=services.register_agency,
        target=None,
        form_class=NewAgencyForm,
        form_options={"actor": actor},
        title=_("登记机关单位"),
        back=reverse("org:tree"),
    )


@login_required
def people(request: HttpRequest) -> HttpResponseBase:
    """People with unit, posts and certificate; filters as links; Excel out."""
    actor = actor_of(request)
    today = clock.today()
    words, post = request.GET.get("q", "").strip(), request.GET.get("post", "")
    left, agency = request.GET.get("left", ""), request.GET.get("agency", "")
    found = Person.objects.visible_to(actor).select_related("agency", "unit")
    found = found.filter(~Q(left_on=None)) if left else found.filter(left_on=None)
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(staff_no=word) | Q(unit__name__icontains=word))
    if post in PostKey.values:
        holding = PostHolding.objects.filter(valid_on(today), post__key=post)
        found = found.filter(pk__in=holding.values("person_id"))
    if agency.isdigit() and len(agency) < 12:
        found = found.filter(agency_id=int(agency))
    if request.GET.get("export"):
        return _people_sheet(found)
    page = key_page(found, ["pk"], query=request.GET, size=50)
    held = _held(page.rows)
    query = request.GET.copy()
    query["export"] = "1"
    table = Table(
        columns=[Column(_("姓名")), Column(_("单位、机构")), Column(_("职务")), Column(_("岗位")), Column(_("执法证件"))],
        rows=[
            Row(
                [
                    Cell(p.name, url=p.get_absolute_url(), note=p.staff_no),
                    Cell(p.agency.name, note=p.unit.name if p.unit else ""),
                    p.title,
                    "、".join(held.get(p.pk, [])),
                    _certificate_cell(p),
                ],
                url=p.get_absolute_url(),
            )
            for p in page.rows
        ],
        caption=_("人员"),
        filters=[
            FilterGroup(_("岗位"), choice_links(request.GET, "post", PostKey.choices)),
            FilterGroup(_("在岗"), choice_links(request.GET, "left", [("1", _("已离岗"))], first=_("在岗"))),
        ],
        pager=page.pager(request.GET),
        export_url=f"?{query.urlencode()}",
        empty_title=_("没有符合条件的人员"),
        empty_text=_("去掉筛选条件，或到机构页登记、导入人员。"),
    )
    note_access(page.rows, purpose=_("人员名单"))
    return render(request, "org/people.html", {"table": table, "words": words, "tabs": _tabs("people")})


def _held(rows: list[Person]) -> dict[int, list[str]]:
    """The posts that people hold today, and their certificates ready for the page: three statements for all."""
    found: dict[int, list[str]] = {}
    holdings = PostHolding.objects.filter(valid_on(clock.today()), person__in=rows).select_related("post")
    for holding in holdings:
        found.setdefault(holding.person_id, []).append(str(holding.post))
    prefetch_related_objects(rows, "certificates__suspensions", "certificates__checks")
    return found


def _certificate_cell(person: Person) -> Any:
    own = list(person.certificates.all())
    if not own:
        return ""
    newest = max(own, key=lambda c: c.valid_until)
    standing = newest.standing_on(clock.today())
    return Cell(newest.number, note=f"{STANDINGS[standing]} · {newest.valid_until}", tone=_tone(standing, newest))


def _tone(standing: str, certificate: EnforcementCertificate) -> Any:
    if standing != "valid":
        return "danger"
    return "soon" if certificate.valid_until - clock.today() <= timedelta(days=60) else ""


def _people_sheet(found: QuerySet[Person]) -> FileResponse:
    columns = [_("姓名"), _("工号"), _("单位"), _("内设机构"), _("职务"), _("手机号"), _("到岗"), _("离岗")]

    def rows() -> Iterator[list[Any]]:
        for p in found.iterator(chunk_size=500):
            yield [p.name, p.staff_no, p.agency.name, p.unit.name if p.unit else "", p.title, p.phone, p.joined_on,
                   p.left_on]  # fmt: skip

    return sheet_response(_("人员名单"), columns, rows())


@login_required
def person_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: posts over time, certificates with their standing, qualifications, conduct, and what may be done."""
    actor = actor_of(request)
    person = _person(request, pk)
    today = clock.today()
    certificates = list(
        person.certificates.select_related("issued_in", "filed_with", "region").prefetch_related("suspensions", "checks")
    )
    sees_conduct = actor.person_id == person.pk or may_note_conduct(person, actor=actor).allowed
    notes = ConductNote.objects.filter(person=person).select_related("noted_by") if sees_conduct else []
    note_access([person], purpose=_("人员资料"))
    return render(
        request,
        "org/person.html",
        {
            "person": person,
            "pairs": _person_pairs(person),
            "holdings": list(person.holdings.select_related("post__unit", "post__agency", "deputises_for")),
            "certificates": [(c, c.standing_on(today), STANDINGS[c.standing_on(today)]) for c in certificates],
            "qualifications": list(person.qualifications.all()),
            "notes": list(notes),
            "sees_conduct": sees_conduct,
            "acts": _links("org:person_act", person, _fitting(person), actor),
            "may": may_administer(person, actor=actor).allowed,
            "today": today,
        },
    )


def _person_pairs(person: Person) -> list[Pair]:
    account = person.account
    signs_in = _("无账号") if account is None else account.username
    if account is not None and not account.is_active:
        signs_in = _("{username}（已冻结：{reason}）").format(username=account.username, reason=account.frozen_reason)
    pairs = [
        Pair(_("单位"), person.agency.name, url=person.agency.get_absolute_url()),
        Pair(_("内设机构"), person.unit.name if person.unit else "—"),
        Pair(_("职务"), person.title or "—"),
        Pair(_("工号"), person.staff_no or "—"),
        Pair(_("手机号"), person.phone or "—"),
        Pair(_("账号"), signs_in),
        Pair(_("执法服装"), _("应着装，胸徽号{no}").format(no=person.badge_no or "—") if person.must_wear_uniform else "—"),
    ]
    if person.left_on is not None:
        pairs.append(Pair(_("离岗"), f"{person.left_on} {person.left_reason}", tone="danger"))
    return pairs


def _fitting(person: Person) -> dict[str, ActForm]:
    """The acts that make sense now: nobody reopens an open account or retires twice."""
    if person.left_on is not None:
        return {"conduct": act_forms.PERSON["conduct"]}
    frozen = person.account is not None and not person.account.is_active
    hidden = {"freeze" if frozen else "reopen"} | ({"freeze"} if person.account is None else set())
    return {k: v for k, v in act_forms.PERSON.items() if k not in hidden}


@login_required
def certificates(request: HttpRequest) -> HttpResponseBase:
    """Certificates by day of expiry; what ends within 60 days or does not count today is marked."""
    actor = actor_of(request)
    today = clock.today()
    show = request.GET.get("show", "")
    found = EnforcementCertificate.objects.visible_to(actor).select_related("person__agency", "person__unit", "region")
    found = found.prefetch_related("suspensions", "checks")
    match show:
        case "60" | "30":
            found = found.filter(valid_until__gte=today, valid_until__lte=today + timedelta(days=int(show)), revoked_on=None)
        case "ended":
            found = found.filter(Q(valid_until__lt=today) | Q(revoked_on__lte=today))
        case _:
            found = found.filter(revoked_on=None)
    if request.GET.get("export"):
        return _certificate_sheet(found.order_by("valid_until", "pk"))
    page = key_page(found, ["valid_until", "pk"], query=request.GET, size=50)
    query = request.GET.copy()
    query["export"] = "1"
    choices = [("60", _("60 日内到期")), ("30", _("30 日内到期")), ("ended", _("过期、收回"))]
    table = Table(
        columns=[Column(_("持证人")), Column(_("证号")), Column(_("发证机关")), Column(_("领域、区域")),
                 Column(_("有效期止"), sorted="ascending"), Column(_("今日状态"))],
        rows=[_certificate_row(c) for c in page.rows],
        caption=_("执法证件"),
        filters=[FilterGroup(_("范围"), choice_links(request.GET, "show", choices))],
        pager=page.pager(request.GET),
        export_url=f"?{query.urlencode()}",
        empty_title=_("没有符合条件的执法证件"),
        empty_text=_("在人员页登记证件，或用 Excel 导入。"),
    )  # fmt: skip
    return render(request, "org/certificates.html", {"table": table, "tabs": _tabs("certificates")})


def _certificate_row(certificate: EnforcementCertificate) -> Row:
    today = clock.today()
    standing = certificate.standing_on(today)
    days = (certificate.valid_until - today).days
    left = _("还有 {days} 日").format(days=days) if 0 <= days <= 60 and standing == "valid" else ""
    person = certificate.person
    return Row(
        [
            Cell(person.name, url=person.get_absolute_url(), note=person.unit.name if person.unit else person.agency.name),
            Cell(certificate.number, nowrap=True),
            certificate.issuing_authority,
            Cell("、".join(certificate.matters) or _("不限领域"), note=certificate.region.name),
            Cell(certificate.valid_until.isoformat(), note=left, tone=_tone(standing, certificate), nowrap=True),
            Cell(STANDINGS[standing], tone="danger" if standing != "valid" else "fine"),
        ],
        url=person.get_absolute_url(),
    )


def _certificate_sheet(found: QuerySet[EnforcementCertificate]) -> FileResponse:
    columns = [_("持证人"), _("单位"), _("证号"), _("发证机关"), _("执法领域"), _("执法区域"), _("有效期起"), _("有效期止"),
               _("今日状态")]  # fmt: skip
    today = clock.today()

    def rows() -> Iterator[list[Any]]:
        for c in found.iterator(chunk_size=500):
            yield [c.person.name, c.person.agency.name, c.number, c.issuing_authority, "、".join(c.matters), c.region.name,
                   c.valid_from, c.valid_until, str(STANDINGS[c.standing_on(today)])]  # fmt: skip

    return sheet_response(_("执法证件"), columns, rows())


@login_required
def import_page(request: HttpRequest, pk: int) -> HttpResponse:
    """People and certificates from Excel; each failed row is named with its reason."""
    actor = actor_of(request)
    agency = _agency(request, pk)
    require(may_administer(agency, actor=actor))
    form = ImportForm(request.POST or None, request.FILES or None)
    result = None
    if request.method == "POST" and form.is_valid():
        try:
            result = import_people(form.cleaned_data["file"], agency=agency, actor=actor, moment=clock.now())
        except UnreadableSheet as fault:
            form.add_error("file", str(fault))
    failed = Table(
        columns=[Column(_("行号"), align="right"), Column(_("姓名")), Column(_("原因"))],
        rows=[Row(list(row)) for row in (result.failed if result else [])],
        caption=_("没有导入的行"),
    )
    status = 422 if form.errors else 200
    context = {"agency": agency, "form": form, "result": result, "failed": failed}
    return render(request, "org/import.html", context, status=status)


@login_required
def import_template(request: HttpRequest) -> HttpResponseBase:
    """The Excel file to fill in, with one example row."""
    return sheet_response(_("人员导入模板"), COLUMNS, [EXAMPLE], note=_("岗位可填多个，用顿号分开；示例行请删除。"))


@login_required
def agency_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """A form for one act on an agency."""
    agency = _agency(request, pk)
    return _act(request, agency, act, act_forms.AGENCY, agency.get_absolute_url())


@login_required
def unit_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """A form for one act on a unit."""
    unit = get_object_or_404(OrgUnit.objects.visible_to(actor_of(request)).select_related("agency"), pk=pk)
    return _act(request, unit, act, act_forms.UNIT, unit.agency.get_absolute_url())


@login_required
def subject_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """A form for one act on an enforcement subject."""
    rows = EnforcementSubject.objects.visible_to(actor_of(request)).select_related("agency")
    subject = get_object_or_404(rows, pk=pk)
    return _act(request, subject, act, act_forms.SUBJECT, subject.agency.get_absolute_url())


@login_required
def person_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """A form for one act on a person."""
    person = _person(request, pk)
    return _act(request, person, act, act_forms.PERSON, person.get_absolute_url())


@login_required
def holding_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """A form for one act on a post that somebody holds."""
    rows = PostHolding.objects.visible_to(actor_of(request)).select_related("person__agency", "post")
    holding = get_object_or_404(rows, pk=pk)
    return _act(request, holding, act, act_forms.HOLDING, holding.person.get_absolute_url())


@login_required
def certificate_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """A form for one act on a certificate."""
    rows = EnforcementCertificate.objects.visible_to(actor_of(request)).select_related("person__agency")
    certificate = get_object_or_404(rows, pk=pk)
    return _act(request, certificate, act, act_forms.CERTIFICATE, certificate.person.get_absolute_url())


def _act(request: HttpRequest, target: Model, slug: str, table: dict[str, ActForm], back: str) -> HttpResponse:
    """The form of an act, shown only to somebody who may do it."""
    act = table.get(slug)
    if act is None:
        raise Http404
    actor = actor_of(request)
    require(act.action.dayu_action.policy(target, actor=actor))  # type: ignore[attr-defined]  # set by the decorator
    return act_page(
        request,
        action=act.action,
        target=target,
        form_class=act.form,
        form_options={"actor": actor, "target": target},
        initial=act.initial(target, clock.today()),
        title=str(act.title),
        note=f"{target}　{act.note}" if act.note else str(target),
        back=back,
    )


def _links(name: str, target: Model, table: dict[str, ActForm], actor: Any) -> list[Link]:
    """The acts that the actor may do on a record, as links."""
    return [
        Link(str(act.title), reverse(name, args=[target.pk, slug]))
        for slug, act in table.items()
        if act.action.dayu_action.policy(target, actor=actor).allowed  # type: ignore[attr-defined]
    ]


def _agency(request: HttpRequest, pk: int) -> Agency:
    rows = Agency.objects.visible_to(actor_of(request)).select_related(
        "territory", "business_parent", "administrative_parent", "successor"
    )
    return get_object_or_404(rows, pk=pk)


def _person(request: HttpRequest, pk: int) -> Person:
    rows = Person.objects.visible_to(actor_of(request)).select_related("agency", "unit", "account")
    return get_object_or_404(rows, pk=pk)
