"""Published penalty decisions: the list, one decision, its printed form and its masked PDF."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dayu.core.ui.excel import sheet_response
from dayu.core.ui.parts import FilterGroup, Link, Pager
from dayu.disclosure import public as disclosure
from dayu.law.time_limits import time_limit
from dayu.paper.marks import qr_svg
from dayu.portal.place import page, the_place

PAGE, MOST_EXPORTED, LONGEST_QUERY = 20, 5_000, 60


def _asked(request: HttpRequest) -> tuple[str, int | None]:
    """The words and the year of the address."""
    year = request.GET.get("year", "")
    known = int(year) if len(year) == 4 and year.isascii() and year.isdigit() and int(year) > 0 else None
    return request.GET.get("q", "").strip()[:LONGEST_QUERY], known


@require_safe
def decision_list(request: HttpRequest) -> HttpResponse:
    """Newest first; words and year are in the address, so that a search can be kept and sent."""
    place = the_place()
    words, year = _asked(request)
    found = disclosure.decisions(
        territory=place.territory, words=words, year=year, after=request.GET.get("after", ""), limit=PAGE
    )
    years = disclosure.years(territory=place.territory)
    kept = {"q": words} if words else {}
    choices = [Link(_("全部年度"), f"?{urlencode(kept)}", current=year is None)] + [
        Link(str(y), f"?{urlencode({**kept, 'year': y})}", count=n if not words else None, current=y == year)
        for y, n in years
    ]
    same = {**kept, **({"year": year} if year else {})}
    next_url = f"?{urlencode({**same, 'after': found.next_mark})}" if found.next_mark else ""
    shown = {
        "rows": found.rows,
        "words": words,
        "year": year,
        "filters": [FilterGroup(_("决定年度"), choices)],
        "pager": Pager(next_url=next_url),
        "first_url": f"?{urlencode(same)}" if request.GET.get("after") else "",
        "export_url": f"{reverse('portal:decisions_export')}?{urlencode(same)}",
    }
    return page(request, "portal/decisions.html", shown, place=place)


@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """The same list as a spreadsheet: open data without personal data."""
    words, year = _asked(request)
    columns = [_("决定书文号"), _("当事人"), _("统一社会信用代码"), _("违法行为"), _("依据"), _("处理结果"), _("罚款（元）"),
               _("没收违法所得（元）"), _("处罚机关"), _("决定日期"), _("公开日期"), _("网址")]  # fmt: skip
    rows = _rows(request, the_place().territory, words, year)
    return sheet_response(_("处罚决定"), columns, rows, note=_("公民姓名已隐去。"))


def _rows(request: HttpRequest, territory: str, words: str, year: int | None) -> Iterator[list[Any]]:
    mark, written = "", 0
    while written < MOST_EXPORTED:
        found = disclosure.decisions(territory=territory, words=words, year=year, after=mark, limit=200)
        for d in found.rows:
            url = request.build_absolute_uri(reverse("portal:decision", args=[d.code]))
            yield [d.decision_no, d.party, d.uscc, d.category, d.basis, d.conclusion, d.fine_yuan, d.confiscated_yuan,
                   d.organ, d.decided_on, d.released_on, url]  # fmt: skip
        written += len(found.rows)
        mark = found.next_mark
        if not mark:
            return


def _found(code: str) -> disclosure.PublicDecision:
    decision = disclosure.decision(code)
    if decision is None:
        raise Http404
    return decision


@require_safe
def decision_page(request: HttpRequest, code: str) -> HttpResponse:
    """Who, what, on what basis, with what result, when, what was corrected, and how to check it. Withdrawn: why."""
    return page(request, "portal/decision.html", _shown(request, _found(code)))


@require_safe
def decision_print(request: HttpRequest, code: str) -> HttpResponse:
    """The same on one sheet of paper."""
    decision = _found(code)
    shown = {**_shown(request, decision), "back_url": reverse("portal:decision", args=[code])}
    return page(request, "portal/decision_print.html", shown)


@require_safe
def decision_pdf(request: HttpRequest, code: str) -> HttpResponseBase:
    """The masked decision as it was set for the public; never the original."""
    stored = disclosure.decision_pdf(code)
    if stored is None:
        raise Http404
    response = FileResponse(stored.open(), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="decision-{code}.pdf"'
    return response


def _shown(request: HttpRequest, decision: disclosure.PublicDecision) -> dict[str, Any]:
    if decision.withdrawn_on is not None:
        return {"decision": decision}
    check = reverse("portal:verify_code", args=[decision.verification_code])
    return {
        "decision": decision,
        "publish_basis": time_limit("publish", decision.released_on).citations[0],
        "check_url": check,
        # drawn by our own writer from an address of our own: nothing in it comes from outside
        "check_code": mark_safe(qr_svg(request.build_absolute_uri(check))),  # noqa: S308
    }
