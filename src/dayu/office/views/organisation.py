"""机构人员: the organ's units, people, posts and certificates."""

from __future__ import annotations

from collections import defaultdict

from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from dayu.core import clock
from dayu.core.middleware import actor_of
from dayu.core.ui import parts
from dayu.core.ui.excel import sheet_response
from dayu.office.work_rows import post_name
from dayu.org.models import Agency, EnforcementCertificate, OrgUnit, Person, PostHolding
from dayu.org.models.organisations import valid_on

SOON_DAYS = 60


@login_required
def organisation(request: HttpRequest) -> HttpResponse:
    """Who works here, in which posts, with which certificate."""
    actor = actor_of(request)
    if actor.organ_id is None:
        raise Http404
    today = clock.today()
    agency = get_object_or_404(Agency.objects.select_related("territory"), pk=actor.organ_id)
    people = list(
        Person.objects.filter(agency=agency, left_on=None)
        .select_related("unit")
        .prefetch_related(
            Prefetch(
                "certificates",
                EnforcementCertificate.objects.filter(revoked_on=None).order_by("-valid_until"),
                to_attr="present_certificates",
            )
        )
        .order_by("unit_id", "id")
    )
    posts: dict[int, list[str]] = defaultdict(list)
    holdings = PostHolding.objects.filter(valid_on(today), person__in=people).select_related("post")
    for holding in holdings:
        posts[holding.person_id].append(post_name(holding.post.key))
    if request.GET.get("export") == "xlsx":
        return sheet_response(_("执法人员名录"), [_("姓名"), _("科室"), _("职务"), _("岗位"), _("证件有效至")], (
            [p.name, p.unit.name if p.unit else "", p.title, "、".join(posts[p.pk]), _until(p)] for p in people
        ))  # fmt: skip
    rows = [_row(p, posts[p.pk], today) for p in people]
    table = parts.Table(
        [parts.Column(_("姓名")), parts.Column(_("科室")), parts.Column(_("职务")), parts.Column(_("岗位")),
         parts.Column(_("证件有效至"))],
        rows,
        _("人员"),
        export_url="?export=xlsx",
        empty_title=_("还没有登记人员"),
        empty_text=_("请管理员登记人员、岗位和执法证件。"),
    )  # fmt: skip
    units = OrgUnit.objects.filter(agency=agency).order_by("id")
    return render(request, "office/organisation.html", {"agency": agency, "units": units, "table": table})


def _until(person: Person) -> object:
    certificates = person.present_certificates  # type: ignore[attr-defined]  # set by the prefetch above
    return certificates[0].valid_until if certificates else None


def _row(person: Person, posts: list[str], today: object) -> parts.Row:
    until = _until(person)
    cell: object = _("没有证件")
    if until is not None:
        left = (until - today).days  # type: ignore[operator]
        tone: parts.Tone = "danger" if left < 0 else "soon" if left < SOON_DAYS else ""
        cell = parts.Cell(until.isoformat(), tone=tone)  # type: ignore[attr-defined]
    unit = person.unit.name if person.unit else ""
    return parts.Row([parts.Cell(person.name, tone="strong"), unit, person.title, "、".join(posts), cell])
