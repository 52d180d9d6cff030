"""Search over everything one may see: an index of bigrams in the database, newest first.

Domains register a `SearchKind`: how a record becomes text, and which of the found ids an actor may see. `index_record` is
called by the domain's actions; `find` asks the index for a bounded window and lets each kind filter it by visibility.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dayu.core.actors import Actor

WINDOW = 200  # newest hits of one kind that are looked at for one answer
_WORD = re.compile(r"[a-z0-9]+|[㐀-鿿豈-﫿]+", re.IGNORECASE)


class SearchEntry(models.Model):
    """检索条目: the text of one record, cut into bigrams in a full-text table beside this one."""

    kind = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    subtitle = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=300)
    grams = models.TextField()
    moment = models.DateTimeField()

    class Meta:
        app_label = "core"
        verbose_name = _("检索条目")
        verbose_name_plural = _("检索条目")
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="searched_once")]

    def __str__(self) -> str:
        return self.title


@dataclass(frozen=True, slots=True)
class SearchKind:
    """A kind of record that can be found. `visible` answers which of the ids the actor may see."""

    key: str
    label: str | Promise
    visible: Callable[[Actor, Sequence[str]], Iterable[str]]


_kinds: dict[str, SearchKind] = {}


def register_kind(kind: SearchKind) -> None:
    """Make a kind of record findable; called from a domain's `apps.py`."""
    _kinds[kind.key] = kind


def registered_kinds() -> dict[str, SearchKind]:
    """All kinds by key."""
    return dict(_kinds)


def grams_of(text: str) -> list[str]:
    """Bigrams of Chinese runs, whole Latin words and numbers; a single character stands for itself."""
    found: list[str] = []
    for run in _WORD.findall(text.lower()):
        if run[0].isascii():
            found.append(run)
        else:
            found.extend(run[i : i + 2] for i in range(len(run) - 1))
            found.extend(run)  # single characters, so that one-character queries find something
    return found


def query_grams(text: str) -> list[str]:
    """The grams that a hit must hold for a query: bigrams where the run has two characters or more."""
    found: list[str] = []
    for run in _WORD.findall(text.lower()):
        if run[0].isascii() or len(run) == 1:
            found.append(run)
        else:
            found.extend(run[i : i + 2] for i in range(len(run) - 1))
    return found


def index_record(kind: str, object_id: Any, *, title: str, subtitle: str = "", url: str, text: str, moment: Any) -> None:
    """Put a record into the index or renew it; call in the action that writes the record."""
    SearchEntry.objects.update_or_create(
        kind=kind,
        object_id=str(object_id),
        defaults={
            "title": title[:300],
            "subtitle": subtitle[:300],
            "url": url,
            "grams": " ".join(dict.fromkeys(grams_of(f"{title} {subtitle} {text}"))),
            "moment": moment,
        },
    )


def find(query: str, *, actor: Actor, kinds: Sequence[str] = (), limit: int = 20) -> list[SearchEntry]:
    """The newest records that hold every gram of `query` and that `actor` may see."""
    grams = query_grams(query)
    if not grams:
        return []
    found: list[SearchEntry] = []
    for kind in [_kinds[k] for k in (kinds or _kinds)]:
        window = list(_matching(kind.key, grams))
        seen = {str(i) for i in kind.visible(actor, [e.object_id for e in window])} if window else set()
        found.extend(e for e in window if e.object_id in seen)
    found.sort(key=lambda e: (e.moment, e.pk), reverse=True)
    return found[:limit]


def _matching(kind: str, grams: Sequence[str]) -> models.QuerySet[SearchEntry]:
    entries = SearchEntry.objects.filter(kind=kind)
    if connection.vendor == "postgresql":
        wanted = " & ".join("'" + g.replace("'", "") + "'" for g in grams)
        return entries.extra(
            where=["to_tsvector('simple', grams) @@ to_tsquery('simple', %s)"], params=[wanted]
        ).order_by("-id")[:WINDOW]
    wanted = " ".join(f'"{g}"' for g in grams)
    return entries.extra(
        where=["core_searchentry.id IN (SELECT rowid FROM core_search_fts WHERE core_search_fts MATCH %s "
               "ORDER BY rowid DESC LIMIT %s)"],
        params=[wanted, WINDOW * 10],
    ).order_by("-id")[:WINDOW]
