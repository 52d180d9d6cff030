"""Reads: does an article exist on a day, what does it say, who cites it, and which value holds in a territory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from dayu.basis.models import Article, Citation, Edition, ProfileValue
from dayu.law.calendar import NotComputable
from dayu.law.territories import (
    NATION,
    Entry,
    Parameter,
    TerritoryProfile,
    declarations,
    profile_from,
    published_profiles,
    resolve,
)


def edition_on(law: str, on: date) -> Edition | None:
    """The imported edition in force on a day."""
    return (
        Edition.objects.filter(
            Q(in_force_until=None) | Q(in_force_until__gte=on), statute__key=law, in_force_from__lte=on
        )
        .order_by("-in_force_from")
        .first()
    )


def article_on(law: str, article: int, on: date) -> Article | None:
    """The article's text on a day, where its statute was imported."""
    edition = edition_on(law, on)
    return None if edition is None else edition.articles.filter(number=article).first()


def article_exists(law: str, article: int, on: date) -> bool | None:
    """Whether an article stood in a law on a day. None: nobody imported the law, so the library cannot tell."""
    if not Edition.objects.filter(statute__key=law).exists():
        return None
    return article_on(law, article, on) is not None


def citing(law: str, article: int | None = None) -> QuerySet[Citation]:
    """What rests on a law or on one of its articles: the impact list of a change."""
    found = Citation.objects.filter(law=law)
    return found if article is None else found.filter(article=article)


_Entered = tuple[Any, ...]
_ENTERED = (
    "territory_id", "territory__name", "territory__parent_id", "key", "value", "clause", "valid_from", "confirmation",
    "valid_until",
)  # fmt: skip
# What was entered is read each time; it is joined with the rulebook again only when it has changed.
_last_joined: tuple[Mapping[str, TerritoryProfile], list[_Entered], Mapping[str, TerritoryProfile]] | None = None


def profiles() -> Mapping[str, TerritoryProfile]:
    """The profiles of the rulebook joined with what was entered in the application: one statement.

    Pass them to `dayu.law.territories.resolve(key, territory, on, profiles=profiles())`, or call `parameter`.
    """
    global _last_joined
    published, rows = published_profiles(), list(ProfileValue.objects.values_list(*_ENTERED))
    if not rows:
        return published
    if _last_joined is not None and _last_joined[0] is published and _last_joined[1] == rows:
        return _last_joined[2]
    entered: dict[str, list[_Entered]] = {}
    for row in rows:
        entered.setdefault(row[0], []).append(row)
    joined = dict(published)
    for code, own in entered.items():
        joined[code] = _joined(code, own, joined.get(code))
    _last_joined = (published, rows, joined)
    return joined


def profile_of(territory: str) -> TerritoryProfile:
    """The profile of one territory as it stands now."""
    return profiles()[territory]


def parameter(key: str, territory: str = "", on: date | None = None) -> Parameter:
    """The value of a parameter in a territory on a day, entered values included."""
    return resolve(key, county_of(territory), on, profiles=profiles())


def county_of(territory: str) -> str:
    """Profiles stop at the county: a township or village takes the values of its county."""
    return territory[:6] if len(territory) > 6 else territory


def all_parameters(territory: str, on: date) -> list[Parameter | str]:
    """Every declared parameter resolved for a territory on a day; a key alone where no level sets a value."""
    known = profiles()
    found: list[Parameter | str] = []
    for key in declarations():
        try:
            found.append(resolve(key, county_of(territory), on, profiles=known))
        except NotComputable:
            found.append(key)
    return found


def _joined(code: str, rows: list[_Entered], published: TerritoryProfile | None) -> TerritoryProfile:
    """Entered values stand beside those of the file; a file's value ends the day before an entered one begins."""
    table = {
        "code": code,
        "name": published.name if published else rows[0][1],
        "parent": published.parent if published else _parent_code(code, rows[0][2]),
        "values": [_as_table(row) for row in rows],
    }
    own = profile_from(table)
    if published is None:
        return own
    first: dict[str, date] = {}
    for entry in own.entries:
        first[entry.key] = min(entry.valid_from, first.get(entry.key, entry.valid_from))
    kept = [_until(e, first.get(e.key)) for e in published.entries]
    entries = tuple(e for e in kept if e is not None) + own.entries
    return TerritoryProfile(code, published.name, published.parent, entries, published.demonstration)


def _until(entry: Entry, begins: date | None) -> Entry | None:
    if begins is None or (entry.valid_until is not None and entry.valid_until < begins):
        return entry
    return None if entry.valid_from >= begins else replace(entry, valid_until=begins - timedelta(days=1))


def _parent_code(code: str, parent: str | None) -> str:
    if parent:
        return str(parent)
    return "" if code == NATION else NATION


def _as_table(row: _Entered) -> dict[str, Any]:
    table = dict(zip(_ENTERED[3:], row[3:], strict=True))
    if table["valid_until"] is None:
        del table["valid_until"]
    return table
