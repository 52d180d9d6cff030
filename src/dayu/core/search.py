"""Search over everything one may see: an index of bigrams in the database, newest first.

Domains register a `SearchKind`: how a record becomes text, and which of the found ids an actor may see. `index_record` is
called by the domain's actions; `find` asks the index for a bounded window and lets each kind filter it by visibility.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models
from django.db.models import Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dayu.core.actors import Actor

WINDOW = 200  # newest hits of one kind that are looked at for one answer
_WORD = re.compile(r"[a-z0-9]+|[㐀-鿿豈-﫿]+", re.IGNORECASE)
_CHINESE = re.compile(r"[㐀-鿿豈-﫿]+")


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
    """A kind of record that can be found. `visible` answers which of the ids the actor may see: best as a queryset of ids,
    for those of all kinds are then read in one statement."""

    key: str
    label: str | Promise
    visible: Callable[[Actor, Sequence[str]], Iterable[Any]]


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


def _kind_gram(kind: str) -> str:
    """The gram that stands in every entry of a kind, so that the index itself narrows to the kind."""
    return "kind" + "".join(c for c in kind.lower() if c.isalnum())


def index_record(kind: str, object_id: Any, *, title: str, subtitle: str = "", url: str, text: str, moment: Any) -> None:
    """Put a record into the index or renew it; call in the action that writes the record."""
    SearchEntry.objects.update_or_create(
        kind=kind,
        object_id=str(object_id),
        defaults={
            "title": title[:300],
            "subtitle": subtitle[:300],
            "url": url,
            "grams": " ".join(dict.fromkeys([_kind_gram(kind), *grams_of(f"{title} {subtitle} {text}")])),
            "moment": moment,
        },
    )


def find(query: str, *, actor: Actor, kinds: Sequence[str] = (), limit: int = 20) -> list[SearchEntry]:
    """The newest records that hold every gram of `query` and that `actor` may see."""
    grams = query_grams(query)
    if not grams:
        return []
    asked = [_kinds[k] for k in (kinds or _kinds)]
    windows: dict[str, list[SearchEntry]] = {}
    for entry in SearchEntry.objects.filter(pk__in=_window([k.key for k in asked], grams)).defer("grams"):
        windows.setdefault(entry.kind, []).append(entry)
    seen = _seen([k for k in asked if k.key in windows], windows, actor)
    found = [e for window in windows.values() for e in window if (e.kind, e.object_id) in seen]
    found.sort(key=lambda e: (e.moment, e.pk), reverse=True)
    return found[:limit]


def _seen(kinds: Sequence[SearchKind], windows: Mapping[str, Sequence[SearchEntry]], actor: Actor) -> set[tuple[str, str]]:
    """Which of the hits the actor may see, by kind and id; one statement for all kinds that answer with a queryset."""
    seen: set[tuple[str, str]] = set()
    asked: list[models.QuerySet[Any, Any]] = []
    for kind in kinds:
        answer = kind.visible(actor, [e.object_id for e in windows[kind.key]])
        if isinstance(answer, models.QuerySet):
            asked.append(answer.order_by().values_list(Cast(Value(kind.key), models.CharField()), "pk"))
        else:
            seen.update((kind.key, str(pk)) for pk in answer)
    if asked:
        seen.update((key, str(pk)) for key, pk in (asked[0].union(*asked[1:], all=True) if asked[1:] else asked[0]))
    return seen


def ids_holding(kind: str, words: str, *, most: int = 2000) -> list[int] | None:
    """The ids of every record of a kind whose text holds all bigrams of a run of Chinese words, for a caller that compares
    the words themselves. None where the index cannot tell, or where they are so many that reading on is quicker."""
    if len(words) < 2 or not _CHINESE.fullmatch(words):
        return None
    found = SearchEntry.objects.filter(pk__in=_window([kind], query_grams(words), most + 1))
    ids = [int(pk) for pk in found.order_by().values_list("object_id", flat=True)]
    return ids if len(ids) <= most else None


def _window(kinds: Sequence[str], grams: Sequence[str], size: int = WINDOW) -> RawSQL:
    """The ids of the newest entries of each kind that hold every gram: one statement, each kind with a limit of its own."""
    if connection.vendor == "postgresql":
        one = (
            "SELECT id FROM core_searchentry WHERE kind = %s AND to_tsvector('simple', grams) @@ to_tsquery('simple', %s) "
            "ORDER BY id DESC LIMIT %s"
        )
        wanted = " & ".join("'" + g.replace("'", "") + "'" for g in grams)
        values: list[tuple[Any, ...]] = [(kind, wanted, size) for kind in kinds]
    else:
        one = "SELECT rowid FROM core_search_fts WHERE core_search_fts MATCH %s ORDER BY rowid DESC LIMIT %s"
        values = [(" ".join(f'"{g}"' for g in (_kind_gram(kind), *grams)), size) for kind in kinds]
    text = " UNION ALL ".join(f"SELECT * FROM ({one}) AS w{n}" for n in range(len(values)))  # noqa: S608 - no outside text
    return RawSQL(text, tuple(v for row in values for v in row))  # noqa: S611 - the words of the query are parameters
