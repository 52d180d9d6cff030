"""Looking things up: officers by certificate or name, the list of powers, rivers."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dayu.core import clock
from dayu.discretion import public as discretion
from dayu.org import public as org
from dayu.portal.guards import too_often
from dayu.portal.place import page, the_place
from dayu.powers import public as powers
from dayu.rivers import public as rivers

LONGEST_QUERY = 60


@require_safe
def officers(request: HttpRequest) -> HttpResponse:
    """A certificate number or a name: valid or not, whose, what for. The whole list is not given out."""
    words = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    place, today = the_place(), clock.today()
    shown: dict[str, object] = {
        "words": words,
        "day": today,
        "subjects": org.subjects(territory=place.territory, on=today),
    }
    if words:
        wait = too_often(request, "officers")
        if wait:
            return page(request, "portal/officers.html", {**shown, "wait": wait}, place=place, status=429)
        one = org.certificate(words, on=today)
        shown["found"] = [one] if one else org.officers(territory=place.territory, on=today, name=words)
    return page(request, "portal/officers.html", shown, place=place)


@require_safe
def powers_list(request: HttpRequest) -> HttpResponse:
    """What the organs of this place may do, each with its article, and the benchmarks that they published."""
    words = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    place = the_place()
    shown = {
        "words": words,
        "rows": powers.list_of_powers(territory=place.territory, on=clock.today(), words=words),
        "benchmarks": _benchmarks(place.territory) if not words else (),
    }
    return page(request, "portal/powers.html", shown, place=place)


def _benchmarks(territory: str) -> list[object]:
    """Benchmarks of the rulebook that organs published, and those that they issued themselves."""
    return [
        *powers.published_benchmarks(territory=territory),
        *discretion.issued_benchmarks(territory=territory, on=clock.today()),
    ]


@require_safe
def river_list(request: HttpRequest) -> HttpResponse:
    """The register of rivers and lakes."""
    words = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    place = the_place()
    shown = {"words": words, "rows": rivers.rivers(territory=place.territory, words=words)}
    return page(request, "portal/rivers.html", shown, place=place)


@require_safe
def river_page(request: HttpRequest, code: str) -> HttpResponse:
    """One river with its reaches from source to mouth."""
    river = rivers.river(code)
    if river is None:
        raise Http404
    return page(request, "portal/river.html", {"river": river, "pairs": _pairs(river)})


def _pairs(river: rivers.PublicRiver) -> list[tuple[str, str]]:
    found = [
        (_("类别"), river.kind), (_("级别"), river.level), (_("所在地区"), river.territory), (_("流域"), river.basin),
        (_("起点"), river.source_place), (_("终点"), river.mouth_place),
        (_("长度"), _("%(n)s 千米") % {"n": river.length_km.normalize()} if river.length_km is not None else ""),
        (_("面积"), _("%(n)s 平方千米") % {"n": river.area_km2.normalize()} if river.area_km2 is not None else ""),
    ]  # fmt: skip
    return [(name, value) for name, value in found if value]
