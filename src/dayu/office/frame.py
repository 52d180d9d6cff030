"""What the office frame shows on every page: the rail with its counts, the bell, the place and the unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Count, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import StrIndex, Substr
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dayu.core import clock
from dayu.core.actors import Actor
from dayu.core.context import provide
from dayu.core.statements import answered, finished_text
from dayu.core.ui.parts import Link
from dayu.org.models import Agency, Person
from dayu.work.models import Notification, Task
from dayu.work.selectors import SIGNING_ACTS, tasks_held_by


@dataclass(frozen=True, slots=True)
class RailEntry:
    """An entry of the rail. `names` are URL names of which the first known one is used; `matters` the prefixes of the
    matters that are counted behind it; `posts` who sees it (empty: everybody)."""

    label: str | Promise
    icon: str
    names: Sequence[str]
    matters: str = ""
    posts: frozenset[str] = frozenset()
    group: str = ""


KEEP_CASES = ("water_authority", "supervision_brigade", "comprehensive_enforcement", "basin_authority", "corps")
MOST_PLACES = 60
MOST_COUNTED = 1000  # nobody does more in a day; the count stays cheap

OFFICERS = frozenset({"handler", "unit_head", "agency_head", "supervisor", "administrator"})
REVIEWERS = frozenset({"legal_reviewer", "review_head", "agency_head"})

RAIL: tuple[RailEntry, ...] = (
    RailEntry(_("我的工作"), "today", ("office:my_work",)),
    RailEntry(_("审批"), "stamp", ("office:approvals",), "work.sign", frozenset({"unit_head", "agency_head", "review_head"})),
    RailEntry(_("线索"), "place", ("leads:list", "leads:leads", "leads:index"), "leads.", OFFICERS | {"registrar"}),
    RailEntry(_("检查"), "list", ("inspections:list", "inspections:index"), "inspections.", OFFICERS),
    RailEntry(_("案件"), "file", ("cases:ledger", "cases:list", "cases:index"), "cases."),
    RailEntry(_("法制审核"), "scale", ("legal_review:queue", "legal_review:list", "legal_review:index"), "legal_review.",
              REVIEWERS),
    RailEntry(_("当事人"), "people", ("parties:list", "parties:index"), "", OFFICERS),
    RailEntry(_("罚款"), "money", ("fines:list", "fines:index"), "fines.", OFFICERS | {"fine_clerk"}),
    RailEntry(_("复议诉讼"), "split", ("remedies:list",), "remedies.", OFFICERS | REVIEWERS),
    RailEntry(_("案卷"), "archive", ("dossiers:list", "dossiers:index"), "dossiers.", OFFICERS | {"archivist"}),
    RailEntry(_("公示"), "pub", ("disclosure:list", "disclosure:queue", "disclosure:index"), "disclosure.",
              OFFICERS | {"disclosure_officer"}),
    RailEntry(_("河湖"), "drop", ("rivers:list", "rivers:index"), "", OFFICERS),
    RailEntry(_("依据"), "book", ("basis:list", "basis:laws", "basis:index"), group="settings"),
    RailEntry(_("权责清单"), "shield", ("powers:list", "powers:index"), group="settings"),
    RailEntry(_("裁量基准"), "scale", ("discretion:list",), group="settings"),
    RailEntry(_("机构人员"), "people", ("org:tree",), group="settings"),
)  # fmt: skip


@provide
def office_frame(request: HttpRequest) -> dict[str, Any]:
    """The context of the frame; nothing for strangers. Two statements for names, bell and all counts."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None or actor.account_id is None:
        return {}
    known = frame_facts(actor)
    return {
        "rail": rail_of(actor, request.path, known),
        "bell_count": known.get("unread") or 0,
        "unit_name": known.get("unit__name") or known.get("agency__name") or "",
        "territory_name": known.get("agency__territory__name") or "",
        "territories": places_of(actor, request),
    }


def places_of(actor: Actor, request: HttpRequest) -> list[Link]:
    """Organs that somebody of an upper level may look down to, each leading to its cases; nobody else has a switch."""
    if not actor.scopes or all(s.organ_id is not None for s in actor.scopes):
        return []
    below = Agency.objects.visible_to(actor).filter(kind__in=KEEP_CASES).order_by("territory__path", "pk")
    names = list(below.values_list("pk", "name")[:MOST_PLACES])
    ledger = address_of(("cases:ledger",))
    if len(names) < 2 or not ledger:
        return []
    here = request.GET.get("organ", "") if request.path == ledger else ""
    return [
        Link(str(_("全部辖区")), ledger, current=not here),
        *(Link(name, f"{ledger}?organ={pk}", current=here == str(pk)) for pk, name in names),
    ]


def frame_facts(actor: Actor) -> dict[str, Any]:
    """Names and unread notices in one statement, what waits on the actor in another; both stay cheap to build."""
    if actor.person_id is None:
        return {}
    unread = Notification.objects.filter(person_id=OuterRef("pk"), read_at=None).order_by()
    counted = Subquery(unread.values("person_id").annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    known = Person.objects.filter(pk=actor.person_id).annotate(unread=counted)
    facts = known.values("unit__name", "agency__name", "agency__territory__name", "unread").first() or {}
    waiting = _waiting_by_matter(actor)
    facts["total"] = sum(number for _signs, _keys, number in waiting)
    for i, entry in enumerate(RAIL):
        if entry.matters:
            facts[f"n{i}"] = sum(number for signs, keys, number in waiting if _behind(entry, signs, keys))
    return facts


def _waiting_by_matter(actor: Actor) -> list[tuple[bool, tuple[str, str], int]]:
    """What waits, counted by what the keys of subject and matter begin with: a few rows, however much waits."""
    return [
        (bool(signs), (matter, about), number)
        for signs, matter, about, number in answered(_counting(connection.vendor, actor, clock.today()))
    ]


@lru_cache(maxsize=512)
def _counting(vendor: str, actor: Actor, today: date) -> tuple[str, tuple[Any, ...]] | None:
    """The statement behind it, made once for each actor and day."""
    held = tasks_held_by(actor, on=today).order_by().values("pk")[:MOST_COUNTED]
    return finished_text(
        Task.objects.filter(pk__in=held)
        .order_by()
        .annotate(signs=Q(act__in=SIGNING_ACTS), matter=_domain_of("related"), about=_domain_of("subject"))
        .values_list("signs", "matter", "about")
        .annotate(number=Count("pk"))
    )


def _domain_of(key: str) -> Substr:
    """`cases.` of `cases.case:12`."""
    return Substr(key, 1, StrIndex(key, Value(".")))


def _behind(entry: RailEntry, signs: bool, keys: tuple[str, str]) -> bool:
    """Whether tasks stand behind an entry: signatures by their act, others by the matter they belong to."""
    if signs or entry.matters == "work.sign":
        return signs and entry.matters == "work.sign"
    return entry.matters in keys


def rail_of(actor: Actor, path: str, known: dict[str, Any]) -> list[dict[str, Any]]:
    """The entries that this person has something behind, with the one that is open marked."""
    entries = []
    for i, entry in enumerate(RAIL):
        number = known.get("total" if i == 0 else f"n{i}", 0)
        if entry.posts and not (actor.posts & entry.posts) and not number:
            continue
        url = address_of(entry.names)
        if url:
            entries.append(
                {"label": entry.label, "url": url, "icon": entry.icon, "count": number, "group": entry.group}
            )
    here = max((e for e in entries if _holds(e["url"], path)), key=lambda e: len(e["url"]), default=None)
    if here is not None:
        here["current"] = True
    return entries


def _holds(url: str, path: str) -> bool:
    return path == url if url == "/" else path.startswith(url)


def address_of(names: Sequence[str]) -> str:
    """The address of the first name that is known; empty where a domain has no such page."""
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return ""
