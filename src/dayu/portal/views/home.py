"""The first page, and the search over everything that is public."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dayu.core import clock
from dayu.disclosure import public as disclosure
from dayu.documents import public as documents
from dayu.org import public as org
from dayu.portal.guards import SEARCHES_A_MINUTE, too_often
from dayu.portal.place import Place, page, the_place
from dayu.powers import public as powers
from dayu.rivers import public as rivers

EXAMPLE = "采砂"  # a word of the register and of decisions, which are Chinese in every language
LATEST, FOUND_OF_A_KIND, LONGEST_QUERY = 6, 6, 60


@dataclass(frozen=True, slots=True)
class Tile:
    """One way on from the first page."""

    icon: str
    name: str
    url: str
    text: str
    number: int | None = None


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Search first, then the ways on, then the latest decisions."""
    place = the_place()
    latest = disclosure.decisions(territory=place.territory, limit=LATEST)
    counts = disclosure.years(territory=place.territory)
    examples = _examples(place, latest.rows)
    shown = {
        "tiles": tiles(place, counts),
        "rows": latest.rows,
        "total": sum(n for _year, n in counts),
        "examples": examples,
    }
    return page(request, "portal/home.html", shown, place=place)


def tiles(place: Place, counts: Sequence[tuple[int, int]]) -> list[Tile]:
    """The ways on; a number is a door to the list behind it."""
    years = dict(counts)
    this_year = clock.today().year
    return [
        Tile("pub", _("我要举报"), reverse("portal:tip"), _("拍照、定位、可匿名")),
        Tile("list", _("查举报进度"), reverse("portal:follow"), _("凭查询码，不用登录")),
        Tile("doc", _("处罚决定"), reverse("portal:decisions"), _("%(year)s 年公开 %(n)s 件") % {
            "year": this_year, "n": years.get(this_year, 0)}),
        Tile("user", _("查执法人员"), reverse("portal:officers"), _("输入证号或者姓名")),
        Tile("file", _("权责清单"), reverse("portal:powers"), _("可以管什么，依据哪一条")),
        Tile("drop", _("河湖名录"), reverse("portal:rivers"), _("在册 %(n)s 条（个）") % {
            "n": rivers.river_count(territory=place.territory)}),
        Tile("seal", _("文书验真"), reverse("portal:verify"), _("这份文书是真的吗")),
        Tile("flow", _("办案程序和权利"), reverse("portal:guide"), _("一个案件怎样办，您可以做什么")),
    ]  # fmt: skip


def _examples(place: Place, rows: tuple[disclosure.PublicDecision, ...]) -> list[str]:
    """Words that find something here."""
    names = [r.name for r in rivers.rivers(territory=place.territory, limit=1)]
    return [*names, EXAMPLE, *[d.decision_no for d in rows[:1]]]


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Decisions, rivers, powers, officers and papers that hold the words."""
    words = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    place, today = the_place(), clock.today()
    shown: dict[str, object] = {"words": words}
    wait = too_often(request, "search", limit=SEARCHES_A_MINUTE) if words else 0
    if wait:
        return page(request, "portal/search.html", {**shown, "wait": wait}, place=place, status=429)
    if words:
        decisions = disclosure.decisions(territory=place.territory, words=words, limit=FOUND_OF_A_KIND)
        certificate = org.certificate(words, on=today)
        shown |= {
            "decisions": decisions.rows,
            "more_decisions": bool(decisions.next_mark),
            "rivers": rivers.rivers(territory=place.territory, words=words, limit=FOUND_OF_A_KIND),
            "powers": powers.list_of_powers(territory=place.territory, on=today, words=words, limit=FOUND_OF_A_KIND),
            "officers": [certificate] if certificate else org.officers(territory=place.territory, on=today, name=words),
            "documents": documents.documents_numbered(words),
        }
    shown["found"] = any(shown.get(k) for k in ("decisions", "rivers", "powers", "officers", "documents"))
    return page(request, "portal/search.html", shown, place=place)
