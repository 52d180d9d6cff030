"""What the office frame shows on every page: the rail with its counts, the bell, the place and the unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dayu.core.actors import Actor
from dayu.core.context import provide
from dayu.org.models import Person
from dayu.work.holders import held_directly
from dayu.work.models import Notification, Task
from dayu.work.selectors import SIGNING_ACTS


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
    RailEntry(_("案卷"), "archive", ("dossiers:list", "dossiers:index"), "dossiers.", OFFICERS | {"archivist"}),
    RailEntry(_("公示"), "pub", ("disclosure:list", "disclosure:queue", "disclosure:index"), "disclosure.",
              OFFICERS | {"disclosure_officer"}),
    RailEntry(_("河湖"), "drop", ("rivers:list", "rivers:index"), "", OFFICERS),
    RailEntry(_("依据"), "book", ("basis:list", "basis:laws", "basis:index"), group="settings"),
    RailEntry(_("权责清单"), "shield", ("powers:list", "powers:index"), group="settings"),
    RailEntry(_("机构人员"), "people", ("org:tree",), group="settings"),
)  # fmt: skip


@provide
def office_frame(request: HttpRequest) -> dict[str, Any]:
    """The context of the frame; nothing for strangers. One statement for names, bell and all counts."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None or actor.account_id is None:
        return {}
    known = frame_facts(actor)
    return {
        "rail": rail_of(actor, request.path, known),
        "bell_count": known.get("unread", 0),
        "unit_name": known.get("unit__name") or known.get("agency__name") or "",
        "territory_name": known.get("agency__territory__name") or "",
    }


def frame_facts(actor: Actor) -> dict[str, Any]:
    """Names, unread notices and counts of what waits on the actor, in one statement."""
    if actor.person_id is None:
        return {}
    unread = Notification.objects.filter(person_id=OuterRef("pk"), read_at=None)
    held = Task.objects.filter(held_directly(actor), closed_at=None)
    counts = {f"n{i}": _number(_matter(held, entry.matters)) for i, entry in enumerate(RAIL) if entry.matters}
    counts["unread"] = _number(unread)
    counts["n0"] = _number(held)
    rows = Person.objects.filter(pk=actor.person_id).annotate(**counts)
    return rows.values("unit__name", "agency__name", "agency__territory__name", *counts).first() or {}


def _matter(tasks: QuerySet[Task], prefix: str) -> QuerySet[Task]:
    """The tasks behind one entry: signatures by their act, others by the matter they belong to."""
    if prefix == "work.sign":
        return tasks.filter(act__in=SIGNING_ACTS)
    return tasks.filter(Q(related__startswith=prefix) | Q(subject__startswith=prefix)).exclude(act__in=SIGNING_ACTS)


def _number(rows: QuerySet[Any]) -> Coalesce:
    """How many rows there are, as a column."""
    counted = rows.order_by().values(one=Value(1)).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def rail_of(actor: Actor, path: str, known: dict[str, Any]) -> list[dict[str, Any]]:
    """The entries that this person has something behind, with the one that is open marked."""
    entries = []
    for i, entry in enumerate(RAIL):
        number = known.get(f"n{i}", 0)
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
